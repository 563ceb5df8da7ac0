import type { Expression } from '../../flow/model.ts';
import { nameOf, type Sink, type Trail } from '../../flow/trail.ts';
import { isNumber, type Taken } from './taken-apart.ts';

/** Whether the value is a list of identifiers, by its name, and nobody takes one of its parts by its position. */
export function isWholeList({ subject, place: { expression, sinks } }: Taken, trail: Trail): boolean {
  if (!/(?:^ids|I[dD]s|_ids|^identifiers|I[dD]entifiers|_identifiers)$/.test(nameOf(subject))) return false;
  const names = sinks.flatMap((sink) => (sink.as === 'assigned' ? [sink.name] : []));
  if (names.length > 1) return false;
  return !trail.indexes.some(
    ({ expression: { object, index } }) => isNumber(index) && (object === expression || (names.length > 0 && nameOf(object) === names[0])),
  );
}

/** What is done with each element of a list, or with all of it. */
const FOR_EACH = /^(?:map|for_?each|each|filter|flat_?map|collect|select|every|some|any|all|len|length|count|size|stream|iter|into_iter)$/i;
const OF_ALL = /^(?:map|filter|len|count|sizeof|array_\w+|in_array|list|set|tuple|sorted|join|implode|new)$/i;

/** Whether nobody takes one of the parts by its position: all that is done is done with each of them, or with all. */
function isOnlyIterated({ place: { expression, sinks, inside } }: Taken, trail: Trail): boolean {
  const isEach = (sink: Sink): boolean =>
    (sink.as === 'member' && /^(?:\[\]|length|Length|size|Count|count)$/.test(sink.name)) ||
    (sink.as === 'receiver' && FOR_EACH.test(sink.call.name)) ||
    (sink.as === 'argument' && OF_ALL.test(sink.call.name));
  const isOneTaken = (list: (object: Expression) => boolean): boolean =>
    trail.indexes.some((one) => one.inside === inside && one.expression.index !== undefined && list(one.expression.object));
  const [only, ...more] = sinks;
  if (!only || isOneTaken((object) => object === expression)) return false;
  if (only.as !== 'assigned') return isEach(only);
  if (more.length > 0 || only.target.kind !== 'name') return false;
  const uses = trail.usesOf(inside, only.name);
  return uses.length > 0 && uses.every(isEach) && !isOneTaken((object) => nameOf(object) === only.name);
}

/** Whether the parts are a list in one text: `ids = id.split("|")`, `id.split("|").map(load)`, `foreach (explode("|", $id) as $one)`. */
export function isJoinedList(one: Taken, trail: Trail): boolean {
  const { by, place } = one;
  if (by?.kind !== 'text' || !/^\\?\|$/.test(by.value)) return false;
  if (isOnlyIterated(one, trail)) return true;
  const names = place.sinks.flatMap((sink) => (sink.as === 'assigned' ? [sink.name] : []));
  const [name] = names;
  if (name === undefined || names.length > 1 || !/(?:^ids|I[dD]s|_ids)$/.test(name)) return false;
  return !trail.indexes.some(
    ({ expression: { object, index }, inside: around }) => around === place.inside && isNumber(index) && nameOf(object) === name,
  );
}

/** Whether a text is looked for that parts a list of identifiers in the same function. */
export const isAskedForList = ({ subject, by, place: { inside } }: Taken, trail: Trail, all: readonly Taken[]): boolean =>
  by?.kind === 'text' &&
  all.some(
    (one) =>
      one.what === 'parts' &&
      one.place.inside === inside &&
      one.by?.kind === 'text' &&
      one.by.value === by.value &&
      nameOf(one.subject) === nameOf(subject) &&
      isJoinedList(one, trail),
  );
