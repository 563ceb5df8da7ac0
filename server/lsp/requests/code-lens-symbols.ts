import type { Place } from '../../model/answer.ts';
import type { LineRange } from '../../model/span.ts';

/** A selection of the lines of a symbol. */
export const placeOfSymbol = (place: Place, region: LineRange): Place => ({
  ...place,
  line: region.first,
  endLine: region.last,
  unasked: true,
});
