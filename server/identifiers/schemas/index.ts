import { isTest } from '../../code/roles.ts';
import type { SourceFile } from '../../code/source-file.ts';
import { isVendored } from '../../code/sources.ts';
import type { Finding } from '../../model/finding.ts';
import { comparePositions } from '../../text/positions.ts';
import type { IdentifierKnowledge } from '../knowledge.ts';
import { narrowIds } from '../rules/narrow-integer-id.ts';
import { naturalKeys } from '../rules/natural-key.ts';
import { EMPTY_SCHEMA, type Schema } from './model.ts';
import { readSql } from './sql/read.ts';

/** Files that show something or try something out: what they declare is never published. */
const MADE_UP =
  /(?:^|\/)(?:test-?data|testing|fixtures?|__fixtures__|__mocks__|mocks?|golden|goldens|snapshots?|cassettes|samples?|demos?|examples?)\//i;

const extensionOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1).toLowerCase();

/** What a file declares, as far as a reader knows its language. */
function readSchema({ path, text }: SourceFile, knowledge: IdentifierKnowledge): Schema {
  switch (extensionOf(path)) {
    case 'sql':
    case 'ddl':
    case 'psql':
    case 'pgsql':
      return { ...EMPTY_SCHEMA, ...readSql(path, text, knowledge.engineOf(path)) };
    default:
      return EMPTY_SCHEMA;
  }
}

/** Findings in what a file declares: tables, resources, messages and definitions. Quiet for tests, examples and vendored files. Never rejects. */
export async function schemaFindings(source: SourceFile, knowledge: IdentifierKnowledge): Promise<readonly Finding[]> {
  if (isTest(source.path) || isVendored(source.path) || MADE_UP.test(source.path)) return [];
  const schema = readSchema(source, knowledge);
  if (schema === EMPTY_SCHEMA) return [];
  return [...narrowIds(source, schema, knowledge), ...naturalKeys(source, schema)].sort((a, b) =>
    comparePositions(a.span.start, b.span.start),
  );
}
