import { letterMentions } from './record-numbers.ts';

/** Looks like a record number in any series or language, or contains a path. */
const OBVIOUS = /(?:adr|rfc|[kpt]ep|oep|decision|entscheid|d[ée]cisi|decis[ãõ]|besl|decyzj)[\s\S]{0,24}\d|\.(?:mdx?|markdown|rst|adoc)\b/i;
/** A trailer with nothing but numbers: `Decision: 0007, 0009`. */
export const NUMBERED_TRAILER =
  /^(?:architecture-)?(?:decisions?|records?|adrs?|rfcs?)(?:-records?)?[ \t]*:[ \t]*(#?\d{1,5}(?:[ \t]*(?:,|and|&)[ \t]*#?\d{1,5})*)[ \t]*$/gim;
const NAME = /[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)+/g;

/** The cue of a text that cites a record, whatever it is called, if it cites one at all. */
export const OBVIOUS_CUE = '!';

/** The cue of a number behind letters, which are a series only where records use them. */
export const seriesCue = (letters: string): string => `#${letters}`;

/** The cue of a name of several words: a record's file name or slug. */
export const nameCue = (name: string): string => name.toLowerCase().replaceAll('_', '-');

/**
 * What may make a text cite a record, without knowing the records: so it can be kept, and looked up when records change. A text without a cue of any record
 * cites one by its full title or not at all. Each cue once.
 */
export function citationCues(text: string): string[] {
  const cues = new Set<string>();
  if (OBVIOUS.test(text) || text.search(NUMBERED_TRAILER) >= 0) cues.add(OBVIOUS_CUE);
  for (const { namespace } of letterMentions(text, () => true)) cues.add(seriesCue(namespace));
  for (const [name] of text.matchAll(NAME)) cues.add(nameCue(name));
  return [...cues];
}
