import { CommitHistory } from '../history/commit-history.ts';
import type { FileCommit } from '../history/file-commit.ts';
import { PathIndex } from '../history/path-index.ts';
import type { PathName } from '../history/renames.ts';
import type { CommitLog } from '../retrieval/commit-log.ts';
import { forEachYielding } from '../text/yielding.ts';
import type { Tree } from '../workspace/tree.ts';
import type { Catalogue } from './catalogue.ts';
import { type MessageReader, messageReader } from './citations/messages.ts';

/** What a commit says about records. */
export interface CommitStatement {
  /** Ids of the records that the message cites unambiguously, ordered. */
  readonly cited: readonly string[];
  /** Ids of the records that it changed, under any name they had, ordered. */
  readonly changed: readonly string[];
}

/** A commit that cites or changed a record. */
export interface RecordCommit extends CommitStatement {
  readonly sha: string;
  /** Author date as the commit has it; empty where it has none. */
  readonly date: string;
  /** Milliseconds since 1970; 0 without a date. */
  readonly time: number;
  /** Number of changed files, at most 80: larger commits are no evidence. */
  readonly files: number;
  /** True for a merge on the first-parent line; its files are those of the whole branch. */
  readonly merge: boolean;
}

/** What the commits of a repository say about its records. */
export interface RecordCommits {
  /** The commits themselves, whether they say anything about records or not. */
  readonly history: CommitHistory;
  /**
   * Commits of at most 80 files that changed the file, under any name it had, and cite or changed a record; newest first, commits of the same time by sha.
   * @param before only these commits count, by sha; default: all
   */
  touching(path: string, before?: ReadonlySet<string>): readonly RecordCommit[];
  /**
   * What one commit says, even one that the index does not hold because history was rewritten.
   * @param message subject, empty line and body
   * @param paths that it changed
   */
  statementOf(sha: string, message: string, paths: readonly string[]): CommitStatement;
  /** The current path of a record or file that had this path once; `undefined` where none is known or the file is gone. */
  renamed(oldPath: string): string | undefined;
}

const NOTHING: readonly string[] = [];

/** Everything that decides how citations resolve: editing the text of a record changes none of it. */
const resolutionKey = (catalogue: Catalogue, home: string | undefined): string =>
  [home ?? '', ...catalogue.records.map(({ id, namespace, number, head }) => [id, namespace, number, head.title].join('\t'))].join('\n');

/** What the record commits depend on beside the log. */
export interface RecordCommitsContext {
  readonly catalogue: Catalogue;
  readonly tree: Pick<Tree, 'has'>;
  /** `owner/name` of the repository at its forge. */
  readonly home?: string;
}

/** Which records have been at a path, and when. */
type RecordsByPath = ReadonlyMap<string, readonly (Pick<PathName, 'since' | 'until'> & { readonly id: string })[]>;

function recordsByPath({ records }: Catalogue, history: CommitHistory): RecordsByPath {
  const byPath = new Map<string, { readonly id: string; readonly since: number; readonly until: number }[]>();
  for (const { id, path } of records) {
    // A commit that changed a log says nothing of one section.
    if (id !== path) continue;
    for (const { path: name, since, until } of history.namesOf(path)) {
      const others = byPath.get(name);
      if (others) others.push({ id, since, until });
      else byPath.set(name, [{ id, since, until }]);
    }
  }
  return byPath;
}

const distinct = (ids: readonly string[]): readonly string[] => (ids.length === 0 ? NOTHING : [...new Set(ids)].sort());

function changedBy({ paths, time }: FileCommit, records: RecordsByPath): readonly string[] {
  return distinct(
    paths.flatMap((path) => (records.get(path) ?? []).flatMap(({ id, since, until }) => (time >= since && time <= until ? [id] : NOTHING))),
  );
}

async function recordCommitsOf(
  history: CommitHistory,
  catalogue: Catalogue,
  citedBy: ReadonlyMap<string, readonly string[]>,
  reader: MessageReader,
  renamed: RecordCommits['renamed'],
): Promise<RecordCommits> {
  const records = recordsByPath(catalogue, history);
  const byPath = new PathIndex<RecordCommit>();
  const bySha = new Map<string, RecordCommit>();
  await forEachYielding(history.commits(), (commit) => {
    const cited = citedBy.get(commit.sha) ?? NOTHING;
    const changed = changedBy(commit, records);
    if (changed.length === 0 && cited.length === 0) return;
    const { sha, date, time, merge, paths } = commit;
    const recordCommit = { sha, date, time, files: paths.length, merge, cited, changed };
    bySha.set(sha, recordCommit);
    byPath.add(recordCommit, paths);
  });
  return {
    history,
    touching: (path, before) => byPath.touching(history.namesOf(path), before),
    statementOf: (sha, message, paths) => {
      const known = bySha.get(sha);
      if (known || history.commit(sha)) return { cited: known?.cited ?? NOTHING, changed: known?.changed ?? NOTHING };
      const changed = paths.flatMap((path) => (records.get(path) ?? []).map(({ id }) => id));
      return { cited: reader.cited(message, paths), changed: distinct(changed) };
    },
    renamed,
  };
}

/** Keeps the record commits equal to the log and the records, and redoes only what a change requires. */
export class RecordCommitsKeeper {
  #logKey = '';
  #resolution = '';
  #history = CommitHistory.empty();
  /** Ids of cited records by the sha of the commit; commits that cite nothing are left out. */
  #citedBy: ReadonlyMap<string, readonly string[]> = new Map();
  #current: RecordCommits | undefined;
  #tree: Pick<Tree, 'has'> = { has: () => false };

  /** Where a file is now that had this path once, by the commits that were read last. */
  renamed(path: string): string | undefined {
    return this.#history.renamed(path, (now) => this.#tree.has(now));
  }

  /** Takes in what changed. Twenty thousand commits take some 200 ms the first time, in slices; a saved record takes no time. */
  async refresh(log: CommitLog, context: RecordCommitsContext): Promise<RecordCommits> {
    this.#tree = context.tree;
    const resolution = resolutionKey(context.catalogue, context.home);
    const sameLog = log.key === this.#logKey;
    const sameResolution = resolution === this.#resolution;
    if (sameLog && sameResolution && this.#current) return this.#current;
    const rows = await log.read();
    const before = this.#history;
    const history = sameLog ? before : await before.next(log, rows);
    const renamed = (path: string): string | undefined => history.renamed(path, (now) => this.#tree.has(now));
    const reader = messageReader(context.catalogue, context.home, renamed);
    const citedBy = new Map<string, readonly string[]>();
    await forEachYielding(rows, ({ sha, text }) => {
      const commit = history.commit(sha);
      if (!commit) return;
      const cited = sameResolution && before.commit(sha) ? (this.#citedBy.get(sha) ?? NOTHING) : reader.cited(text, commit.paths);
      if (cited.length > 0) citedBy.set(sha, cited);
    });
    const current = await recordCommitsOf(history, context.catalogue, citedBy, reader, renamed);
    // Assigned together at the end: after a failure the next call starts from what was whole.
    this.#history = history;
    this.#citedBy = citedBy;
    this.#resolution = resolution;
    this.#logKey = log.key;
    this.#current = current;
    return current;
  }
}
