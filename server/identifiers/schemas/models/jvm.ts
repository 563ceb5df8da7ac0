import type { SourceFile } from '../../../code/source-file.ts';
import type { DatabaseEngine } from '../../knowledge.ts';
import type { Table } from '../model.ts';
import { collector, groupOf } from './collector.ts';

const RELEVANT = /@(?:field:|get:)?Id\b/;
/** Mapped by an object-relational mapper; `@Id` of a document store has texts, and is no column. */
const MAPPED =
  /\b(?:javax|jakarta)\.persistence\b|\borg\.springframework\.data\.(?:annotation|relational)\b|\bio\.micronaut\.data\b|@Entity\b/;
const PARTS = new RegExp(
  [
    String.raw`^[ \t]*(?:(?:public|final|abstract|open|data|static|internal)\s+)*class\s+(?<class>\w+)`,
    String.raw`@(?:field:|get:)?Id\b(?!entity)(?<between>(?:\s*(?:\(\s*\))?\s*@[\w.:]+(?:\([^()]{0,300}(?:\([^()]{0,200}\)[^()]{0,100})?\))?)*)\s*` +
      String.raw`(?:(?:public|private|protected|final|var|val|open|override|lateinit|internal)\s+)*` +
      String.raw`(?:(?<type>int|Integer|short|Short|long|Long|String)\s+(?<name>\w+)\s*[;=(]|(?<kname>\w+)\s*:\s*(?<ktype>Int|Short|Long|String)\b)`,
  ].join('|'),
  'dgm',
);
const BITS: Readonly<Record<string, number>> = { int: 32, Integer: 32, Int: 32, short: 16, Short: 16, long: 64, Long: 64 };

/** Reads the keys of classes that JPA, Hibernate, Spring Data or Micronaut Data map to tables, in Java and Kotlin. */
export function readJvm(source: SourceFile, engine: DatabaseEngine | undefined): readonly Table[] {
  const { text } = source;
  if (engine === 'sqlite' || !RELEVANT.test(text) || !MAPPED.test(text)) return [];
  const found = collector(source, engine);
  for (const match of text.matchAll(PARTS)) {
    if (source.kindAt(match.index) !== 'code') continue;
    const type = groupOf(match, 'type') ?? groupOf(match, 'ktype');
    const column = groupOf(match, 'name') ?? groupOf(match, 'kname');
    const table = groupOf(match, 'class');
    if (table) found.begin(table);
    else if (type && column) {
      // A getter that is annotated, as JPA allows: `getId()` is the property `id`.
      const property = /^get(\p{Lu})(.*)$/u.exec(column.text);
      found.add({
        name: property ? { ...column, text: `${property[1]?.toLowerCase()}${property[2]}` } : column,
        type,
        bits: BITS[type.text],
        textual: type.text === 'String',
        generated: /@GeneratedValue\b/.test(match.groups?.between ?? '') ? 'framework' : undefined,
        primary: true,
      });
    }
  }
  return found.tables();
}
