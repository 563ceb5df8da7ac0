import { canonicalPath, folderOf } from '../knowledge/paths.ts';
import { isSeries, namespaceOf, numberKeys, recordName, slugOf } from '../knowledge/record-name.ts';
import type { DocumentHead, Link } from '../model/document.ts';
import { letterMentions, type WrittenNumber, wordMentions, writtenNumber } from '../text/record-numbers.ts';
import { folderSizesOf, withoutCopies } from './copies.ts';
import { groupByKey } from './group-by-key.ts';

/** Why a link resolves to no record. */
type Unresolved = 'missing' | 'ambiguous' | 'elsewhere';

/** Finds the record that a link refers to. */
export type LinkResolver = (from: DocumentHead, link: Pick<Link, 'target' | 'path'>) => DocumentHead | Unresolved;

/** Paths at which the file of a link may exist: as written, with an extension, as a folder; for a page of a site (`.html`), as its source. */
export function possiblePaths(path: string): readonly string[] {
  // Sphinx appends `.rst` to documents that may be written in another markup.
  const bare = path.replace(/\.(?:html?|rst)$/i, '');
  const page = bare.replace(/\/index$/i, '');
  const folder = path.replace(/\/$/, '');
  const files = ['.md', '.rst', '.adoc', '.mdx', '/README.md', '/index.md', '/_index.md', '/README.rst', '/index.rst'];
  const sources = bare === path ? [] : ['.md', '.rst', '.adoc', '.mdx'].map((extension) => `${bare}${extension}`);
  return [
    path,
    ...files.map((extension) => `${folder}${extension}`),
    ...sources,
    ...(page === bare ? [] : [`${page}/README.md`, `${page}/_index.md`]),
  ];
}

/**
 * Resolves links between decision records: by path, by the end of an address, by slug (because files move and are renumbered), by number, by title.
 * A number counts only where one record has it, or one in the nearest folder. Ambiguous links are never guessed.
 */
export function linkResolver(documents: readonly DocumentHead[]): LinkResolver {
  const decisions = documents.filter(({ kind, path }) => kind === 'decision' && path !== undefined);
  const byId = new Map(decisions.map((document) => [document.id, document]));
  const byPath = new Map(decisions.filter(({ id, path }) => id === path).map((document) => [canonicalPath(document.path ?? ''), document]));
  const bySlug = groupByKey(decisions, ({ slug, path }) => withoutHyphens(slug ?? recordName(path ?? '').slug));
  const byNumber = numbersOf(decisions);
  const namespaces = new Set(decisions.filter(({ number }) => number !== undefined).map(namespaceOf));
  const sizes = folderSizesOf(decisions);
  const byTitle = groupByKey(decisions, ({ title }) => slugOf(title));

  const nearest = (from: DocumentHead, candidates: readonly DocumentHead[] | undefined): DocumentHead | Unresolved => {
    const others = (candidates ?? []).filter(({ id }) => id !== from.id);
    if (others.length <= 1) return others[0] ?? 'missing';
    const shared = others.map((other) => sharedFolders(from.path ?? '', other.path ?? ''));
    const most = Math.max(...shared);
    const close = others.filter((_, index) => shared[index] === most);
    const [first, ...more] = withoutCopies(close, (document) => document, sizes);
    return more.length === 0 ? (first ?? 'missing') : 'ambiguous';
  };
  const byWrittenNumber = (from: DocumentHead, { namespace, number }: WrittenNumber): DocumentHead | Unresolved => {
    // A number alone is one of the series that the record itself belongs to, and "ADR 13" is A-13 where no record is ADR 13.
    const own = namespaceOf(from);
    const tried = namespace === undefined ? [own, 'adr', ...namespaces] : namespace === 'adr' ? ['adr', own] : [namespace];
    for (const each of new Set(tried)) {
      const found = nearest(from, byNumber.get(`${each}:${number}`));
      if (found !== 'missing') return found;
    }
    return namespace === undefined || namespace === 'adr' || namespaces.has(namespace) ? 'missing' : 'elsewhere';
  };
  const byFile = (from: DocumentHead, path: string): DocumentHead | Unresolved => {
    for (const candidate of possiblePaths(path)) {
      const found = byPath.get(canonicalPath(candidate));
      if (found !== undefined) return found;
    }
    const { slug, number, namespace } = recordName(path);
    const named = slug.length >= 4 ? nearest(from, bySlug.get(withoutHyphens(slug))) : 'missing';
    if (named !== 'missing' || number === undefined) return named;
    // Files are renumbered and overwritten, so a number that now belongs to a record of another name is not the one meant.
    const numbered = nearest(from, byNumber.get(`${namespace}:${number}`));
    return typeof numbered !== 'string' && !resembles(slug, numbered) ? 'missing' : numbered;
  };
  return (from, { target, path }) => {
    const section = path === undefined ? undefined : byId.get(`${path}${/#[^?]*/.exec(target)?.[0] ?? ''}`);
    if (section) return section;
    if (path !== undefined) return byFile(from, path);
    const address = /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/]*(\/[^?#]*)?/i.exec(target);
    if (address !== null) return byAddress(address[1] ?? '', byPath, (rest) => byFile(from, rest));
    if (/^\/?[^\s]+\.(?:md|mdx|rst|adoc|markdown)(?:#.*)?$/i.test(target) || target.startsWith('/')) {
      return byFile(from, target.replace(/^\/+/, '').replace(/[?#].*$/, ''));
    }
    const number = numberIn(target);
    if (number !== undefined) {
      const found = byWrittenNumber(from, number);
      if (found !== 'missing' || number.words === '') return found;
      return nearest(from, bySlug.get(withoutHyphens(number.words)));
    }
    const slug = recordName(target).slug;
    const found = nearest(from, bySlug.get(withoutHyphens(slug)));
    return found === 'missing' ? nearest(from, byTitle.get(slugOf(target))) : found;
  };
}

/**
 * The successors of every replaced record, by record id: the one in force first, then those in between. Statements of both sides count, the old record's
 * "superseded by" and the new one's "supersedes", unless the new one is only proposed or was rejected. A record that says that it is accepted
 * stays in force, whatever a sentence in the body of one of them says. Records that replace each other in a circle count as not replaced.
 */
export function resolveSupersession(documents: readonly DocumentHead[]): ReadonlyMap<string, readonly string[]> {
  const resolve = linkResolver(documents);
  const edges = new Map<string, Set<string>>();
  for (const document of documents) {
    if (document.kind !== 'decision') continue;
    for (const link of document.links) {
      if (link.partial === true || (link.kind !== 'supersedes' && link.kind !== 'superseded-by')) continue;
      const other = resolve(document, link);
      if (typeof other === 'string' || other.id === document.id) continue;
      const [old, next] = link.kind === 'supersedes' ? [other, document] : [document, other];
      // A sentence somewhere in a record does not retire one that says itself that it is accepted.
      if (link.inferred && old.status?.value === 'accepted') continue;
      const pending = next.status?.value === 'proposed' || next.status?.value === 'rejected';
      const reversed = old.status?.value === 'accepted' && next.status?.value === 'superseded' && link.kind === 'supersedes';
      if ((link.kind === 'supersedes' && pending) || reversed) continue;
      edges.set(old.id, (edges.get(old.id) ?? new Set()).add(next.id));
    }
  }
  const reach = new Map([...edges.keys()].map((id) => [id, reachable(id, edges)]));
  const inCircle = (id: string, other: string): boolean => reach.get(other)?.has(id) === true;
  const standings = new Map<string, number>();
  for (const document of documents) {
    const retired = [...(reach.get(document.id)?.keys() ?? [])].some((next) => !inCircle(document.id, next));
    const value = document.status?.value;
    standings.set(document.id, retired ? 2 : value === undefined || value === 'accepted' ? 0 : 1);
  }
  const rank = (id: string): number => standings.get(id) ?? 0;
  const successors = new Map<string, readonly string[]>();
  for (const [id, distances] of reach) {
    const beyond = [...distances.keys()].filter((other) => !inCircle(id, other));
    beyond.sort((a, b) => rank(a) - rank(b) || (distances.get(b) ?? 0) - (distances.get(a) ?? 0) || (a < b ? -1 : 1));
    if (beyond.length > 0) successors.set(id, beyond);
  }
  return successors;
}

/** Everything that can be reached from a record, with the number of steps to it. */
function reachable(from: string, edges: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, number> {
  const distances = new Map<string, number>();
  let frontier = [from];
  for (let step = 1; frontier.length > 0; step++) {
    const next: string[] = [];
    for (const id of frontier) {
      for (const other of edges.get(id) ?? []) {
        if (distances.has(other)) continue;
        distances.set(other, step);
        next.push(other);
      }
    }
    frontier = next;
  }
  return distances;
}

/** An address means a record of this repository where its path ends in that of a record, or in a site's `/adr/7`. */
function byAddress(
  path: string,
  byPath: ReadonlyMap<string, DocumentHead>,
  byFile: (path: string) => DocumentHead | Unresolved,
): DocumentHead | Unresolved {
  const segments = path.split('/').filter(Boolean);
  for (let from = 0; from < segments.length; from++) {
    for (const candidate of possiblePaths(segments.slice(from).join('/'))) {
      const found = byPath.get(canonicalPath(candidate));
      if (found !== undefined) return found;
    }
  }
  // The file view of a forge ends in a path: if no record has it, the address belongs to another repository.
  if (segments.includes('blob') || segments.includes('tree')) return 'elsewhere';
  const found = byFile(segments.join('/'));
  return found === 'missing' ? 'elsewhere' : found;
}

/** The number that a target is or begins with, and the words after it: `ADR-7`, `22. Use Kafka`, `A-13`. */
function numberIn(target: string): (WrittenNumber & { readonly words: string }) | undefined {
  const text = target
    .trim()
    .slice(0, 400)
    .replace(/^[@[(]{1,3}/, '');
  const whole = writtenNumber(text);
  if (whole !== undefined) return { ...whole, words: '' };
  for (const mention of [...wordMentions(text), ...letterMentions(text, isSeries)]) {
    const rest = /^[.:)\]\s\u2010-\u2015-]\s*(.*)$/s.exec(text.slice(mention.end))?.[1];
    if (mention.start === 0 && rest !== undefined) return { namespace: mention.namespace, number: mention.number, words: slugOf(rest) };
  }
  const bare = /^#?0{0,8}(\d{1,5})(?!\d)[.:)\u2010-\u2015\s]\s*(.*)$/s.exec(text);
  return bare?.[1] === undefined ? undefined : { number: String(Number(bare[1])), words: slugOf(bare[2] ?? '') };
}

/** Makes `auth0-s-requirement` and `auth0s-requirement` equal. */
function withoutHyphens(slug: string): string {
  return slug.replaceAll('-', '');
}

/** Whether at least half of the words of a slug occur in the name or title of a record. A slug of only a number resembles every record. */
function resembles(slug: string, document: DocumentHead): boolean {
  const words = slug.split('-').filter((word) => word.length > 2 && !/\d/.test(word) && word !== 'adr' && word !== 'rfc');
  const known = new Set([...(document.slug ?? '').split('-'), ...slugOf(document.title).split('-')]);
  return words.filter((word) => known.has(word)).length * 2 >= words.length;
}

function numbersOf(documents: readonly DocumentHead[]): ReadonlyMap<string, readonly DocumentHead[]> {
  const found = new Map<string, DocumentHead[]>();
  for (const document of documents) {
    for (const key of numberKeys(document)) found.set(key, [...(found.get(key) ?? []), document]);
  }
  return found;
}

function sharedFolders(a: string, b: string): number {
  const [left, right] = [folderOf(a).split('/'), folderOf(b).split('/')];
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared++;
  return shared;
}
