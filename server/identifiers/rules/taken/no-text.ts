import type { Expression } from '../../flow/model.ts';
import { nameOf, type Place, type Trail } from '../../flow/trail.ts';
import { patternOf } from './patterns.ts';

/** What makes a regular expression: a type of its own, or a function of the package that is called so. */
const PATTERN_TYPE = /^(?:Regex|RegExp|Regexp|Pattern|toRegex)$/;
const PATTERN_PACKAGE = /^(?:re|regex|regexp|Regex|RegExp|Regexp|Pattern)$/;
const MAKES = /^(?:compile|MustCompile|MustCompilePOSIX|new|union)$/;
/** Types of numbers. */
const NUMBER_TYPE =
  /^\s*:?\s*\??(?:u?int(?:8|16|32|64)?|[iu](?:8|16|32|64|128)|[uU]?[lL]ong|[sS]hort|Integer|U?Int|bigint|number|BigInteger)\??\s*$/;
/** What makes something later, of a function: `Lazy::new(|| ..)`. */
const LATER = /^(?:Lazy|LazyLock|LazyCell|OnceLock|OnceCell|lazy|new)$/;
/** Signs of a text that values are put into, or that describes other texts. */
const DESCRIBES = /%[sdvq]|[{}[\]^$\\*+?()]/;
const CONSTANT = /^[A-Z][A-Z\d_]*$/;
/** Methods of regular expressions that no text has. */
const OF_PATTERNS =
  /^(?:exec|test|fullmatch|findall|finditer|matcher|matchentire|findstring|findstringsubmatch|matchstring|captures|is_match|ismatch)$/;

/** Whether a value is a regular expression: a literal, or what makes one, perhaps later. */
function isMadePattern(value: Expression, depth = 0): boolean {
  if (patternOf(value) !== undefined) return true;
  if (value.kind === 'function')
    return value.function.effects.some((effect) => effect.kind === 'return' && depth < 3 && isMadePattern(effect.value, depth + 1));
  if (value.kind !== 'call') return false;
  if (PATTERN_TYPE.test(value.name) || (MAKES.test(value.name) && PATTERN_PACKAGE.test(nameOf(value.receiver)))) return true;
  return LATER.test(value.name) && depth < 3 && value.arguments.some((argument) => isMadePattern(argument.value, depth + 1));
}

/** Whether a value is something else than a text: a regular expression, a function, a number, a record of constants. */
const isOther = (value: Expression): boolean =>
  value.kind === 'function' ||
  value.kind === 'record' ||
  isMadePattern(value) ||
  (value.kind === 'other' && value.children.length === 0 && /number|integer|int_|float|true|false|bool/.test(value.node));

/**
 * Whether what has the name of an identifier is no text, by what the file binds to the name: a regular expression, a function, a type, a number, or a
 * constant that describes texts: a format, the source of an expression.
 */
export function isNoText(subject: Expression, trail: Trail, { inside }: Pick<Place, 'inside'>): boolean {
  if (subject.kind !== 'name' && subject.kind !== 'member') return false;
  const { name } = subject;
  const parameter = subject.kind === 'name' ? inside.parameters.find((one) => one.name === name) : undefined;
  if (parameter)
    return /\b(?:Regex|RegExp|Regexp|re\.Pattern|Pattern)\b/.test(parameter.type ?? '') || NUMBER_TYPE.test(parameter.type ?? '');
  if (subject.kind === 'name' && /^[A-Z]/.test(name) && trail.functions.some((one) => one.kind === 'type' && one.name === name))
    return true;
  // A field of another object has the same name, and another value.
  if (subject.kind === 'member' && !/^(?:this|self|@|static|[A-Z]\w*)$/.test(nameOf(subject.object))) return false;
  const values = trail.valuesAround(inside, name);
  if (values.length === 0) return false;
  return values.every((value) => isOther(value) || (CONSTANT.test(name) && value.kind === 'text' && DESCRIBES.test(value.value)));
}

/** Whether only a regular expression has a method of this name, so that what it is called on is none of the texts. */
export const isOfPatterns = (method: string): boolean => OF_PATTERNS.test(method);
