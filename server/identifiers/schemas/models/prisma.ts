import type { SourceFile } from '../../../code/source-file.ts';
import type { DatabaseEngine } from '../../knowledge.ts';
import type { Table } from '../model.ts';
import { collector, groupOf } from './collector.ts';

const ENGINES: Readonly<Record<string, DatabaseEngine>> = {
  postgresql: 'postgresql',
  postgres: 'postgresql',
  cockroachdb: 'cockroachdb',
  mysql: 'mysql',
  sqlite: 'sqlite',
  sqlserver: 'sqlserver',
};
const PROVIDER = /^\s*datasource\s+\w+\s*\{[^}]{0,1000}?\bprovider\s*=\s*"(\w+)"/m;
const MODEL = /^\s*(?:model|type)\s+(?<name>\w+)\s*\{/d;
const FIELD = /^\s*(?<name>\w+)\s+(?<type>Int|BigInt|String)\b(?<list>\??)(?<rest>[^\n]*)/d;
const RELATED = /@relation\([^)]*\bfields:\s*\[([^\]]*)\]/;
const SMALL = /@db\.(TinyInt|SmallInt|MediumInt|UnsignedTinyInt|UnsignedSmallInt)\b/;

/** Reads the models of a Prisma schema by lines. */
export function readPrisma(source: SourceFile, known: DatabaseEngine | undefined): readonly Table[] {
  const { text, lines } = source;
  const engine = ENGINES[PROVIDER.exec(text)?.[1] ?? ''] ?? known;
  const found = collector(source, engine, true);
  let references = new Set<string>();
  let inside = false;
  for (let line = 0; line < lines.count; line++) {
    const start = lines.start(line);
    const written = text.slice(start, lines.end(line));
    const code = written.replace(/\/\/.*$/, '');
    const at = (place: { readonly text: string; readonly start: number; readonly end: number }) => ({
      text: place.text,
      start: place.start + start,
      end: place.end + start,
    });
    const model = MODEL.exec(code);
    const name = model && groupOf(model, 'name');
    if (name) {
      inside = true;
      found.begin(at(name));
      references = relationsFrom(source, line);
    } else if (/^\s*\}/.test(code)) inside = false;
    const field = inside && !model ? FIELD.exec(code) : null;
    const column = field && groupOf(field, 'name');
    const type = field && groupOf(field, 'type');
    if (!field || !column || !type) continue;
    const rest = field.groups?.rest ?? '';
    found.add({
      name: at(column),
      type: at(type),
      bits: engine === 'sqlite' || type.text === 'String' ? undefined : type.text === 'BigInt' ? 64 : SMALL.test(rest) ? 16 : 32,
      ...(/@db\.Unsigned/.test(rest) && { unsigned: true }),
      textual: type.text === 'String',
      generated: /@default\(\s*(?:autoincrement|sequence)\(/.test(rest)
        ? 'auto-increment'
        : /@default\(\s*\w+\(/.test(rest)
          ? 'framework'
          : undefined,
      primary: /(?:^|\s)@id\b/.test(rest),
      unique: /(?:^|\s)@unique\b/.test(rest),
      reference: references.has(column.text),
      ...(type.text === 'Int' && !/@db\./.test(rest) && { wider: 'BigInt' }),
    });
  }
  return found.tables();
}

/** Names of the fields that the relations of a model are made of. Longer models are cut off. */
function relationsFrom({ text, lines }: SourceFile, model: number): Set<string> {
  const names = new Set<string>();
  for (let line = model + 1; line < Math.min(lines.count, model + 500); line++) {
    const written = text.slice(lines.start(line), lines.end(line));
    if (/^\s*\}/.test(written)) break;
    for (const name of RELATED.exec(written)?.[1]?.split(',') ?? []) names.add(name.trim());
  }
  return names;
}
