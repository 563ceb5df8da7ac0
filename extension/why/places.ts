import type { WhyResult, WireHit, WireRange } from '../../protocol/index.ts';
import type { WireReach } from '../../protocol/reach.ts';

/** Places that are shown at a time; a longer list is read in the view "Why This Code". */
const MOST_PLACES = 100;

/** A place to peek at. */
export interface Place {
  readonly uri: string;
  readonly range: WireRange;
}

/** Where the decisions that govern a place, surely or probably, state what they decide. */
export const decisionPlaces = ({ governing, probable }: Pick<WhyResult, 'governing' | 'probable'>): readonly Place[] =>
  [...governing, ...probable].flatMap(({ uri, span }: WireHit) => (uri === undefined ? [] : [{ uri, range: span }])).slice(0, MOST_PLACES);

/** Where code cites a record, and the files that are linked to it or that it names; each line once. */
export const codePlaces = ({ cited, linked, named }: Pick<WireReach, 'cited' | 'linked' | 'named'>): readonly Place[] => {
  const places = [
    ...cited.map(({ uri, span }) => ({ uri, range: span })),
    ...[...linked, ...named].flatMap(({ uri, lines }) => {
      const at = { line: lines?.first ?? 0, character: 0 };
      return uri === undefined ? [] : [{ uri, range: { start: at, end: at } }];
    }),
  ];
  const seen = new Set<string>();
  return places
    .filter(({ uri, range }) => {
      const key = `${uri}#${range.start.line}`;
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    })
    .slice(0, MOST_PLACES);
};
