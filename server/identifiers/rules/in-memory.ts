import type { CodeFunction, Expression } from '../flow/model.ts';
import { nameOf, type Sink, type Trail } from '../flow/trail.ts';
import { isKey } from './sinks.ts';

/** What makes a map or a set in memory. */
const MAKES =
  /^(?:(?:Weak|Concurrent|Linked|Tree|Sorted|Ordered|Index|BTree|Hash|Identity|Enum|FxHash|A?Hash|Bi|Multi)*(?:Map|Set|Dictionary)|dict|frozenset|defaultdict|OrderedDict|mutable(?:Map|Set)Of|(?:hash|linked)(?:Map|Set)Of|newKeySet)$/;
const TYPE = /(?:^|[\s(<[.])(?:\w*Map|\w*Set|\w*Dictionary|Record|dict|map)\s*[<[(]/;
/** What asks a map or a set by a key, or gives it one with a value. */
const BY_KEY =
  /^(?:get|has|set|delete|put|contains|containsKey|contains_key|putIfAbsent|computeIfAbsent|getOrDefault|GetOrAdd|TryGetValue|TryAdd|ContainsKey|setdefault|pop|insert|entry|remove|get_mut)$/;
/** How many functions a value is followed into. */
const MOST_CALLS = 2;

/** Whether something is a map or a set that the file makes, or declares by its type. */
function isMap(object: Expression, trail: Trail, inside: CodeFunction): boolean {
  const name = nameOf(object);
  if (name === '' || (object.kind !== 'name' && object.kind !== 'member')) return false;
  const isMade = (value: Expression): boolean =>
    value.kind === 'call' &&
    (MAKES.test(value.name) || (/^(?:new|with_capacity|default)$/.test(value.name) && MAKES.test(nameOf(value.receiver))));
  if (trail.valuesAround(inside, name).some(isMade)) return true;
  const around = trail.functions.find(({ kind, name: type }) => kind === 'type' && type === inside.container);
  return [...inside.parameters, ...(around?.parameters ?? [])].some((one) => one.name === name && TYPE.test(one.type ?? ''));
}

/** Whether nothing becomes of a value in the function that it is passed to, but that it is a key in memory, there or in what that calls. */
function isOnlyKeyThere(sink: Sink & { readonly as: 'argument' }, trail: Trail, calls: number): boolean {
  const called = trail.functions.find(({ kind, name }) => kind === 'function' && name === sink.call.name);
  const parameter = called && (sink.name ?? called.parameters[sink.position]?.name);
  if (!called || parameter === undefined) return false;
  const kept = trail
    .usesOf(called, parameter)
    .filter((use) => !['compared', 'condition', 'member', 'receiver', 'part', 'returned'].includes(use.as))
    .filter((use) => !(use.as === 'argument' && use.call.name === called.name) && use.as !== 'assigned');
  return kept.length > 0 && kept.every((use) => isMemoryKey(use, trail, called, calls - 1));
}

/** Whether a value is a key in memory where it goes: of a map that the file makes, itself or in the function of the file that it is passed to. */
export function isMemoryKey(sink: Sink, trail: Trail, inside: CodeFunction, calls = MOST_CALLS): boolean {
  if (isKey(sink)) return true;
  if (sink.as !== 'argument' || calls === 0) return false;
  const { call, position } = sink;
  if (position === 0 && call.receiver && BY_KEY.test(call.name) && isMap(call.receiver, trail, inside)) return true;
  return isOnlyKeyThere(sink, trail, calls);
}
