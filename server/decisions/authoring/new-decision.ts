import { fieldsOf } from '../../knowledge/markup/fields.ts';
import { recordName } from '../../knowledge/record-name.ts';
import { isStatusHeading } from '../../knowledge/records/status-section.ts';
import type { QuotedCode } from '../../model/authoring.ts';
import type { Diff } from '../../model/diff.ts';
import type { TextEdit } from '../../model/finding.ts';
import type { Span } from '../../model/span.ts';
import { applyEdits, creationEdit, editsOf } from '../../text/edits.ts';
import { deriveDraft } from './derive-draft.ts';
import { fillTemplate, firstDraft } from './draft.ts';
import { type Collection, DEFAULT_NAMES, fileSlug, type NameForm, newPath, nextNumber } from './file-names.ts';
import { type Known, knownParts } from './known.ts';
import { markupOf, quoteChanges, quoteSelection } from './quote.ts';
import { withStatus } from './relate.ts';
import { roleOf } from './roles.ts';
import { type ReadRecord, readText } from './slots.ts';
import { chosenStatus } from './status-words.ts';
import type { DraftPhrases } from './wording/phrases.ts';
import { phrasesFor } from './wording/record-language.ts';
import { type Facts, type Wording, wordingOf } from './words.ts';

/** What a new record is made from. */
export interface Material {
  /** The folder of records that it joins; absent: the repository has no records. */
  readonly collection?: Collection;
  readonly collections: readonly Collection[];
  readonly names: NameForm;
  /** Names of everything in the folder, records or not. */
  readonly listing: readonly string[];
  /** The newest records of the collection, newest first. */
  readonly newest: readonly ReadRecord[];
  /** The repository's own template, if it has one. */
  readonly template?: ReadRecord;
  /** The folder for the first record; absent if there are records. */
  readonly firstFolder?: string;
  readonly exists: (path: string) => boolean;
}

/** What a new record is to be. */
export interface Wish {
  readonly title: string;
  readonly status: Facts['status'];
  readonly today: string;
  readonly selection?: QuotedCode;
  readonly changes?: Diff;
  /** The commit or range of the changes, as it was written. Default: they are in the work tree. */
  readonly changedIn?: string;
  /** What commits, records and people say. With it, the sections about which nothing is known hold a question. */
  readonly known?: Known;
  /** A sentence for the context section. */
  readonly because?: string;
  /** Path of the new record; default: the next one by the names of the collection. */
  readonly path?: string;
}

/** A record to be created. */
export interface Draft {
  readonly path: string;
  readonly text: string;
  /** The words of its title. */
  readonly selection: Span;
}

const LONGEST_TITLE = 200;

/** A title in one line of at most 200 characters, without heading marks in front and without control characters. */
export const cleanTitle = (title: string): string =>
  title
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/^[#=\s]+/, '')
    .trim()
    .slice(0, LONGEST_TITLE)
    .trim();

const START = { line: 0, character: 0 };

/** What a draft says by itself, in the language of the records, else of their template. */
export const draftPhrases = ({ newest, template }: Pick<Material, 'newest' | 'template'>): DraftPhrases =>
  phrasesFor(newest.length > 0 ? newest : template ? [template] : []);

/** A new record in the repository's own format: from its template, else in the shape of its newest records, else a minimal MADR. */
export function draftOf(material: Material, wish: Wish): Draft {
  const { collection, names, newest, template } = material;
  const title = cleanTitle(wish.title);
  const form =
    collection === undefined ? { ...DEFAULT_NAMES, ...(template ? { end: /\.\w+$/.exec(template.path)?.[0] ?? '.md' } : {}) } : names;
  const numbered = form.number !== undefined || newest.some(({ document }) => document.number !== undefined);
  const folder = collection?.folder ?? material.firstFolder ?? 'docs/decisions';
  const number = nextNumber(collection ?? { folder, records: [] }, material.collections, material.listing);
  const path = wish.path ?? newPath(folder, form, { title, number, today: wish.today }, material.exists);
  const own = recordName(path).number;
  const markup = markupOf(path);
  const say = draftPhrases(material);
  const known = wish.known ? knownParts(path, wish.known, markup, say) : { context: [], options: [], consequences: [] };
  const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n');
  const context = joined([
    wish.because ?? '',
    ...(wish.selection ? [quoteSelection(wish.selection, markup, say)] : []),
    wish.changes ? quoteChanges(wish.changes, markup, wish.changedIn, say) : '',
    ...known.context,
  ]);
  const scope = wish.selection?.path;
  const facts: Facts = {
    title,
    path,
    slug: fileSlug(title),
    ...(own !== undefined ? { number: Number(own) } : numbered ? { number } : {}),
    status: wish.status,
    today: wish.today,
    context,
    options: joined(known.options),
    consequences: joined(known.consequences),
    ...(scope === undefined ? {} : { scope }),
  };
  const wording = wordingOf(newest, facts);
  const same = newest.filter((record) => markupOf(record.path) === markup);
  const made =
    (template && markupOf(template.path) === markup
      ? fillTemplate(template, facts, templateWording(template, wording, facts), same)
      : undefined) ??
    deriveDraft(same, facts, wording) ??
    firstDraft(facts);
  const has = made.includes(title) || made.includes(JSON.stringify(title).slice(1, -1));
  // Where the name of the file is the title of other records, a heading would be one that no record has.
  const untitled = newest.filter(({ document }) => document.titleSpan === undefined).length * 2 > newest.length;
  const text = has || (untitled && made.trim() !== '') ? made : withTitle(path, made, wording.titlePrefix + title);
  const read = readText(path, text);
  // If the other records show their status as a badge, nothing was copied that states it.
  const whole =
    wording.stated && read.document.status === undefined && !hasStatusPlace(read)
      ? applyEdits(path, text, editsOf(path, text, [withStatus(read, wording.status)]))
      : text;
  return { path, text: whole, selection: readText(path, whole).document.titleSpan ?? { start: START, end: START } };
}

/** Whether a text has a place for its status, even if nobody can read what is there. */
const hasStatusPlace = ({ prose: { outline } }: ReadRecord): boolean =>
  outline.headings.some(({ text }) => isStatusHeading(text)) || fieldsOf(outline).some(({ name }) => roleOf(name) === 'status');

/** Adds a title to a text that has no place for one. */
function withTitle(path: string, text: string, title: string): string {
  const markup = markupOf(path);
  const heading = markup === 'rst' ? `${title}\n${'='.repeat([...title].length)}` : `${markup === 'asciidoc' ? '=' : '#'} ${title}`;
  const at = readText(path, text).prose.outline.bodyStart;
  return `${text.slice(0, at)}${at > 0 ? '\n' : ''}${heading}\n\n${text.slice(at).replace(/^\s+/, '')}`.replace(/\s+$/, '\n');
}

/** The status as the template writes it, among its choices or alone, which may be in other words than those of the records. */
function templateWording(template: ReadRecord, wording: Wording, facts: Facts): Wording {
  const { outline, front } = template.prose;
  const key = front?.entries.find((entry) => roleOf(entry.key) === 'status')?.values[0]?.text;
  const fields = fieldsOf(outline)
    .filter(({ name }) => roleOf(name) === 'status')
    .map(({ start, end }) => template.text.slice(start, end));
  const section = outline.headings.findIndex(({ text }) => isStatusHeading(text));
  const from = outline.headings[section]?.end;
  const body = from === undefined ? [] : [template.text.slice(from, outline.headings[section + 1]?.start).replace(/<!--[\s\S]*?-->/g, '')];
  for (const written of [
    key ?? '',
    ...fields,
    ...body.flatMap((text) => [text.split(/\n\s*\n/).find((part) => part.trim() !== '') ?? '', text]),
  ]) {
    const choice = chosenStatus(written.replace(/\n\s*[-*+]\s+(?:\[[ x]\]\s*)?/gi, ' | '), facts.status, wording.status);
    if (choice !== undefined) return { ...wording, status: choice };
  }
  return wording;
}

/** The edits that create a record. */
export const draftEdits = ({ path, text }: Draft): TextEdit[] => [creationEdit(path, text)];
