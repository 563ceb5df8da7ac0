import { wordsOf } from '../../retrieval/words.ts';
import { citationCues, NUMBERED_TRAILER, nameCue, OBVIOUS_CUE, seriesCue } from '../../text/citation-cues.ts';
import type { Catalogue } from '../catalogue.ts';
import { findCitations } from './citations.ts';

const WORD = /[\p{L}\p{N}]+/gu;
const LEAST_TITLE_WORDS = 4;

const NOTHING: readonly string[] = [];

/** Reads citations from commit messages. Most cite nothing, so a quick check comes first: reading all of them closely would take three times as long. */
export interface MessageReader {
  /** The quick check: false only where `cited` finds nothing. */
  readonly mayCite: (message: string) => boolean;
  /** The cues (`citationCues`) of all messages that cite a record other than by its title. Empty where there are no records. */
  readonly cues: readonly string[];
  /** For each title that may be cited, the indexed words that every message which holds it has. */
  readonly titles: readonly (readonly string[])[];
  /** Ids of the records that a message cites unambiguously, ordered. */
  readonly cited: (message: string, paths: readonly string[]) => readonly string[];
}

/** The deepest folder that contains all paths, with a trailing slash; empty for the root. */
export function commonFolder(paths: readonly string[]): string {
  const [first = '', ...others] = paths;
  let folder = first.slice(0, first.lastIndexOf('/') + 1);
  for (const path of others) {
    while (folder !== '' && !path.startsWith(folder)) folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
  }
  return folder;
}

/** Beginnings of titles of at least four words: the second and third words by the first. */
function titleStarts({ records }: Catalogue): ReadonlyMap<string, ReadonlySet<string>> {
  const out = new Map<string, Set<string>>();
  for (const { head } of records) {
    const [first = '', second, third, fourth] = head.title.toLowerCase().match(WORD) ?? [];
    if (fourth !== undefined) out.set(first, (out.get(first) ?? new Set()).add(`${second} ${third}`));
  }
  return out;
}

function startsTitle(message: string, starts: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const words = message.toLowerCase().match(WORD) ?? [];
  return words.some((word, at) => starts.get(word)?.has(`${words[at + 1]} ${words[at + 2]}`));
}

/** Words of a title that are indexed alike however they are spelled: `GraphQL` is two words, and `GRAPHQL` is one. */
function titleWords(title: string): readonly string[] {
  const words = title.match(WORD) ?? [];
  const plain = words.flatMap((word) => {
    const indexed = wordsOf(word);
    return indexed.join(' ') === wordsOf(word.toLowerCase()).join(' ') ? indexed : NOTHING;
  });
  return [...new Set(plain.length > 0 ? plain : wordsOf(title))];
}

/**
 * A reader for citations of the records of a catalogue. A number means the record nearest to the files that the commit changed.
 * @param home `owner/name` of the repository at its forge
 * @param renamed the current path of a file that git moved
 */
export function messageReader(catalogue: Catalogue, home?: string, renamed?: (path: string) => string | undefined): MessageReader {
  const starts = titleStarts(catalogue);
  const names = new Set([...catalogue.byName.keys(), ...catalogue.bySlug.keys()].map(nameCue));
  const namespaceOf = (number: number): string => (catalogue.byNumber.has(`adr:${number}`) ? 'ADR' : 'RFC');
  const withNamespaces = (message: string): string =>
    message.replace(NUMBERED_TRAILER, (_, value: string) =>
      [...value.matchAll(/\d+/g)].map(([digits]) => `${namespaceOf(Number(digits))} ${digits}`).join('; '),
    );
  const cues = catalogue.records.length === 0 ? NOTHING : [OBVIOUS_CUE, ...[...catalogue.series].map(seriesCue), ...names];
  const wanted = new Set(cues);
  const mayCite = (message: string): boolean =>
    wanted.size > 0 && (citationCues(message).some((cue) => wanted.has(cue)) || startsTitle(message, starts));
  return {
    mayCite,
    cues,
    titles: catalogue.records.flatMap(({ head: { title } }) =>
      (title.match(WORD) ?? []).length < LEAST_TITLE_WORDS ? [] : [titleWords(title)],
    ),
    cited: (message, paths) => {
      if (!mayCite(message)) return NOTHING;
      const found = findCitations(withNamespaces(message), catalogue, commonFolder(paths), home, renamed);
      const ids = found.flatMap(({ targets }) => (targets.length === 1 ? targets.map(({ record }) => record.id) : []));
      return ids.length === 0 ? NOTHING : [...new Set(ids)].sort();
    },
  };
}
