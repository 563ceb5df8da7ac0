import type { Expression } from '../flow/model.ts';
import { isBareId, wordsOf } from '../flow/names.ts';
import type { Setting } from '../flow/setting.ts';
import { followed, nameOf, type Place, type Sink, type Trail } from '../flow/trail.ts';
import { isOfAddress, isOfCode, isOwnName, isServiceName } from './of-program.ts';
import { isOfStandard } from './of-standard.ts';
import { CHECKS, isRandomCall, meaningfulParts } from './parts.ts';
import type { FoundInCode } from './rule.ts';
import { isOnPage, normalizes } from './sinks.ts';
import { isAskedForList, isJoinedList, isWholeList } from './taken/joined-lists.ts';
import { isNoText } from './taken/no-text.ts';
import { isOfUuids, literalIn, patternOf, sourceOf } from './taken/patterns.ts';
import { isFunction, isId, isNumber, isOfShown, type Taken, takenApart, unwrapped } from './taken/taken-apart.ts';

/** Separators of lists and words, not of identifiers. */
const LIST_SEPARATOR = /^(?:[,;\s=&?]|\?#|#\?|\\n|\\r|\\t)*$/;
/** Signs of regular expressions that say how often, or one of which. */
const SIGNS = /\\s|[[\]()+*|]/g;

const QUIET_SUBJECT =
  /(?:^|_)(?:token|secret|password|hash|env|path|url|uri|file|email|html|header|cookie|uuid|spiffe|regex|pattern|cves?|cwes?|ghsas?|capec|isbn|issn|doi|orcid|iban|gtin)(?:_|$)/;
/** A prefix that says what kind of text it is, or in which public catalogue it is listed, not what the identifier says. */
const NO_PART =
  /^(?:(?:cve|cwe|ghsa|capec|rhsa|pysec|rustsec|osv|isbn|issn|doi|orcid|rfc)[-:]?|https?:?|ur[il]:|\.\*|[@#$!+{[(<"'`%\\*]+|\/|\.\/|0x|\\[0abfnrtv].*|node_modules|(?:did|urn|arn|spiffe|mailto|tel|gid|virtual):|data:.*)$|:\/\/|[\s=]/i;
/** A name of such a prefix. */
const NO_PART_NAME = /(?:^|_)(?:sigil|url|uri|regex|pattern|path|scheme)(?:_|$)/;
/** Functions that put a name of a program into another form, or ask whether a text may be used as a name. */
const FORMS =
  /(?:camel|pascal|snake|kebab|title|capitali[sz]|humani[sz]|sanitiz|escape|valid|is_?safe|is_?literal|well_?formed|format_?identifier)/i;

/** `id.length - 8`, `id.len().saturating_sub(8)`. */
function isFromEnd(value: Expression): boolean {
  if (value.kind === 'call' && value.name === 'saturating_sub') return isNumber(value.arguments[0]?.value);
  if (value.kind !== 'other' || value.node === '+') return false;
  const [length, less, ...more] = value.children;
  return more.length === 0 && /^(?:length|len|size|strlen|count)$/i.test(nameOf(length)) && isNumber(less);
}

/** `id[len(id) - 100:]`, `id[:max_length]`: the last or the first ones, whatever they are. */
function isTail(index: Expression | undefined): boolean {
  if (index?.kind !== 'other') return false;
  const [first, second] = index.children;
  return isFromEnd(index) || (second === undefined && first !== undefined && (isTail(first) || isFromEnd(first) || isNumber(first)));
}

/** `id.substring(0, 8)`, `id.slice(id.length - 8)`, `id[:8]`: the beginning or the end, to show or to shorten it. `id.slice(1)`: without its sigil. */
function isByNumbers({ expression }: Place, by: Expression | undefined): boolean {
  if (expression.kind === 'index') return by !== undefined || isTail(expression.index);
  if (expression.kind !== 'call') return false;
  const bounds = expression.arguments.slice(isFunction(expression) ? 1 : 0);
  return bounds.every(({ value }) => isNumber(value) || isFromEnd(value));
}

/** A text, or a constant, that a part is compared with. */
const isWord = (value: Expression | undefined): boolean =>
  (value?.kind === 'text' && /[A-Za-z\d]/.test(value.value) && !NO_PART.test(value.value)) ||
  (value?.kind === 'name' && /^[A-Z][A-Z\d_]{2,}$/.test(value.name)) ||
  (value?.kind === 'other' && value.children.length > 0 && value.children.every(isWord));
const LOOKS_UP =
  /^(?:get|Get|fetch|getOrDefault|GetValueOrDefault|getValue|TryGetValue|dig|has|containsKey|ContainsKey|contains|includes|include\?)$/;
const TABLE =
  /^[A-Z][A-Z\d_]+$|(?:Map|Dict|Lookup|Table)$|_(?:map|dict|lookup|table)$|(?:[bB]y|_by)_?[A-Z]?\w*(?:Prefix|Code|_prefix|_code)$/;
const NO_TABLE = /cache|seen|shard|bucket|memo|group/i;

/** Whether something is a table of what a text means: a constant, or a record that is written out. */
function isTable(object: Expression | undefined, trail: Trail, { inside }: Place): boolean {
  const name = nameOf(object);
  if (object === undefined || NO_TABLE.test(name)) return false;
  return TABLE.test(name) || object.kind === 'record' || trail.valuesOf(inside, name).some(({ kind }) => kind === 'record');
}

/** Whether a piece of an identifier decides something: it is compared with a word, or looked up in a table. */
const decides = (trail: Trail, place: Place): boolean =>
  followed(trail, place).some((sink) => {
    if (sink.as === 'compared') return isWord(sink.with);
    if (sink.as === 'index') return isTable(sink.object, trail, place);
    if (sink.as === 'argument') return LOOKS_UP.test(sink.call.name) && isTable(sink.call.receiver, trail, place);
    return (
      sink.as === 'receiver' &&
      /^(?:equals(?:IgnoreCase)?|Equals|eql\?|contentEquals)$/.test(sink.call.name) &&
      isWord(sink.call.arguments[0]?.value)
    );
  });

/** Calls on a match that only say whether there is one, or leave it out. */
const FITS = /^(?:matches|find|[rR]eplace_?(?:[fF]irst|[aA]ll|[oO]ne)?|is_some|is_none|isPresent|isEmpty|present\?|nil\?|blank\?)$/;

/** Whether something is read out of a match, and it is not only asked whether there is one. */
const isRead = (trail: Trail, { sinks, inside }: Place): boolean =>
  sinks.some((sink) => {
    if (sink.as === 'member') return true;
    if (sink.as === 'receiver') return !FITS.test(sink.call.name);
    if (sink.as !== 'assigned') return false;
    const uses = sink.target.kind === 'name' ? trail.usesOf(inside, sink.name) : [];
    const isAsked = (use: Sink): boolean =>
      use.as === 'condition' || use.as === 'compared' || (use.as === 'receiver' && FITS.test(use.call.name));
    return uses.length === 0 || !uses.every(isAsked);
  });

/** Where a regular expression begins with what an identifier says, that is read by whoever asks. */
function asksFor(by: Expression | undefined, trail: Trail, place: Place): boolean {
  const source = sourceOf(by, trail, place);
  const literal = source === undefined ? undefined : literalIn(source);
  return literal !== undefined && !NO_PART.test(literal);
}

/** Whether a prefix says nothing of what an identifier means: a scheme, a quote, a sigil, words of a sentence. */
function saysNothing(by: Expression | undefined): boolean {
  if (by?.kind === 'text') return NO_PART.test(by.value);
  if (by?.kind === 'composed') return by.parts.some((part) => part.kind === 'text' && /[\s=]/.test(part.value));
  if (by?.kind === 'other' && by.children.length > 0)
    return by.children.every((child) => child.kind === 'text' && NO_PART.test(child.value));
  return NO_PART_NAME.test(wordsOf(nameOf(by)).join('_'));
}

/** A sign at the beginning or the end: `id.endsWith(",")`. */
const isSign = (by: Expression | undefined): boolean => by?.kind === 'text' && /^(?:--|[^-.:/_\p{L}\p{N}]+)$/u.test(by.value);

/** Whether a test with a text or a regular expression is one of the form alone, which decides nothing. */
const isOfForm = (one: Taken): boolean =>
  FORMS.test(one.place.inside.name) || (one.by?.kind === 'text' && (LIST_SEPARATOR.test(one.by.value) || !/[\w:|.-]/.test(one.by.value)));

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

/** Asks only whether a text has the form of an identifier of a type that is given: `isPublicId(text, type)`. */
const ASKS_FORM = /^(?:is|looks_?like|matches)(?=[A-Z_]).*(?:I[dD]|_id|U[uU][iI][dD]|Guid|Urn)$/i;

/**
 * Whether one place writes and reads a prefix: the file mints identifiers of it and something without a meaning, or the function puts it in front of the
 * same variable where it is missing.
 */
const isOwnPrefix = (by: Expression | undefined, subject: Expression, { inside }: Place, trail: Trail): boolean =>
  by?.kind === 'text' &&
  trail.composed.some((one) => {
    const [first, second, ...more] = one.expression.parts;
    if (first?.kind !== 'text' || first.value !== by.value || second === undefined || more.length > 0) return false;
    if (one.inside === inside && normalizes(one) && nameOf(second) === nameOf(subject)) return true;
    return meaningfulParts(one.expression, (name) => trail.valuesOf(one.inside, name)).length === 0;
  });

/** Whether the last part is taken, which is an identifier behind the names of what it is in: `gid://shop/Route/1`. */
const isLastTaken = ({ what, place: { sinks } }: Taken): boolean =>
  what === 'parts' && sinks.some((sink) => sink.as === 'receiver' && /^(?:pop|at|last)$/.test(sink.call.name));

/** What several values were put together for, by its name. */
const COMBINED = /(?:^|_)(?:combined|combination|compound|composite|concatenated|joined)_/;
/** Whether an identifier is a key that a program put together for a map in memory: all of them are gone through, and the name says so. */
const isCombinedKey = (subject: Expression, trail: Trail, { inside }: Place): boolean =>
  subject.kind === 'name' &&
  COMBINED.test(wordsOf(subject.name).join('_')) &&
  trail.valuesOf(inside, subject.name).some((value) => value.kind === 'index' && value.index === undefined);

/** Whether an identifier was made on the spot, of nothing that means something: `str(uuid4()).split("-")[0]`. */
const isRandom = (subject: Expression, trail: Trail, { inside }: Place): boolean => {
  const values = subject.kind === 'name' ? trail.valuesOf(inside, subject.name) : [];
  return values.length > 0 && values.every(isRandomCall);
};

/** The names that the parts get. */
const namesOf = (sinks: readonly Sink[]): readonly string[] =>
  sinks.flatMap((sink) => (sink.as === 'assigned' && sink.name !== '' && sink.name !== '_' ? [sink.name] : []));

/** The text at which an identifier is taken apart, also where it is looked for in another line: `id.substring(0, id.indexOf("::"))`. */
function separatorOf({ subject, what, by, place: { inside } }: Taken, trail: Trail): string | undefined {
  if (by?.kind === 'text') return by.value;
  if (what !== 'piece') return undefined;
  for (const { expression: call, inside: around } of trail.calls) {
    const [first] = call.arguments;
    const isOfSubject = call.receiver !== undefined && nameOf(unwrapped(call.receiver)) === nameOf(subject);
    if (around === inside && isOfSubject && /^(?:last_?)?(?:index_?of|find|index)$/i.test(call.name) && first?.value.kind === 'text')
      return first.value.value;
  }
  return undefined;
}

/** `id.charAt(i)`: each character is treated alike. */
const isEachCharacter = ({ place: { expression } }: Taken): boolean => {
  if (expression.kind !== 'call' || !/^char_?at$/i.test(expression.name)) return false;
  const [at] = expression.arguments;
  return at !== undefined && !isNumber(at.value) && !isFromEnd(at.value);
};

/** Whether somebody reckons if an identifier was mistyped. */
const checks = ({ place: { inside, sinks } }: Taken): boolean =>
  [inside.name, ...namesOf(sinks)].some((name) => CHECKS.test(wordsOf(name).join('_')));

/** What a path or the name of a file is called. */
const PATH_PART = /(?:^|_)(?:path|path_string|file_?name|extension|ext)$/;

/** Whether only the ending of a file is left out, the parts are counted, or a path is made of the identifier. */
const isOfFile = ({ subject, what, place: { expression, sinks } }: Taken, separator: string | undefined, trail: Trail): boolean =>
  (what === 'parts' &&
    separator === '.' &&
    trail.indexes.some((one) => one.expression.object === expression && namesOf(one.sinks).includes(nameOf(subject)))) ||
  (what === 'parts' && sinks.length > 0 && sinks.every((sink) => sink.as === 'member' && /^(?:length|size|count)$/i.test(sink.name))) ||
  namesOf(sinks).some((name) => PATH_PART.test(wordsOf(name).join('_')));

/** Whether an identifier is an attribute of an element: `element.getAttribute("id")`. */
const isAttribute = (subject: Expression, trail: Trail, { inside }: Place): boolean =>
  subject.kind === 'name' &&
  trail.valuesOf(inside, subject.name).some((value) => value.kind === 'call' && /^(?:getAttribute|attr)$/.test(value.name));

/** Whether the way in which an identifier is taken apart tells nothing of what it says. */
function isHarmless(one: Taken, trail: Trail): boolean {
  const { subject, what, by, place } = one;
  const { inside } = place;
  const words = wordsOf(nameOf(subject));
  if (QUIET_SUBJECT.test(words.join('_')) || isOfShown(subject, trail, place)) return true;
  const owner = subject.kind === 'member' ? nameOf(subject.object) : '';
  if ((isOwnName(nameOf(subject), owner, trail) && !isLastTaken(one)) || isServiceName(subject, trail, place)) return true;
  if (wordsOf(nameOf(subject)).join('_') === 'foreign_key' || isEachCharacter(one) || checks(one)) return true;
  const separator = separatorOf(one, trail);
  if (isOfStandard(one, separator, trail) || isOfAddress(subject, separator, place)) return true;
  if (isOfFile(one, separator, trail) || isAttribute(subject, trail, place)) return true;
  if (isOfCode(subject, namesOf(place.sinks), trail, place)) return true;
  if (isCombinedKey(subject, trail, place) || isRandom(subject, trail, place)) return true;
  // `Id` of a permission is its name.
  if (isBareId(nameOf(subject)) && /permission|scope|privilege/i.test(inside.container ?? '')) return true;
  if (isGuard(place) || (what === 'parts' && (isWholeList(one, trail) || isJoinedList(one, trail)))) return true;
  // `filter.id.match(id)` asks whether it is the same one.
  if (what === 'match' && by && ((isId(by) && !isNoText(by, trail, place)) || isOfUuids(by))) return true;
  if (ASKS_FORM.test(inside.name) && by?.kind === 'composed' && place.sinks.some(({ as }) => as === 'returned')) return true;
  if (FORMS.test(inside.name) && (what === 'prefix' || what === 'suffix' || what === 'parts')) return true;
  // `.js` is the ending of a file.
  if (what === 'suffix' && by?.kind === 'text' && /^\.\w{1,5}$/.test(by.value)) return true;
  if (what === 'prefix' && isOwnPrefix(by, subject, place, trail)) return true;
  if (what === 'prefix' || what === 'suffix') return saysNothing(by) || isSign(by);
  if (what === 'parts') {
    const written = separator ?? patternOf(by)?.replace(SIGNS, '');
    // Where words are parted by white space, it is a list of them.
    return (
      by === undefined || by.kind === 'function' || /\\s/.test(written ?? '') || (written !== undefined && LIST_SEPARATOR.test(written))
    );
  }
  if (what === 'piece') return isByNumbers(place, by) ? !decides(trail, place) : place.expression.kind === 'call' && saysNothing(by);
  if (what === 'word') return isOfForm(one) || saysNothing(by) || (isPosition(place) && !place.sinks.some(({ as }) => as === 'compared'));
  if (what === 'match' && (place.expression.kind === 'index' || isRead(trail, place))) return false;
  // A test of the form alone reads nothing.
  return FORMS.test(inside.name) || !asksFor(by, trail, place);
}

/** Calls that say where a text is: only a comparison with that asks whether it is there. */
const isPosition = ({ expression }: Place): boolean => expression.kind === 'call' && /^(?:indexOf|IndexOf|strpos)$/.test(expression.name);

/** What is read, in words. */
const readAs = (sinks: readonly Sink[]): string => {
  const names = namesOf(sinks);
  return names.length === 0 ? 'a part' : names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
};

function messageOf({ subject, what, by, place }: Taken): string {
  const name = nameOf(subject);
  if ((what === 'prefix' || what === 'suffix') && by?.kind === 'text')
    return `This depends on whether the identifier ${name} ${what === 'prefix' ? 'begins' : 'ends'} with "${by.value}", so its format becomes a contract. Keep what that says as a field of its own, and ask the field.`;
  if (what === 'word' && by?.kind === 'text')
    return `This depends on whether "${by.value}" is in the identifier ${name}, so its format becomes a contract. Keep what that says as a field of its own, and ask the field.`;
  return `This reads ${readAs(place.sinks)} out of the identifier ${name}, so its format becomes a contract. Keep what is read here as a field of its own, and pass it.`;
}

/** Questions of one condition are not farther from each other. In UTF-16 units. */
const NEAR = 30;

/** One finding for each place at which an identifier is taken apart to decide something. */
export function* decomposedIds(trail: Trail, setting: Setting): Generator<FoundInCode> {
  let last: Taken | undefined;
  const all = takenApart(trail);
  for (const one of all) {
    if (one.what === 'word' && isAskedForList(one, trail, all)) continue;
    // `id.includes("a") || id.includes("b")` is one question.
    const goesOn =
      one.what === 'word' && last?.what === 'word' && nameOf(last.subject) === nameOf(one.subject) && one.start - last.end < NEAR;
    if (one.what === 'word') last = one;
    if (goesOn) continue;
    const name = nameOf(one.subject).replace(/^get(?=[A-Z])/, '');
    if ((setting === 'interface' && (isBareId(name) || isOnPage(name, trail))) || isHarmless(one, trail)) continue;
    yield { message: messageOf(one), start: one.start, end: one.end };
  }
}
