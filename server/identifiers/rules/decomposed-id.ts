import type { Call, Composed, Expression } from '../flow/model.ts';
import { isBareId, isIdName, isMachinery, wordsOf } from '../flow/names.ts';
import type { Setting } from '../flow/setting.ts';
import { nameOf, type Place, type Sink, type Trail } from '../flow/trail.ts';
import type { FoundInCode } from './rule.ts';
import { isOnPage, normalizes } from './sinks.ts';

/** How an identifier is taken apart. `match`: the groups of a regular expression. */
type What = 'parts' | 'prefix' | 'suffix' | 'piece' | 'match';

/** Calls that take a string apart, by method name in lower case. */
const TAKES: ReadonlyMap<string, What> = new Map(
  (
    [
      ['parts', 'split splitn rsplit rsplitn split_once rsplit_once partition rpartition cut explode'],
      [
        'prefix',
        'startswith hasprefix starts_with? start_with? starts_with str_starts_with removeprefix trimprefix strip_prefix delete_prefix cutprefix',
      ],
      ['suffix', 'endswith'],
      ['piece', 'substring substr slice substringafter substringbefore substringafterlast substringbeforelast'],
      ['match', 'match matchall exec findstringsubmatch preg_match fullmatch'],
    ] as const
  ).flatMap(([what, names]) => names.split(' ').map((name) => [name, what] as const)),
);
/** Packages whose functions take the subject as the first argument. */
const PACKAGES = /^(?:strings|StringUtils|str|bytes|_|lodash)$/;
/** Separators of lists and words, not of identifiers. */
const LIST_SEPARATOR = /^(?:[,;\s=&?]|\\n|\\r|\\t)*$/;

/** The subject of a call that takes a string apart, with what it is taken apart by. */
function taken({ receiver, name, arguments: given, constructs }: Call): Pick<Taken, 'subject' | 'what' | 'by'> | undefined {
  const lower = name.toLowerCase();
  const what = TAKES.get(lower) ?? TAKES.get(lower.replaceAll('_', ''));
  if (!what || constructs) return undefined;
  const [first, second] = given;
  // The pattern is first: `re.match(pattern, id)`, `preg_match(pattern, $id)`, `pattern.exec(id)`, `explode(":", $id)`.
  if (lower === 'explode' || lower === 'preg_match' || (what === 'match' && second && nameOf(receiver) === 're'))
    return second && { subject: second.value, what, by: first?.value };
  if (/^(?:exec|findstringsubmatch)$/.test(lower)) return first && { subject: first.value, what, by: receiver };
  const isFunction = receiver === undefined || (receiver.kind === 'name' && PACKAGES.test(receiver.name));
  const subject = isFunction ? first?.value : receiver;
  return subject && { subject, what, by: isFunction ? second?.value : first?.value };
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

const QUIET_SUBJECT =
  /(?:^|_)(?:token|secret|password|hash|env|path|url|uri|file|email|html|header|cookie|uuid|spiffe|regex|pattern)(?:_|$)/;
/** A prefix that says what kind of text it is, not what the identifier says. */
const NO_PART = /^(?:https?:?|[@#$!+{[(<"'`%\\*]+|\/|\.\/|0x|(?:did|urn|arn|spiffe|mailto|tel|gid|virtual):|data:.*)$|:\/\/|[\s=]/;
/** A name of such a prefix. */
const NO_PART_NAME = /(?:^|_)(?:sigil|url|uri|regex|pattern|path|scheme)(?:_|$)/;
/** Something that can hold an identifier of any entity. */
const REFERENCE = /^(?:slug|ref|query)$/i;
/** The prefix of a type in an identifier: `org_`. */
const TYPED_PREFIX = /^[a-z]{2,12}_$/;
/** Functions that put a name of a program into another form, or ask whether a text may be used as a name. */
const FORMS =
  /(?:camel|pascal|snake|kebab|title|capitali[sz]|humani[sz]|sanitiz|escape|valid|is_?safe|is_?literal|well_?formed|format_?identifier)/i;

/** How long a text may be. */
const LIMIT = /(?:^|_)(?:max|min|limit)(?:_|$)/;
const isNumber = (value: Expression | undefined): boolean =>
  ((value?.kind === 'name' || value?.kind === 'member') && LIMIT.test(wordsOf(value.name).join('_'))) ||
  (value?.kind === 'other' && /number|int|literal|unary/.test(value.node) && value.children.every(isNumber)) ||
  (value?.kind === 'name' && /^[A-Z][A-Z\d_]*$/.test(value.name));

/** `id.substring(0, 8)`, `id.slice(-8)`, `id.slice(id.length - 8)`: the beginning or the end, to show or to shorten it. `id.slice(1)`: without its sigil. */
function isPreview({ receiver, arguments: given }: Call): boolean {
  const bounds = given.slice(receiver === undefined || (receiver.kind === 'name' && PACKAGES.test(receiver.name)) ? 1 : 0);
  return bounds.length > 0 && bounds.every(({ value }) => isNumber(value) || isFromEnd(value));
}

/** `id.length - 8`, `id.len().saturating_sub(8)`. */
function isFromEnd(value: Expression): boolean {
  if (value.kind === 'call' && value.name === 'saturating_sub') return isNumber(value.arguments[0]?.value);
  if (value.kind !== 'other' || value.node === '+') return false;
  const [length, less, ...more] = value.children;
  return more.length === 0 && /^(?:length|len|size|strlen|count)$/i.test(nameOf(length)) && isNumber(less);
}

/** Whether a prefix says nothing of what an identifier means: a scheme, a quote, a sigil, words of a sentence. */
function saysNothing(by: Expression | undefined): boolean {
  if (by?.kind === 'text') return NO_PART.test(by.value);
  if (by?.kind === 'composed') return by.parts.some((part) => part.kind === 'text' && /[\s=]/.test(part.value));
  if (by?.kind === 'other' && by.children.length > 0)
    return by.children.every((child) => child.kind === 'text' && NO_PART.test(child.value));
  return NO_PART_NAME.test(wordsOf(nameOf(by)).join('_'));
}

/** A place at which an identifier is taken apart. */
interface Taken {
  readonly subject: Expression;
  readonly what: What;
  readonly by: Expression | undefined;
  readonly start: number;
  readonly end: number;
  readonly place: Place;
}

/** Whether an expression is the parameter of a function that takes an identifier apart by its name: `parseRuleId(text)`. */
const isParsed = (subject: Expression, { inside }: Place): boolean =>
  subject.kind === 'name' &&
  !/(?:key|path|url|uri|token|header|line|query|link|href|slug)$/i.test(subject.name) &&
  inside.parameters.some((one) => one.name === subject.name) &&
  /^(?:parse|extract|split|decode)/i.test(inside.name) &&
  isIdName(inside.name) &&
  !isMachinery(inside.name);

/** Whether an index is a part of a string from or to a place that is looked up: `id[i + 1:]`, `id[len(prefix):]`, `id[(p.Length + 1)..]`. */
function isSlice(index: Expression | undefined): boolean {
  if (index?.kind === 'call') return /^len(?:gth)?$/.test(index.name);
  // `ids[i++]` is one of an array.
  return (
    index?.kind === 'other' &&
    !/^(?:update|postfix|prefix|unary)/.test(index.node) &&
    index.children.some((child) => child.kind !== 'other' || isSlice(child))
  );
}

/** Every place at which something with the name of an identifier is taken apart, whatever becomes of the parts. */
export function takenApart(trail: Trail): readonly Taken[] {
  const calls = trail.calls.flatMap((place): Taken[] => {
    const { start, end } = place.expression;
    const found = taken(place.expression);
    if (!found) return [];
    const subject = unwrapped(found.subject);
    const isTyped =
      found.what === 'prefix' && found.by?.kind === 'text' && TYPED_PREFIX.test(found.by.value) && REFERENCE.test(nameOf(subject));
    return isId(subject) || isTyped || (found.what !== 'match' && isParsed(subject, place))
      ? [{ ...found, subject, start, end, place }]
      : [];
  });
  const slices = trail.indexes.flatMap((place): Taken[] => {
    const { object, index, start, end } = place.expression;
    const subject = unwrapped(object);
    // `users_without_id[i:i + n]` is a part of a list.
    const isList = /s$/.test(nameOf(subject)) || /_(?:with|without|by|for)_|[a-z](?:With|Without|By|For)[A-Z]/.test(nameOf(subject));
    if (!isSlice(index) || isList || !(isId(subject) || isParsed(subject, place))) return [];
    return [{ subject, what: 'piece', by: undefined, start, end, place }];
  });
  return [...calls, ...slices].sort((a, b) => a.start - b.start);
}

/** Calls that end the program or throw unless their first argument is true: `require(id.startsWith("cus_"))`. */
const REQUIRES = /^(?:require|check|assert\w*|checkArgument|checkState|invariant|ensure|isTrue|ArgumentException)$/i;

/** Whether the only question is if the form is right: another one is refused with an error, and nothing else is read. */
const isGuard = ({ expression: { start }, sinks }: Place): boolean =>
  sinks.length > 0 &&
  sinks.every(
    (sink) =>
      (sink.as === 'condition' && sink.refuses?.includes(start)) ||
      (sink.as === 'argument' && sink.position === 0 && REQUIRES.test(sink.call.name)),
  );

/** Whether the value is a list of identifiers, by its name, and nobody takes one of its parts by its position. */
function isList({ subject, place: { expression, sinks } }: Taken, trail: Trail): boolean {
  if (!/(?:^ids|I[dD]s|_ids|I[dD]entifiers|_identifiers)$/.test(nameOf(subject))) return false;
  const names = sinks.flatMap((sink) => (sink.as === 'assigned' ? [sink.name] : []));
  if (names.length > 1) return false;
  return !trail.indexes.some(
    ({ expression: { object, index } }) => isNumber(index) && (object === expression || (names.length > 0 && nameOf(object) === names[0])),
  );
}

/** `id[len(id) - 100:]`, `id[:max_length]`: the last or the first ones of a list, or of a text, whatever they are. */
function isTail(index: Expression | undefined): boolean {
  if (index?.kind !== 'other') return false;
  const [first, second] = index.children;
  return isFromEnd(index) || (second === undefined && first !== undefined && (isTail(first) || isFromEnd(first) || isNumber(first)));
}

/** Asks only whether a text has the form of an identifier of a type that is given: `isPublicId(text, type)`. */
const ASKS_FORM = /^(?:is|looks_?like|matches)(?=[A-Z_]).*(?:I[dD]|_id|U[uU][iI][dD]|Guid|Urn)$/i;

/** Whether the same prefix is put in front of the same variable where it is missing: there is one form of it. */
const isCodec = (by: Expression | undefined, subject: Expression, { inside }: Place, { composed }: Trail): boolean =>
  by?.kind === 'text' &&
  composed.some((one) => one.inside === inside && normalizes(one) && isPut(one.expression, by.value, nameOf(subject)));

const isPut = ({ parts: [first, second] }: Composed, prefix: string, name: string): boolean =>
  first?.kind === 'text' && first.value === prefix && nameOf(second) === name;

/** Whether the way in which an identifier is taken apart tells nothing of what it says. */
function isHarmless(taken: Taken, trail: Trail): boolean {
  const { subject, what, by, place } = taken;
  const { expression, inside } = place;
  const words = wordsOf(nameOf(subject));
  if (QUIET_SUBJECT.test(words.join('_'))) return true;
  // `Id` of a permission is its name.
  if (isBareId(nameOf(subject)) && /permission|scope|privilege/i.test(inside.container ?? '')) return true;
  if (isGuard(place) || (what === 'prefix' && isCodec(by, subject, place, trail)) || (what === 'parts' && isList(taken, trail)))
    return true;
  if (expression.kind === 'index' && isTail(expression.index)) return true;
  // `filter.id.match(id)` asks whether it is the same one.
  if (what === 'match' && by && isId(by)) return true;
  if (ASKS_FORM.test(inside.name) && by?.kind === 'composed' && place.sinks.some(({ as }) => as === 'returned')) return true;
  if (FORMS.test(inside.name) && (what === 'prefix' || what === 'suffix' || what === 'parts')) return true;
  // `.js` is the ending of a file.
  if (what === 'suffix' && by?.kind === 'text' && /^\.\w{1,5}$/.test(by.value)) return true;
  if (what === 'prefix' || what === 'suffix') return saysNothing(by);
  if (what === 'parts') return by === undefined || by.kind === 'function' || (by.kind === 'text' && LIST_SEPARATOR.test(by.value));
  // `substr($id, 0, 1) == '@'`: its sigil.
  if (what === 'piece' && place.sinks.some((sink) => sink.as === 'compared' && sink.with.kind === 'text' && NO_PART.test(sink.with.value)))
    return true;
  if (what === 'piece') return expression.kind === 'call' && (isPreview(expression) || saysNothing(by));
  // A test of the form alone reads nothing.
  return !place.sinks.some(({ as }) => as === 'assigned' || as === 'member' || as === 'receiver');
}

/** What is read: the names that the parts get. */
const readAs = (sinks: readonly Sink[]): string => {
  const names = sinks.flatMap((sink) => (sink.as === 'assigned' && sink.name !== '' && sink.name !== '_' ? [sink.name] : []));
  return names.length === 0 ? 'a part' : names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
};

function messageOf({ subject, what, by, place }: Taken): string {
  const name = nameOf(subject);
  if ((what === 'prefix' || what === 'suffix') && by?.kind === 'text')
    return `This depends on whether the identifier ${name} ${what === 'prefix' ? 'begins' : 'ends'} with "${by.value}", so its format becomes a contract. Keep what that says as a field of its own, and ask the field.`;
  return `This reads ${readAs(place.sinks)} out of the identifier ${name}, so its format becomes a contract. Keep what is read here as a field of its own, and pass it.`;
}

/** One finding for each place at which an identifier is taken apart to decide something. */
export function* decomposedIds(trail: Trail, setting: Setting): Generator<FoundInCode> {
  for (const one of takenApart(trail)) {
    const name = nameOf(one.subject).replace(/^get(?=[A-Z])/, '');
    if ((setting === 'interface' && (isBareId(name) || isOnPage(name, trail))) || isHarmless(one, trail)) continue;
    yield { message: messageOf(one), start: one.start, end: one.end };
  }
}
