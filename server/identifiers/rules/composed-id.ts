import type { Composed, Expression } from '../flow/model.ts';
import { isBareId } from '../flow/names.ts';
import type { Setting } from '../flow/setting.ts';
import { speaksOf } from '../flow/speaks.ts';
import { followed, nameOf, type Place, type Sink, type Trail, throughVariables, usesOfResult } from '../flow/trail.ts';
import { isMemoryKey } from './in-memory.ts';
import { isNameOfService, isOwnName, isQueueId } from './of-program.ts';
import { isComposedAsStandard } from './of-standard.ts';
import { DISAMBIGUATES, isOfTurn, isTypeWithId, meaningfulParts } from './parts.ts';
import type { FoundInCode } from './rule.ts';
import {
  isCached,
  isDrawn,
  isFormData,
  isForTemplate,
  isKey,
  isOfElement,
  isOfPage,
  isWritten,
  normalizes,
  type Strength,
  saysOf,
  strengthOf,
  strengthOnPage,
} from './sinks.ts';

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

/** What a value is called where it goes, and what it is called so of. */
const namedAt = (sink: Sink): string =>
  sink.as === 'argument' ? (sink.name ?? sink.parameter ?? '') : sink.as === 'returned' ? sink.from.name : 'name' in sink ? sink.name : '';
const ownerAt = (sink: Sink): string =>
  sink.as === 'assigned' && sink.target.kind === 'member' ? nameOf(sink.target.object) : sink.as === 'argument' ? sink.call.name : '';

/** A variable. */
const isLocal = (sink: Sink): boolean => sink.as === 'assigned' && !sink.field && sink.target.kind === 'name';
/** Sinks that say nothing of what a value is for. */
const isNeutral = ({ as }: Sink): boolean => ['compared', 'condition', 'member', 'receiver', 'part'].includes(as);

/** Whether all that the file does with what a function makes is quiet: a key of a map, of a cache or of a key-value store, whatever its name is. */
function isOnlyKey(trail: Trail, sinks: readonly Sink[]): boolean {
  const [only, ...more] = sinks.filter((sink) => !isNeutral(sink) && !isLocal(sink));
  // What takes nothing tells the identity of its own object.
  if (only?.as !== 'returned' || more.some((sink) => sink.as !== 'returned') || only.from.parameters.length === 0) return false;
  const uses = usesOfResult(trail, only.from).filter((sink) => !isNeutral(sink) && !isLocal(sink));
  return uses.length > 0 && uses.every(isKey);
}

const PREFIX = /^(?:starts_?with\??|start_with\?|has_?prefix)$/i;
/** Whether a function asks for the prefix that it puts in front of one identifier where it is missing. */
const isCodec = (place: Place<Composed>, { calls }: Trail): boolean => {
  const [first] = place.expression.parts;
  return (
    first?.kind === 'text' &&
    normalizes(place) &&
    calls.some(({ inside, expression: { name, arguments: given } }) => {
      const asked = given.find(({ value }) => value.kind === 'text')?.value;
      return inside === place.inside && PREFIX.test(name) && asked?.kind === 'text' && asked.value === first.value;
    })
  );
};

/** Whether a value only goes into a collection of the file that is asked what is in it: `seen.add(key)` where there is `seen.has(key)`. */
const isOfSet = (trail: Trail, sink: Sink): boolean => {
  if (sink.as !== 'argument' || !/^add$/i.test(sink.call.name) || !sink.call.receiver) return false;
  const set = nameOf(sink.call.receiver);
  return trail.calls.some(({ expression: { name, receiver } }) => /^(?:has|contains)$/i.test(name) && receiver && nameOf(receiver) === set);
};

/** What speaks with another program: `this.gitClient.commits`. */
const CLIENT = /(?:client|api|sdk)$/i;
const isOfClient = (of: Expression | undefined): boolean =>
  of !== undefined && (CLIENT.test(nameOf(of)) || (of.kind === 'member' && isOfClient(of.object)));
/** Whether a value is only told to another program, which prescribes its form. */
const isForClient = (sink: Sink): boolean => sink.as === 'argument' && isOfClient(sink.call.receiver);

/** What becomes of a value: what returns a record, or gives one a name, does so with none of its fields. */
function ofValue(sinks: readonly Sink[]): readonly Sink[] {
  const [first] = sinks;
  if (first?.as !== 'field') return sinks;
  const isWrapped = first.record.fields.length === 1;
  return sinks.filter((sink) => sink.as !== 'returned' && (isWrapped || !isLocal(sink)));
}

/** What keeps values by keys that people never see. */
const KEY_VALUE_STORE = /(?:^|_)(?:redis|valkey|memcached?)(?:_|$)/;

/** What a sink makes of a value, in a file for pages or for something else. */
function strengthIn(trail: Trail, setting: Setting, place: Place<Composed>, sink: Sink): Strength {
  if (isOwnName(namedAt(sink), ownerAt(sink), trail)) return undefined;
  if (isMemoryKey(sink, trail, place.inside)) return 'quiet';
  const strength = setting === 'interface' ? strengthOnPage(sink, place, trail) : strengthOf(sink);
  // What a function of such a file makes is rather a key.
  return strength === 'stored' && sink.as === 'returned' && speaksOf(trail, KEY_VALUE_STORE) ? 'passed' : strength;
}

function judged(trail: Trail, setting: Setting, place: Place<Composed>): FoundInCode | undefined {
  const { expression } = place;
  if (place.sinks.some(({ as }) => as === 'part')) return undefined;
  if (isCodec(place, trail)) return undefined;
  const parts = meaningfulParts(expression, (name) => trail.valuesOf(place.inside, name));
  const near = ofValue(place.sinks);
  if (near.some((sink) => isOfPage(sink, trail, place.inside))) return undefined;
  if (
    isOfTurn(parts) ||
    (place.sinks[0]?.as === 'field' && isBareId(place.sinks[0].name) && isOfElement(place.sinks)) ||
    near.some((sink) => strengthOf(sink) === 'quiet' || isMemoryKey(sink, trail, place.inside))
  )
    return undefined;
  const sinks = followed(trail, { ...place, sinks: near });
  if (isQueueId(sinks) || sinks.some(isFormData) || sinks.some(isNameOfService) || isForTemplate(place.sinks, trail, place.inside))
    return undefined;
  const strengths = sinks.map((sink) => strengthIn(trail, setting, place, sink));
  if (isOnlyKey(trail, throughVariables(trail, { ...place, sinks: near }))) return undefined;
  if (setting === 'interface' && sinks.some(isKey)) return undefined;
  if (sinks.some((sink) => isCached(sink) || isOfSet(trail, sink))) return undefined;
  if (sinks.some((sink) => isComposedAsStandard(expression, namedAt(sink), trail))) return undefined;
  const stored = sinks[strengths.indexOf('stored')];
  if (stored) return found(expression, parts, stored, true);
  const passed = sinks[strengths.indexOf('passed')];
  if (passed) return found(expression, parts, passed, false);
  const named = sinks[strengths.indexOf('named')];
  // The other program says what it looks like, and what is kept of it is said where that is.
  if (named && setting === 'adapter') return undefined;
  if (named) {
    // The position of a row in a list of records that are made on the spot.
    const isBareField = place.sinks.some((sink) => sink.as === 'field' && isBareId(sink.name));
    if (sinks.some(isDrawn)) return undefined;
    if (isBareField && parts.some((part) => DISAMBIGUATES.test(part))) return undefined;
    const record = setting === 'interface' ? undefined : sinks.find((sink) => sink.as === 'field' && isBareId(sink.name));
    if (record && sinks.some(isWritten)) return found(expression, parts, record, true);
    const isQuiet = (sink: Sink): boolean => strengths[sinks.indexOf(sink)] === 'quiet';
    const elsewhere = sinks.filter((sink) => !isNeutral(sink) && (sink.as !== 'assigned' || isQuiet(sink)));
    const isElsewhere = (sink: Sink): boolean => isQuiet(sink) || isForClient(sink);
    return elsewhere.length > 0 && elsewhere.every(isElsewhere) ? undefined : found(expression, parts, named, false);
  }
  if (setting === 'interface' || !isTypeWithId(expression)) return undefined;
  const published = place.sinks.find(
    (sink) => (sink.as === 'field' && sink.record.of === 'value') || (sink.as === 'assigned' && sink.target.kind === 'member'),
  );
  const isKeyName = published && 'name' in published && /key$/i.test(published.name ?? '');
  return published && !isKeyName ? found(expression, parts, published, false) : undefined;
}

/** One finding for each string that becomes an identifier and is composed of parts with a meaning. */
export function* composedIds(trail: Trail, setting: Setting): Generator<FoundInCode> {
  for (const place of trail.composed) {
    const one = judged(trail, setting, place);
    if (one) yield { ...one, composed: place };
  }
}
