import type { Composed } from '../flow/model.ts';
import { isBareId } from '../flow/names.ts';
import type { Setting } from '../flow/setting.ts';
import { followed, type Place, type Sink, type Trail } from '../flow/trail.ts';
import { DISAMBIGUATES, isTypeWithId, meaningfulParts } from './parts.ts';
import type { FoundInCode } from './rule.ts';
import { saysOf, strengthOf, strengthOnPage } from './sinks.ts';

/** More parts than that make the sentence unreadable. */
const MOST_NAMED = 4;

/** `a, b and c`. */
const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** What a finding says of an identifier with these parts, of which something becomes. */
export function composedMessage(parts: readonly string[], how: string | undefined): string {
  const named = parts.length > MOST_NAMED ? [...parts.slice(0, MOST_NAMED), 'more'] : parts;
  return `This identifier is composed of ${listed(named)}${how === undefined ? '' : ` and ${how}`}: a change of one of them changes the identifier. Make an opaque identifier (UUIDv7, ULID) and keep the parts as fields.`;
}

function found({ start, end }: Composed, parts: readonly string[], sink: Sink | undefined, isStored: boolean): FoundInCode {
  const says = sink && saysOf(sink);
  return {
    message: composedMessage(parts, says?.how),
    severity: isStored ? 'warning' : 'hint',
    start,
    end,
    ...(says ? { places: [{ ...says.at, message: `The identifier is ${says.how}.` }] } : {}),
  };
}

/** Sinks that say nothing of what a value is for. */
const isNeutral = ({ as }: Sink): boolean => ['compared', 'condition', 'member', 'receiver', 'part'].includes(as);

function judged(trail: Trail, setting: Setting, place: Place<Composed>): FoundInCode | undefined {
  const { expression } = place;
  if (place.sinks.some(({ as }) => as === 'part')) return undefined;
  const parts = meaningfulParts(expression, (name) => trail.valuesOf(place.inside, name));
  // What returns a record returns none of its fields.
  const near = place.sinks[0]?.as === 'field' ? place.sinks.filter(({ as }) => as !== 'returned') : place.sinks;
  if (parts.length === 0 || near.some((sink) => strengthOf(sink) === 'quiet')) return undefined;
  const sinks = followed(trail, { ...place, sinks: near });
  const strengths = sinks.map((sink) => (setting === 'interface' ? strengthOnPage(sink, expression) : strengthOf(sink)));
  const stored = sinks[strengths.indexOf('stored')];
  if (stored) return found(expression, parts, stored, true);
  const named = sinks[strengths.indexOf('named')];
  if (named) {
    // The position of a row in a list of records that are made on the spot.
    const isBareField = place.sinks.some((sink) => sink.as === 'field' && isBareId(sink.name));
    if (isBareField && parts.some((part) => DISAMBIGUATES.test(part))) return undefined;
    const elsewhere = sinks.flatMap((sink, at) => (sink.as === 'assigned' || isNeutral(sink) ? [] : [strengths[at]]));
    return elsewhere.length > 0 && elsewhere.every((one) => one === 'quiet') ? undefined : found(expression, parts, named, false);
  }
  if (setting === 'interface' || !isTypeWithId(expression)) return undefined;
  const published = place.sinks.find(
    (sink) => (sink.as === 'field' && sink.record.of === 'value') || (sink.as === 'assigned' && sink.target.kind === 'member'),
  );
  const isKey = published && 'name' in published && /key$/i.test(published.name ?? '');
  return published && !isKey ? found(expression, parts, published, false) : undefined;
}

/** One finding for each string that becomes an identifier and is composed of parts with a meaning. */
export function* composedIds(trail: Trail, setting: Setting): Generator<FoundInCode> {
  for (const place of trail.composed) {
    const one = judged(trail, setting, place);
    if (one) yield { ...one, composed: place };
  }
}
