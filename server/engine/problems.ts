import { join } from 'node:path';
import { readBounded } from '../indexing/read.ts';
import type { Workspace } from '../indexing/workspace.ts';
import { loadConfig } from '../knowledge/config.ts';
import { discover } from '../knowledge/discovery.ts';
import { readDocument, readFileDocument } from '../knowledge/read.ts';
import { registerProblems } from '../knowledge/record-checks.ts';
import type { DocumentProblems } from '../model/answer.ts';
import type { Knowledge } from '../retrieval/knowledge.ts';

const CONFIGURATION = /^(?:lintel\.ya?ml|\.log4brains\.yml)$/;

const configuration = (path: string): DocumentProblems['document'] => ({ id: path, path, kind: 'guide' });

/** Problems of the configuration and of every indexed document that has any, by id. */
export function problemsOfAll(
  { loaded }: Workspace,
  knowledge: Knowledge | undefined,
  exists: (path: string) => boolean,
): DocumentProblems[] {
  const configured = [...new Set(loaded.problems.map((problem) => problem.path))].map((path) => ({
    document: configuration(path),
    problems: loaded.problems.filter((problem) => problem.path === path),
  }));
  return [...configured, ...(knowledge ? problemsOfDocuments(knowledge, exists) : [])];
}

function problemsOfDocuments(knowledge: Knowledge, exists: (path: string) => boolean): DocumentProblems[] {
  const heads = knowledge.documents().map((document) => document.head);
  const cross = registerProblems(heads, exists);
  return heads.flatMap((head) => {
    const problems = [...head.problems, ...(cross.get(head.id) ?? [])];
    return problems.length === 0 ? [] : [{ document: head, problems }];
  });
}

/** Problems of one file, as it is on disk or as the editor has it; `undefined` where it is neither a document nor configuration. */
export async function problemsOfFile(
  workspace: Workspace,
  knowledge: Knowledge | undefined,
  exists: (path: string) => boolean,
  path: string,
  text: string | undefined,
): Promise<DocumentProblems | undefined> {
  const { root, loaded, head } = workspace;
  if (CONFIGURATION.test(path)) {
    const read = (name: string): Promise<string | undefined> =>
      name === path && text !== undefined ? Promise.resolve(text) : readBounded(join(root, name));
    const { problems } = await loadConfig(root, read);
    return { document: configuration(path), problems: problems.filter((problem) => problem.path === path) };
  }
  const readPeek = async (name: string): Promise<string> => text ?? (await readBounded(join(root, name), 4_096)) ?? '';
  const [found] = (await discover({ root, files: [path], config: loaded.config, readPeek })).documents;
  if (!found) return undefined;
  const document =
    text === undefined ? await readFileDocument(root, found, head, loaded.config.limits) : readDocument({ ...found, text, sha: head });
  if (!document) return undefined;
  const others =
    knowledge
      ?.documents()
      .map((held) => held.head)
      .filter((other) => other.id !== document.id) ?? [];
  const cross = registerProblems([...others, document], exists);
  return { document, problems: [...document.problems, ...(cross.get(document.id) ?? [])] };
}
