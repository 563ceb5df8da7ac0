import type { Call, Comparison, Expression } from '../../flow/model.ts';
import { isBareId, isIdName, isMachinery, wordsOf } from '../../flow/names.ts';
import { nameOf, type Place, type Trail } from '../../flow/trail.ts';
import { isNoText, isOfPatterns } from './no-text.ts';
import { isPattern, patternOf } from './patterns.ts';

/**
 * How an identifier is taken apart. `match`: the groups of a regular expression. `piece`: characters by their positions. `word`: it is asked whether a text
 * is in it. `test`: it is asked whether it fits a regular expression.
 */
export type What = 'parts' | 'prefix' | 'suffix' | 'piece' | 'match' | 'word' | 'test';

/** A place at which an identifier is taken apart. */
export interface Taken {
  readonly subject: Expression;
  readonly what: What;
  readonly by: Expression | undefined;
  readonly start: number;
  readonly end: number;
  readonly place: Place;
}

/** Calls that take a string apart, by method name in lower case. */
const TAKES: ReadonlyMap<string, What> = new Map(
  (
    [
      ['parts', 'split splitn rsplit rsplitn split_once rsplit_once partition rpartition cut explode sscanf strtok strstr preg_split'],
      [
        'prefix',
        'startswith hasprefix starts_with? start_with? starts_with str_starts_with removeprefix trimprefix strip_prefix delete_prefix cutprefix strncmp',
      ],
      [
        'suffix',
        'endswith hassuffix ends_with? end_with? ends_with str_ends_with removesuffix trimsuffix strip_suffix delete_suffix cutsuffix',
      ],
      [
        'piece',
        'substring substr mb_substr slice take charat asspan substringafter substringbefore substringafterlast substringbeforelast',
      ],
      ['word', 'contains includes include? str_contains indexof strpos'],
      [
        'match',
        'match matches matchall exec search find findall fullmatch matchentire matcher scan captures findstringsubmatch findstring preg_match preg_match_all',
      ],
      ['test', 'test match? =~ !~ ismatch is_match matchstring containsmatchin'],
    ] as const
  ).flatMap(([what, names]) => names.split(' ').map((name) => [name, what] as const)),
);
/** Packages whose functions take the subject as the first argument. */
const PACKAGES = /^(?:strings|StringUtils|str|bytes|_|lodash|fmt)$/;
/** Whether a call takes the subject as the first argument. */
export const isFunction = ({ receiver }: Call): boolean =>
  receiver === undefined || (receiver.kind === 'name' && PACKAGES.test(receiver.name));
/** What is only ever asked of a text; a function of that name is the program's own. */
const METHOD = /^(?:take|slice|charat|asspan|search|scan|cut|partition)$/;
/** Functions whose first argument is what they take apart by. */
const SUBJECT_SECOND = /^(?:explode|preg_split)$/;
/** Calls that ask whether all of a text fits. */
const WHOLE = /^(?:matches|fullmatch|matchentire)$/;

export const unwrapped = (expression: Expression): Expression => {
  if (expression.kind === 'member' && /^(?:value|Value|Id_value|length)$/.test(expression.name)) return expression.object;
  if (
    expression.kind === 'call' &&
    expression.arguments.length === 0 &&
    expression.receiver &&
    /^(?:to_?string|to_?s|to_?lower\w*|to_?upper\w*|trim|strip|getValue|value|asSpan)$/i.test(expression.name)
  )
    return unwrapped(expression.receiver);
  return expression;
};

/** Whether an expression is an identifier by its name: `d.Id()`, `thing.getUID()`, `ruleId`. */
export const isId = (expression: Expression): boolean => {
  const name = nameOf(expression).replace(/^get_?(?=[A-Z_])/, '');
  return isIdName(name) && !isMachinery(name);
};

/** Whether an expression is a list of identifiers by its name: `userIds`, `users_without_id`. */
const isList = (expression: Expression): boolean => {
  const name = nameOf(expression);
  return /(?<!s)s$/i.test(name) || /_(?:with|without|by|for)_|[a-z](?:With|Without|By|For)[A-Z]/.test(name);
};

/** Something that can hold an identifier of any entity. */
const REFERENCE = /^(?:slug|ref|query)$/i;
/** The prefix of a type in an identifier: `org_`. */
const TYPED_PREFIX = /^[a-z]{2,12}_$/;

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

/** How long a text may be. */
const LIMIT = /(?:^|_)(?:max|min|limit)(?:_|$)/;

/** Whether something is a number, or a range of them: it is written out, a constant, or a limit by its name. */
export const isNumber = (value: Expression | undefined): boolean =>
  ((value?.kind === 'name' || value?.kind === 'member') && LIMIT.test(wordsOf(value.name).join('_'))) ||
  (value?.kind === 'other' && /number|int|literal|unary|range|slice|list/.test(value.node) && value.children.every(isNumber)) ||
  (value?.kind === 'name' && /^[A-Z][A-Z\d_]*$/.test(value.name));

/** Names of constants: what is asked with one is a regular expression, unless it is asked for one. */
const CONSTANT = /^[A-Z][A-Z\d_]*$/;

/** What runs a statement with an identifier: `db.Exec(update, user.ID)`. */
const DATABASE = /(?:db|database|conn(?:ection)?|tx|trx|transaction|stmt|statement|session|cursor|query)$/i;

/** The two sides of a call of a regular expression: which is the identifier, and which the expression. */
function matched(
  trail: Trail,
  { receiver, name, arguments: given }: Call,
  place: Place,
): Pick<Taken, 'subject' | 'what' | 'by'> | undefined {
  const lower = name.toLowerCase();
  const [first, second] = given.map(({ value }) => value);
  const own = TAKES.get(lower);
  // `id.Match(user => a, team => b)` asks which of several types a value has.
  if ((own !== 'match' && own !== 'test') || first?.kind === 'function') return undefined;
  const sides: readonly (readonly [Expression | undefined, Expression | undefined])[] = [
    [receiver, first],
    [first, second && receiver?.kind === 'name' && /^(?:re|regexp?|Regex|Pattern)$/.test(receiver.name) ? second : receiver],
    [second, first],
  ];
  for (const [side, by] of sides) {
    const subject = side && unwrapped(side);
    if (!subject || !isId(subject) || isList(subject) || isNoText(subject, trail, place)) continue;
    const isConstant = subject.kind === 'name' && CONSTANT.test(subject.name);
    if (subject === receiver && (isOfPatterns(lower) || (isConstant && !isPattern(by, trail, place)))) continue;
    // `users.find(userId)`: what is no expression is asked for something else.
    // With a capital it is no method of a regular expression in any language: it runs a statement.
    const isExec = name === 'exec' && given.length === 1 && !DATABASE.test(nameOf(receiver));
    if (lower === 'exec' && !isExec) continue;
    const isSure =
      isExec || /^(?:findstringsubmatch|matchall|captures|preg_match)$/.test(lower) || (subject === receiver && lower === 'match');
    if (!isSure && !isPattern(by, trail, place)) continue;
    return { subject, what: WHOLE.test(lower) && place.sinks.every(({ as }) => as === 'condition') ? 'test' : own, by };
  }
  return undefined;
}

/** The subject of a call that takes a string apart, with what it is taken apart by. */
function taken(trail: Trail, call: Call, place: Place): Pick<Taken, 'subject' | 'what' | 'by'> | undefined {
  const { receiver, name, arguments: given, constructs } = call;
  const lower = name.toLowerCase();
  const what = TAKES.get(lower) ?? TAKES.get(lower.replaceAll('_', ''));
  if (!what || constructs || (receiver === undefined && METHOD.test(lower))) return undefined;
  if (what === 'match' || what === 'test') return matched(trail, call, place);
  const [first, second] = given;
  const isRegexPackage = receiver?.kind === 'name' && /^(?:re|Regex)$/.test(receiver.name);
  if (SUBJECT_SECOND.test(lower) || (isRegexPackage && what === 'parts' && second && isId(second.value)))
    return second && { subject: second.value, what, by: first?.value };
  const isFirst = isFunction(call) || isRegexPackage;
  const subject = isFirst ? first?.value : receiver;
  return subject && { subject, what, by: isFirst ? second?.value : first?.value };
}

/** Whether something is a dictionary by its type or value, or is read like one in the same function: `identifier["type"]`, `identifier.get("type")`. */
const isDictionary = (trail: Trail, subject: Expression, { inside }: Place): boolean =>
  inside.parameters.some(({ name, type }) => name === nameOf(subject) && /dict|map|record|object|list|set\b|array/i.test(type ?? '')) ||
  trail.valuesOf(inside, nameOf(subject)).some(({ kind }) => kind === 'record') ||
  trail.indexes.some(
    (one) => one.inside === inside && one.expression.index?.kind === 'text' && nameOf(one.expression.object) === nameOf(subject),
  ) ||
  trail.calls.some(
    ({ expression, inside: around }) =>
      around === inside &&
      expression.receiver !== undefined &&
      /^(?:get|pop|setdefault|keys|items|values)$/.test(expression.name) &&
      nameOf(expression.receiver) === nameOf(subject),
  );

/** Whether a text is looked for in an identifier, and not an element in a list, or a key in a dictionary. */
const isWordIn = (trail: Trail, subject: Expression, by: Expression | undefined, place: Place): boolean =>
  by?.kind === 'text' && isId(subject) && !isList(subject) && !(/^\w+$/.test(by.value) && isDictionary(trail, subject, place));

function ofCall(trail: Trail, place: Place<Call>): readonly Taken[] {
  const { start, end } = place.expression;
  const found = taken(trail, place.expression, place);
  if (!found) return [];
  const subject = unwrapped(found.subject);
  if (found.what === 'piece' && isList(subject)) return [];
  if (found.what === 'word' && !isWordIn(trail, subject, found.by, place)) return [];
  const isTyped =
    found.what === 'prefix' && found.by?.kind === 'text' && TYPED_PREFIX.test(found.by.value) && REFERENCE.test(nameOf(subject));
  const isOfMatch = found.what === 'match' || found.what === 'test';
  return isId(subject) || isTyped || (!isOfMatch && isParsed(subject, place)) ? [{ ...found, subject, start, end, place }] : [];
}

function ofIndex(place: Place<Expression & { kind: 'index' }>): readonly Taken[] {
  const { object, index, start, end } = place.expression;
  const subject = unwrapped(object);
  if (isList(subject) || !(isId(subject) || isParsed(subject, place))) return [];
  // `id[/^[A-Z]+/]`
  if (patternOf(index) !== undefined) return [{ subject, what: 'match', by: index, start, end, place }];
  if (isSlice(index)) return [{ subject, what: 'piece', by: undefined, start, end, place }];
  return index && isNumber(index) ? [{ subject, what: 'piece', by: index, start, end, place }] : [];
}

/** `case id when /^A/`, `id is ['A', ..]`. */
function ofComparison(place: Place<Comparison>): readonly Taken[] {
  const { left, right, start, end } = place.expression;
  const subject = unwrapped(left);
  if (!isId(subject) || isList(subject)) return [];
  if (patternOf(right) !== undefined) return [{ subject, what: 'test', by: right, start, end, place }];
  const isLetters = right.kind === 'other' && right.node === 'list_pattern' && right.children.some(({ kind }) => kind === 'text');
  return isLetters ? [{ subject, what: 'prefix', by: undefined, start, end, place }] : [];
}

/** Every place at which something with the name of an identifier is taken apart, whatever becomes of the parts. */
export function takenApart(trail: Trail): readonly Taken[] {
  return [
    ...trail.calls.flatMap((place) => ofCall(trail, place)),
    ...trail.indexes.flatMap(ofIndex),
    ...trail.comparisons.flatMap(ofComparison),
  ]
    .filter(({ subject, place }) => !isNoText(subject, trail, place))
    .sort((a, b) => a.start - b.start);
}

/** What a page or a device shows: its identifiers are of the machinery. */
const SHOWN =
  /^(?:el|elem|element|target|button|btn|input|checkbox|tab|panel|modal|dialog|widget|cell|svg|icon|menu|marker|notification)s?$/;

/** Whether an identifier is of something that a page or a device shows, or of one of them: `channel.id` of `notificationChannels`. */
export function isOfShown(subject: Expression, trail: Trail, place: Pick<Place, 'inside'>, depth = 0): boolean {
  if (depth > 3) return false;
  if (subject.kind === 'name') {
    const value = trail.valuesOf(place.inside, subject.name).findLast(({ start }) => start < subject.start);
    const isElement = value?.kind === 'index' && value.index === undefined;
    return value !== undefined && (isElement || value.kind === 'member') && isOfShown(value, trail, place, depth + 1);
  }
  const isShown = (name: string): boolean => wordsOf(name).some((word) => SHOWN.test(word));
  // `order.notificationId` has its own name, and whatever is called `target` is shown.
  if (subject.kind === 'member' && !isBareId(subject.name)) return depth > 0 && isShown(subject.name);
  if (subject.kind !== 'member' && subject.kind !== 'index') return false;
  const { object } = subject;
  return isShown(nameOf(object)) || isOfShown(object, trail, place, depth + 1);
}
