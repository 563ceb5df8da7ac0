import type { Expression } from '../../flow/model.ts';
import { nameOf, type Place, type Trail } from '../../flow/trail.ts';

/** Marks around a regular expression, as PHP and others write it: `/^A-/i`. */
const DELIMITED = /^([/#~])(.*)\1[a-z]*$/s;

/** Whether a regular expression asks for a UUID, by its name: there is nothing else to read. */
export const isOfUuids = (pattern: Expression): boolean =>
  /uuid|guid/i.test(nameOf(pattern)) && /(?:pattern|regexp?|re)$/i.test(nameOf(pattern));

/** The source of a regular expression that is written out as a literal of the language; `undefined` for what is none. */
export function patternOf(expression: Expression | undefined): string | undefined {
  if (expression?.kind !== 'other' || !/^regex/.test(expression.node)) return undefined;
  return expression.children.map((child) => (child.kind === 'text' ? child.value : '.')).join('');
}

/** What makes a regular expression of a text: `Regex("a")`, `re.compile("a")`, `"a".toRegex()`. */
const MAKES = /^(?:Regex|RegExp|Pattern|compile|MustCompile|toRegex|new)$/;

/** The source of a regular expression: a literal, a text, what is made of one, or a name for one of these; `undefined` where it is not known. */
export function sourceOf(
  expression: Expression | undefined,
  trail: Trail,
  { inside }: Pick<Place, 'inside'>,
  depth = 0,
): string | undefined {
  if (!expression || depth > 3) return undefined;
  if (expression.kind === 'text') return DELIMITED.exec(expression.value)?.[2] ?? expression.value;
  if (expression.kind === 'call' && MAKES.test(expression.name))
    return sourceOf(expression.name === 'toRegex' ? expression.receiver : expression.arguments[0]?.value, trail, { inside }, depth + 1);
  const name = expression.kind === 'name' || expression.kind === 'member' ? expression.name : undefined;
  if (name !== undefined) {
    const [value] = trail.valuesAround(inside, name);
    return value && value !== expression ? sourceOf(value, trail, { inside }, depth + 1) : undefined;
  }
  return patternOf(expression);
}

/** Whether something is a regular expression, by what it is or by its name. */
export const isPattern = (expression: Expression | undefined, trail: Trail, place: Pick<Place, 'inside'>): boolean =>
  expression !== undefined &&
  (/(?:^re|[rR]eg[eE]xp?|REGEXP?|[pP]attern|PATTERN|_re|_RE|[a-z]Re)$/.test(nameOf(expression)) ||
    sourceOf(expression, trail, place) !== undefined);

/**
 * The text with which everything begins that fits a regular expression, or that is somewhere in it; `undefined` where it says none, or describes the
 * whole text, which is a test of its form.
 */
export function literalIn(source: string): string | undefined {
  if (/(?:\$|\\[zZ])$/.test(source)) return undefined;
  const anchored = /^(?:\^|\\A)/.exec(source)?.[0] ?? '';
  const rest = source.slice(anchored.length).replace(/\\([-.:|/_])/g, '$1');
  if (anchored === '') return /^[A-Za-z\d]{2,}[-_:|]?$/.test(rest) ? rest : undefined;
  const literal = /^\(?(?:\?:)?([A-Za-z\d]{2,}[-_:|/]*)/.exec(rest)?.[1];
  return literal !== undefined && /[A-Za-z]{2}/.test(literal) ? literal : undefined;
}
