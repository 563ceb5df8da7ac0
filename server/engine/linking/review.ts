import { setImmediate } from 'node:timers/promises';
import type { Hit, Place } from '../../model/answer.ts';
import type { Review, ReviewPair, ReviewRequest } from '../../model/review.ts';
import { groupBy } from '../../text/group-by.ts';

/** More files are not asked about in one review: each takes some milliseconds. */
const MOST_FILES = 3_000;
const MOST_PAIRS = 100;

/** What a review is made from. */
export interface ReviewSources {
  /** Files of code that are indexed, in the order of their paths. */
  readonly paths: readonly string[];
  /** The decisions that probably govern a place. */
  readonly probable: (place: Place) => Promise<readonly Hit[]>;
}

/** Whether a path is one of these files or in one of these folders; true for no paths. */
const isIn = (path: string, paths: readonly string[]): boolean =>
  paths.length === 0 || paths.some((one) => path === one || path.startsWith(`${one}/`));

/**
 * The decisions that probably govern a file, for a person to accept or reject: the surest ones, those of one file together. A file that is named is
 * asked about whatever it holds; a folder stands for the code in it.
 */
export async function reviewOf(
  { paths, probable }: ReviewSources,
  request: ReviewRequest,
  signal?: AbortSignal,
): Promise<Omit<Review, 'index'>> {
  const { paths: wanted = [], limit = MOST_PAIRS, onFile } = request;
  const known = new Set(paths);
  const named = wanted.filter((path) => !known.has(path) && !paths.some((one) => one.startsWith(`${path}/`)));
  const files = [...paths.filter((path) => isIn(path, wanted)), ...named];
  const asked = files.slice(0, MOST_FILES);
  const found: ReviewPair[] = [];
  for (const [at, path] of asked.entries()) {
    // Lets a cancellation through.
    await setImmediate();
    signal?.throwIfAborted();
    onFile?.(at, asked.length);
    for (const hit of await probable({ path, unasked: true })) found.push({ path, hit });
  }
  const bySureness = found
    .map((pair, at) => ({ pair, at }))
    .sort((a, b) => (b.pair.hit.confidence ?? 0) - (a.pair.hit.confidence ?? 0) || a.at - b.at)
    .map(({ pair }) => pair);
  const shown = bySureness.slice(0, limit);
  const notices =
    asked.length < files.length
      ? [`Only the first ${MOST_FILES} of ${files.length} files were looked at. Name folders to review the others.`]
      : [];
  return {
    pairs: [...groupBy(shown, ({ path }) => path).values()].flat(),
    left: found.length - shown.length,
    files: asked.length,
    notices,
  };
}
