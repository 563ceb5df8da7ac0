import type { DocumentHead } from '../../../model/document.ts';
import type { Fix } from '../../../model/finding.ts';
import type { Records } from './record-rule.ts';
import { supersededEdit } from './status-edit.ts';

/** How a short title names a record: its number, else its file. */
const nameOf = ({ number, path = '' }: DocumentHead): string =>
  number === undefined ? path.slice(path.lastIndexOf('/') + 1) : `record ${number}`;

/**
 * The fix that changes the status of `old` to name its successor; none if the status cannot be replaced. Only offered: what another record says is no
 * value of its status, so a person decides.
 */
export async function backLinkFix(old: DocumentHead, successor: DocumentHead, { read, heads }: Records): Promise<readonly Fix[]> {
  const text = await read(old.path ?? '');
  const edit = text === undefined ? undefined : supersededEdit(text, old, successor, heads);
  return edit === undefined ? [] : [{ title: `Mark ${nameOf(old)} as superseded by ${nameOf(successor)}`, edits: [edit] }];
}
