import type { SourceFile } from '../code/source-file.ts';
import type { Finding } from '../model/finding.ts';
import type { IdentifierKnowledge } from './knowledge.ts';
import { isQuiet } from './quiet.ts';
import { flowFindings } from './rules/index.ts';
import { schemaFindings } from './schemas/index.ts';

export { identifierDecision, type RecordText } from './decisions.ts';
export { type AllowedFinding, type GovernedFindings, governed } from './governed.ts';
export { type IdTrail, idTrail } from './id-trail.ts';
export { type FindingIdentity, identityOf, KnownFindings } from './identity.ts';
export type { AllowedIdentifier, DatabaseEngine, IdentifierDecision, IdentifierKnowledge } from './knowledge.ts';
export { NO_KNOWLEDGE } from './knowledge.ts';
export { overtaken, overtakenBy } from './overtaken.ts';
export { isQuietPath, isUnread } from './quiet.ts';
export { IDENTIFIER_PAGES, IDENTIFIER_RULES } from './rules.ts';
export { type Subject, subjectOf } from './subject.ts';

/**
 * Findings about the identifiers of one file of code or configuration, in the order of the text. Empty for tests, fixtures, generated and
 * vendored files, and where nothing is found. Never rejects.
 */
export async function findingsOfIdentifiers(source: SourceFile, knowledge: IdentifierKnowledge): Promise<readonly Finding[]> {
  if (isQuiet(source)) return [];
  return [...(await flowFindings(source)), ...(await schemaFindings(source, knowledge))];
}
