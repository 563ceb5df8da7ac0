import type { Argument, Composed, Expression, Text } from './model.ts';
import type { Composer } from './shape.ts';

/** More parts are a list that somebody wrote as a string. */
const MOST_PARTS = 60;
/** `%s`, `%-5d`, `%(name)s`, `%1$s`, `%[1]d`, and `{}`, `{0}`, `{name}`, `{x:03}`, `{0,-8}`; `%%`, `%n`, `{{` and `}}` are text. */
const PLACEHOLDER =
  /%[%n]|\{\{|\}\}|%(?:\((\w+)\)|(\d+)\$)?[-+# 0,]*(?:\d+|\*)?(?:\.\d+)?(?:\[(\d+)\])?[a-zA-Z]|%<(\w+)>[-+# 0]*\d*(?:\.\d+)?[a-zA-Z]|%\{(\w+)\}|\{(\d*|[A-Za-z_][\w.]*)(?:![rs])?(?:,-?\d+)?(?::[^{}]*)?\}/g;
const NO_PLACEHOLDER: ReadonlySet<string> = new Set(['%%', '%n', '{{', '}}']);
const BUILDERS: ReadonlySet<string> = new Set(['StringBuilder', 'StringBuffer']);
const APPENDS: ReadonlySet<string> = new Set(['append', 'Append']);

const textPart = (value: string, { start, end }: { readonly start: number; readonly end: number }): Text => ({
  kind: 'text',
  value,
  start,
  end,
});

const isNumber = (part: Expression): boolean => part.kind === 'other' && /number|int|float|decimal/.test(part.node);

/** Calls that give strings, whatever they are called on. */
const GIVES_STRING = /^(?:string|str|String|to_?s|to_?string|to_?(?:lower|upper)(?:_?case)?|Itoa|FormatInt|Sprint\w*)$/i;

const isString = (part: Expression): boolean =>
  part.kind === 'text' || part.kind === 'composed' || (part.kind === 'call' && GIVES_STRING.test(part.name));

/**
 * Parts without strings in strings: what is composed in a part is a part of the whole. `a + b` of which nothing was known is so too, when the whole is
 * a string.
 */
const flat = (parts: readonly Expression[]): Expression[] =>
  parts
    .flatMap((part) => {
      if (part.kind === 'composed' && part.by !== 'join') return part.parts;
      return part.kind === 'other' && part.node === '+' && !part.children.some(isNumber) ? flat(part.children) : [part];
    })
    .slice(0, MOST_PARTS);

/** A string of parts; the text itself where there is one only, `undefined` where no part is known to be a string. */
export function composed(
  by: Composed['by'],
  parts: readonly Expression[],
  span: { readonly start: number; readonly end: number },
): Composed | Text | undefined {
  const all = flat(parts);
  if (all.every((part) => part.kind === 'text')) return textPart(all.map((part) => (part as Text).value).join(''), span);
  if (by === 'concatenation' && !parts.some(isString) && !all.some(isString)) return undefined;
  return { kind: 'composed', by, parts: all, start: span.start, end: span.end };
}

/** What gives the elements of a list, with fewer or other values. */
const OF_ELEMENTS =
  /^(?:filter|map|compact|compact_blank|flatten|reject|select|collect|iter|into_iter|sort|uniq|to_a|array_filter|array_map|array_values|list|tuple)$/;

/** Elements of a list that is written out; `undefined` for other expressions. */
function elements(list: Expression): readonly Expression[] | undefined {
  if (list.kind === 'member' && OF_ELEMENTS.test(list.name)) return elements(list.object);
  if (list.kind === 'call' && OF_ELEMENTS.test(list.name)) {
    const inner = [...(list.receiver ? [list.receiver] : []), ...list.arguments.map(({ value }) => value)];
    return inner.map(elements).find((items) => items !== undefined);
  }
  if (list.kind === 'other' && list.children.length > 0 && !/comprehension|generator|await/.test(list.node)) return list.children;
  if (list.kind === 'record' && list.rest.length > 0) return list.rest;
  if (list.kind === 'call' && /^(?:listOf|asList|of|List|Array|arrayOf|array|vec|setOf)$/.test(list.name))
    return list.arguments.map(({ value }) => value);
  return undefined;
}

/** The values of a format, which may be in one list that is written out. */
function spread(values: readonly Argument[]): readonly Argument[] {
  const [only, ...more] = values;
  const items = only && more.length === 0 && only.value.kind !== 'call' ? elements(only.value) : undefined;
  return items ? items.map((value) => ({ value })) : values;
}

/** What a format makes of its arguments. */
export function formatted(
  format: string,
  values: readonly Argument[],
  span: { readonly start: number; readonly end: number },
  placeholders?: Composer['placeholders'],
): Expression[] {
  const parts: Expression[] = [];
  let at = 0;
  let next = 0;
  for (const match of format.matchAll(PLACEHOLDER)) {
    const braces = !match[0].startsWith('%');
    if (NO_PLACEHOLDER.has(match[0]) || (placeholders !== undefined && braces !== (placeholders === 'braces'))) continue;
    const key = match[1] ?? match[4] ?? match[5] ?? match[6];
    const counted = match[2] ?? match[3];
    const position = counted === undefined ? (/^\d+$/.test(key ?? '') ? Number(key) : undefined) : Number(counted) - 1;
    const isNamed = position === undefined && key !== undefined && key !== '';
    const value = isNamed ? values.find(({ name }) => name === key) : values[position ?? next++];
    if (match.index > at) parts.push(textPart(format.slice(at, match.index), span));
    parts.push(value?.value ?? { kind: 'name', name: key === undefined || key === '' ? 'value' : key, ...span });
    at = match.index + match[0].length;
  }
  if (at < format.length) parts.push(textPart(format.slice(at), span));
  return parts;
}

/** What a chain of `append` calls appends, and what it begins with. */
export function appended(
  chain: Expression | undefined,
): { readonly parts: readonly Expression[]; readonly to: Expression | undefined } | undefined {
  if (chain?.kind !== 'call' || !APPENDS.has(chain.name)) return { parts: [], to: chain };
  const [added] = chain.arguments;
  const before = appended(chain.receiver);
  return before && added && chain.arguments.length === 1 ? { parts: [...before.parts, added.value], to: before.to } : undefined;
}

/** What a new string builder begins with; `undefined` for other expressions. */
export function begun(expression: Expression | undefined): readonly Expression[] | undefined {
  if (expression?.kind !== 'call' || !BUILDERS.has(expression.name) || expression.receiver) return undefined;
  // A number is a capacity.
  return expression.arguments.flatMap(({ value }) => (value.kind === 'other' ? [] : [value]));
}

/** The string of `new StringBuilder(a).append(b).toString()`, or of a function whose statements are calls of `append` only. */
function built(receiver: Expression | undefined, values: readonly Argument[]): readonly Expression[] | undefined {
  if (receiver) {
    const { parts, to } = appended(receiver) ?? { parts: [], to: undefined };
    const first = begun(to);
    return first && [...first, ...parts];
  }
  const [{ value } = { value: undefined }] = values;
  if (value?.kind !== 'function' || values.length !== 1) return undefined;
  const parts: Expression[] = [];
  for (const effect of value.function.effects) {
    const chain = effect.kind === 'assign' ? undefined : appended(effect.value);
    if (!chain || chain.to) return undefined;
    parts.push(...chain.parts);
  }
  return parts;
}

const isEmpty = (part: Expression): boolean => part.kind === 'text' && part.value === '';

/** `a << "b" << c`: one call with what was added, which is one string where a part is text. */
export function streamed(
  name: string,
  left: Expression,
  right: Expression,
  span: { readonly start: number; readonly end: number },
): Expression {
  const before = left.kind === 'call' && left.name === name ? left : undefined;
  const added = [...(before?.arguments.map(({ value }) => value) ?? []), right];
  const string = before && composed('concatenation', added, span);
  const given = string ? [string] : added;
  return {
    kind: 'call',
    name,
    receiver: before ? before.receiver : left,
    arguments: given.map((value) => ({ value })),
    constructs: false,
    ...span,
  };
}

/** Arguments of a macro where a format is one of them, as `write!(out, "{}-{}", a, b)` has it: the format with its values is one argument. */
export function withFormat(given: readonly Argument[]): readonly Argument[] {
  const at = given.findIndex(({ value }) => value.kind === 'text' && /\{[^{}]*\}/.test(value.value));
  const format = given[at]?.value;
  if (format?.kind !== 'text') return given;
  const span = { start: format.start, end: given.at(-1)?.value.end ?? format.end };
  const whole = composed('format', formatted(format.value, given.slice(at + 1), span, 'braces'), span);
  return whole?.kind === 'composed' ? [...given.slice(0, at), { value: whole }] : given;
}

/** A text, or a name of one: `SEPARATOR`. What else is called `join` takes other things. */
const isSeparator = (expression: Expression): boolean =>
  expression.kind === 'text' ||
  ((expression.kind === 'name' || expression.kind === 'member') &&
    (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(expression.name) || /sep$|separator|delim|divider|glue/i.test(expression.name)));

/** The string that a call composes; `undefined` where it composes none. */
export function composedByCall(
  { how, at = 0, separator, placeholders }: Composer,
  receiver: Expression | undefined,
  values: readonly Argument[],
  span: { readonly start: number; readonly end: number },
): Composed | Text | undefined {
  const partAt = (place: 'receiver' | number): Expression | undefined => (place === 'receiver' ? receiver : values[place]?.value);
  const rest = (place: 'receiver' | number): readonly Argument[] => (place === 'receiver' ? values : values.slice(place + 1));
  if (how === 'build') {
    const parts = built(receiver, values);
    return parts && parts.length > 1 ? composed('concatenation', parts, span) : undefined;
  }
  const main = partAt(at);
  if (main === undefined) return undefined;
  if (how === 'concatenate') return composed('concatenation', [main, ...rest(at).map(({ value }) => value)], span);
  if (how === 'format') {
    // The first argument may be the culture.
    const place = main.kind !== 'text' && at === 0 && values[1]?.value.kind === 'text' ? 1 : at;
    const format = partAt(place);
    return format?.kind === 'text' ? composed('format', formatted(format.value, spread(rest(place)), span, placeholders), span) : undefined;
  }
  const between = separator === undefined ? textPart('', span) : partAt(separator);
  if (between === undefined || !isSeparator(between)) return undefined;
  // `String.join(sep, a, b)`: the rest of the arguments are the elements where the list is no list.
  const written =
    typeof at === 'number' && rest(at).length > 0 && separator !== at + 1 && separator !== 'receiver'
      ? values.slice(at).map(({ value }) => value)
      : elements(main);
  // Without a list at hand, what looks like a separator tells a join of strings from one of paths or tables.
  const given = values.filter(({ value }) => value.kind !== 'function');
  if (!written && ((between.kind === 'text' && /\w/.test(between.value)) || (at === 'receiver' && given.length > 1))) return undefined;
  const items = written ?? [main, main];
  return composed(
    'join',
    items.flatMap((item, index) => (index === 0 || isEmpty(between) ? [item] : [between, item])),
    span,
  );
}
