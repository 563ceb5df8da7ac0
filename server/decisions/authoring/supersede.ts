import type { TextEdit } from '../../model/finding.ts';
import type { Span } from '../../model/span.ts';
import { linkResolver } from '../../register/successors.ts';
import { applyEdits, creationEdit, editsOf } from '../../text/edits.ts';
import { fileSlug } from './file-names.ts';
import { cleanTitle, type Draft, draftOf, type Material, type Wish } from './new-decision.ts';
import { namedOf, supersededBy, supersedes } from './relate.ts';
import { type ReadRecord, readText } from './slots.ts';

/** The edits of a supersession. */
export interface Supersession {
  /** Empty if both records already say so. */
  readonly edits: readonly TextEdit[];
  /** Path of the successor. */
  readonly path: string;
  readonly selection: Span;
}

const START = { line: 0, character: 0 };

/** Whether a record links to the other one in that relation. */
function says(record: ReadRecord, kind: 'supersedes' | 'superseded-by', other: ReadRecord): boolean {
  const resolve = linkResolver([record.document, other.document]);
  return record.document.links.some((link) => {
    if (link.kind !== kind || link.partial === true) return false;
    const found = resolve(record.document, link);
    return typeof found !== 'string' && found.id === other.document.id;
  });
}

/**
 * Replaces a record by a new one: the new one is accepted and links back, and the status of the old one names it, each in its own form. A second call
 * makes no edits.
 *
 * @param existing A record of the collection that already has the title. It becomes the successor.
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

/** Whether a record has the words of a title in its own title or in its file name. */
export function hasTitle(record: { readonly title: string; readonly slug?: string }, title: string): boolean {
  const wanted = fileSlug(cleanTitle(title));
  return fileSlug(record.title) === wanted || record.slug === wanted;
}
