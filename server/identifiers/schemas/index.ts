import type { SourceFile } from '../../code/source-file.ts';
import type { Finding } from '../../model/finding.ts';
import type { IdentifierKnowledge } from '../knowledge.ts';

/** Findings in what a file declares: tables, resources, messages and definitions. */
export async function schemaFindings(_source: SourceFile, _knowledge: IdentifierKnowledge): Promise<readonly Finding[]> {
  return [];
}
