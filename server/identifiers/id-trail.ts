import type { SourceFile } from '../code/source-file.ts';
import type { Span } from '../model/span.ts';
import type { Expression } from './flow/model.ts';
import { isIdName } from './flow/names.ts';
import { readFlow } from './flow/read.ts';
import { followed, nameOf, type Sink, trailOf } from './flow/trail.ts';
import { takenApart } from './rules/taken/taken-apart.ts';

/** Where an identifier is made, taken apart and stored in one file. */
export interface IdTrail {
  readonly name: string;
  /** The name under the position. */
  readonly span: Span;
  readonly made: readonly Span[];
  readonly takenApart: readonly Span[];
  readonly stored: readonly Span[];
}

/** Functions that make an identifier without parts. */
const GENERATOR =
  /^(?:u?uid(?:v?[1-7])?|v[1-7]|random_?uuid|new_?guid|new_?(?:v7|string)|nano_?id|c?uid2?|ulid|ksuid|new_?ulid|object_?id|create_?id|generate_?id|next_?id)$/i;
const WORD = /[\p{L}\p{N}_$]+/gu;

/** The word at an offset of a text. */
function wordAt(text: string, offset: number): { readonly name: string; readonly start: number } | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  if (line.length > 2_000) return undefined;
  for (const match of line.matchAll(WORD)) {
    const start = lineStart + match.index;
    if (start <= offset && offset <= start + match[0].length) return { name: match[0], start };
  }
  return undefined;
}

/** Whether a value ends in a field, a setter or a parameter of the name. */
const reaches = (sink: Sink, name: string): boolean =>
  (sink.as === 'assigned' && sink.name === name) ||
  (sink.as === 'field' && sink.name === name) ||
  (sink.as === 'argument' && (sink.name ?? sink.parameter) === name) ||
  (sink.as === 'returned' && sink.from.name === name);

/** What is written where a value of the name is kept. */
function keptAt(sink: Sink): Pick<Expression, 'start' | 'end'> | undefined {
  if (sink.as === 'assigned' && (sink.field || sink.target.kind !== 'name')) return sink.target;
  if (sink.as === 'field' && sink.record.of === 'value') return sink.record.fields.find(({ name }) => name === sink.name);
  if (sink.as === 'argument' && /^(?:set|save|insert|create|update|upsert|store|persist|put|write|add)/i.test(sink.call.name))
    return sink.call;
  return undefined;
}

/**
 * The trail of the identifier whose name is at an offset; `undefined` where there is no name of an identifier, or the file says nothing of where it comes
 * from and where it goes. Never rejects.
 * @param offset in UTF-16 units of the file
 */
export async function idTrail(source: SourceFile, offset: number): Promise<IdTrail | undefined> {
  const word = wordAt(source.text, offset);
  if (!word || !isIdName(word.name)) return undefined;
  const file = await readFlow(source, { whole: true });
  if (!file) return undefined;
  const trail = trailOf(file, source.text);
  const { name } = word;
  const spanOf = ({ start, end }: Pick<Expression, 'start' | 'end'>): Span => ({
    start: source.lines.position(start),
    end: source.lines.position(end),
  });
  const spansOf = (parts: readonly Pick<Expression, 'start' | 'end'>[]): Span[] =>
    [...new Map(parts.map((part) => [part.start, part])).values()].sort((a, b) => a.start - b.start).map(spanOf);
  const made = [
    ...trail.composed.filter((place) => followed(trail, place).some((sink) => reaches(sink, name))).map(({ expression }) => expression),
    ...trail.calls
      .filter((place) => GENERATOR.test(place.expression.name) && followed(trail, place).some((sink) => reaches(sink, name)))
      .map(({ expression }) => expression),
  ];
  const taken = takenApart(trail).filter(({ subject }) => nameOf(subject) === name);
  const kept = trail.functions.flatMap((code) => trail.usesOf(code, name)).flatMap((sink) => keptAt(sink) ?? []);
  const found: IdTrail = {
    name,
    span: spanOf({ start: word.start, end: word.start + name.length }),
    made: spansOf(made),
    takenApart: spansOf(taken),
    stored: spansOf(kept),
  };
  return found.made.length + found.takenApart.length + found.stored.length > 0 ? found : undefined;
}
