import type { DocumentHead } from '../../model/document.ts';
import type { Fix } from '../../model/finding.ts';
import { linkResolver } from '../../register/successors.ts';
import type { RecordFinding, RecordRule } from './record-rule.ts';
import { supersededEdit } from './status-edit.ts';

/** A record that was never in force, or is not yet, replaces nothing. */
const REPLACES = new Set<string | undefined>([undefined, 'accepted', 'superseded', 'deprecated', 'unknown']);

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

const nameOf = ({ number, title, path }: DocumentHead): string => (number === undefined ? (path ?? title) : `record ${number} "${title}"`);

/** The fix that makes the old record name its successor. Certain, because the successor says so in so many words. */
export async function backLinkFix(
  old: DocumentHead,
  next: DocumentHead,
  { read, heads }: Parameters<RecordRule>[0],
): Promise<readonly Fix[]> {
  const text = await read(old.path ?? '');
  const edit = text === undefined ? undefined : supersededEdit(text, old, next, heads);
  return edit === undefined ? [] : [{ title: `Write "${edit.text}" as the status of ${old.path}`, edits: [edit], preferred: true }];
}

/**
 * A record says that it supersedes another, and the other does not say so: whoever opens it takes it for the one in force. A record that names
 * another successor is left alone, and so is one that says it was superseded without naming any (`superseded-by-nothing`).
 */
export const supersedesWithoutBackLink: RecordRule = async (records, only) => {
  const { heads } = records;
  const resolve = linkResolver(heads);
  const findings: RecordFinding[] = [];
  for (const next of heads) {
    if (next.kind !== 'decision' || (only !== undefined && next.id !== only) || !REPLACES.has(next.status?.value)) continue;
    const told = new Set<string>();
    for (const link of next.links) {
      if (link.kind !== 'supersedes' || link.partial === true) continue;
      const old = resolve(next, link);
      if (typeof old === 'string' || old.id === next.id || told.has(old.id)) continue;
      told.add(old.id);
      const silent =
        !old.links.some(({ kind }) => kind === 'superseded-by') && old.status?.value !== 'superseded' && old.status?.value !== 'rejected';
      if (!silent) continue;
      const says = old.status === undefined ? 'has no status' : `still says "${old.status.text.slice(0, 40)}"`;
      const fixes = await backLinkFix(old, next, records);
      findings.push({
        id: next.id,
        finding: {
          rule: 'supersedes-without-back-link',
          severity: 'warning',
          message: `This record supersedes ${nameOf(old)}, which ${says}. Write there that it was superseded by this one.`,
          span: link.span,
          related: [
            { path: old.path ?? '', span: old.status?.span ?? old.titleSpan ?? START, message: 'The record that does not say so.' },
          ],
          ...(fixes.length > 0 ? { fixes } : {}),
        },
      });
    }
  }
  return findings;
};
