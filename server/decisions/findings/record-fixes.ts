import { resolvePath } from '../../knowledge/paths.ts';
import type { DocumentHead, Link } from '../../model/document.ts';
import type { Finding, Fix } from '../../model/finding.ts';
import { type LinkResolver, linkResolver, pathCandidates } from '../../register/successors.ts';
import { lineIndex } from '../../text/lines.ts';
import { likeness } from './nearest-record.ts';
import type { Records } from './record-rule.ts';
import { relativeTo, supersededEdit } from './status-edit.ts';

const STATUSES = ['proposed', 'accepted', 'rejected', 'deprecated', 'superseded'];
/** Of letters that must be right for a status to be a slip of the pen. */
const LEAST_ALIKE = 0.7;
/** Every folder may have one: the only other one is hardly meant. */
const COMMON_NAME = /^(?:readme|index|_index|license|contributing|changelog|summary)\./i;

const resolvers = new WeakMap<Records['heads'], LinkResolver>();

/** The resolver of all records; made once for each state of them. */
function resolverOf(heads: Records['heads']): LinkResolver {
  const known = resolvers.get(heads) ?? linkResolver(heads);
  resolvers.set(heads, known);
  return known;
}

type Maker = (finding: Finding, document: DocumentHead, text: string, records: Records) => readonly Fix[];

/** A status with a slip of the pen. */
const fixStatus: Maker = ({ span }, { status, path }, text) => {
  const index = lineIndex(text);
  const [start, end] = [index.offset(span.start), index.offset(span.end)];
  const word = text.slice(start, end);
  if (path === undefined || word !== status?.text || !/^[A-Za-z]{4,20}$/.test(word)) return [];
  const [best] = STATUSES.map((value) => ({ value, alike: likeness(word.toLowerCase(), value) })).sort((a, b) => b.alike - a.alike);
  if (best === undefined || best.alike < LEAST_ALIKE) return [];
  const written = /^[A-Z]/.test(word) ? best.value.charAt(0).toUpperCase() + best.value.slice(1) : best.value;
  return [{ title: `Write ${written}`, edits: [{ path, span, text: written }] }];
};

/** Where the file of a broken link is now: by git, by its record, by its name. */
function placeNow(link: Link, document: DocumentHead, { past, heads, register }: Records): { path: string; certain: boolean } | undefined {
  const gone = link.path ?? '';
  for (const candidate of pathCandidates(gone)) {
    const renamed = past.renamed?.(candidate);
    if (renamed !== undefined) return { path: renamed, certain: true };
  }
  const record = resolverOf(heads)(document, link);
  if (typeof record !== 'string' && record.path !== undefined) return { path: record.path, certain: false };
  const name = gone.slice(gone.lastIndexOf('/') + 1);
  const [only] = name.includes('.') && !COMMON_NAME.test(name) ? register.tree.filesNamed(name, 1) : [];
  return only?.includes('/') ? { path: only, certain: false } : undefined;
}

/** A relative link to a file that is elsewhere now. */
const fixLink: Maker = ({ span }, document, text, records) => {
  const path = document.path;
  const link = document.links.find((one) => one.span.start.line === span.start.line && one.span.start.character === span.start.character);
  const now = path === undefined || link?.path === undefined ? undefined : placeNow(link, document, records);
  if (path === undefined || link === undefined || now === undefined) return [];
  const index = lineIndex(text);
  const [start, end] = [index.offset(span.start), index.offset(span.end)];
  const target = link.target.replace(/[?#].*$/s, '');
  const at = text.slice(start, end).lastIndexOf(target);
  if (at < 0 || target === '') return [];
  const written = target.startsWith('/') ? `/${now.path}` : relativeTo(path, now.path);
  const shown = target.startsWith('./') && !written.startsWith('.') ? `./${written}` : written;
  if (resolvePath(path, shown) !== now.path || /[\s()]/.test(shown)) return [];
  const place = index.span(start + at, start + at + target.length);
  return [{ title: `Link to ${shown}`, edits: [{ path, span: place, text: shown }], ...(now.certain ? { preferred: true } : {}) }];
};

/** A superseded record that names no successor, although exactly one other says that it is it. */
const fixSuccessor: Maker = (_, document, text, { heads }) => {
  if (document.links.some(({ kind }) => kind === 'superseded-by')) return [];
  const resolve = resolverOf(heads);
  const claims = heads.filter((head) =>
    head.links.some((link) => {
      const old = link.kind === 'supersedes' && link.partial !== true ? resolve(head, link) : 'missing';
      return typeof old !== 'string' && old.id === document.id;
    }),
  );
  const [next, ...others] = claims;
  const edit = next === undefined || others.length > 0 ? undefined : supersededEdit(text, document, next, heads);
  return edit === undefined ? [] : [{ title: `Write "${edit.text}"`, edits: [edit], preferred: true }];
};

const MAKERS: ReadonlyMap<string, Maker> = new Map([
  ['unknown-status', fixStatus],
  ['broken-link', fixLink],
  ['superseded-by-nothing', fixSuccessor],
]);

/** The findings of one document with the fixes that its text allows; the same findings where there are none. */
export async function withRecordFixes(
  findings: readonly Finding[],
  document: DocumentHead,
  records: Records,
  text?: string,
): Promise<readonly Finding[]> {
  if (document.path === undefined || !findings.some(({ rule, fixes }) => fixes === undefined && MAKERS.has(rule))) return findings;
  const whole = text ?? (await records.read(document.path));
  if (whole === undefined) return findings;
  return findings.map((finding) => {
    const fixes = finding.fixes ?? MAKERS.get(finding.rule)?.(finding, document, whole, records) ?? [];
    return fixes.length === 0 ? finding : { ...finding, fixes };
  });
}
