import type { SourceFile } from '../../../code/source-file.ts';
import type { DatabaseEngine } from '../../knowledge.ts';
import type { Table } from '../model.ts';
import { collector, groupOf } from './collector.ts';

const RELEVANT = /\b(?:gorm|bun|xorm)[:"]|\bgorm\.io\b|\bjinzhu\/gorm\b|\buptrace\/bun\b|\bxorm\.io\b/;
const PARTS =
  /^[ \t]*type\s+(?<struct>\w+)\s+struct\b|^[ \t]*(?<name>\w+)\s+\*?(?<type>u?int(?:8|16|32|64)?|string)\s*(?:`(?<tag>[^`\n]{0,400})`)?[ \t]*(?:\/\/.*)?\r?$/dgm;
/** `int` and `uint` have 64 bits on the machines that servers run on. */
const BITS: Readonly<Record<string, number>> = { int8: 8, uint8: 8, int16: 16, uint16: 16, int32: 32, uint32: 32, int64: 64, uint64: 64 };
const PRIMARY = /\b(?:primary_?key|autoincr(?:ement)?)\b|\bbun:"[^"]*,pk\b|\bxorm:"[^"]*\bpk\b/i;

/** Reads the keys of structs that GORM, bun or xorm map to tables. */
export function readGo(source: SourceFile, engine: DatabaseEngine | undefined): readonly Table[] {
  const { text } = source;
  if (engine === 'sqlite' || !RELEVANT.test(text)) return [];
  const found = collector(source, engine);
  for (const match of text.matchAll(PARTS)) {
    if (source.kindAt(match.index + match[0].search(/\S/)) !== 'code') continue;
    const struct = groupOf(match, 'struct');
    const name = groupOf(match, 'name');
    const type = groupOf(match, 'type');
    if (struct) found.begin(struct);
    else if (name && type) {
      const tag = match.groups?.tag ?? '';
      const declared = PRIMARY.test(tag);
      // GORM takes a field called `ID` as the key.
      if (!declared && !(name.text === 'ID' && !/\b(?:bun|xorm):/.test(tag))) continue;
      found.add({
        name,
        type,
        bits: BITS[type.text],
        textual: type.text === 'string',
        generated: type.text === 'string' ? undefined : 'framework',
        primary: true,
      });
    }
  }
  return found.tables();
}
