import type { DocumentHead } from '../model/document.ts';
import { wordsOf } from '../retrieval/words.ts';

/** Says that something that was decided before is no longer so. */
const REVERSES =
  /\b(?:remov(?:e[ds]?|ing)|delet(?:e[ds]?|ing)|drop(?:ped|s|ping)?|replac(?:e[ds]?|ing)|instead|no longer|stop(?:ped|s|ping)?|revert(?:ed|s)?|undo|retir(?:e[ds]?|ing)|switch(?:ed|ing)?|mov(?:e|ed|ing) (?:away )?from|migrat(?:e|ed|ing)|discontinu(?:e[ds]?|ing)|manually|revis(?:it|ited|iting|ed)|abandon(?:ed)?|give up|unused)\b/i;
/** Words of both titles that name one subject. */
const COMMON_WORDS = 2;
/** Share of the shorter title that both have. */
const COMMON_SHARE = 0.5;

/** A record with the sentence that says what it decides. */
export interface Decided {
  readonly head: DocumentHead;
  readonly sentence: string;
}

const isLater = (a: DocumentHead, b: DocumentHead): boolean => {
  if (a.date && b.date && a.date.slice(0, 10) !== b.date.slice(0, 10)) return a.date > b.date;
  return a.number !== undefined && b.number !== undefined && Number(a.number) > Number(b.number);
};

/**
 * Ids of records whose subject a later record of the same question took up again and reversed, though no link says so. That is likely and not certain: they lose
 * weight, and nothing is said about them.
 */
export function overtakenOf(records: readonly Decided[]): ReadonlySet<string> {
  const out = new Set<string>();
  const titles = new Map(records.map(({ head }) => [head.id, new Set(wordsOf(head.title))]));
  for (const { head: old } of records) {
    const title = titles.get(old.id) ?? new Set();
    for (const { head: next, sentence } of records) {
      if (next.id === old.id || !isLater(next, old) || !REVERSES.test(`${next.title}\n${sentence}`)) continue;
      const other = titles.get(next.id) ?? new Set();
      const common = [...title].filter((word) => other.has(word)).length;
      if (common >= COMMON_WORDS && common / Math.min(title.size, other.size) >= COMMON_SHARE) out.add(old.id);
    }
  }
  return out;
}
