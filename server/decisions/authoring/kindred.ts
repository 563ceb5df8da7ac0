import { isNameOf } from '../../knowledge/languages/languages.ts';
import { slugOf } from '../../knowledge/record-name.ts';
import type { KindredRecord, Kinship } from '../../model/authoring.ts';
import { isInForce } from '../../register/in-force.ts';
import type { Register } from '../../register/register.ts';
import { summaryOf } from './graph.ts';
import type { ReadRecord } from './slots.ts';
import { ENGLISH, type KinPhrases } from './wording/phrases.ts';

/** Something that is known of a record and of what a new one is about. */
export interface KnownOf {
  readonly id: string;
  /** The place in the code, as people write it. */
  readonly place: string;
}

/** What is forbidden by rule, and broken. */
export interface BrokenRule extends KnownOf {
  /** As `lintel.yaml` says it. */
  readonly forbidden: string;
}

/** What records are judged by before another one is written. */
export interface KinQuestion {
  readonly title: string;
  /** Ids of records with a text that is alike, the nearest first. */
  readonly near: readonly string[];
  /** Records that govern the code which the new one is about. */
  readonly governing: readonly KnownOf[];
  readonly broken: readonly BrokenRule[];
  /** The sentence by which a record decides, verbatim. */
  readonly decides: (id: string) => string | undefined;
  /** The text of a record; read for those that are near or govern. */
  readonly textOf: (id: string) => ReadRecord | undefined;
}

/** Share of the words of two titles that are in both, from which they are the same but for a few words. */
const SAME_TITLE = 0.75;
const MOST_NEAR = 3;
/** Letters by which two forms of one word are told to be the same. */
const STEM = 6;
const PLAIN_WORDS = new Set(
  'the and for with from into our use uses using adopt choose we will should shall that this its all any via are'.split(' '),
);
const NEGATIONS = new Set(['not', 'no', 'never', 'without', 'dont', 'stop', 'nicht', 'kein', 'keine', 'keinen', 'ohne', 'nie']);

const words = (text: string): readonly string[] => slugOf(text).split('-');
const stems = (text: string): ReadonlySet<string> =>
  new Set(
    words(text)
      .filter((word) => word.length > 2 && !PLAIN_WORDS.has(word) && !NEGATIONS.has(word))
      .map((word) => word.slice(0, STEM)),
  );
const isNegated = (text: string): boolean => words(text).some((word) => NEGATIONS.has(word));
const within = (part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean =>
  part.size > 0 && [...part].every((stem) => whole.has(stem));

const isSameTitle = (a: string, b: string): boolean => {
  const [left, right] = [stems(a), stems(b)];
  const shared = [...left].filter((stem) => right.has(stem)).length;
  return shared > 0 && shared / (left.size + right.size - shared) >= SAME_TITLE;
};

const OPTIONS = /\b(?:options|alternatives)\b/i;
const ITEM = /^ {0,1}(?:[-*+]|\d+[.)])\s+(.{2,160})$/gm;

/** The options that a record lists, as it names them: heads of items and headings below the one for options. */
export function optionsOf({ text, prose: { outline } }: ReadRecord): readonly string[] {
  const { headings } = outline;
  const at = headings.findIndex((heading) => isNameOf('options', heading.text) || OPTIONS.test(heading.text));
  const heading = headings[at];
  if (heading === undefined) return [];
  const rest = headings.slice(at + 1);
  const ends = rest.findIndex(({ level }) => level <= heading.level);
  const below = ends < 0 ? rest : rest.slice(0, ends);
  const body = text.slice(heading.end, below[0]?.start ?? rest[ends]?.start ?? text.length);
  const items = [...body.matchAll(ITEM)].map(([, item = '']) => item);
  return [...items, ...below.map((one) => one.text)]
    .map((item) => item.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_`]/g, ''))
    .map((item) => (/^(?:option\s+\w+\s*[:.–—-]\s*)?([^:.(–—,;]*)/iu.exec(item.split(/\s-\s/)[0] ?? '')?.[1] ?? '').trim())
    .filter((item) => item !== '');
}

/** What a record says before it gives its reasons. */
const beforeReasons = (sentence: string): string =>
  sentence.split(/\b(?:because|since|instead of|rather than|over|weil|statt)\b/i)[0] ?? '';

/** The option of a record that a title takes up, although the record chose another one of its list. `undefined` where it is not told which one it chose. */
function rejectedOption(title: string, record: ReadRecord, decides: string): string | undefined {
  const chosen = stems(`${record.document.title} ${beforeReasons(decides)}`);
  const options = optionsOf(record);
  if (!options.some((option) => within(stems(option), chosen))) return undefined;
  const wanted = stems(title);
  return options.find((option) => within(stems(option), wanted) && !within(stems(option), chosen));
}

const ORDER: readonly Kinship[] = ['conflict', 'duplicate', 'exception', 'near'];

/**
 * The records to read before another one is written, each once, with its closest kinship. Nothing is a conflict or a duplicate because its text is alike: a
 * conflict is a rule that is broken, an option that was not chosen, the same title turned round, or one that was decided against.
 * @param say in which words: those of faces, or of the record that is written
 */
export function kindredOf(question: KinQuestion, register: Register, say: KinPhrases = ENGLISH.kin): readonly KindredRecord[] {
  const { title, near, governing, broken, decides, textOf } = question;
  const found = new Map<string, KindredRecord>();
  const records = new Map(register.catalogue.records.map((record) => [record.id, record]));
  const add = (id: string, kinship: Kinship, sentence: string): void => {
    const entry = records.get(id);
    if (entry === undefined || found.has(id)) return;
    const decided = decides(id);
    found.set(id, {
      kinship,
      record: summaryOf(entry, register),
      sentence,
      ...(decided === undefined || decided === '' ? {} : { decides: decided }),
    });
  };
  for (const { id, forbidden, place } of broken) add(id, 'conflict', say.forbids(forbidden, place));
  for (const { id, head } of register.catalogue.records) {
    if (!isSameTitle(title, head.title)) continue;
    const heirs = register.successors.get(id) ?? [];
    const status = head.status?.value;
    if (isNegated(title) !== isNegated(head.title)) {
      if (isInForce(head, register.successors)) add(id, 'conflict', say.opposite);
    } else if (heirs.length > 0) {
      const heir = records.get(heirs[0] ?? '')?.head.title;
      add(id, 'conflict', say.replaced(heir));
    } else if (status === 'rejected' || status === 'deprecated' || status === 'superseded')
      add(id, 'conflict', status === 'rejected' ? say.rejected : say.retired(status));
    else add(id, 'duplicate', say.duplicate(status === 'proposed'));
  }
  for (const id of [...governing.map((one) => one.id), ...near]) {
    const entry = records.get(id);
    const text = textOf(id);
    if (entry === undefined || text === undefined || !isInForce(entry.head, register.successors)) continue;
    const option = rejectedOption(title, text, decides(id) ?? '');
    if (option !== undefined) add(id, 'conflict', say.option(option));
  }
  for (const { id, place } of governing) add(id, 'exception', say.governs(place));
  for (const id of near.filter((one) => !found.has(one)).slice(0, MOST_NEAR)) {
    const [heir] = records.get(id) ? (register.successors.get(id) ?? []) : [];
    const replaced = heir === undefined ? '' : ` It was replaced by "${records.get(heir)?.head.title ?? heir}".`;
    add(id, 'near', `Its text is alike.${replaced}`);
  }
  return [...found.values()].sort((a, b) => ORDER.indexOf(a.kinship) - ORDER.indexOf(b.kinship));
}

/** Whether a record is more than near. */
export const isMoreThanNear = ({ kinship }: Pick<KindredRecord, 'kinship'>): boolean => kinship !== 'near';
