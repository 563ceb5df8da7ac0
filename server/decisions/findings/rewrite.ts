import { folderOf } from '../../knowledge/paths.ts';
import type { TextEdit } from '../../model/finding.ts';
import type { RecordEntry } from '../../register/catalogue.ts';
import { type FoundCitation, readCitations } from '../../register/citations/citations.ts';
import type { CodeFile } from './code-rule.ts';

/** Path of a file as seen from the folder of another. */
function relativePath(from: string, to: string): string {
  const [left, right] = [folderOf(from).split('/').filter(Boolean), to.split('/')];
  let shared = 0;
  while (shared < left.length && shared < right.length - 1 && left[shared] === right[shared]) shared++;
  return [...left.slice(shared).map(() => '..'), ...right.slice(shared)].join('/');
}

/** `text` with the letter case of `like`: all small, or as it is. */
const sameCase = (text: string, like: string): string => (like === like.toLowerCase() ? text.toLowerCase() : text);

/** The number of a record as the citation writes numbers: as many digits where it pads them. */
function numberLike(cited: string, old: RecordEntry | undefined, to: RecordEntry): string | undefined {
  const digits = /\d+$/.exec(cited)?.[0];
  if (digits === undefined || to.number === undefined || (old !== undefined && old.namespace !== to.namespace)) return undefined;
  const padded = digits.startsWith('0') || (old?.number !== undefined && digits.length > old.number.length);
  return cited.slice(0, cited.length - digits.length) + (padded ? to.number.padStart(digits.length, '0') : to.number);
}

function pathLike(cited: string, old: RecordEntry | undefined, to: RecordEntry, from: string): string {
  const dots = /^(?:\.{1,2}\/)+|^\//.exec(cited)?.[0] ?? '';
  const clean = cited.slice(dots.length);
  if (old && cited.endsWith(old.path)) return cited.slice(0, cited.length - old.path.length) + to.path;
  if (old?.path.endsWith(clean)) {
    const before = old.path.slice(0, old.path.length - clean.length);
    if (to.path.startsWith(before) && (clean.includes('/') || folderOf(to.path) === folderOf(old.path)))
      return dots + to.path.slice(before.length);
  }
  if (dots.startsWith('.')) return relativePath(from, to.path);
  return (dots === '/' ? '/' : '') + to.path;
}

/** Forms in which a citation may name another record, the citation's own form first, the path last. */
function* forms({ form, text, targets }: FoundCitation, to: RecordEntry, from: string): Generator<string> {
  const old = targets[0]?.record;
  if (form === 'number') {
    const number = numberLike(text, old, to);
    if (number !== undefined && number !== text) yield number;
  }
  if (form === 'path') yield pathLike(text, old, to, from);
  if (form === 'title') yield to.head.title;
  if (form === 'slug') yield sameCase(text.includes('_') ? to.slug.replaceAll('-', '_') : to.slug, text);
  if (form !== 'title') yield to.name;
  yield to.path;
}

/** Beginning and end of what is replaced: a bracket of `@ADR(n)` goes with its number where the form changes, an anchor of the old record always. */
function placeOf({ start, end, text, anchorEnd, form }: FoundCitation, written: string, file: CodeFile): [number, number] {
  const sameForm = form === 'number' && /\d$/.test(written) && written.startsWith(text.replace(/\d+$/, ''));
  if (anchorEnd !== undefined) return [start, anchorEnd];
  if (sameForm || form !== 'number' || !text.includes('(')) return [start, end];
  return [file.text[start - 1] === '@' ? start - 1 : start, file.text[end] === ')' ? end + 1 : end];
}

/** True where the citation, so written, means exactly that record. */
function means(file: CodeFile, start: number, end: number, written: string, to: RecordEntry): boolean {
  const line = file.lines.lineAt(start);
  const [from, until] = [file.lines.start(line), file.lines.end(line + 1)];
  if (until - from > 10_000) return true;
  const text = file.text.slice(from, start) + written + file.text.slice(end, until);
  const { catalogue, home } = file.register;
  const at = start - from;
  const there = readCitations(text, catalogue, { from: file.path, home }).filter(
    (citation) => citation.start < at + written.length && citation.end > at,
  );
  return there.length === 1 && there.every(({ targets, moved }) => targets.length === 1 && !moved && targets[0]?.record.id === to.id);
}

/** An edit that lets a citation name another record. `exact`: in the same form as before. */
export interface Rewrite {
  readonly edit: TextEdit;
  readonly written: string;
  readonly exact: boolean;
}

/**
 * Rewrites a citation so that it means `to`: in its own form with its own zeros and letter case where that is unambiguous, else as file name or
 * path. `undefined` where no form names that record alone, so that a fix never makes a new finding.
 */
export function rewrite(citation: FoundCitation, to: RecordEntry, file: CodeFile): Rewrite | undefined {
  let exact = true;
  for (const written of forms(citation, to, file.path)) {
    const [start, end] = placeOf(citation, written, file);
    if (written !== '' && means(file, start, end, written, to))
      return { edit: { path: file.path, span: file.lines.span(start, end), text: written }, written, exact };
    exact = false;
  }
  return undefined;
}
