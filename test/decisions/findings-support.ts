import { codeFindings } from '../../server/decisions/findings/code.ts';
import type { PathHistory } from '../../server/decisions/findings/code-rule.ts';
import { withRecordFixes } from '../../server/decisions/findings/record-fixes.ts';
import { recordFindings } from '../../server/decisions/findings/records.ts';
import { registerFindings } from '../../server/decisions/findings/register-findings.ts';
import { splitPassages } from '../../server/knowledge/passages.ts';
import type { Finding, Fix, TextEdit } from '../../server/model/finding.ts';
import type { Register } from '../../server/register/register.ts';
import { lineIndex } from '../../server/text/lines.ts';
import { type Files, recordsIn, registerOfFiles } from '../support/register.ts';

export type { Files } from '../support/register.ts';

const isRecord = (path: string): boolean => /(?:^|\/)(?:adr|adrs|decisions|rfcs|architecture)\/.*\.(?:md|rst)$/.test(path);

const documentsOf = (files: Files) => recordsIn(Object.fromEntries(Object.entries(files).filter(([path]) => isRecord(path))));

export const registerFor = (files: Files, home?: string): Register =>
  registerOfFiles(files, { documents: documentsOf(files), ...(home === undefined ? {} : { home }) });

/** Problems of the citations of one file. */
export const inCode = (files: Files, path: string, past: PathHistory = {}, home?: string): Finding[] =>
  codeFindings(registerFor(files, home), path, files[path] ?? '', past);

/** Problems of all records by path, with their fixes. */
export const inRecords = async (files: Files, past: PathHistory = {}): Promise<Map<string, readonly Finding[]>> => {
  const documents = documentsOf(files);
  const register = registerFor(files);
  const exists = (path: string): boolean => Object.keys(files).some((file) => file === path || file.startsWith(`${path}/`));
  const texts = new Map(documents.map((document) => [document.id, splitPassages(document)]));
  const records = {
    heads: documents,
    textsOf: (id: string) => texts.get(id) ?? [],
    register,
    past,
    exists,
    read: (path: string) => Promise.resolve(files[path]),
  };
  const cross = registerFindings(documents, exists);
  const together = await recordFindings(records);
  const found = new Map<string, readonly Finding[]>();
  for (const document of documents) {
    const problems = [...(cross.get(document.id) ?? []), ...(together.get(document.id) ?? [])];
    if (problems.length > 0) found.set(document.id, await withRecordFixes(problems, document, records));
  }
  return found;
};

/** The files after the edits of a fix. */
export const applied = (files: Files, { edits }: Pick<Fix, 'edits'>): Files => {
  const out: Record<string, string> = { ...files };
  for (const path of new Set(edits.map((edit) => edit.path))) {
    const text = files[path] ?? '';
    const index = lineIndex(text);
    const inOrder: TextEdit[] = edits
      .filter((edit) => edit.path === path)
      .sort((a, b) => index.offset(b.span.start) - index.offset(a.span.start));
    out[path] = inOrder.reduce(
      (now, { span, text: written }) => now.slice(0, index.offset(span.start)) + written + now.slice(index.offset(span.end)),
      text,
    );
  }
  return out;
};

/** A record in the style of Nygard. */
export const nygard = (title: string, status = 'Accepted', decision = 'We do it.'): string =>
  `# ${title}\n\nDate: 2024-05-01\n\n## Status\n\n${status}\n\n## Decision\n\n${decision}\n`;

/** A record in the style of MADR 4. */
export const madr = (title: string, status = 'accepted', more = '', decision = 'We do it.'): string =>
  `---\nstatus: ${status}\ndate: 2024-05-01\n${more}---\n\n# ${title}\n\n## Decision Outcome\n\n${decision}\n`;
