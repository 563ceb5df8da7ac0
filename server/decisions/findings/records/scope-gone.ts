import { folderOf } from '../../../knowledge/paths.ts';
import type { DocumentHead, Link } from '../../../model/document.ts';
import { defineRule, type FindingDraft } from '../../../model/finding.ts';
import { isInForce } from '../../../register/in-force.ts';
import type { RecordRule, Records } from './record-rule.ts';

/** A path in a code span: folders and a file with an extension. */
const PATH = /(?<=`)(?:\.\/)?((?:[\w@.-]{1,80}\/){1,15}[\w@.-]{1,80}\.[A-Za-z]\w{0,7})(?=`)/g;
const GLOB = /[*?[\]{}!]/;
/** So many paths of one record are looked up. */
const MOST_PATHS = 500;
const LONGEST_LINE = 10_000;

/** The part of a pattern before its first wildcard: a file or folder. */
function fixedPart(pattern: string): string {
  const segments = pattern.replace(/^\.?\/+/, '').split('/');
  const wildcard = segments.findIndex((segment) => GLOB.test(segment));
  return (wildcard < 0 ? segments : segments.slice(0, wildcard)).filter(Boolean).join('/');
}

/** A pattern of the scope that leads nowhere. Only what can be nothing but a path of this repository is reported. */
async function gonePattern({ target, span }: Link, ownPath: string, { exists, history }: Records): Promise<FindingDraft | undefined> {
  const path = fixedPart(target);
  if (!path.includes('/') || /[\s:<>]|\.\./.test(path) || exists(path)) return undefined;
  const current = history.renamed(path);
  if (current === undefined && !exists(folderOf(path)) && !(await history.existed(path))) return undefined;
  const at = target.indexOf(path);
  const text = current === undefined || at < 0 ? undefined : target.slice(0, at) + current + target.slice(at + path.length);
  const move = current === undefined ? '' : ` It is now ${current}.`;
  return {
    message: `This record applies to ${path}, which does not exist.${move} Update the path, or mark the record as no longer in force.`,
    span,
    ...(text === undefined
      ? {}
      : { fixes: [{ title: `Update the path to ${text}`, edits: [{ path: ownPath, span, text }], preferred: true }] }),
  };
}

/** Paths in the text that git moved. Deleted files are left alone: often they are what the decision was about. */
function* movedPaths(head: DocumentHead, { history, exists, textsOf }: Records): Generator<FindingDraft> {
  const reported = new Set<string>();
  let count = 0;
  const texts = textsOf(head.id);
  for (const { text, span } of texts) {
    let line = span.start.line;
    for (const row of text.split('\n')) {
      for (const match of row.slice(0, LONGEST_LINE).matchAll(PATH)) {
        const [written, path = ''] = match;
        if (++count > MOST_PATHS) return;
        const current = reported.has(path) || exists(path) ? undefined : history.renamed(path);
        if (current === undefined) continue;
        reported.add(path);
        // A record that names both paths describes the move.
        if (texts.some((other) => other.text.includes(current))) continue;
        const character = (line === span.start.line ? span.start.character : 0) + match.index;
        const place = { start: { line, character }, end: { line, character: character + written.length } };
        const prefix = written.slice(0, written.length - path.length);
        yield {
          severity: 'info',
          message: `${path} was moved to ${current}.`,
          span: place,
          fixes: [
            {
              title: `Update the path to ${current}`,
              edits: [{ path: head.path ?? '', span: place, text: prefix + current }],
              preferred: true,
            },
          ],
        };
      }
      line += 1;
    }
  }
}

/** A record whose scope is gone governs nothing, and nobody notices. Auto-fixable if git moved the path. */
export const scopeGone: RecordRule = {
  info: defineRule({
    id: 'scope-gone',
    severity: 'warning',
    description: 'A record in force applies to a path that does not exist.',
    tags: ['record'],
    fixes: 'auto-fixable',
  }),
  async *check(document, records) {
    const { kind, path = '' } = document;
    if (kind !== 'decision' || !isInForce(document, records.register.successors)) return;
    for (const link of document.links) {
      const finding = link.kind === 'applies-to' ? await gonePattern(link, path, records) : undefined;
      if (finding) yield finding;
    }
    yield* movedPaths(document, records);
  },
};
