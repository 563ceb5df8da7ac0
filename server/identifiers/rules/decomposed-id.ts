import type { Call, Expression } from '../flow/model.ts';
import { isBareId, isIdName, isMachinery, wordsOf } from '../flow/names.ts';
import type { Setting } from '../flow/setting.ts';
import { nameOf, type Place, type Trail } from '../flow/trail.ts';
import type { FoundInCode } from './rule.ts';

/** Calls that take a string apart, by method name; the subject is the receiver, or the argument at the number for functions. */
const TAKES: Readonly<Record<string, { readonly what: 'parts' | 'prefix' | 'piece' }>> = {
  split: { what: 'parts' },
  splitn: { what: 'parts' },
  rsplit: { what: 'parts' },
  partition: { what: 'parts' },
  rpartition: { what: 'parts' },
  cut: { what: 'parts' },
  explode: { what: 'parts' },
  startswith: { what: 'prefix' },
  hasprefix: { what: 'prefix' },
  'starts_with?': { what: 'prefix' },
  'start_with?': { what: 'prefix' },
  starts_with: { what: 'prefix' },
  endswith: { what: 'prefix' },
  removeprefix: { what: 'prefix' },
  trimprefix: { what: 'prefix' },
  strip_prefix: { what: 'prefix' },
  delete_prefix: { what: 'prefix' },
  substring: { what: 'piece' },
  substr: { what: 'piece' },
  slice: { what: 'piece' },
  substringafter: { what: 'piece' },
  substringbefore: { what: 'piece' },
  substringafterlast: { what: 'piece' },
  substringbeforelast: { what: 'piece' },
};
/** Packages whose functions take the subject as the first argument. */
const PACKAGES = /^(?:strings|StringUtils|str|bytes|_|lodash)$/;
/** Separators of lists and words, not of identifiers. */
const LIST_SEPARATOR = /^(?:[,;\s=&?]|\\n|\\r|\\t)*$/;

/** The subject of a call that takes a string apart, with its other arguments. */
function taken({ receiver, name, arguments: given }: Call): Pick<Taken, 'subject' | 'what' | 'by'> | undefined {
  const kind = TAKES[name.toLowerCase()] ?? TAKES[name.toLowerCase().replaceAll('_', '')];
  if (!kind) return undefined;
  const isFunction = receiver === undefined || (receiver.kind === 'name' && PACKAGES.test(receiver.name));
  const subject = isFunction ? given[0]?.value : receiver;
  const by = isFunction ? given[1]?.value : given[0]?.value;
  return subject && { subject, what: kind.what, by };
}

const unwrapped = (expression: Expression): Expression => {
  if (expression.kind === 'member' && /^(?:value|Value|Id_value|length)$/.test(expression.name)) return expression.object;
  if (
    expression.kind === 'call' &&
    expression.arguments.length === 0 &&
    expression.receiver &&
    /^(?:to_?string|to_?s|to_?lower\w*|to_?upper\w*|trim|strip|getValue|value)$/i.test(expression.name)
  )
    return unwrapped(expression.receiver);
  return expression;
};

/** Whether an expression is an identifier by its name: `d.Id()`, `thing.getUID()`, `ruleId`. */
const isId = (expression: Expression): boolean => {
  const name = nameOf(expression).replace(/^get_?(?=[A-Z_])/, '');
  return isIdName(name) && !isMachinery(name);
};

const QUIET_SUBJECT = /(?:^|_)(?:token|secret|password|hash|env|path|url|uri|file|email|html|header|cookie)(?:_|$)/;

/** A prefix that says what kind of text it is, not what the identifier says. */
const NO_PART = /^(?:https?:?|[@#$!+{[(<"'`%\\]+|\/|\.\/|virtual:|data:.*)$|:\/\/|[\s=]/;

const isNumber = (value: Expression | undefined): boolean =>
  (value?.kind === 'other' && /number|int/.test(value.node)) || (value?.kind === 'name' && /^[A-Z][A-Z\d_]*$/.test(value.name));

/** `id.substring(0, 8)`: the beginning, to show or to shorten it. */
const isPreview = ({ arguments: given }: Call): boolean => given.length === 2 && given.every(({ value }) => isNumber(value));

/** Whether a prefix says nothing of what an identifier means: a scheme, a quote, a sigil, words of a sentence. */
const saysNothing = (by: Expression | undefined): boolean => {
  if (by?.kind === 'text') return NO_PART.test(by.value);
  if (by?.kind === 'composed') return by.parts.some((part) => part.kind === 'text' && /[\s=]/.test(part.value));
  return /sigil/i.test(nameOf(by));
};

/** A place at which an identifier is taken apart. */
interface Taken {
  readonly subject: Expression;
  readonly what: 'parts' | 'prefix' | 'piece';
  readonly by: Expression | undefined;
  readonly start: number;
  readonly end: number;
  readonly place: Place<Call>;
}

/** Every place at which something with the name of an identifier is taken apart, whatever becomes of the parts. */
export function takenApart(trail: Trail): readonly Taken[] {
  return trail.calls.flatMap((place) => {
    const found = taken(place.expression);
    if (!found) return [];
    const subject = unwrapped(found.subject);
    const name = nameOf(subject);
    const { inside } = place;
    const parses =
      inside.parameters.some((one) => one.name === name) && /^(?:parse|extract|split|decode)/i.test(inside.name) && isIdName(inside.name);
    if (!isId(subject) && !parses) return [];
    return [{ ...found, subject, start: place.expression.start, end: place.expression.end, place }];
  });
}

/** One finding for each place at which an identifier is taken apart to decide something. */
export function* decomposedIds(trail: Trail, setting: Setting): Generator<FoundInCode> {
  for (const { subject, what, by, start, end, place } of takenApart(trail)) {
    const name = nameOf(subject);
    if (setting === 'interface' && isBareId(name)) continue;
    if (QUIET_SUBJECT.test(wordsOf(name).join('_'))) continue;
    if (what === 'prefix' && saysNothing(by)) continue;
    if (what === 'parts' && (by === undefined || by.kind === 'function')) continue;
    if (what === 'piece' && isPreview(place.expression)) continue;
    if (what === 'parts' && by?.kind === 'text' && LIST_SEPARATOR.test(by.value)) continue;
    yield {
      message: `This reads a part out of the identifier ${name}, so its format becomes a contract. Keep what is read here as a field of its own, and pass it.`,
      start,
      end,
    };
  }
}
