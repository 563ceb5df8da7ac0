import type { PathHistory } from '../../server/decisions/findings/code/code-rule.ts';
import { codeFindings } from '../../server/decisions/findings/code/rules.ts';
import { withRecordFixes } from '../../server/decisions/findings/records/record-fixes.ts';
import { registerFindings } from '../../server/decisions/findings/records/register-findings.ts';
import { recordFindings } from '../../server/decisions/findings/records/rules.ts';
import { splitPassages } from '../../server/knowledge/passages.ts';
import { readRecord } from '../../server/knowledge/records/record.ts';
import type { Finding, Fix, TextEdit } from '../../server/model/finding.ts';
import { catalogueOf } from '../../server/register/catalogue.ts';
import type { Register } from '../../server/register/register.ts';
import { resolveSupersession } from '../../server/register/successors.ts';
import { lineIndex } from '../../server/text/lines.ts';
import { treeOf } from '../../server/workspace/tree.ts';

/** A repository in memory: texts by path. */
export type Files = Readonly<Record<string, string>>;

const isRecord = (path: string): boolean => /(?:^|\/)(?:adr|adrs|decisions|rfcs|architecture)\/.*\.(?:md|rst)$/.test(path);

const documentsOf = (files: Files) =>
  Object.entries(files)
    .filter(([path]) => isRecord(path))
    .map(([path, text]) => readRecord({ path, text, sha: '' }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

/** What the rules are told of a repository; only the parts that they use. */
export const registerFor = (files: Files, home?: string): Register => {
  const documents = documentsOf(files);
  const parts = {
    catalogue: catalogueOf(documents),
    successors: resolveSupersession(documents),
    scopes: new Map(),
    tree: treeOf(Object.keys(files)),
  };
  return { ...parts, ...(home === undefined ? {} : { home }) } as unknown as Register;
};

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
