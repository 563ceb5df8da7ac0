import { folderOf } from '../../../knowledge/paths.ts';
import { namespaceOf } from '../../../knowledge/record-name.ts';
import type { DocumentHead } from '../../../model/document.ts';
import { defineRule } from '../../../model/finding.ts';
import { EMPTY_SPAN } from '../../../model/span.ts';
import { groupBy } from '../../../text/group-by.ts';
import type { DocumentRule, Documents } from './record-rule.ts';

/** A message names at most so many of the other records. */
const MOST_NAMED = 5;

type ByNumber = ReadonlyMap<string, readonly DocumentHead[]>;

const numbers = new WeakMap<Documents['heads'], ByNumber>();

/** Records with equal keys are numbered in one series. A README or index belongs to the folder above its own. */
function keyOf(head: DocumentHead): string | undefined {
  const { kind, number, path } = head;
  if (kind !== 'decision' || number === undefined || path === undefined) return undefined;
  const folder = folderOf(path);
  const hasOwnFolder = /(?:^|\/)_?(?:readme|index)\.[a-z]+$/i.test(path);
  return `${hasOwnFolder ? folderOf(folder) : folder}\0${namespaceOf(head)}\0${number}`;
}

function byNumber({ heads }: Documents): ByNumber {
  const known = numbers.get(heads) ?? groupBy(heads, (head) => keyOf(head) ?? '');
  numbers.set(heads, known);
  return known;
}

export const duplicateNumber: DocumentRule = {
  info: defineRule({
    id: 'duplicate-number',
    severity: 'warning',
    description: 'A record has the same number as another record in its folder, so references by number are ambiguous.',
    tags: ['record'],
  }),
  *check(document, documents) {
    const key = keyOf(document);
    if (key === undefined) return;
    const holders = byNumber(documents).get(key) ?? [];
    const others = holders.filter((other) => other.id !== document.id).slice(0, MOST_NAMED);
    // One is enough to renumber: the warning is at all but the first, by path, which keeps its number.
    if (others.length === 0 || !holders.some(({ path = '' }) => path < (document.path ?? ''))) return;
    const names = others.map(({ path }) => path).join(', ');
    yield {
      message: `Number ${document.number} is also used by ${names}, so references to it are ambiguous. Renumber one of the records.`,
      span: document.titleSpan ?? EMPTY_SPAN,
      related: others.map(({ path = '', titleSpan }) => ({ path, span: titleSpan ?? EMPTY_SPAN, message: 'Has the same number.' })),
    };
  },
};
