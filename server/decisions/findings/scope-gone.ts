import { folderOf } from '../../knowledge/paths.ts';
import type { DocumentHead, Link } from '../../model/document.ts';
import type { RecordFinding, RecordRule, Records } from './record-rule.ts';

/** A path in a code span: folders and a file with an extension. */
const PATH = /(?<=`)(?:\.\/)?((?:[\w@.-]{1,80}\/){1,15}[\w@.-]{1,80}\.[A-Za-z]\w{0,7})(?=`)/g;
const GLOB = /[*?[\]{}!]/;
const MOST_PATHS = 500;

/** The part of a pattern before its first wildcard: a file or folder. */
function fixedPart(pattern: string): string {
  const segments = pattern.replace(/^\.?\/+/, '').split('/');
  const wild = segments.findIndex((segment) => GLOB.test(segment));
  return (wild < 0 ? segments : segments.slice(0, wild)).filter(Boolean).join('/');
}

/** A pattern of the front matter whose place is gone; only what can be nothing else than a path of this repository. */
async function gonePattern({ target, span }: Link, { exists, past }: Records): Promise<RecordFinding['finding'] | undefined> {
  const path = fixedPart(target);
  if (!path.includes('/') || /[\s:<>]|\.\./.test(path) || exists(path)) return undefined;
  const now = past.renamed?.(path);
  if (now === undefined && !exists(folderOf(path)) && (await past.existed?.(path)) !== true) return undefined;
  const at = target.indexOf(path);
  const edit = now === undefined || at < 0 ? undefined : target.slice(0, at) + now + target.slice(at + path.length);
  return {
    rule: 'scope-gone',
    severity: 'warning',
    message: `This record applies to ${path}, which does not exist.${now ? ` It is now ${now}.` : ''} Name the place of now, or say that the record no longer holds.`,
    span,
    ...(edit === undefined ? {} : { fixes: [{ title: `Write ${edit}`, edits: [{ path: '', span, text: edit }], preferred: true }] }),
  };
}

/** Paths in the text that git moved: what was deleted is often what the decision was about, and is left alone. */
function* movedPaths(head: DocumentHead, records: Records): Generator<RecordFinding['finding']> {
  const { past, exists } = records;
  if (!past.renamed) return;
  const told = new Set<string>();
  let seen = 0;
  const texts = records.textsOf(head.id);
  for (const { text, span } of texts) {
    let line = span.start.line;
    for (const row of text.split('\n')) {
      for (const match of row.slice(0, 10_000).matchAll(PATH)) {
        const [whole, path = ''] = match;
        if (++seen > MOST_PATHS) return;
        const now = told.has(path) || exists(path) ? undefined : past.renamed(path);
        if (now === undefined) continue;
        told.add(path);
        // A record that names both places tells of the move.
        if (texts.some((other) => other.text.includes(now))) continue;
        const character = (line === span.start.line ? span.start.character : 0) + match.index;
        const place = { start: { line, character }, end: { line, character: character + whole.length } };
        const dots = whole.slice(0, whole.length - path.length);
        yield {
          rule: 'scope-gone',
          severity: 'info',
          message: `${path} was moved and is now ${now}.`,
          span: place,
          fixes: [{ title: `Write ${now}`, edits: [{ path: head.path ?? '', span: place, text: dots + now }], preferred: true }],
        };
      }
      line += 1;
    }
  }
}

/** A record whose scope names what is no longer there: it governs nothing, and nobody notices. Records that are not in force are left alone. */
export const scopeGone: RecordRule = async (records, only) => {
  const findings: RecordFinding[] = [];
  for (const head of records.heads) {
    const standing = head.status === undefined || head.status.value === 'accepted' || head.status.value === 'unknown';
    if (head.kind !== 'decision' || (only !== undefined && head.id !== only) || !standing || records.register.successors.has(head.id))
      continue;
    for (const link of head.links) {
      const finding = link.kind === 'applies-to' ? await gonePattern(link, records) : undefined;
      if (!finding) continue;
      const fixes = finding.fixes?.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, path: head.path ?? '' })) }));
      findings.push({ id: head.id, finding: { ...finding, ...(fixes ? { fixes } : {}) } });
    }
    for (const finding of movedPaths(head, records)) findings.push({ id: head.id, finding });
  }
  return findings;
};
