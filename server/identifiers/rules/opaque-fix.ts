import type { SourceFile } from '../../code/source-file.ts';
import type { Fix, TextEdit } from '../../model/finding.ts';
import type { Composed, Expression, Field, RecordValue } from '../flow/model.ts';
import { nameOf, type Place, type Sink } from '../flow/trail.ts';

/** How a language makes an identifier without a meaning, as a string. */
interface Maker {
  readonly expression: string;
  /** What it makes, for the title. */
  readonly what: 'UUIDv7' | 'UUIDv4' | 'ULID';
  /** A line that the file needs and does not have. */
  readonly imports?: string;
}

/** Libraries that a file already imports come first: the team has chosen them. */
const makers: Readonly<Record<string, (text: string) => Maker | undefined>> = {
  typescript: (text) => {
    const v7 = /import\s*\{[^}]*\bv7(?:\s+as\s+(\w+))?[^}]*\}\s*from\s*['"]uuid['"]/.exec(text);
    if (v7) return { expression: `${v7[1] ?? 'v7'}()`, what: 'UUIDv7' };
    if (/import\s*\{[^}]*\buuidv7\b[^}]*\}\s*from\s*['"]uuidv7['"]/.test(text)) return { expression: 'uuidv7()', what: 'UUIDv7' };
    if (/import\s*\{[^}]*\bulid\b[^}]*\}\s*from\s*['"](?:ulid|ulidx)['"]/.test(text)) return { expression: 'ulid()', what: 'ULID' };
    // A global of Node since 19 and of every browser.
    return { expression: 'crypto.randomUUID()', what: 'UUIDv4' };
  },
  python: (text) => {
    const imported = /^import uuid$/m.test(text);
    const v7 = /\buuid\.uuid7\(/.test(text);
    return { expression: `str(uuid.uuid${v7 ? 7 : 4}())`, what: v7 ? 'UUIDv7' : 'UUIDv4', ...(imported ? {} : { imports: 'import uuid' }) };
  },
  go: (text) => (/"github\.com\/google\/uuid"/.test(text) ? { expression: 'uuid.Must(uuid.NewV7()).String()', what: 'UUIDv7' } : undefined),
  java: (text) =>
    /import\s+com\.github\.f4b6a3\.uuid\.UuidCreator;/.test(text)
      ? { expression: 'UuidCreator.getTimeOrderedEpoch().toString()', what: 'UUIDv7' }
      : { expression: 'java.util.UUID.randomUUID().toString()', what: 'UUIDv4' },
  'c-sharp': (text) =>
    /\bGuid\.CreateVersion7\(/.test(text)
      ? { expression: 'Guid.CreateVersion7().ToString()', what: 'UUIDv7' }
      : { expression: 'System.Guid.NewGuid().ToString()', what: 'UUIDv4' },
};
/** By file: a file may have thousands of findings, and each search for an import reads all of it. */
const makerOf = new WeakMap<SourceFile, { readonly maker: Maker | undefined }>();

function makerIn(source: SourceFile, language: string): Maker | undefined {
  const known = makerOf.get(source) ?? { maker: makers[language]?.(source.text) };
  makerOf.set(source, known);
  return known.maker;
}

const LANGUAGE: Readonly<Record<string, string>> = { tsx: 'typescript', javascript: 'typescript' };

/** Calls and functions that make a new thing; what looks something up needs the identifier that is there. */
const MAKES =
  /^(?:create|insert|add|save|new|make|build|register|store|persist|put|push|append|upsert|init|enqueue|publish|emit|Create|Insert|Add|Save|New|Make|Build|Register)/;

/** A record literal whose field the identifier is, where it is a new thing that is made there. */
function newRecord({ sinks, inside }: Place<Composed>): { readonly record: RecordValue; readonly name: string } | undefined {
  const [nearest] = sinks;
  if (nearest?.as !== 'field' || nearest.record.of !== 'value') return undefined;
  const makes = (sink: Sink): boolean =>
    (sink.as === 'argument' && MAKES.test(sink.call.name)) ||
    (sink.as === 'returned' && MAKES.test(sink.from.name)) ||
    (sink.as === 'assigned' && (MAKES.test(inside.name) || /^(?:new|created)/.test(sink.name)));
  return sinks.some(makes) ? { record: nearest.record, name: nearest.name } : undefined;
}

/** The name that a part would have as a field; `undefined` for what is no plain value. */
function fieldNameOf(part: Expression): string | undefined {
  if (part.kind === 'name') return /^(?:this|self)$/.test(part.name) ? undefined : part.name;
  return part.kind === 'member' ? part.name : undefined;
}

const isIn = (fields: readonly Field[], part: Expression): boolean => {
  const name = fieldNameOf(part);
  return fields.some((field) => nameOf(field.value) === name || field.name.toLowerCase() === name?.toLowerCase());
};

/** Where an import goes: before the first one of the file. */
function importEdit({ path, text, lines }: SourceFile, line: string): TextEdit | undefined {
  const first = /^(?:import|from)\s/m.exec(text);
  if (!first) return undefined;
  const start = lines.position(first.index);
  return { path, span: { start, end: start }, text: `${line}\n` };
}

/**
 * The fix that replaces a composed identifier by one without a meaning, and keeps its parts as fields. Only where a record is made on the spot, and its
 * parts are in it already or can be added: to an object literal or a dictionary. `undefined` elsewhere: what looks a record up by the identifier, or
 * has a type of its own, is for a person to change.
 */
export function opaqueFix(source: SourceFile, place: Place<Composed>): Fix | undefined {
  const id = source.language?.id ?? '';
  const language = LANGUAGE[id] ?? id;
  const maker = makerIn(source, language);
  const made = maker && newRecord(place);
  if (!maker || !made) return undefined;
  const { record, name } = made;
  const holes = place.expression.parts.filter(({ kind }) => kind !== 'text');
  const others = record.fields.filter((field) => field.name !== name);
  const missing = holes.filter((hole) => !isIn(others, hole));
  const open = record.type === undefined && (language === 'typescript' || language === 'python') && record.rest.length === 0;
  if (missing.length > 0 && !open) return undefined;
  const names = missing.map(fieldNameOf);
  if (names.some((one) => one === undefined || one === name) || new Set(names).size !== names.length) return undefined;
  const { path, text, lines } = source;
  const quote = language === 'python' ? (text[record.fields[0]?.start ?? 0] ?? "'") : '';
  const added = missing.map((part, at) => {
    const value = text.slice(part.start, part.end);
    const key = names[at] ?? '';
    return language === 'python' ? `${quote}${key}${quote}: ${value}` : key === value ? key : `${key}: ${value}`;
  });
  const span = { start: lines.position(place.expression.start), end: lines.position(place.expression.end) };
  const edits: TextEdit[] = [{ path, span, text: [maker.expression, ...added].join(', ') }];
  const imports = maker.imports === undefined ? undefined : importEdit(source, maker.imports);
  if (maker.imports !== undefined && !imports) return undefined;
  if (imports) edits.push(imports);
  const kept = missing.length > 0 ? ` and keep ${names.join(' and ')} as ${names.length > 1 ? 'fields' : 'a field'}` : '';
  return { title: `Replace with an opaque identifier (${maker.what})${kept}`, edits };
}
