import type { SourceFile } from '../code/source-file.ts';
import type { Finding } from '../model/finding.ts';
import type { IdentifierKnowledge } from './knowledge.ts';
import { flowFindings } from './rules/index.ts';
import { schemaFindings } from './schemas/index.ts';

export { type IdTrail, idTrail } from './id-trail.ts';
export type { AllowedIdentifier, DatabaseEngine, IdentifierDecision, IdentifierKnowledge } from './knowledge.ts';
export { NO_KNOWLEDGE } from './knowledge.ts';
export { IDENTIFIER_PAGES, IDENTIFIER_RULES } from './rules.ts';

/**
 * Findings about the identifiers of one file of code or configuration, in the order of the text. Empty for tests, fixtures, generated and
 * vendored files, and where nothing is found. Never rejects.
 */
export async function findingsOfIdentifiers(source: SourceFile, knowledge: IdentifierKnowledge): Promise<readonly Finding[]> {
  return [...(await flowFindings(source)), ...(await schemaFindings(source, knowledge))];
}
