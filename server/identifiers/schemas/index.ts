import { isTest } from '../../code/roles.ts';
import type { SourceFile } from '../../code/source-file.ts';
import { isVendored } from '../../code/sources.ts';
import type { Finding } from '../../model/finding.ts';
import { comparePositions } from '../../text/positions.ts';
import type { IdentifierKnowledge } from '../knowledge.ts';
import { narrowIds } from '../rules/narrow-integer-id.ts';
import { naturalKeys } from '../rules/natural-key.ts';
import { orgNamedResources } from '../rules/org-named-resource.ts';
import { schemaSemanticIds } from '../rules/schema-semantic-id.ts';
import { composedValues, decomposedColumns } from '../rules/statements.ts';
import { commentsIn } from './comments.ts';
import { readConfig } from './config/read.ts';
import { readGraphql } from './graphql.ts';
import { readHcl } from './hcl.ts';
import { EMPTY_SCHEMA, type Schema } from './model.ts';
import { readDotnet } from './models/dotnet.ts';
import { readGo } from './models/go.ts';
import { readJvm } from './models/jvm.ts';
import { readPhp } from './models/php.ts';
import { readPrisma } from './models/prisma.ts';
import { readPython } from './models/python.ts';
import { readRuby } from './models/ruby.ts';
import { readSequelize } from './models/sequelize.ts';
import { readTypescript } from './models/typescript.ts';
import { readProto } from './proto.ts';
import { composedIn } from './sql/composed.ts';
import { readSql } from './sql/read.ts';
import { takenApartIn } from './sql/taken-apart.ts';

/** Files that show something or try something out: what they declare is never published. */
const MADE_UP =
  /(?:^|\/)(?:test-?data|testing|fixtures?|__fixtures__|__mocks__|mocks?|golden|goldens|snapshots?|cassettes|samples?|demos?|examples?)\//i;

const extensionOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1).toLowerCase();

/** What a file declares, as far as a reader knows its language. */
function readSchema(source: SourceFile, knowledge: IdentifierKnowledge): Schema {
  const { path, text } = source;
  const engine = knowledge.engineOf(path);
  switch (extensionOf(path)) {
    case 'sql':
    case 'ddl':
    case 'psql':
    case 'pgsql':
      return { ...EMPTY_SCHEMA, ...readSql(path, text, engine), composed: composedIn(text), takenApart: takenApartIn(text) };
    case 'yaml':
    case 'yml':
      return readConfig(path, text, knowledge, false);
    case 'json':
      return readConfig(path, text, knowledge, true);
    case 'tf':
    case 'hcl':
    case 'tfvars':
      return { ...EMPTY_SCHEMA, resources: readHcl(text) };
    case 'proto':
      return { ...EMPTY_SCHEMA, ...readProto(text, path) };
    case 'graphql':
    case 'graphqls':
    case 'gql':
      return { ...EMPTY_SCHEMA, ...readGraphql(text) };
    case 'prisma':
      return { ...EMPTY_SCHEMA, tables: readPrisma(source, engine) };
    case 'py':
      return { ...EMPTY_SCHEMA, ...readPython(source, engine) };
    case 'rb':
      return { ...EMPTY_SCHEMA, ...readRuby(source, engine) };
    case 'java':
    case 'kt':
      return { ...EMPTY_SCHEMA, tables: readJvm(source, engine) };
    case 'cs':
      return { ...EMPTY_SCHEMA, tables: readDotnet(source, engine) };
    case 'go':
      return { ...EMPTY_SCHEMA, tables: readGo(source, engine) };
    case 'ts':
    case 'mts':
    case 'cts':
    case 'js':
    case 'mjs':
    case 'cjs':
      return { ...EMPTY_SCHEMA, tables: [...readTypescript(source, engine), ...readSequelize(source, engine)] };
    case 'php':
      return { ...EMPTY_SCHEMA, tables: readPhp(source, engine) };
    default:
      return EMPTY_SCHEMA;
  }
}

/** Findings in what a file declares: tables, resources, messages and definitions. Quiet for tests, examples and vendored files. Never rejects. */
export async function schemaFindings(source: SourceFile, knowledge: IdentifierKnowledge): Promise<readonly Finding[]> {
  if (isTest(source.path) || isVendored(source.path) || MADE_UP.test(source.path)) return [];
  const schema = readSchema(source, knowledge);
  const said = { ...schema, definitions: [...schema.definitions, ...commentsIn(source)] };
  return [
    ...composedValues(source, schema, knowledge),
    ...decomposedColumns(source, schema, knowledge),
    ...narrowIds(source, schema, knowledge),
    ...naturalKeys(source, schema),
    ...orgNamedResources(source, schema, knowledge),
    ...schemaSemanticIds(source, said),
  ].sort((a, b) => comparePositions(a.span.start, b.span.start));
}
