import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import { groupBy } from '../text/group-by.ts';
import { lineIndex } from '../text/lines.ts';
import { readInside } from '../text/read-file.ts';

/** A finding and the repository-relative path of its file. */
interface Placed {
  readonly path: string;
  readonly finding: Finding;
}

/** Equal findings of a file. They are told apart by the words that they mark, not by lines, which move, nor by messages, which are reworded. */
interface BaselineEntry {
  readonly path: string;
  readonly rule: string;
  /** The marked words on one line, at most 160 UTF-16 units. */
  readonly text: string;
  readonly count: number;
}

const LONGEST_TEXT = 160;
const schema = z.object({
  version: z.literal(1),
  findings: z.array(z.object({ path: z.string(), rule: z.string(), text: z.string(), count: z.int().min(1) })),
});

const keyOf = ({ path, rule, text }: Omit<BaselineEntry, 'count'>): string => JSON.stringify([path, rule, text]);

/** The entry that each finding belongs to, with a count of 1. */
async function entriesOf(root: string, found: readonly Placed[]): Promise<readonly BaselineEntry[]> {
  const texts = new Map<string, { readonly text: string; readonly lines: ReturnType<typeof lineIndex> }>();
  const entries: BaselineEntry[] = [];
  for (const { path, finding } of found) {
    let file = texts.get(path);
    if (file === undefined) {
      const text = (await readInside(root, path)) ?? '';
      file = { text, lines: lineIndex(text) };
      texts.set(path, file);
    }
    const marked = file.text.slice(file.lines.offset(finding.span.start), file.lines.offset(finding.span.end));
    entries.push({ path, rule: finding.rule, text: marked.replace(/\s+/g, ' ').trim().slice(0, LONGEST_TEXT), count: 1 });
  }
  return entries;
}

/** Writes the findings to a baseline file, sorted, so that a change of it can be reviewed. Throws an Error with a sentence if the file cannot be written. */
export async function writeBaseline(file: string, root: string, found: readonly Placed[]): Promise<void> {
  const counted = groupBy(await entriesOf(root, found), keyOf);
  const findings = [...counted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, [entry, ...more]]) => ({ ...entry, count: more.length + 1 }));
  try {
    await writeFile(file, `${JSON.stringify({ version: 1, findings }, undefined, 2)}\n`);
  } catch (error) {
    throw new Error(`The baseline ${file} cannot be written: ${messageOf(error)}`);
  }
}

/** Findings beside a baseline. */
export interface AgainstBaseline<T> {
  /** Those that are not in it, in their order. */
  readonly left: readonly T[];
  readonly known: readonly T[];
  /** Entries that no finding belongs to any more. */
  readonly gone: readonly BaselineEntry[];
}

/** Compares findings with a baseline file. Throws an Error with a sentence if the file cannot be read or is no baseline. */
export async function againstBaseline<T extends Placed>(file: string, root: string, found: readonly T[]): Promise<AgainstBaseline<T>> {
  let data: unknown;
  try {
    data = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`The baseline ${file} cannot be read: ${messageOf(error)}. Write one with --write-baseline.`);
  }
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new Error(`${file} is no baseline of this version of Lintel. Write one with --write-baseline.`);
  const open = new Map<string, { entry: BaselineEntry; count: number }>();
  for (const entry of parsed.data.findings) {
    const key = keyOf(entry);
    open.set(key, { entry, count: (open.get(key)?.count ?? 0) + entry.count });
  }
  const left: T[] = [];
  const known: T[] = [];
  const entries = await entriesOf(root, found);
  found.forEach((one, at) => {
    const entry = entries[at];
    const slot = entry && open.get(keyOf(entry));
    if (slot === undefined || slot.count === 0) left.push(one);
    else {
      slot.count -= 1;
      known.push(one);
    }
  });
  const gone = [...open.values()].filter(({ count }) => count > 0).map(({ entry, count }) => ({ ...entry, count }));
  return { left, known, gone };
}
