import {
  CHECKED_BYTES,
  type FindingContext,
  findingContext,
  findingsOfAllCode,
  findingsOfAllDocuments,
  findingsOfCode,
  findingsOfDocument,
  findingsWithoutIndex,
} from '../decisions/index.ts';
import { logOfFile } from '../git/index.ts';
import { loadConfig } from '../knowledge/discovery/config.ts';
import { discover } from '../knowledge/discovery/discovery.ts';
import { LINKS_FILE } from '../knowledge/links/links.ts';
import { readDocument, readFileDocument } from '../knowledge/read.ts';
import type { FileFindings } from '../model/answer.ts';
import { withoutBom } from '../text/byte-order-mark.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { findingsOfLinks } from './links.ts';
import type { View } from './view.ts';

const CONFIGURATION = /^(?:lintel\.ya?ml|\.log4brains\.yml)$/;
/** How much of a file decides what kind of document it is. */
const PEEK_BYTES = 4_096;

/** Where findings come from. */
export interface FindingSource {
  readonly workspace: Workspace;
  /** The index; `undefined` if there is none yet. */
  readonly view: View | undefined;
  /** Whether a repository-relative path is a file or folder. */
  readonly exists: (path: string) => boolean;
}

const contexts = new WeakMap<View, FindingContext>();

/** Once for each state of the index. */
function contextOf({ files, repository }: Workspace, view: View, exists: FindingSource['exists']): FindingContext {
  const { documentIndex, register, recordCommits } = view;
  const context =
    contexts.get(view) ??
    findingContext(documentIndex, register, {
      read: async (path) => {
        const text = await files.read(path, CHECKED_BYTES);
        return text === undefined ? undefined : withoutBom(text);
      },
      exists,
      renamed: (path) => recordCommits.renamed(path),
      formerPaths: (path) => recordCommits.history.formerPaths(path),
      ...(repository
        ? {
            existed: (path) =>
              logOfFile(repository, path, { limit: 1 }).then(
                (commits) => commits.length > 0,
                () => false,
              ),
          }
        : {}),
    });
  contexts.set(view, context);
  return context;
}

const configuration = (path: string): FileFindings['document'] => ({ id: path, path, kind: 'guide' });

const byPath = (a: FileFindings, b: FileFindings): number => (a.document.id < b.document.id ? -1 : a.document.id > b.document.id ? 1 : 0);

/** Findings of the configuration and of every indexed document and source file that has any, by path. */
export async function findingsOfAll({ workspace, view, exists }: FindingSource, signal?: AbortSignal): Promise<FileFindings[]> {
  const { findings } = workspace.loaded;
  const configured = [...new Set(findings.map(({ path }) => path))].map((path) => ({
    document: configuration(path),
    findings: findings.filter((finding) => finding.path === path),
  }));
  if (!view) return configured;
  const context = contextOf(workspace, view, exists);
  const documents = await findingsOfAllDocuments(context, signal);
  const code = await findingsOfAllCode(context, view.code, signal);
  const links = findingsOfLinks(view.register);
  return [...configured, ...documents, ...code, ...(links ? [links] : [])].sort(byPath);
}

/**
 * Findings of one file; `undefined` if it is neither a document nor configuration of Lintel nor a source file whose citations are checked.
 * @param text as the editor has it. Default: read from disk.
 */
export async function findingsOfFile(
  { workspace, view, exists }: FindingSource,
  path: string,
  text: string | undefined,
  signal?: AbortSignal,
): Promise<FileFindings | undefined> {
  signal?.throwIfAborted();
  const { root, files, loaded, head } = workspace;
  if (CONFIGURATION.test(path)) {
    const read = (name: string): Promise<string | undefined> =>
      name === path && text !== undefined ? Promise.resolve(text) : files.read(name);
    const { findings } = await loadConfig(root, read);
    return { document: configuration(path), findings: findings.filter((finding) => finding.path === path) };
  }
  if (path === LINKS_FILE) return findingsOfLinks(view?.register, text) ?? { document: configuration(path), findings: [] };
  const readPeek = async (name: string): Promise<string> => text ?? (await files.read(name, PEEK_BYTES)) ?? '';
  const [file] = (await discover({ root, files: [path], config: loaded.config, readPeek })).documents;
  const context = view && contextOf(workspace, view, exists);
  signal?.throwIfAborted();
  if (!file) return context && findingsOfCode(context, path, text);
  const document =
    text === undefined ? await readFileDocument(root, file, head, loaded.config.limits) : readDocument({ ...file, text, sha: head });
  if (!document) return undefined;
  if (!context) return { document, findings: findingsWithoutIndex(document, exists) };
  const whole = text ?? (await context.read(path)) ?? '';
  signal?.throwIfAborted();
  return { document, findings: await findingsOfDocument(context, document, whole) };
}
