import type { SourceFile } from '../../../code/source-file.ts';
import type { DatabaseEngine } from '../../knowledge.ts';
import type { Table } from '../model.ts';
import { wordsOf } from '../words.ts';
import { collector, groupOf } from './collector.ts';

const RELEVANT = /\bDatabaseId\b|\[Key\b|\b(?:int|short|Int32)\??\s+\w*(?:Id|ID)\s*\{|\.Column<(?:int|short)>/;
/** What only files of Entity Framework have. */
const MAPPED =
  /\bMicrosoft\.EntityFrameworkCore\b|\bSystem\.Data\.Entity\b|\bDataAnnotations(?:\.Schema)?\b|\[Key\b|\[Table\(|\[ForeignKey\(|\bvirtual\s+(?:ICollection|IList|List)</;
/** Where entities live that no attribute marks. */
const ENTITIES = /(?:^|\/)(?:\w*Entities|\w*Entity|Domain|DataModels?|Persistence)\//;
/** What is sent or shown, not stored. */
const TRANSFERRED =
  /(?:Dto|DTO|ViewModel|Request|Response|Command|Query|Result|Args|Options|Input|Output|Message|Event|Model|Filter|Stub|Summary|Projection)$/;
const PARTS =
  /^[ \t]*(?:(?:public|internal|sealed|abstract|partial|static)\s+)*(?:class|record)\s+(?<class>\w+)|(?<key>\[Key\b[^\]]{0,100}\]\s*(?:\[[^\]]{0,200}\]\s*)*)?public\s+(?:virtual\s+|required\s+)?(?<type>int|short|Int32|long|string)\s+(?<name>\w+)\s*\{\s*get\b|(?<column>\w+)\s*=\s*table\.Column<(?<ctype>int|short)>\((?<args>[^)]{0,300})\)(?<annotations>(?:\s*\.Annotation\([^)]{0,200}\))*)|\bCreateTable\(\s*name:\s*"(?<table>\w+)"/dgm;
const BITS: Readonly<Record<string, number>> = { int: 32, Int32: 32, short: 16, long: 64 };

/** Reads the keys of entities of Entity Framework, and of the tables that its migrations create. */
export function readDotnet(source: SourceFile, engine: DatabaseEngine | undefined): readonly Table[] {
  const { path, text } = source;
  if (engine === 'sqlite' || !RELEVANT.test(text)) return [];
  const mapped = MAPPED.test(text) || ENTITIES.test(path);
  const found = collector(source, engine);
  let owner = '';
  for (const match of text.matchAll(PARTS)) {
    if (source.kindAt(match.index) === 'comment') continue;
    const start = groupOf(match, 'class') ?? groupOf(match, 'table');
    if (start) {
      owner = start.text;
      found.begin(start);
      continue;
    }
    const column = groupOf(match, 'column');
    const columnType = groupOf(match, 'ctype');
    if (column && columnType) {
      const annotations = match.groups?.annotations ?? '';
      if (!/Identity|ValueGenerationStrategy|Autoincrement/i.test(annotations) || /Sqlite/.test(annotations)) continue;
      found.add({ name: column, type: columnType, bits: BITS[columnType.text], generated: 'identity', primary: true });
      continue;
    }
    const name = groupOf(match, 'name');
    const type = groupOf(match, 'type');
    if (!name || !type) continue;
    // GitHub counts the rows of all repositories in these, and says itself that they outgrow 32 bits.
    const foreign = name.text === 'DatabaseId';
    if (!foreign && (!mapped || TRANSFERRED.test(owner))) continue;
    const key = match.groups?.key !== undefined;
    // By convention `Id` or the name of the class with `Id` is the key.
    if (!foreign && !key && name.text.toLowerCase() !== 'id' && wordsOf(name.text).join(' ') !== `${wordsOf(owner).join(' ')} id`) continue;
    found.add({
      name,
      type,
      bits: BITS[type.text],
      textual: type.text === 'string',
      generated: BITS[type.text] === undefined ? undefined : 'framework',
      primary: true,
    });
  }
  return found.tables();
}
