import type { TextEdit } from '../../model/finding.ts';
import type { Span } from '../../model/span.ts';
import { linkResolver } from '../../register/successors.ts';
import { applyEdits, creationEdit, editsOf, type Splice } from '../../text/edits.ts';
import { fileSlug } from './file-names.ts';
import { cleanTitle, type Draft, draftOf, type Material, type Wish } from './new-decision.ts';
import { namedOf, supersededBy, supersedes } from './relate.ts';
import { frontValue, type ReadRecord, readText, statusSlot } from './slots.ts';
import { statusWordOf } from './words.ts';

/** The edits of a supersession. */
export interface Supersession {
  /** Empty if both records already say so. */
  readonly edits: readonly TextEdit[];
  /** Path of the successor. */
  readonly path: string;
  readonly selection: Span;
  /** Whether the old record is superseded when the edits are made; otherwise it stays in force until its successor is accepted. */
  readonly retires: boolean;
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

/** The edits that say in the status of a record that it was accepted; none where it is not proposed, or where its status cannot be replaced. */
function acceptance(record: ReadRecord, material: Material): readonly Splice[] {
  const slot = record.document.status?.value === 'proposed' ? statusSlot(record) : undefined;
  if (!slot || slot.form === 'tag') return [];
  const word = statusWordOf(material.newest, 'accepted', slot.words);
  return slot.form === 'front' ? [frontValue(record.text, slot.start, slot.end, word)] : [{ start: slot.start, end: slot.end, text: word }];
}

/** Whether a record is in force, or would be if nothing superseded it. */
const isAccepted = ({ document: { status } }: ReadRecord): boolean => status === undefined || status.value === 'accepted';

/**
 * Begins to replace a record by a new one, which is proposed and links back. Once the new one is accepted, the status of the old one names it, each in
 * its own form: a proposal retires nothing. A second call makes no edits.
 *
 * @param existing A record of the collection that already has the title. It becomes the successor.
 * @param accept The new record is accepted at once.
 */
export function supersession(
  old: ReadRecord,
  material: Material,
  wish: Omit<Wish, 'status'>,
  existing?: ReadRecord,
  accept = false,
): Supersession {
  const edits: TextEdit[] = [];
  let next: ReadRecord;
  let selection: Span;
  if (existing) {
    const missing = says(existing, 'supersedes', old) ? [] : supersedes(existing, namedOf(old));
    edits.push(...editsOf(existing.path, existing.text, [...(accept ? acceptance(existing, material) : []), ...missing]));
    next = readText(existing.path, applyEdits(existing.path, existing.text, edits));
    selection = next.document.titleSpan ?? { start: START, end: START };
  } else {
    const draft: Draft = draftOf(material, { ...wish, status: accept ? 'accepted' : 'proposed' });
    const bare = readText(draft.path, draft.text);
    const text = applyEdits(draft.path, draft.text, editsOf(draft.path, draft.text, supersedes(bare, namedOf(old))));
    next = readText(draft.path, text);
    edits.push(creationEdit(draft.path, text));
    selection = next.document.titleSpan ?? draft.selection;
  }
  const retires = accept || (existing !== undefined && isAccepted(next));
  if (retires && !says(old, 'superseded-by', next)) edits.push(...editsOf(old.path, old.text, supersededBy(old, namedOf(next))));
  return { edits, path: next.path, selection, retires };
}

/** Whether a record has the words of a title in its own title or in its file name. */
export function hasTitle(record: { readonly title: string; readonly slug?: string }, title: string): boolean {
  const wanted = fileSlug(cleanTitle(title));
  return fileSlug(record.title) === wanted || record.slug === wanted;
}
