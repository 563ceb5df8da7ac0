import type { DeclaredTest } from '../../knowledge/links/links.ts';
import type { RecordedRun } from '../../model/test-runs.ts';
import { coversTags, declaredFor } from './covers.ts';
import { failedBefore } from './failed-before.ts';
import type { OwnReason } from './own-reason.ts';
import type { RecordLink } from './record-links.ts';
import { withFlakes } from './same-commit.ts';

/** What people and recorded runs say of specs when some paths changed. */
export interface OwnReasons {
  /** A person linked the spec to what changed, even where it is of no known kind. */
  readonly declared: (changed: readonly string[]) => readonly OwnReason[];
  /** It failed before when the same changed. */
  readonly failed: (changed: readonly string[]) => readonly OwnReason[];
}

/**
 * Reasons from declared links, `@covers` tags, records and recorded runs.
 * @param texts of the specs, by path
 * @param runs the oldest first
 */
export const ownReasons = (
  texts: ReadonlyMap<string, string>,
  links: readonly DeclaredTest[],
  runs: readonly RecordedRun[],
  recordLinks: readonly RecordLink[] = [],
): OwnReasons => ({
  declared: declaredFor(
    links,
    [...texts].flatMap(([path, text]) => coversTags(path, text)),
    [...texts.keys()],
    recordLinks,
  ),
  failed: failedBefore(withFlakes(runs)),
});
