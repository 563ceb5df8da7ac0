import { isGeneratedText } from '../knowledge/generated.ts';
import type { DocumentHead } from '../model/document.ts';

/** Files that are written release after release. */
const RELEASES = /(?:^|[-_.])(?:change[-_]?logs?|changes|history|news|release[-_]?notes?|releases?|whats?[-_]?new)(?:[-_.]|$)/i;
const RELEASE_FOLDERS = /(?:^|\/)(?:change[-_]?logs?|release[-_]?notes?|releases?|newsfragments|\.changesets?)\//i;
/** Folders that tools write the reference of an interface to. */
const REFERENCE_FOLDERS =
  /(?:^|\/)(?:typedoc|jsdoc|javadoc|apidocs?|api[-_]?docs?|api[-_]?reference|_?generated|autodoc|_autosummary|rustdoc|dokka|(?:docs?|reference)\/api)\//i;

/** How much less such a page counts than one that somebody wrote for its subject. */
export const ROUTINE_WEIGHT = 0.6;

/** Whether a question asks for what came with a release, or for a reference. */
export const asksForRoutine = (question: string): boolean => /\b(?:change ?logs?|releas\w*|version|api|reference)\b/i.test(question);

/** What is known of a head, which stays the same as long as its document does. */
const known = new WeakMap<object, boolean>();

/**
 * Whether a guide is written as a matter of routine: notes of a release, a change log, a page that a tool made. Such pages repeat the words of every
 * subject and decide none. Told by the path and by what the page says of itself; decisions and specifications are never such pages.
 * @param beginning the first passage of the page
 */
export const isRoutinePage = (head: Pick<DocumentHead, 'kind' | 'path'>, beginning = ''): boolean => {
  const { kind, path = '' } = head;
  if (kind !== 'guide') return false;
  const before = known.get(head);
  if (before !== undefined) return before;
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
  const is = RELEASES.test(name) || RELEASE_FOLDERS.test(path) || REFERENCE_FOLDERS.test(path) || isGeneratedText(path, beginning);
  known.set(head, is);
  return is;
};
