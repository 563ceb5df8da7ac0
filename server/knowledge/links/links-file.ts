import { lstat, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { bomOf, withoutBom } from '../../text/byte-order-mark.ts';
import { nestsTooDeep } from '../specs/tree.ts';
import { LARGEST_LINKS, LINKS_FILE, type Verdict } from './links.ts';

/** A link to be written. `code` is a file, folder or pattern, optionally narrowed to a symbol or lines. */
export interface NewLink {
  readonly decision: string;
  readonly code: string;
  readonly symbol?: string;
  /** First and last line, zero-based, both included. */
  readonly lines?: { readonly first: number; readonly last: number };
  readonly verdict: Verdict;
  readonly by?: string;
  /** ISO day. */
  readonly date?: string;
  readonly note?: string;
}

/** A link between an end-to-end test and the code that it covers, to be written. */
export interface NewTestLink {
  readonly test: string;
  readonly code: string;
  readonly by?: string;
  /** ISO day. */
  readonly date?: string;
  readonly note?: string;
}

/** What became of an entry. */
export type Done = 'added' | 'replaced' | 'unchanged';

/** The new text with what became of each entry, in their order, or a sentence for people on why the file was not changed. */
export type Written = { readonly text: string; readonly done: readonly Done[] } | { readonly refused: string };

type ListName = 'links' | 'tests';

const HEADER = ` Which decision governs which code. Lintel reads this file, and adds to it when you answer "governs" or "does not govern".
 You can edit it: comments and order are preserved. Required fields: decision, code, verdict (governs or does-not-govern).
 Optional fields: symbol, lines, by, date, note. End-to-end tests that cover code are under "tests": test, code, by, date, note.`;

const linesText = ({ first, last }: NonNullable<NewLink['lines']>): string =>
  first === last ? String(first + 1) : `${first + 1}-${last + 1}`;

const textAt = (item: YAMLMap, key: string): string | undefined => {
  const value = item.get(key);
  return value === undefined || value === null ? undefined : String(value);
};

const fieldsOf = ({ decision, code, symbol, lines, verdict, by, date, note }: NewLink): Record<string, string | number> => ({
  decision,
  code,
  ...(symbol === undefined ? {} : { symbol }),
  ...(lines === undefined ? {} : { lines: lines.first === lines.last ? lines.first + 1 : linesText(lines) }),
  verdict,
  ...(by === undefined ? {} : { by }),
  ...(date === undefined ? {} : { date }),
  ...(note === undefined ? {} : { note }),
});

const toText = (document: Document, like: string): string => {
  const text = document.toString({ lineWidth: 0, indentSeq: !/^(?:links|tests):[^\S\n]*(?:#.*)?\r?\n(?:[^\S\n]*#.*\r?\n)*- /m.test(like) });
  return like.includes('\r\n') ? text.replace(/\r?\n/g, '\r\n') : text;
};

/** The list under `links:` or `tests:`, created if missing; `undefined` if something else is there. */
const listOf = (document: Document, name: ListName): YAMLSeq | undefined => {
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) document.contents = document.createNode({ [name]: [] });
  if (!isMap(document.contents)) return undefined;
  const known = document.contents.get(name, true);
  if (known === undefined || (isScalar(known) && known.value === null)) {
    const made = document.createNode([]);
    // The parser attaches comments below an empty key to its value; keep them.
    const notes = isScalar(known) ? [known.commentBefore, known.comment].filter((note) => typeof note === 'string') : [];
    if (notes.length > 0) made.commentBefore = notes.join('\n');
    document.contents.set(name, made);
  }
  const list = document.contents.get(name, true);
  if (!isSeq(list)) return undefined;
  // An empty list is always `[]`; write added items on lines of their own.
  if (list.items.length === 0) list.flow = false;
  return list;
};

/** What is written into one of the lists. */
interface Entry {
  readonly fields: Readonly<Record<string, string | number>>;
  /** Whether an entry that is there is about the same. */
  readonly isSame: (item: YAMLMap) => boolean;
  /** Whether that entry already says what the new one says. */
  readonly isDone: (item: YAMLMap) => boolean;
}

/**
 * Adds entries of one list, or updates those about the same, in one edit. Refuses if the text cannot be parsed, so that nothing a person wrote is lost.
 */
function writeEntries(text: string | undefined, name: ListName, entries: readonly Entry[]): Written {
  const mark = bomOf(text ?? '');
  const source = withoutBom(text ?? '');
  const refused = (why: string): Written => ({ refused: `${LINKS_FILE} was not changed: ${why}` });
  if (source.length > LARGEST_LINKS) return refused(`it is larger than ${LARGEST_LINKS / 1_000_000} MB.`);
  if (nestsTooDeep(source)) return refused('it nests too deeply. Fix it by hand and try again.');
  const document = parseDocument(source, { uniqueKeys: false, prettyErrors: true, logLevel: 'silent', keepSourceTokens: true });
  const [error] = document.errors;
  if (error) return refused(`it is not valid YAML (${error.message.split('\n')[0]?.replace(/:$/, '')}). Fix it by hand and try again.`);
  if (source.trim() === '') document.commentBefore = HEADER;
  const list = listOf(document, name);
  if (!list) return refused(`it does not contain "${name}:" followed by a list. Fix it by hand and try again.`);
  const done = entries.map(({ fields, isSame, isDone }): Done => {
    const same = list.items.filter(isMap).findLast(isSame);
    if (same && isDone(same)) return 'unchanged';
    if (same) for (const [key, value] of Object.entries(fields)) same.set(key, value);
    else list.add(document.createNode(fields));
    return same ? 'replaced' : 'added';
  });
  return { text: done.every((one) => one === 'unchanged') ? (text ?? '') : mark + toText(document, source), done };
}

/** Whether the `decision` of an entry means the record of a link. */
export type SameDecision = (written: string, link: NewLink) => boolean;

const linkEntry = (link: NewLink, sameDecision: SameDecision): Entry => {
  const lines = link.lines === undefined ? undefined : linesText(link.lines);
  return {
    fields: fieldsOf(link),
    // The code first: to find what a name means costs more.
    isSame: (item) =>
      textAt(item, 'code') === link.code &&
      textAt(item, 'symbol') === link.symbol &&
      textAt(item, 'lines') === lines &&
      sameDecision(textAt(item, 'decision') ?? '', link),
    isDone: (item) => textAt(item, 'verdict') === link.verdict && (link.note === undefined || textAt(item, 'note') === link.note),
  };
};

/**
 * Adds links to the text of `.lintel/links.yaml`, or updates the existing links about the same record and code. Preserves comments and order.
 * Refuses if the text cannot be parsed.
 *
 * @param text Text of the file; `undefined` if there is none.
 * @param sameDecision Default: the same text.
 */
export const writeLinks = (
  text: string | undefined,
  links: readonly NewLink[],
  sameDecision: SameDecision = (written, link) => written === link.decision,
): Written =>
  writeEntries(
    text,
    'links',
    links.map((link) => linkEntry(link, sameDecision)),
  );

/** As {@link writeLinks}, for a link between a test and code. */
export function writeTestLink(text: string | undefined, link: NewTestLink): Written {
  const { test, code, by, date, note } = link;
  const entry: Entry = {
    fields: Object.fromEntries(Object.entries({ test, code, by, date, note }).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >,
    isSame: (item) => textAt(item, 'test') === test && textAt(item, 'code') === code,
    isDone: (item) => note === undefined || textAt(item, 'note') === note,
  };
  return writeEntries(text, 'tests', [entry]);
}

/** Text of the file; `undefined` if there is none. Rejects if it cannot be read. */
const readExisting = async (path: string): Promise<string | undefined> => {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  if (!found.isFile()) throw new Error('it is not a regular file');
  return readFile(path, 'utf8');
};

/**
 * Writes links to `.lintel/links.yaml` of a repository in one edit, atomically: all of them or none. Writers of any process take turns. Never writes
 * through a symbolic link. Rejects on a file system error; returns `refused` if the file cannot be parsed.
 */
export const saveLinks = (root: string, links: readonly NewLink[], sameDecision?: SameDecision): Promise<Written> =>
  save(root, (text) => writeLinks(text, links, sameDecision));

/** As {@link saveLinks}, for a link between a test and code. */
export const saveTestLink = (root: string, link: NewTestLink): Promise<Written> => save(root, (text) => writeTestLink(text, link));

async function save(root: string, change: (text: string | undefined) => Written): Promise<Written> {
  const path = join(root, LINKS_FILE);
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  if ((await realpath(folder)) !== join(await realpath(root), dirname(LINKS_FILE)))
    return { refused: `${dirname(LINKS_FILE)} is a symbolic link. Replace it with a folder and try again.` };
  if ((await lstat(path).catch(() => undefined))?.isSymbolicLink())
    return { refused: `${LINKS_FILE} is a symbolic link. Replace it with a file and try again.` };
  const lock = `${path}.lock`;
  await take(lock);
  let ours = true;
  try {
    const written = change(await readExisting(path));
    if ('refused' in written || written.done.every((one) => one === 'unchanged')) return written;
    await writeFile(lock, written.text);
    await rename(lock, path);
    // From here on, a lock file belongs to the next writer.
    ours = false;
    return written;
  } finally {
    if (ours) await rm(lock, { force: true });
  }
}

/** Milliseconds after which a lock is stale: writing a link takes only a few. */
const STALE_MS = 5_000;
const PAUSE_MS = 20;

/** Creates the lock file, which becomes the new text. Waits for other writers; rejects on a file system error. */
async function take(lock: string): Promise<void> {
  for (;;) {
    try {
      await writeFile(lock, '', { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const found = await lstat(lock).catch(() => undefined);
    if (found && Math.abs(Date.now() - found.mtimeMs) > STALE_MS) await rm(lock, { force: true });
    else await sleep(PAUSE_MS + Math.random() * PAUSE_MS);
  }
}
