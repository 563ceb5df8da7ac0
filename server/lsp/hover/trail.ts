import type { IdentifierTrail } from '../../model/answer.ts';
import type { Card, CardLink } from '../render.ts';

const PLACES_OF_TRAIL = [
  ['Made', 'made'],
  ['Taken apart', 'takenApart'],
  ['Stored', 'stored'],
] as const;
/** Lines that are named of each kind of place. */
const MOST_LINES = 5;

/** `line 3`, `lines 3 and 7`, `lines 3, 7, 9 and 2 more`. */
const linesText = (lines: readonly number[]): string => {
  const shown = lines.slice(0, MOST_LINES).map((line) => String(line + 1));
  const rest = lines.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  const last = parts.pop();
  return parts.length === 0 ? `line ${last}` : `lines ${parts.join(', ')} and ${last}`;
};

/** Where this file makes an identifier, takes it apart and stores it, with a link to the first place of each. */
export const trailCard = (uri: string, trail: IdentifierTrail): { readonly card: Card; readonly links: readonly CardLink[] } => {
  const places = PLACES_OF_TRAIL.map(([word, kind]) => ({ word, lines: [...new Set(trail[kind].map(({ start }) => start.line))] })).filter(
    ({ lines }) => lines.length > 0,
  );
  return {
    card: {
      title: `${trail.name} in this file`,
      reasons: places.map(({ word, lines }) => `${word} on ${linesText(lines)}`),
    },
    links: places.map(({ word, lines: [line = 0] }) => ({ label: `${word}: line ${line + 1}`, uri: `${uri}#L${line + 1}` })),
  };
};
