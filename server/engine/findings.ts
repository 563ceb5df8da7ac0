import {
  afterIgnores,
  atLevels,
  CHECKED_BYTES,
  codeFindingsWithoutIndex,
  type FindingContext,
  findingContext,
  findingsOfAllCode,
  findingsOfAllDocuments,
  findingsOfCode,
  findingsOfDocument,
  findingsWithoutIndex,
  type OthersByPath,
  toldOnce,
} from '../decisions/index.ts';
import { logOfFile } from '../git/index.ts';
import { loadConfig } from '../knowledge/discovery/config.ts';
import { discover } from '../knowledge/discovery/discovery.ts';
import { levelsOf } from '../knowledge/discovery/rule-settings.ts';
import { LINKS_FILE } from '../knowledge/links/links.ts';
import { readDocument, readFileDocument } from '../knowledge/read.ts';
import type { FileFindings } from '../model/answer.ts';
import { withoutBom } from '../text/byte-order-mark.ts';
import { readGeneratedPaths } from '../workspace/attributes.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { CitedLineFacts } from './cited-lines.ts';
import type { Identifiers } from './identifiers/identifiers.ts';
import { findingsOfLinks } from './linking/findings.ts';
import { isIdentifierRule } from './rules.ts';
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
  readonly identifiers: Identifiers;
  readonly citedLines: CitedLineFacts;
}

const contexts = new WeakMap<View, FindingContext>();

/** Once for each state of the index. */
function contextOf({ workspace, exists, identifiers, citedLines }: FindingSource, view: View): FindingContext {
  const { files, repository } = workspace;
  const { documentIndex, register, recordCommits } = view;
  const lineFacts = citedLines.of(workspace, view);
  let generated: Promise<(path: string) => boolean> | undefined;
  const context =
    contexts.get(view) ??
    findingContext(documentIndex, register, {
      read: async (path) => {
        const text = await files.read(path, CHECKED_BYTES);
        return text === undefined ? undefined : withoutBom(text);
      },
      exists,
      declaredGenerated: async (path) => {
        generated ??= readGeneratedPaths(files, register.tree);
        return (await generated)(path);
      },
      others: async (path, text) => (await identifiers.ofFile(path, text, view)).findings,
      renamed: (path) => recordCommits.renamed(path),
      formerPaths: (path) => recordCommits.history.formerPaths(path),
      ...(lineFacts ? { lineFacts } : {}),
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

/** Findings in a configuration file, without those that comments in it ignore. */
async function settledConfiguration({ files }: Workspace, found: FileFindings, written?: string): Promise<FileFindings> {
  const path = found.document.path ?? '';
  const text = written ?? (await files.read(path)) ?? '';
  return { document: found.document, findings: afterIgnores(path, withoutBom(text), found.findings, true) };
}

/**
 * Findings of the configuration and of every indexed document and source file that has any, by path, at the severities that the configuration sets.
 * @param each whether every finding keeps its own severity. Otherwise a fault that repeats is told once.
 */
export async function findingsOfAll(source: FindingSource, signal?: AbortSignal, each = false): Promise<FileFindings[]> {
  const levelOf = levelsOf(source.workspace.loaded.config);
  const all = await rawFindingsOfAll(source, signal);
  const found = each ? all : toldOnce(all, isIdentifierRule);
  return found.map((one) => atLevels(one, levelOf)).filter(({ findings }) => findings.length > 0);
}

async function rawFindingsOfAll(source: FindingSource, signal?: AbortSignal): Promise<FileFindings[]> {
  const { workspace, view, identifiers } = source;
  const { findings } = workspace.loaded;
  const configured = await Promise.all(
    [...new Set(findings.map(({ path }) => path))].map((path) =>
      settledConfiguration(workspace, { document: configuration(path), findings: findings.filter((finding) => finding.path === path) }),
    ),
  );
  if (!view) return configured;
  const context = contextOf(source, view);
  source.citedLines.beginRun();
  const { results } = await identifiers.ofAll(view, signal);
  const others: OthersByPath = new Map([...results].flatMap(([path, { findings: own }]) => (own.length > 0 ? [[path, own]] : [])));
  const documents = await findingsOfAllDocuments(context, signal, others);
  const inCode = new Map([...others].filter(([path]) => !view.documentIndex.get(path)));
  const code = await findingsOfAllCode(context, view.code, signal, inCode);
  const unsettled = findingsOfLinks(view.register);
  const links = unsettled && (await settledConfiguration(workspace, unsettled));
  return [...configured, ...documents, ...code, ...(links ? [links] : [])].sort(byPath);
}

/**
 * Findings of one file; `undefined` if it is neither a document nor configuration of Lintel nor a source file whose citations are checked.
 * @param text as the editor has it. Default: read from disk.
 */
export async function findingsOfFile(
  source: FindingSource,
  path: string,
  text: string | undefined,
  signal?: AbortSignal,
): Promise<FileFindings | undefined> {
  const found = await rawFindingsOfFile(source, path, text, signal);
  return found && atLevels(found, levelsOf(source.workspace.loaded.config));
}

async function rawFindingsOfFile(
  source: FindingSource,
  path: string,
  text: string | undefined,
  signal?: AbortSignal,
): Promise<FileFindings | undefined> {
  signal?.throwIfAborted();
  const { workspace, view, exists, identifiers } = source;
  const { root, files, loaded, head } = workspace;
  if (CONFIGURATION.test(path)) {
    const read = (name: string): Promise<string | undefined> =>
      name === path && text !== undefined ? Promise.resolve(text) : files.read(name);
    const { findings } = await loadConfig(root, read);
    const own = findings.filter((finding) => finding.path === path);
    return settledConfiguration(workspace, { document: configuration(path), findings: own }, text);
  }
  if (path === LINKS_FILE)
    return settledConfiguration(workspace, findingsOfLinks(view?.register, text) ?? { document: configuration(path), findings: [] }, text);
  const readPeek = async (name: string): Promise<string> => text ?? (await files.read(name, PEEK_BYTES)) ?? '';
  const [file] = (await discover({ root, files: [path], config: loaded.config, readPeek })).documents;
  const context = view && contextOf(source, view);
  signal?.throwIfAborted();
  const othersIn = async (whole: string) => (await identifiers.ofFile(path, whole, undefined)).findings;
  if (!file && context) return findingsOfCode(context, path, text);
  if (!file) {
    const whole = text ?? (await files.read(path, CHECKED_BYTES));
    return whole === undefined ? undefined : codeFindingsWithoutIndex(path, withoutBom(whole), await othersIn(whole));
  }
  const document =
    text === undefined ? await readFileDocument(root, file, head, loaded.config.limits) : readDocument({ ...file, text, sha: head });
  if (!document) return undefined;
  const whole = text ?? withoutBom((await files.read(path, CHECKED_BYTES)) ?? '');
  if (!context) return { document, findings: await findingsWithoutIndex(document, whole, exists, await othersIn(whole)) };
  signal?.throwIfAborted();
  return { document, findings: await findingsOfDocument(context, document, whole) };
}
