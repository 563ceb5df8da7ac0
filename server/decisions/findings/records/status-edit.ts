import { relativePath } from '../../../knowledge/paths.ts';
import { namespaceOf } from '../../../knowledge/record-name.ts';
import type { DocumentHead } from '../../../model/document.ts';
import type { TextEdit } from '../../../model/finding.ts';
import { lineIndex } from '../../../text/lines.ts';
import { type ReferenceStyle, type StatusStyle, statusStyle } from './status-style.ts';

/** A longer status is a discussion that nobody wants to lose. UTF-16 units. */
const LONGEST_STATUS = 120;

const pad = (number: string, digits: number): string => number.padStart(digits, '0');

/** How many digits the file name of a record pads its number to; 0 for none. */
const paddingOf = (path: string): number => /(?:^|[^\d])(0\d*)(?=[-_. ]|$)/.exec(path.slice(path.lastIndexOf('/') + 1))?.[1]?.length ?? 0;

const plainLabel = (text: string): string => text.replace(/[[\]\n]/g, ' ').trim();

function referenceTo(next: DocumentHead, path: string, from: string, style: StatusStyle): string {
  const { number, title } = next;
  const target = relativePath(from, path);
  const file = path.slice(path.lastIndexOf('/') + 1);
  const code = number === undefined ? undefined : `${namespaceOf(next).toUpperCase()}-${pad(number, style.digits || paddingOf(path))}`;
  const label = ({ label }: Extract<ReferenceStyle, { kind: 'link' }>): string => {
    if (number === undefined || label === 'title') return plainLabel(title);
    if (label === 'number') return pad(number, style.digits);
    if (label === 'code') return code ?? title;
    return label === 'file' ? file : `${number}. ${plainLabel(title)}`;
  };
  if (style.reference.kind === 'link') return `[${label(style.reference)}](${target})`;
  if (style.reference.kind === 'code' && code !== undefined) return code.replace('-', style.reference.separator);
  return target;
}

/** In front matter, only the value of such a key is replaced. */
const STATUS_KEY = /^\s*["']?(?:adr[-_ ]|decision[-_ ])?(?:status|state)["']?\s*:/i;

/** The last line of the front matter; 0 if there is none. */
function frontMatterEnd(lines: readonly string[]): number {
  if (lines[0]?.trim() !== '---') return 0;
  const end = lines.findIndex((line, at) => at > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  return end < 0 ? 0 : end;
}

/**
 * The edit that changes the status of a record to say that `next` supersedes it, in the form that most records of the repository use, else in the
 * usual form of its format. `undefined` if the status cannot be replaced: a badge, a tag, a discussion, or none at all.
 */
export function supersededEdit(text: string, old: DocumentHead, next: DocumentHead, heads: readonly DocumentHead[]): TextEdit | undefined {
  const { status, path } = old;
  if (status === undefined || path === undefined || next.path === undefined || status.text.length > LONGEST_STATUS) return undefined;
  const index = lineIndex(text);
  const [start, end] = [index.offset(status.span.start), index.offset(status.span.end)];
  const written = text.slice(start, end);
  // The file changed since it was indexed, or the status was not read from words.
  if (written !== status.text || /\n/.test(written) || /!\[[^\]]*$|\/badge\/[^\s]*$/.test(text.slice(Math.max(0, start - 200), start)))
    return undefined;
  const lines = text.split(/\r\n|\n|\r/);
  const isInFrontMatter = status.span.start.line < frontMatterEnd(lines);
  const line = lines[status.span.start.line] ?? '';
  if (isInFrontMatter && !STATUS_KEY.test(line)) return undefined;
  const byFormat: StatusStyle =
    isInFrontMatter && next.number !== undefined
      ? { reference: { kind: 'code', separator: '-' }, digits: 0 }
      : old.format === 'markdown'
        ? { reference: { kind: 'link', label: 'numbered-title' }, digits: 0 }
        : { reference: { kind: 'file' }, digits: 0 };
  const style = statusStyle(heads, old) ?? byFormat;
  const words = /^\P{L}*\p{Ll}/u.test(written) ? 'superseded by' : 'Superseded by';
  const value = `${words} ${referenceTo(next, next.path, path, style)}`;
  const quoted = /["']/.test(text.charAt(start - 1)) && text.charAt(start - 1) === text.charAt(end);
  const yaml = isInFrontMatter && !quoted && /: | #|"/.test(value) ? JSON.stringify(value) : value;
  return { path, span: status.span, text: quoted ? yaml.replaceAll(text.charAt(end), '') : yaml };
}
