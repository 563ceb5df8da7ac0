import type { Argument, Composed, Expression, Text } from './model.ts';
import type { Composer } from './shape.ts';

/** More parts are a list that somebody wrote as a string. */
const MOST_PARTS = 60;
/** `%s`, `%-5d`, `%(name)s`, `%1$s`, and `{}`, `{0}`, `{name}`, `{x:03}`. */
const PLACEHOLDER = /%(?:\((\w+)\)|(\d+)\$)?[-+# 0]*\d*(?:\.\d+)?[a-zA-Z]|\{(\d*|[A-Za-z_][\w.]*)(?:![rs])?(?::[^{}]*)?\}/g;

const textPart = (value: string, { start, end }: { readonly start: number; readonly end: number }): Text => ({
  kind: 'text',
  value,
  start,
  end,
});

/** Parts without strings in strings: what is composed in a part is a part of the whole. */
const flat = (parts: readonly Expression[]): Expression[] =>
  parts.flatMap((part) => (part.kind === 'composed' && part.by !== 'join' ? part.parts : [part])).slice(0, MOST_PARTS);

/** A string of parts; the text itself where there is one only, `undefined` where no part is known to be a string. */
export function composed(
  by: Composed['by'],
  parts: readonly Expression[],
  span: { readonly start: number; readonly end: number },
): Composed | Text | undefined {
  const all = flat(parts);
  if (all.every((part) => part.kind === 'text')) return textPart(all.map((part) => (part as Text).value).join(''), span);
  if (by === 'concatenation' && !all.some((part) => part.kind === 'text') && !parts.some(({ kind }) => kind === 'composed'))
    return undefined;
  return { kind: 'composed', by, parts: all, start: span.start, end: span.end };
}

/** Elements of a list that is written out; `undefined` for other expressions. */
function elements(list: Expression): readonly Expression[] | undefined {
  if (list.kind === 'other' && list.children.length > 0 && !/comprehension|generator|await/.test(list.node)) return list.children;
  if (list.kind === 'record' && list.rest.length > 0) return list.rest;
  if (list.kind === 'call' && /^(?:listOf|asList|of|List|Array|arrayOf|array|vec|setOf)$/.test(list.name))
    return list.arguments.map(({ value }) => value);
  return undefined;
}

/** What a format makes of its arguments. */
export function formatted(
  format: string,
  values: readonly Argument[],
  span: { readonly start: number; readonly end: number },
): Expression[] {
  const parts: Expression[] = [];
  let at = 0;
  let next = 0;
  for (const match of format.matchAll(PLACEHOLDER)) {
    if (format[match.index - 1] === '%' && match[0].startsWith('%')) continue;
    const key = match[1] ?? match[3];
    const position = match[2] === undefined ? (/^\d+$/.test(key ?? '') ? Number(key) : undefined) : Number(match[2]) - 1;
    const value =
      position === undefined ? (values.find(({ name }) => name !== undefined && name === key) ?? values[next++]) : values[position];
    if (match.index > at) parts.push(textPart(format.slice(at, match.index), span));
    parts.push(value?.value ?? { kind: 'name', name: key === undefined || key === '' ? 'value' : key, ...span });
    at = match.index + match[0].length;
  }
  if (at < format.length) parts.push(textPart(format.slice(at), span));
  return parts;
}

/** The string that a call composes; `undefined` where it composes none. */
export function composedByCall(
  { how, at = 0, separator }: Composer,
  receiver: Expression | undefined,
  values: readonly Argument[],
  span: { readonly start: number; readonly end: number },
): Composed | Text | undefined {
  const partAt = (place: 'receiver' | number): Expression | undefined => (place === 'receiver' ? receiver : values[place]?.value);
  const rest = (place: 'receiver' | number): readonly Argument[] => (place === 'receiver' ? values : values.slice(place + 1));
  const main = partAt(at);
  if (main === undefined) return undefined;
  if (how === 'concatenate') return composed('concatenation', [main, ...rest(at).map(({ value }) => value)], span);
  if (how === 'format') return main.kind === 'text' ? composed('format', formatted(main.value, rest(at), span), span) : undefined;
  const between = separator === undefined ? textPart('', span) : partAt(separator);
  if (between?.kind !== 'text') return undefined;
  // `String.join(sep, a, b)`: the rest of the arguments are the elements where the list is no list.
  const written =
    typeof at === 'number' && rest(at).length > 0 && separator !== at + 1 ? values.slice(at).map(({ value }) => value) : elements(main);
  const items = written ?? [main, main];
  return composed(
    'join',
    items.flatMap((item, index) => (index === 0 ? [item] : [textPart(between.value, span), item])),
    span,
  );
}
