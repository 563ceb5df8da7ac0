import { folderOf, relativePath } from '../../../knowledge/paths.ts';
import type { TextEdit } from '../../../model/finding.ts';
import type { RecordEntry } from '../../../register/catalogue.ts';
import { type FoundCitation, readCitations } from '../../../register/citations/citations.ts';
import type { CodeFile } from './code-rule.ts';

/** `text` in lower case if `like` is. */
const sameCase = (text: string, like: string): string => (like === like.toLowerCase() ? text.toLowerCase() : text);

/** The number of a record in the form of the citation, padded to as many digits if the citation pads. */
function numberLike(cited: string, old: RecordEntry | undefined, to: RecordEntry): string | undefined {
  const digits = /\d+$/.exec(cited)?.[0];
  if (digits === undefined || to.number === undefined || (old !== undefined && old.namespace !== to.namespace)) return undefined;
  const padded = digits.startsWith('0') || (old?.number !== undefined && digits.length > old.number.length);
  // "ADR-153" fills its width, so it does not say whether numbers are padded: the file name of the cited record and of the other one do.
  const isFull = !padded && old !== undefined && widthOf(old) === digits.length && widthOf(to) === digits.length;
  return cited.slice(0, cited.length - digits.length) + (padded || isFull ? to.number.padStart(digits.length, '0') : to.number);
}

/** Digits of the number in the file name of a record. */
const widthOf = ({ name, number = '' }: RecordEntry): number =>
  [...name.matchAll(/\d+/g)].find(([run]) => Number(run) === Number(number))?.[0].length ?? 0;

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

/** Ways to cite the record, in order of preference: the form of the citation first, the path last. */
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

/** Start and end of what is replaced: the anchor into the old record too, and the `@` and `)` of `@ADR(n)` if the form changes. */
function replacedRange({ start, end, text, anchorEnd, form }: FoundCitation, written: string, file: CodeFile): [number, number] {
  const sameForm = form === 'number' && /\d$/.test(written) && written.startsWith(text.replace(/\d+$/, ''));
  if (anchorEnd !== undefined) return [start, anchorEnd];
  if (sameForm || form !== 'number' || !text.includes('(')) return [start, end];
  return [file.source.text[start - 1] === '@' ? start - 1 : start, file.source.text[end] === ')' ? end + 1 : end];
}

/** Whether the citation means exactly that record if it is written so. */
function resolvesTo(file: CodeFile, start: number, end: number, written: string, to: RecordEntry): boolean {
  const line = file.source.lines.lineAt(start);
  const [from, until] = [file.source.lines.start(line), file.source.lines.end(line + 1)];
  if (until - from > 10_000) return true;
  const text = file.source.text.slice(from, start) + written + file.source.text.slice(end, until);
  const { catalogue, home } = file.register;
  const at = start - from;
  const there = readCitations(text, catalogue, { from: file.source.path, home }).filter(
    (citation) => citation.start < at + written.length && citation.end > at,
  );
  return there.length === 1 && there.every(({ targets, moved }) => targets.length === 1 && !moved && targets[0]?.record.id === to.id);
}

/** An edit that makes a citation name another record. `exact`: in the same form as before. */
export interface Rewrite {
  readonly edit: TextEdit;
  readonly written: string;
  readonly exact: boolean;
}

/**
 * Rewrites a citation to mean `to`: in its own form, padding and letter case if that is unambiguous, else as file name or path. `undefined` if no form
 * names only that record, so that a fix never causes a new finding.
 */
export function rewrite(citation: FoundCitation, to: RecordEntry, file: CodeFile): Rewrite | undefined {
  return firstOf(forms(citation, to, file.source.path), citation, to, file);
}

/** As `rewrite`, by file name or path whatever the form of the citation is. */
export function rewriteByFile(citation: FoundCitation, to: RecordEntry, file: CodeFile): Rewrite | undefined {
  return firstOf([to.name, to.path], citation, to, file);
}

function firstOf(written: Iterable<string>, citation: FoundCitation, to: RecordEntry, file: CodeFile): Rewrite | undefined {
  let exact = true;
  for (const form of written) {
    const [start, end] = replacedRange(citation, form, file);
    if (form !== '' && resolvesTo(file, start, end, form, to))
      return { edit: { path: file.source.path, span: file.source.lines.span(start, end), text: form }, written: form, exact };
    exact = false;
  }
  return undefined;
}
