import type { TextEdit } from '../../model/finding.ts';
import type { Span } from '../../model/span.ts';
import { linkResolver } from '../../register/successors.ts';
import { applyEdits, creationEdit, editsOf } from '../../text/edits.ts';
import { fileSlug } from './file-names.ts';
import { cleanTitle, type Draft, draftOf, type Material, type Wish } from './new-decision.ts';
import { namedOf, supersededBy, supersedes } from './relate.ts';
import { type ReadRecord, readText } from './slots.ts';

/** Both records after a supersession. */
export interface Supersession {
  /** None where both already say so. */
  readonly edits: readonly TextEdit[];
  /** Path of the record that takes the place. */
  readonly path: string;
  readonly selection: Span;
}

const START = { line: 0, character: 0 };

/** True where a record says of itself that it stands in that relation to the other. */
function says(record: ReadRecord, kind: 'supersedes' | 'superseded-by', other: ReadRecord): boolean {
  const resolve = linkResolver([record.document, other.document]);
  return record.document.links.some((link) => {
    if (link.kind !== kind || link.partial === true) return false;
    const found = resolve(record.document, link);
    return typeof found !== 'string' && found.id === other.document.id;
  });
}

/**
 * Retires a record in favour of a new one: the new one is written as an accepted record with a back link, and the status of the old one names it, each in
 * the form of its own. Done a second time, nothing is left to do.
 *
 * @param existing A record of the collection that already bears the title, or that already takes the place of the old one under that title.
 */
export function supersession(old: ReadRecord, material: Material, wish: Omit<Wish, 'status'>, existing?: ReadRecord): Supersession {
  const edits: TextEdit[] = [];
  let next: ReadRecord;
  let selection: Span;
  if (existing) {
    next = existing;
    const missing = says(existing, 'supersedes', old) ? [] : supersedes(existing, namedOf(old));
    edits.push(...editsOf(existing.path, existing.text, missing));
    const after = applyEdits(existing.path, existing.text, edits);
    selection = readText(existing.path, after).document.titleSpan ?? { start: START, end: START };
  } else {
    const draft: Draft = draftOf(material, { ...wish, status: 'accepted' });
    const bare = readText(draft.path, draft.text);
    const text = applyEdits(draft.path, draft.text, editsOf(draft.path, draft.text, supersedes(bare, namedOf(old))));
    next = readText(draft.path, text);
    edits.push(creationEdit(draft.path, text));
    selection = next.document.titleSpan ?? draft.selection;
  }
  if (!says(old, 'superseded-by', next)) edits.push(...editsOf(old.path, old.text, supersededBy(old, namedOf(next))));
  return { edits, path: next.path, selection };
}

/** True for the record that a title means: the same words in its title or in the name of its file. */
export function bearsTitle(record: { readonly title: string; readonly slug?: string }, title: string): boolean {
  const wanted = fileSlug(cleanTitle(title));
  return fileSlug(record.title) === wanted || record.slug === wanted;
}
