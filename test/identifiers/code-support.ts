import { SourceFile } from '../../server/code/source-file.ts';
import { flowFindings } from '../../server/identifiers/rules/index.ts';
import type { Finding } from '../../server/model/finding.ts';

/** The findings of a rule about code, in a file in memory. */
export const foundBy = async (rule: string, path: string, text: string): Promise<readonly Finding[]> =>
  (await flowFindings(new SourceFile(path, text))).filter((finding) => finding.rule === rule);

/** Severity and the marked text of each finding of a rule: `warning "a:" + b`. */
export async function marksOf(rule: string, path: string, text: string): Promise<readonly string[]> {
  const source = new SourceFile(path, text);
  return (await foundBy(rule, path, text)).map(
    ({ severity, span }) => `${severity} ${source.text.slice(source.lines.offset(span.start), source.lines.offset(span.end))}`,
  );
}
