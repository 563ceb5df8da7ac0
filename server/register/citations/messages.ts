import { letterMentions } from '../../text/record-numbers.ts';
import type { Catalogue } from '../catalogue.ts';
import { findCitations } from './citations.ts';

/** Looks like a record number in any series or language, or contains a path. */
const OBVIOUS = /(?:adr|rfc|[kpt]ep|oep|decision|entscheid|d[ée]cisi|decis[ãõ]|besl|decyzj)[\s\S]{0,24}\d|\.(?:mdx?|markdown|rst|adoc)\b/i;
const COMPOUND = /[a-z0-9][-_][a-z0-9]/i;
const NAME = /[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)+/g;
const WORD = /[\p{L}\p{N}]+/gu;
/** A trailer with nothing but numbers: `Decision: 0007, 0009`. */
const NUMBERED_TRAILER =
  /^(?:architecture-)?(?:decisions?|records?|adrs?|rfcs?)(?:-records?)?[ \t]*:[ \t]*(#?\d{1,5}(?:[ \t]*(?:,|and|&)[ \t]*#?\d{1,5})*)[ \t]*$/gim;

const NOTHING: readonly string[] = [];

/** Reads citations from commit messages. Most cite nothing, so a quick check comes first: reading all of them closely would take three times as long. */
export interface MessageReader {
  /** The quick check: false only where `cited` finds nothing. */
  readonly mayCite: (message: string) => boolean;
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

/**
 * A reader for citations of the records of a catalogue. A number means the record nearest to the files that the commit changed.
 * @param home `owner/name` of the repository at its forge
 * @param renamed the current path of a file that git moved
 */
export function messageReader(catalogue: Catalogue, home?: string, renamed?: (path: string) => string | undefined): MessageReader {
  const starts = titleStarts(catalogue);
  const names = new Set([...catalogue.byName.keys(), ...catalogue.bySlug.keys()]);
  const namespaceOf = (number: number): string => (catalogue.byNumber.has(`adr:${number}`) ? 'ADR' : 'RFC');
  const withNamespaces = (message: string): string =>
    message.replace(NUMBERED_TRAILER, (_, value: string) =>
      [...value.matchAll(/\d+/g)].map(([digits]) => `${namespaceOf(Number(digits))} ${digits}`).join('; '),
    );
  const namesRecord = (message: string): boolean => {
    if (!COMPOUND.test(message)) return false;
    for (const [name] of message.toLowerCase().matchAll(NAME)) if (names.has(name) || names.has(name.replaceAll('_', '-'))) return true;
    return false;
  };
  const namesSeries = (message: string): boolean =>
    catalogue.series.size > 0 && letterMentions(message, (letters) => catalogue.series.has(letters)).next().done === false;
  const mayCite = (message: string): boolean =>
    catalogue.records.length > 0 &&
    (OBVIOUS.test(message) ||
      message.search(NUMBERED_TRAILER) >= 0 ||
      namesSeries(message) ||
      namesRecord(message) ||
      startsTitle(message, starts));
  return {
    mayCite,
    cited: (message, paths) => {
      if (!mayCite(message)) return NOTHING;
      const found = findCitations(withNamespaces(message), catalogue, commonFolder(paths), home, renamed);
      const ids = found.flatMap(({ targets }) => (targets.length === 1 ? targets.map(({ record }) => record.id) : []));
      return ids.length === 0 ? NOTHING : [...new Set(ids)].sort();
    },
  };
}
