import { isVendored } from '../code/sources.ts';
import { type ChangedLines, type Repository, readChangedLines } from '../git/index.ts';
import type { Commit } from '../model/commit.ts';
import { countWords, wordsOf } from '../retrieval/words.ts';

/** Newest commits of a run whose changed lines are read: comparing costs git some 2 ms a commit, so that all of a large history would take minutes. */
const MOST_COMPARED = 5_000;
/** Different words that are kept of a commit, those that it repeats most first. */
const MOST_WORDS = 300;

/** The words of the lines that a commit changed, each once. */
export function changedWords(files: readonly ChangedLines[]): readonly string[] {
  const text = files.flatMap(({ path, lines }) => (isVendored(path) ? [] : lines)).join('\n');
  const counted = [...countWords(wordsOf(text))].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return counted.slice(0, MOST_WORDS).map(([word]) => word);
}

/** Commits, and the words of the lines that they changed, by sha. */
export interface ComparedCommits {
  readonly commits: readonly Commit[];
  readonly words: ReadonlyMap<string, readonly string[]>;
}

/**
 * Adds to batches of commits, newest first, the words of the lines that they changed. The next batch is compared while the caller works on one.
 * Rejects as the batches and as git do.
 */
export async function* withChangedWords(
  repository: Repository,
  batches: AsyncIterable<readonly Commit[]>,
  signal?: AbortSignal,
): AsyncGenerator<ComparedCommits> {
  let left = MOST_COMPARED;
  let before: Promise<ComparedCommits> | undefined;
  for await (const commits of batches) {
    const shas = commits.filter(({ merge }) => !merge).slice(0, left);
    left -= shas.length;
    const compared = compare(
      repository,
      commits,
      shas.map(({ sha }) => sha),
      signal,
    );
    // Whoever waits for it is told of a failure.
    compared.catch(() => undefined);
    if (before) yield await before;
    before = compared;
  }
  if (before) yield await before;
}

async function compare(
  repository: Repository,
  commits: readonly Commit[],
  shas: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ComparedCommits> {
  const changed = shas.length === 0 ? new Map() : await readChangedLines(repository, shas, signal);
  return { commits, words: new Map([...changed].map(([sha, files]) => [sha, changedWords(files)])) };
}
