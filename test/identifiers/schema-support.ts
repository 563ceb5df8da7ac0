import { SourceFile } from '../../server/code/source-file.ts';
import { type IdentifierKnowledge, NO_KNOWLEDGE } from '../../server/identifiers/knowledge.ts';
import { schemaFindings } from '../../server/identifiers/schemas/index.ts';
import type { Finding } from '../../server/model/finding.ts';
import { applyEdits } from '../../server/text/edits.ts';

/** The findings of a file in memory. */
export const findingsIn = (path: string, text: string, knowledge: Partial<IdentifierKnowledge> = {}): Promise<readonly Finding[]> =>
  schemaFindings(new SourceFile(path, text), { ...NO_KNOWLEDGE, ...knowledge });

/** Rule, severity and the marked text of each finding: `SID006 warning id`. */
export async function marks(path: string, text: string, knowledge: Partial<IdentifierKnowledge> = {}): Promise<readonly string[]> {
  const source = new SourceFile(path, text);
  return (await findingsIn(path, text, knowledge)).map(
    ({ rule, severity, span }) =>
      `${rule} ${severity} ${source.text.slice(source.lines.offset(span.start), source.lines.offset(span.end))}`,
  );
}

/** The text of a file after the fix of its only finding that has this title. */
export async function fixed(path: string, text: string, title: RegExp, knowledge: Partial<IdentifierKnowledge> = {}): Promise<string> {
  const fix = (await findingsIn(path, text, knowledge)).flatMap(({ fixes }) => fixes ?? []).find((each) => title.test(each.title));
  return fix ? applyEdits(path, text, fix.edits) : 'no such fix';
}
