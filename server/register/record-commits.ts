import { CommitHistory } from '../history/commit-history.ts';
import { PathIndex } from '../history/path-index.ts';
import type { PathName } from '../history/renames.ts';
import type { CommitLog } from '../retrieval/commit-log.ts';
import { forEachYielding, turnTaker } from '../text/yielding.ts';
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

/** Ids of the records that each commit changed, by its sha. */
async function changesOf(records: RecordsByPath, { facts }: CommitLog): Promise<ReadonlyMap<string, readonly string[]>> {
  const changed = new Map<string, string[]>();
  await forEachYielding(
    records,
    ([path, owners]) => {
      for (const { sha, time } of facts.touching(path)) {
        for (const { id, since, until } of owners) {
          if (time < since || time > until) continue;
          const others = changed.get(sha);
          if (others) others.push(id);
          else changed.set(sha, [id]);
        }
      }
    },
    1,
  );
  return new Map([...changed].map(([sha, ids]) => [sha, distinct(ids)]));
}

/** Commits that are looked at for one title, the likeliest first. */
const MOST_OF_A_TITLE = 500;
/** Messages that are in memory at once. */
const MESSAGES_AT_ONCE = 2_000;

/** Shas of all commits that may cite a record, ordered. */
async function candidatesOf({ facts, holding }: CommitLog, { cues, titles }: MessageReader): Promise<readonly string[]> {
  const shas = new Set<string>();
  await forEachYielding(cues, (cue) => {
    for (const sha of facts.cueing(cue)) shas.add(sha);
  });
  for (const words of titles) {
    // Most titles have a word that no commit has, and then nothing need be asked.
    if (words.length === 0 || words.some((word) => facts.frequency(word) === 0)) continue;
    for (const sha of await holding(words, MOST_OF_A_TITLE)) shas.add(sha);
  }
  return [...shas].sort();
}

/** Ids of the records that each commit cites, by its sha; commits that cite none are left out. */
async function citationsIn(log: CommitLog, history: CommitHistory, reader: MessageReader): Promise<ReadonlyMap<string, readonly string[]>> {
  const citedBy = new Map<string, readonly string[]>();
  const candidates = (await candidatesOf(log, reader)).flatMap((sha) => history.commit(sha) ?? []);
  const takeTurn = turnTaker();
  for (let from = 0; from < candidates.length; from += MESSAGES_AT_ONCE) {
    const some = candidates.slice(from, from + MESSAGES_AT_ONCE);
    const messages = new Map((await log.rowsOf(some.map(({ sha }) => sha))).map(({ sha, text }) => [sha, text]));
    for (const { sha, paths } of some) {
      const cited = reader.cited(messages.get(sha) ?? '', paths);
      if (cited.length > 0) citedBy.set(sha, cited);
      await takeTurn();
    }
  }
  return citedBy;
}

/** Keeps the record commits equal to the log and the records. */
export class RecordCommitsKeeper {
  #key: string | undefined;
  #current: RecordCommits | undefined;
  #tree: Pick<Tree, 'has'> = { has: () => false };

  /** Takes in what changed: looks at the commits that changed or may cite a record, and at no other. A saved record takes no time. */
  async refresh(log: CommitLog, context: RecordCommitsContext): Promise<RecordCommits> {
    this.#tree = context.tree;
    const key = `${log.facts.key}\n${resolutionKey(context.catalogue, context.home)}`;
    if (key === this.#key && this.#current) return this.#current;
    const history = new CommitHistory(log.facts);
    const renamed = (path: string): string | undefined => history.renamed(path, (now) => this.#tree.has(now));
    const reader = messageReader(context.catalogue, context.home, renamed);
    const records = recordsByPath(context.catalogue, history);
    const [changes, citedBy] = await Promise.all([changesOf(records, log), citationsIn(log, history, reader)]);
    const byPath = new PathIndex<RecordCommit>();
    const bySha = new Map<string, RecordCommit>();
    for (const sha of [...new Set([...changes.keys(), ...citedBy.keys()])].sort()) {
      const commit = history.commit(sha);
      if (!commit) continue;
      const { date, time, merge, paths } = commit;
      const [cited, changed] = [citedBy.get(sha) ?? NOTHING, changes.get(sha) ?? NOTHING];
      const recordCommit = { sha, date, time, files: paths.length, merge, cited, changed };
      bySha.set(sha, recordCommit);
      byPath.add(recordCommit, paths);
    }
    const current: RecordCommits = {
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
    // Assigned together at the end: after a failure the next call starts from what was whole.
    this.#key = key;
    this.#current = current;
    return current;
  }
}
