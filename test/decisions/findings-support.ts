import { SourceFile } from '../../server/code/source-file.ts';
import { checkCode } from '../../server/decisions/findings/code/rules.ts';
import { type FindingContext, type FindingPorts, findingContext, findingsOfAllDocuments } from '../../server/decisions/findings/index.ts';
import type { Finding, Fix, TextEdit } from '../../server/model/finding.ts';
import { registerOf } from '../../server/register/register.ts';
import type { DocumentIndex } from '../../server/retrieval/document-index.ts';
import { lineIndex } from '../../server/text/lines.ts';
import { treeOf } from '../../server/workspace/tree.ts';
import { documentIndexOf, type Files, recordsIn } from '../support/register.ts';

export type { Files } from '../support/register.ts';

/** What git says; by default nothing. */
export type Git = Pick<FindingPorts, 'renamed' | 'formerPaths' | 'existed'>;

const isRecord = (path: string): boolean => /(?:^|\/)(?:adr|adrs|decisions|rfcs|architecture)\/.*\.(?:md|rst)$/.test(path);

let last: { readonly key: string; readonly index: DocumentIndex } | undefined;

/** The index of these records. The last one is kept, because most tests change only code. */
const indexOf = (records: readonly (readonly [path: string, text: string])[]): DocumentIndex => {
  const key = JSON.stringify(records);
  if (last?.key !== key) last = { key, index: documentIndexOf(recordsIn(Object.fromEntries(records))) };
  return last.index;
};

/** What rules judge by, assembled as the engine does, over files in memory. */
export const contextFor = (files: Files, ports: Partial<FindingPorts> = {}, home?: string): FindingContext => {
  const documents = indexOf(Object.entries(files).filter(([path]) => isRecord(path)));
  return findingContext(documents, registerOf(documents, treeOf(Object.keys(files)), home), {
    read: async (path) => files[path],
    exists: (path) => Object.keys(files).some((file) => file === path || file.startsWith(`${path}/`)),
    ...ports,
  });
};

/** Findings in the citations of one file. */
export const inCode = (files: Files, path: string, git: Git = {}, home?: string): Finding[] =>
  checkCode(new SourceFile(path, files[path] ?? ''), contextFor(files, git, home));

/** Findings in all records by path, with their fixes, without those of the reader. */
export const inRecords = async (files: Files, git: Git = {}): Promise<Map<string, readonly Finding[]>> => {
  const found = await findingsOfAllDocuments(contextFor(files, git));
  return new Map(found.map(({ document, findings }) => [document.id, findings]));
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
