import { type Renames, renamesFrom, renamesOf, timeOf } from '../history/renames.ts';
import { commitId, shaOfId } from '../model/commit.ts';
import type { CommitLog, LoggedCommit } from '../retrieval/commit-log.ts';
import { pathsOf } from '../store/row.ts';
import { forEachYielding } from '../text/yielding.ts';
import type { Tree } from '../workspace/tree.ts';
import type { Catalogue } from './catalogue.ts';
import { type MessageReader, messageReader } from './citations/messages.ts';

/** A commit that says something about records: its message cites them, or it changed them. */
export interface RecordCommit {
  readonly sha: string;
  /** Author date as the commit has it; empty where it has none. */
  readonly date: string;
  /** Milliseconds since 1970; 0 without a date. */
  readonly time: number;
  /** Number of changed files, at most 80: larger commits are no evidence. */
  readonly files: number;
  /** True for a merge on the first-parent line; its files are those of the whole branch. */
  readonly merge: boolean;
  /** Ids of the records that the message cites without doubt, ordered. */
  readonly cited: readonly string[];
  /** Ids of the records that it changed, under any name they had, ordered. */
  readonly changed: readonly string[];
}

/** What the commits of a repository say about its records. */
export interface RecordCommits {
  /**
   * Commits that touched the file, under any name it had, and cite or changed a record; newest first, of one time by sha.
   * @param before only these commits count, by sha
   */
  of(path: string, before?: ReadonlySet<string>): readonly RecordCommit[];
  /**
   * What one commit says, whether the index holds it or not (history may have been rewritten since).
   * @param message subject, empty line and body
   * @param paths that it changed
   */
  saying(sha: string, message: string, paths: readonly string[]): Pick<RecordCommit, 'cited' | 'changed'>;
  /** The current path of a record or file that had this path once; `undefined` where none is known or the file is gone. */
  renamed(oldPath: string): string | undefined;
  /** Paths that the file had before the one it has now, the latest first. */
  formerPaths(path: string): readonly string[];
  /** Time of the newest of all commits (or of those in `before`); 0 without commits. What age is measured from. */
  newest(before?: ReadonlySet<string>): number;
}

/** Commits of more files are no evidence: they reformat, move or import. */
const MOST_FILES = 80;
const NOTHING: readonly string[] = [];

/** A commit of at most 80 files as it is kept: about 200 bytes. */
interface Entry {
  readonly id: string;
  readonly date: string;
  readonly time: number;
  readonly merge: boolean;
  readonly paths: readonly string[];
  cited: readonly string[];
}

const newestFirst = (a: { time: number; sha: string }, b: { time: number; sha: string }): number =>
  b.time - a.time || (a.sha < b.sha ? -1 : a.sha > b.sha ? 1 : 0);

/** What decides how citations resolve: a record whose text was edited keeps its names. */
const namesOf = (catalogue: Catalogue, home: string | undefined): string =>
  [home ?? '', ...catalogue.records.map(({ id, namespace, number, head }) => [id, namespace, number, head.title].join('\t'))].join('\n');

/** What the next history is made from beside the commits. */
export interface RecordCommitsContext {
  readonly catalogue: Catalogue;
  readonly tree: Pick<Tree, 'has'>;
  /** `owner/name` of the repository at its forge. */
  readonly home?: string;
}

/** Keeps the history equal to the commits and records, and does again only what a change asks for. */
export class RecordCommitsKeeper {
  #logKey = '';
  #names = '';
  readonly #entries = new Map<string, Entry>();
  readonly #paths = new Map<string, string>();
  #newest = 0;
  #times = new Map<string, number>();
  #renames: Renames = renamesFrom([]);
  #history: RecordCommits | undefined;
  #tree: Pick<Tree, 'has'> = { has: () => false };

  /** Where a file is now that had this path once, by the commits that were last read. */
  renamed(path: string): string | undefined {
    return this.#renames.current(path, (now) => this.#tree.has(now));
  }

  /** Takes in what changed. Twenty thousand commits take some 200 ms the first time, in slices; a saved record takes none. */
  async refresh(log: CommitLog, context: RecordCommitsContext): Promise<RecordCommits> {
    this.#tree = context.tree;
    const names = namesOf(context.catalogue, context.home);
    const known = log.key === this.#logKey;
    if (known && names === this.#names && this.#history) return this.#history;
    const commits = await log.read();
    const again = names !== this.#names;
    if (!known) {
      this.#renames = renamesOf(log, commits);
      this.#forget(commits);
    }
    const reader = messageReader(context.catalogue, context.home, (path) => this.renamed(path));
    await forEachYielding(commits, (commit) => this.#take(commit, log, reader, again));
    this.#names = names;
    this.#logKey = log.key;
    this.#history = await this.#build(context, reader);
    return this.#history;
  }

  #forget(commits: readonly LoggedCommit[]): void {
    this.#times = new Map(commits.map(({ sha, date }) => [sha, timeOf(date)]));
    this.#newest = 0;
    for (const time of this.#times.values()) this.#newest = Math.max(this.#newest, time);
    for (const id of [...this.#entries.keys()]) if (!this.#times.has(shaOfId(id) ?? '')) this.#entries.delete(id);
  }

  #take(commit: LoggedCommit, log: CommitLog, reader: MessageReader, again: boolean): void {
    const { documentId, date, text } = commit;
    const entry = this.#entries.get(documentId);
    if (entry) {
      if (again) entry.cited = reader.cited(text, entry.paths);
      return;
    }
    const paths = pathsOf(commit);
    if (paths.length === 0 || paths.length > MOST_FILES) return;
    const shared = paths.map((path) => this.#share(path));
    const cited = reader.cited(text, shared);
    const merge = log.details.get(documentId)?.merge === true;
    this.#entries.set(documentId, { id: documentId, date, time: this.#times.get(commit.sha) ?? timeOf(date), merge, paths: shared, cited });
  }

  /** One string for equal paths: a path occurs in many commits. */
  #share(path: string): string {
    const known = this.#paths.get(path);
    if (known !== undefined) return known;
    this.#paths.set(path, path);
    return path;
  }

  async #build({ catalogue }: RecordCommitsContext, reader: MessageReader): Promise<RecordCommits> {
    const renames = this.#renames;
    const recordsAt = new Map<string, { readonly id: string; readonly since: number; readonly until: number }[]>();
    for (const { id, path } of catalogue.records) {
      for (const { path: name, since, until } of renames.namesOf(path)) {
        const known = recordsAt.get(name);
        if (known) known.push({ id, since, until });
        else recordsAt.set(name, [{ id, since, until }]);
      }
    }
    const byPath = new Map<string, RecordCommit[]>();
    const bySha = new Map<string, RecordCommit>();
    await forEachYielding(this.#entries.values(), ({ id, date, time, merge, paths, cited }) => {
      const touched = paths.flatMap((path) =>
        (recordsAt.get(path) ?? []).flatMap((record) => (time >= record.since && time <= record.until ? [record.id] : [])),
      );
      if (touched.length === 0 && cited.length === 0) return;
      const changed = touched.length === 0 ? NOTHING : [...new Set(touched)].sort();
      const commit = { sha: shaOfId(id) ?? '', date, time, files: paths.length, merge, cited, changed };
      bySha.set(commit.sha, commit);
      for (const path of paths) {
        const others = byPath.get(path);
        if (others) others.push(commit);
        else byPath.set(path, [commit]);
      }
    });
    const times = this.#times;
    const newest = this.#newest;
    const bounded = new WeakMap<ReadonlySet<string>, number>();
    return {
      of: (path, before) => {
        const found = new Map<string, RecordCommit>();
        for (const { path: name, since, until } of renames.namesOf(path)) {
          for (const commit of byPath.get(name) ?? []) {
            if (commit.time < since || commit.time > until || (before && !before.has(commit.sha))) continue;
            found.set(commit.sha, commit);
          }
        }
        return [...found.values()].sort(newestFirst);
      },
      saying: (sha, message, paths) => {
        const known = bySha.get(sha);
        if (known || this.#entries.has(commitId(sha))) return { cited: known?.cited ?? NOTHING, changed: known?.changed ?? NOTHING };
        const touched = paths.flatMap((path) => (recordsAt.get(path) ?? []).map((record) => record.id));
        return { cited: reader.cited(message, paths), changed: [...new Set(touched)].sort() };
      },
      formerPaths: (path) =>
        renames
          .namesOf(path)
          .slice(1)
          .map((name) => name.path),
      renamed: (oldPath) => this.renamed(oldPath),
      newest: (before) => {
        if (!before) return newest;
        let most = bounded.get(before);
        if (most === undefined) {
          most = 0;
          for (const sha of before) most = Math.max(most, times.get(sha) ?? 0);
          bounded.set(before, most);
        }
        return most;
      },
    };
  }
}
