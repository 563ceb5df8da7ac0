import type { Call, Expression, Text } from '../flow/model.ts';
import { abbreviates, isBareId, isIdName, isMachinery, wordsOf } from '../flow/names.ts';
import type { Setting } from '../flow/setting.ts';
import { nameOf, type Place, type Trail } from '../flow/trail.ts';
import { isOwnName } from './of-program.ts';
import type { FoundInCode } from './rule.ts';

/** Two or more words in an order that means something: `update.core`, `internal:reflective:constructor`, `42|SYNTH|MONITOR`. */
const STRUCTURED = /^[A-Za-z\d][\w-]*(?:[.:|/][A-Za-z\d][\w-]*)+$/;
/** Three or more groups of capitals and digits: `BRA-CHE-0007`. */
const GROUPS = /^[A-Z]{2,}(?:-[A-Z\d]+){2,}$/;
/** Words behind a short one, which may be short for what they are of: `wh-oslo-main`. */
const WORDS = /^([a-z]{2,12})(?:[-_][a-z\d]+){2,}$/;
/** Of standards and of files: `urn:ietf:params`, `text/html`, `index.html`, `1.2.3`, `10:30`, `ISO-8859-1`. */
const STANDARD =
  /^(?:urn|http|https|mailto|text|image|application|audio|video|multipart|did)[:/]|^(?:AES|RSA|ECDH|ISO|UTF|SHA|CVE|CWE|GHSA|RFC|TLS|ECMA|DIN)-|^n\/a$|^[\d.:]+$|^\d{4}-\d\d-\d\dT|^(?:com|org|net|io|dev|de|fr|nl|uk)\.[a-z]|^[A-Z]{1,6}(?:-(?:[X0]+|[X#]+))+$|\.(?:json|ya?ml|html?|css|[jt]sx?|png|svg|md|txt|xml|py|go|rb|java|com|org|net|io)$/i;

/** A path to the identifier of something, in a template or a record: `account.id`. */
const FIELD = /\.(?:u?u?id|U?U?I[dD])$/;

/** What has keys that the program gives and people never change: `permissionId === "orders:read"`. */
const KEYED = /(?:^|_)(?:permission|privilege|scope|translation|message|i18n|flag|feature)(?:_|$)/;

/** Whether a text is the literal identifier of something whose identifiers have this name, or of something that is called so. */
function says(value: string, name: string): boolean {
  if (value.length > 80 || STANDARD.test(value) || FIELD.test(value) || KEYED.test(wordsOf(name).join('_'))) return false;
  const short = WORDS.exec(value)?.[1];
  // With `_` alone between its words, it is rather a name in the code.
  if (short !== undefined && /[-\d]/.test(value) && abbreviates(short, name)) return true;
  return isIdName(name) && (STRUCTURED.test(value) || GROUPS.test(value));
}

const isText = (expression: Expression | undefined): expression is Text => expression?.kind === 'text';
const ownName = (expression: Expression): string => nameOf(expression).replace(/^get_?(?=[A-Z_])/, '');

const ownerOf = (expression: Expression): string => (expression.kind === 'member' ? nameOf(expression.object) : '');

/** Whether an expression has a name of whose things a text is the literal identifier. */
function isSaidOf(literal: Expression | undefined, of: Expression, setting: Setting, trail: Trail): literal is Text {
  const name = ownName(of);
  return (
    isText(literal) &&
    says(literal.value, name) &&
    !isMachinery(name) &&
    !isOwnName(name, ownerOf(of), trail) &&
    !(setting === 'interface' && isBareId(name))
  );
}

const found = ({ value, start, end }: Text, what: string): FoundInCode => ({
  message: `The code depends on what the identifier "${value}" says${what}. Give it a named constant, or look the thing up by an attribute.`,
  start,
  end,
});

const OF_ELEMENTS =
  /^(?:Set|List|Array|HashSet|TreeSet|ImmutableSet|setOf|listOf|arrayOf|hashSetOf|of|asList|frozenset|set|list|tuple|freeze)$/;

/** The elements of a list or set that is written out, or that a name stands for. */
function elementsOf(list: Expression | undefined, trail: Trail, place: Place, depth = 0): readonly Expression[] {
  if (!list || depth > 3) return [];
  if (list.kind === 'record') return list.rest;
  if (list.kind === 'other') return list.children;
  if (list.kind === 'call' && OF_ELEMENTS.test(list.name)) {
    const given = list.arguments.map(({ value }) => value);
    const [first] = given;
    return first && given.length === 1 && first.kind !== 'text' ? elementsOf(first, trail, place, depth + 1) : given;
  }
  if (list.kind !== 'name' && list.kind !== 'member') return [];
  return trail.valuesAround(place.inside, list.name).flatMap((value) => elementsOf(value, trail, place, depth + 1));
}

const CONTAINS = /^(?:includes|contains|Contains|include\?|has|in_array)$/;

/** The list and the element of a question whether one is in the other. */
function asked({ receiver, name, arguments: given }: Call): readonly [Expression | undefined, Expression | undefined] {
  const [first, second] = given.map(({ value }) => value);
  if (name === 'in_array') return [second, first];
  return second && receiver?.kind === 'name' && /^(?:slices|lo)$/.test(receiver.name) ? [first, second] : [receiver, first];
}

/** A parameter of an address: `?warehouse=wh-oslo-main`. */
const PARAMETER = /[?&](\w{2,40})=([A-Za-z][\w-]*(?:[-.:|][\w-]+)+)(?=&|$)/g;

/** One finding for each literal identifier with parts that mean something, where an identifier is compared with it, it is made from it or sent. */
export function* semanticLiterals(trail: Trail, setting: Setting): Generator<FoundInCode> {
  for (const place of trail.comparisons) {
    const { left, right } = place.expression;
    if (isSaidOf(right, left, setting, trail)) yield found(right, `: ${nameOf(left)} is compared with it`);
    else if (isSaidOf(left, right, setting, trail)) yield found(left, `: ${nameOf(right)} is compared with it`);
    else if (right.kind === 'record' || (right.kind === 'other' && /tuple|list|set|array/.test(right.node))) {
      // `sku in ("BRA-CHE-0007", "BRA-MIL-0002")`
      const literal = elementsOf(right, trail, place).find((one) => isSaidOf(one, left, setting, trail));
      if (isText(literal)) yield found(literal, `: ${nameOf(left)} is compared with it`);
    }
  }
  for (const place of trail.calls) {
    const { expression } = place;
    const [first, ...rest] = expression.arguments;
    if (expression.constructs && rest.length === 0 && isIdName(expression.name) && !/key$/i.test(expression.name)) {
      if (isText(first?.value) && STRUCTURED.test(first.value.value) && says(first.value.value, expression.name))
        yield found(first.value, '');
    } else if (/^(?:equals|Equals|equalsIgnoreCase)$/.test(expression.name) && first && expression.receiver) {
      const { receiver } = expression;
      if (isSaidOf(first.value, receiver, setting, trail)) yield found(first.value, `: ${nameOf(receiver)} is compared with it`);
      else if (isSaidOf(receiver, first.value, setting, trail)) yield found(receiver, `: ${nameOf(first.value)} is compared with it`);
    } else if (CONTAINS.test(expression.name)) {
      const [list, element] = asked(expression);
      if (list && element && isSaidOf(element, list, setting, trail)) yield found(element, `: ${nameOf(list)} is compared with it`);
      else if (element) {
        const literal = elementsOf(list, trail, place).find((one) => isSaidOf(one, element, setting, trail));
        if (isText(literal)) yield found(literal, `: ${nameOf(element)} is compared with it`);
      }
    }
  }
  for (const { expression } of trail.texts)
    for (const [, name = '', value = ''] of expression.value.matchAll(PARAMETER))
      if (says(value, name)) yield found({ ...expression, value }, `: it is sent as ${name}`);
}
