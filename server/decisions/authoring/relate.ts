import { HEAD_LINES } from '../../knowledge/markup/fields.ts';
import { folderOf, relativePath } from '../../knowledge/paths.ts';
import { lineEndingOf, type Splice } from '../../text/edits.ts';
import { FRONT_KEY } from './draft-head.ts';
import { isBlank } from './head-values.ts';
import { markupOf } from './quote.ts';
import { type Role, roleOf } from './roles.ts';
import { frontValue, inCaseOf, type ReadRecord, readText, type StatusSlot, statusSlot, yamlValue } from './slots.ts';
import { statusLike, supersededLike } from './status-words.ts';
import { titleHeading } from './words.ts';

/** What other records need to link to a record. */
export interface Named {
  readonly path: string;
  readonly title: string;
  readonly number?: string;
  /** The title as its own heading has it, with its number. */
  readonly heading: string;
}

/** Reads off a record what links to it need. */
export function namedOf(record: ReadRecord): Named {
  const { document, path, text } = record;
  const heading = titleHeading(record);
  const written = heading === undefined ? document.title : text.slice(heading.textStart, heading.textEnd).replace(/[*_`]/g, '');
  return { path, title: document.title, ...(document.number === undefined ? {} : { number: document.number }), heading: written.trim() };
}

/** The relative path from one file to another, with every character percent-encoded that could end a link in some markup. */
export const linkTarget = (from: string, to: string): string =>
  relativePath(from, to).replace(
    /[\s()<>[\]"'`\\%?#]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );

const stemOf = (path: string): string => {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const own = /^(?:readme|index)\.\w+$/i.test(file) ? folderOf(path) : path;
  return own.slice(own.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
};

/** `ADR-0008`, with as many digits as in the name of the file; without a number, the name of the file. */
function shortName({ path, number }: Named): string {
  if (number === undefined) return stemOf(path);
  const digits = [...stemOf(path).matchAll(/\d+/g)].find(([run]) => Number(run) === Number(number))?.[0] ?? number;
  return `${/(?:^|\/)rfcs?(?:\/|[-_]?\d)/i.test(path) ? 'RFC' : 'ADR'}-${digits}`;
}

/** A link from one record to another in the markup of the first, escaped for the place where the link goes. */
export function linkTo(from: string, to: Named, form: StatusSlot['form'] | 'body'): string {
  const target = linkTarget(from, to.path);
  const dated = to.number === undefined;
  const label = form === 'front' ? shortName(to) : dated && form === 'field' ? stemOf(to.path) : to.heading;
  const markup = markupOf(from);
  if (markup === 'rst') return `\`${label.replace(/[`<>]/g, '')} <${target}>\`_`;
  if (markup === 'asciidoc') return `link:${target}[${label.replace(/]/g, '')}]`;
  const escaped = label.replace(/[[\]]/g, '\\$&');
  return `[${form === 'table' ? escaped.replaceAll('|', '\\|') : escaped}](${target})`;
}

/** Inserts a sentence as a paragraph below the title, or at the start of the body if there is no title. */
function belowTitle(record: ReadRecord, sentence: string): Splice {
  const { prose, text } = record;
  const eol = lineEndingOf(text);
  const heading = titleHeading(record);
  // The attributes of an AsciiDoc document follow its title without a blank line.
  const header =
    heading && prose.outline.format === 'asciidoc'
      ? (/^(?:\r?\n(?::[\w-]+!?:|\w+::|\/\/).*)*/.exec(text.slice(heading.end))?.[0].length ?? 0)
      : 0;
  const at = heading ? heading.end + header : prose.outline.bodyStart;
  const rest = text.slice(at);
  const gap = /^(?:[ \t]*\r?\n)*/.exec(rest)?.[0] ?? '';
  return heading
    ? { start: at, end: at + gap.length, text: `${eol}${eol}${sentence}${eol}${eol}` }
    : { start: at, end: at + gap.length, text: `${at > 0 ? eol : ''}${sentence}${eol}${eol}` };
}

/** A key of front matter for a relation that says nothing yet. Offsets are those of its value. */
function frontRelation(
  { text, prose }: ReadRecord,
  role: Role,
): { readonly start: number; readonly end: number; readonly lead: string; readonly list: boolean } | undefined {
  for (const { 0: line, index } of text.slice(0, prose.outline.bodyStart).matchAll(/^.*$/gm)) {
    const [, quote = '', name = '', colon = '', value = ''] = FRONT_KEY.exec(line.trimEnd()) ?? [];
    if (name === '' || roleOf(name) !== role || !isBlank(value)) continue;
    const start = index + 2 * quote.length + name.length + colon.trimEnd().length;
    return { start, end: index + line.trimEnd().length, lead: ' ', list: value.trim().startsWith('[') };
  }
  return undefined;
}

/** A field or a row for a relation that says nothing yet, as offsets of where its value goes. */
function emptyField(
  { text, prose }: ReadRecord,
  role: Role,
): { readonly start: number; readonly end: number; readonly lead: string } | undefined {
  const end = prose.outline.lines.end(prose.outline.lines.lineAt(prose.outline.bodyStart) + HEAD_LINES);
  for (const { 0: line, index } of text.slice(prose.outline.bodyStart, end).matchAll(/^.*$/gm)) {
    const at = prose.outline.bodyStart + index;
    const [whole = '', lead = '', name = '', value = ''] =
      /^([^\p{L}\n[\]]{0,8}(\p{L}[\p{L} _-]{1,30}?)[*_]{0,3}\s?(?::{1,2}|：|\s*\|)[*_]{0,3})[ \t]*([^|\r]*?)(?=[ \t]*(?:\||\\|\r|$))/u.exec(
        line,
      ) ?? [];
    if (name === '' || roleOf(name) !== role || !isBlank(value.replace(/^\[.*\]$|^\{.*\}$|^<.*>$/, ''))) continue;
    if (/^\s*(?:- )?\[[ x]\]/i.test(lead)) continue;
    return { start: at + lead.length, end: at + whole.length, lead: ' ' };
  }
  return undefined;
}

/** A heading, or the end of front matter. */
const BETWEEN_PLACES = /^(?:#{1,6}\s|={2,6}\s|-{3,}[ \t]*$|={3,}[ \t]*$)/m;

/** Limit on the places in which a record states its status. */
const MOST_PLACES = 3;

/**
 * The edits that retire a record: its status names the successor, in the form that the record uses. A record that states its status more than once, such
 * as in front matter and in a section, says the same everywhere.
 */
export function supersededBy(old: ReadRecord, next: Named): readonly Splice[] {
  const edits = [...retired(old, next)];
  let rest = old;
  for (let place = 1; place < MOST_PLACES; place++) {
    const slot = statusSlot(rest);
    if (slot === undefined || slot.form === 'tag') break;
    // Without the words of one place, the reader finds the next one; spaces keep every offset.
    rest = readText(old.path, rest.text.slice(0, slot.start) + ' '.repeat(slot.end - slot.start) + rest.text.slice(slot.end));
    const other = statusSlot(rest);
    const value = rest.document.status?.value;
    if (other === undefined || other.form === 'tag' || other.form === 'front' || (value !== 'accepted' && value !== 'proposed')) break;
    // More of the same section is no second place: `Supersedes ADR 2` below the status stays true.
    if (!BETWEEN_PLACES.test(old.text.slice(Math.min(slot.end, other.end), Math.max(slot.start, other.start)))) break;
    edits.push(...retired(rest, next));
  }
  return edits;
}

/** The edits for the first place in which a record states its status. */
function retired(old: ReadRecord, next: Named): readonly Splice[] {
  const slot = statusSlot(old);
  if (!slot) return [belowTitle(old, `Superseded by ${linkTo(old.path, next, 'body')}.`)];
  const own = frontRelation(old, 'superseded-by');
  if (slot.form === 'front' && own) {
    const word = statusLike(slot.words, 'superseded') ?? inCaseOf(slot.words, 'superseded');
    const target = own.list ? `[${JSON.stringify(linkTarget(old.path, next.path))}]` : yamlValue(linkTarget(old.path, next.path));
    return [frontValue(old.text, slot.start, slot.end, word), { start: own.start, end: own.end, text: `${own.lead}${target}` }];
  }
  const word = inCaseOf(slot.words, 'superseded');
  const by = word === word.toUpperCase() ? 'BY' : 'by';
  // In `accepted; supersedes ADR-n` the second part stays true.
  const rest = /[;,]\s*((?:supersedes|replaces|amends|obsoletes)\b.*)$/i.exec(slot.words)?.[1];
  const link = linkTo(old.path, next, slot.form);
  const text = `${supersededLike(slot.words, link) ?? `${word} ${by} ${link}`}${rest === undefined ? '' : `; ${rest}`}`;
  if (slot.form === 'front') return [frontValue(old.text, slot.start, slot.end, text)];
  if (slot.form === 'tag') {
    const lineStart = slot.lineStart;
    const line = old.text.slice(lineStart, slot.lineEnd);
    // A badge is a picture, so words replace it.
    const badge = [...line.matchAll(/(?:\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\)|!\[[^\]]*\]\([^)]*\))/g)].find(
      (match) => lineStart + match.index <= slot.start && slot.end <= lineStart + match.index + match[0].length,
    );
    if (badge) return [{ start: lineStart + badge.index, end: lineStart + badge.index + badge[0].length, text }];
    return [{ start: slot.start, end: slot.end, text: word }, belowTitle(old, `Superseded by ${linkTo(old.path, next, 'body')}.`)];
  }
  return [{ start: slot.start, end: slot.end, text }];
}

/** The edits that link a successor back to the record that it replaces, in the form in which the successor states its status. */
export function supersedes(next: ReadRecord, old: Named): readonly Splice[] {
  const slot = statusSlot(next);
  const { text, path } = next;
  const eol = lineEndingOf(text);
  const key = frontRelation(next, 'supersedes');
  if (key) {
    const target = linkTarget(path, old.path);
    return [{ start: key.start, end: key.end, text: key.lead + (key.list ? `[${JSON.stringify(target)}]` : yamlValue(target)) }];
  }
  const empty = emptyField(next, 'supersedes');
  if (empty) return [{ start: empty.start, end: empty.end, text: empty.lead + linkTo(path, old, 'field') }];
  if (slot?.form === 'front')
    return [{ start: slot.lineEnd, end: slot.lineEnd, text: `${eol}supersedes: ${yamlValue(linkTarget(path, old.path))}` }];
  const line = slot === undefined ? '' : text.slice(slot.lineStart, slot.lineEnd);
  if (slot?.form === 'section')
    return [{ start: slot.lineEnd, end: slot.lineEnd, text: `${eol}${eol}Supersedes ${linkTo(path, old, 'section')}` }];
  if (slot?.form === 'field') {
    const named = line
      .slice(0, slot.start - slot.lineStart)
      .replace(/(?:(?:adr|decision|current) )?(?:status|state)/i, (name) => inCaseOf(name, 'supersedes'));
    const brk = /(?: {2,}|\\)$/.exec(line)?.[0] ?? '';
    return [{ start: slot.lineEnd, end: slot.lineEnd, text: `${eol}${named}${linkTo(path, old, 'field')}${brk}` }];
  }
  const cells = line.split(/(?<!\\)\|/).length;
  if (slot?.form === 'table' && cells === 4) {
    // The status may be the head of the table: no row may come between it and the delimiter row.
    const delimiter = /^\r?\n[ \t]*\|[ \t:|-]*-[ \t:|-]*(?=\r?\n|$)/.exec(text.slice(slot.lineEnd))?.[0] ?? '';
    const at = slot.lineEnd + delimiter.length;
    return [{ start: at, end: at, text: `${eol}| Supersedes | ${linkTo(path, old, 'table')} |` }];
  }
  return [belowTitle(next, `Supersedes ${linkTo(path, old, 'body')}.`)];
}

/** Adds a status to a record that states none: to its front matter if it has one, else below its title. */
export function withStatus(record: ReadRecord, word: string): Splice {
  const { prose, text } = record;
  const eol = lineEndingOf(text);
  const close = prose.outline.bodyStart > 0 ? /^(?:\uFEFF)?---[^\n]*\n/.exec(text)?.[0].length : undefined;
  return close === undefined
    ? belowTitle(record, `Status: ${word}`)
    : { start: close, end: close, text: `status: ${yamlValue(word)}${eol}` };
}
