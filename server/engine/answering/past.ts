import { changedPaths, historyUpTo, type Repository, readBlobs } from '../../git/index.ts';
import { rowsOf } from '../../indexing/rows.ts';
import { mayBeDocument } from '../../knowledge/discovery/classify.ts';
import { discover } from '../../knowledge/discovery/discovery.ts';
import { LINKS_FILE, readLinks } from '../../knowledge/links/links.ts';
import { readBytesDocument } from '../../knowledge/read.ts';
import { commitId } from '../../model/commit.ts';
import type { Document } from '../../model/document.ts';
import { EngineError } from '../../model/errors.ts';
import { RecordCommitsKeeper } from '../../register/record-commits.ts';
import { readyForRegister, registerOf } from '../../register/register.ts';
import { DocumentIndex, type DocumentToIndex } from '../../retrieval/document-index.ts';
import { memoise } from '../../text/memoise.ts';
import { treeOf } from '../../workspace/tree.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { LightView, View } from '../view.ts';

/** What was recorded at a commit. */
export interface Past {
  readonly sha: string;
  readonly documentIndex: DocumentIndex;
  readonly register: LightView['register'];
  /** Ids of the commits that existed then. */
  readonly commits: ReadonlySet<string>;
  /** Their shas. */
  readonly shas: ReadonlySet<string>;
  /** What these commits, and later ones, say about the records. */
  readonly recordCommits: (log: LightView['log']) => Promise<View['recordCommits']>;
}

/** The index as it would be at a commit, to answer about code from. */
export interface PastView extends View {
  readonly past: Pick<Past, 'sha' | 'shas'>;
}

/** Limit on the bytes of a file that lines are cited from. */
const LONGEST_FILE = 4_000_000;
/** Pasts that are kept: each holds the documents of a repository. */
const MOST_KEPT = 2;

const resolve = async (repository: Repository | undefined, name: string): Promise<readonly string[]> => {
  const history = repository && (await historyUpTo(repository, name));
  if (history) return history;
  const where = repository ? `The repository ${repository.root} has no commit ${name}` : `There is no git repository to look up ${name} in`;
  throw new EngineError('unknown-commit', `${where}. Use the sha of a commit, or the name of a branch or tag.`);
};

/** The documents of a commit with their passages, as an index of it would hold them. */
async function documentsAt(workspace: Workspace, repository: Repository, sha: string, view: LightView): Promise<DocumentToIndex[]> {
  const { root, loaded } = workspace;
  const { config } = loaded;
  const paths = ((await changedPaths(repository, '', sha)) ?? []).filter(mayBeDocument);
  const blobs = await readBlobs(repository, sha, paths, { mostBytes: config.limits.fileSize });
  const textOf = async (path: string): Promise<string> => new TextDecoder().decode(blobs.get(path) ?? new Uint8Array());
  const { documents } = await discover({ root, files: paths, config, readPeek: textOf });
  const read: Document[] = documents.flatMap((file) => {
    const bytes = blobs.get(file.path);
    return bytes ? [readBytesDocument(file, sha, bytes, config.limits)] : [];
  });
  const rows = await rowsOf(read, view.embedder);
  const passages = new Map<string, DocumentToIndex['passages'][number][]>();
  for (const row of rows) {
    const own = passages.get(row.documentId) ?? [];
    own.push({
      headingPath: row.headingPath,
      text: row.text,
      words: row.words.split(' ').filter((word) => word !== ''),
      span: { start: { line: row.startLine, character: row.startCharacter }, end: { line: row.endLine, character: row.endCharacter } },
      vector: row.vector,
    });
    passages.set(row.documentId, own);
  }
  return read.map(({ sections: _, ...head }) => ({ head, version: sha, passages: passages.get(head.id) ?? [] }));
}

/** Reads what was recorded at a commit. Rejects with `unknown-commit`. */
export type ReadPast = (name: string, view: LightView) => Promise<Past>;

/**
 * Reads what was recorded at a commit: its records, specifications, guides and declared links as they were, and the commits up to it. By today's `lintel.yaml`. The
 * last two are kept.
 */
export function pasts(workspace: () => Workspace): ReadPast {
  const kept = memoise<Past>(MOST_KEPT);
  return async (name, view) => {
    const now = workspace();
    const { repository } = now;
    const history = await resolve(repository, name);
    const [sha = ''] = history;
    return kept(`${sha} ${view.embedder.fingerprint}`, async () => {
      const documentIndex = new DocumentIndex(view.embedder.dimensions);
      documentIndex.update(await documentsAt(now, repository as Repository, sha, view), []);
      await documentIndex.settleInSlices(view.documentIndex.subjects);
      const tree = treeOf((await changedPaths(repository as Repository, '', sha)) ?? []);
      const links = await fileAtCommit(() => now.repository)(sha, LINKS_FILE);
      const register = registerOf(documentIndex, tree, view.register.home, links === undefined ? undefined : readLinks(links));
      const keeper = new RecordCommitsKeeper();
      const recordCommits = async (log: LightView['log']) => {
        await readyForRegister(documentIndex, tree);
        return keeper.refresh(log, register);
      };
      return { sha, documentIndex, register, commits: new Set(history.map(commitId)), shas: new Set(history), recordCommits };
    });
  };
}

/** A view with the records of a commit in place of those of now. */
export async function viewAt(view: View, { sha, shas, documentIndex, register, recordCommits }: Past): Promise<PastView> {
  return { ...view, documentIndex, register, recordCommits: await recordCommits(view.log), past: { sha, shas } };
}

/** Reads the text of a file as it is in a commit; `undefined` where it is not there. */
export const fileAtCommit =
  (repository: () => Repository | undefined) =>
  async (sha: string, path: string): Promise<string | undefined> => {
    const now = repository();
    const bytes = now && (await readBlobs(now, sha, [path], { mostBytes: LONGEST_FILE })).get(path);
    return bytes && new TextDecoder().decode(bytes);
  };
