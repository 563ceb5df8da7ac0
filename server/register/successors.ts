import { folderOf } from '../knowledge/paths.ts';
import { recordName, slugOf } from '../knowledge/record-name.ts';
import type { DocumentHead, Link } from '../model/document.ts';

/** Why a link leads to no record. */
type Unresolved = 'missing' | 'ambiguous' | 'elsewhere';

/** Finds the record that a link of a document means. */
export type LinkResolver = (from: DocumentHead, link: Pick<Link, 'target' | 'path'>) => DocumentHead | Unresolved;

/** Spellings under which the file of a link may exist: as written, with an extension, as a folder. */
export function pathCandidates(path: string): readonly string[] {
  const bare = path.replace(/\.html?$/i, '');
  const folder = path.replace(/\/$/, '');
  const files = ['.md', '.rst', '.adoc', '.mdx', '/README.md', '/index.md', '/README.rst', '/index.rst'];
  return [path, ...files.map((extension) => `${folder}${extension}`), ...(bare === path ? [] : [`${bare}.md`, `${bare}.rst`])];
}

/**
 * Resolves links between decisions: by path, by the end of an address, by slug (files move and are renumbered), by number. A number counts only
 * where one record has it, or one in the nearest folder; what is ambiguous is never guessed.
 */
export function linkResolver(documents: readonly DocumentHead[]): LinkResolver {
  const decisions = documents.filter(({ kind, path }) => kind === 'decision' && path !== undefined);
  const byPath = new Map(decisions.map((document) => [document.path ?? '', document]));
  const bySlug = group(decisions, ({ slug, path }) => letters(slug ?? recordName(path ?? '').slug));
  const byNumber = group(decisions, (document) => (document.number === undefined ? undefined : numberKey(document, document.number)));
  const byTitle = group(decisions, ({ title }) => slugOf(title));

  const nearest = (from: DocumentHead, candidates: readonly DocumentHead[] | undefined): DocumentHead | Unresolved => {
    const others = (candidates ?? []).filter(({ id }) => id !== from.id);
    if (others.length <= 1) return others[0] ?? 'missing';
    const shared = others.map((other) => sharedFolders(from.path ?? '', other.path ?? ''));
    const most = Math.max(...shared);
    const close = others.filter((_, index) => shared[index] === most);
    return close.length === 1 ? (close[0] ?? 'missing') : 'ambiguous';
  };
  const byFile = (from: DocumentHead, path: string): DocumentHead | Unresolved => {
    for (const candidate of pathCandidates(path)) {
      const found = byPath.get(candidate);
      if (found !== undefined) return found;
    }
    const { slug, number, namespace } = recordName(path);
    const named = slug.length >= 4 ? nearest(from, bySlug.get(letters(slug))) : 'missing';
    if (named !== 'missing' || number === undefined) return named;
    // A number that now belongs to a record of another name is not what was meant: files are renumbered and overwritten.
    const numbered = nearest(from, byNumber.get(`${namespace}:${number}`));
    return typeof numbered !== 'string' && !alike(slug, numbered) ? 'missing' : numbered;
  };
  return (from, { target, path }) => {
    if (path !== undefined) return byFile(from, path);
    const address = /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/]*(\/[^?#]*)?/i.exec(target);
    if (address !== null) return byAddress(address[1] ?? '', byPath, (rest) => byFile(from, rest));
    if (/^\/?[^\s]+\.(?:md|mdx|rst|adoc|markdown)(?:#.*)?$/i.test(target) || target.startsWith('/')) {
      return byFile(from, target.replace(/^\/+/, '').replace(/[?#].*$/, ''));
    }
    const number = numberIn(target);
    if (number !== undefined) {
      const found = nearest(from, byNumber.get(`${number.namespace}:${number.digits}`));
      if (found !== 'missing' || number.words === '') return found;
      return nearest(from, bySlug.get(letters(number.words)));
    }
    const slug = recordName(target).slug;
    const found = nearest(from, bySlug.get(letters(slug)));
    return found === 'missing' ? nearest(from, byTitle.get(slugOf(target))) : found;
  };
}

/**
 * Full successors of every record that has any, by document id; the one in force first, then the ones between. Statements of both sides count: the old
 * record's "superseded by" and the new one's "supersedes" (unless the new one is only proposed or was rejected). Records that replace each other
 * in a circle do not replace each other.
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
      const pending = next.status?.value === 'proposed' || next.status?.value === 'rejected';
      const reversed = old.status?.value === 'accepted' && next.status?.value === 'superseded' && link.kind === 'supersedes';
      if ((link.kind === 'supersedes' && pending) || reversed) continue;
      edges.set(old.id, (edges.get(old.id) ?? new Set()).add(next.id));
    }
  }
  const reach = new Map([...edges.keys()].map((id) => [id, reachable(id, edges)]));
  const inCircle = (id: string, other: string): boolean => reach.get(other)?.has(id) === true;
  const standing = new Map<string, number>();
  for (const document of documents) {
    const retired = [...(reach.get(document.id)?.keys() ?? [])].some((next) => !inCircle(document.id, next));
    const value = document.status?.value;
    standing.set(document.id, retired ? 2 : value === undefined || value === 'accepted' ? 0 : 1);
  }
  const rank = (id: string): number => standing.get(id) ?? 0;
  const successors = new Map<string, readonly string[]>();
  for (const [id, distances] of reach) {
    const beyond = [...distances.keys()].filter((other) => !inCircle(id, other));
    beyond.sort((a, b) => rank(a) - rank(b) || (distances.get(b) ?? 0) - (distances.get(a) ?? 0) || (a < b ? -1 : 1));
    if (beyond.length > 0) successors.set(id, beyond);
  }
  return successors;
}

/** Everything that can be reached from a record, with the number of steps. */
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

/** An address belongs to the repository where the end of its path is the path of a record, or where it is a site's `/adr/7`. */
function byAddress(
  path: string,
  byPath: ReadonlyMap<string, DocumentHead>,
  byFile: (path: string) => DocumentHead | Unresolved,
): DocumentHead | Unresolved {
  const segments = path.split('/').filter(Boolean);
  for (let from = 0; from < segments.length; from++) {
    for (const candidate of pathCandidates(segments.slice(from).join('/'))) {
      const found = byPath.get(candidate);
      if (found !== undefined) return found;
    }
  }
  // Behind a file view of a forge stands a path: if no record has it, the address is of another repository.
  if (segments.includes('blob') || segments.includes('tree')) return 'elsewhere';
  const found = byFile(segments.join('/'));
  return found === 'missing' ? 'elsewhere' : found;
}

function numberIn(target: string): { readonly namespace: 'adr' | 'rfc'; readonly digits: string; readonly words: string } | undefined {
  const match =
    /^@?(M?ADR|RFC|KEP|TEP|PEP|OEP|decision records?)?s?(?:\s?(?:no\.?|number|#))?[-_\s#(]{0,3}(\d{1,5})(?![\d])(?:[.:)–—\s-]\s*(.*))?$/is.exec(
      target.trim().slice(0, 400),
    );
  if (match?.[2] === undefined || (match[1] === undefined && /^\d+-/.test(target))) return undefined;
  return { namespace: /^rfc$/i.test(match[1] ?? '') ? 'rfc' : 'adr', digits: String(Number(match[2])), words: slugOf(match[3] ?? '') };
}

/** A slug without its hyphens: `auth0-s-requirement` and `auth0s-requirement` are the same words. */
function letters(slug: string): string {
  return slug.replaceAll('-', '');
}

/** At least half of the words of a slug stand in the name or title of a record; a slug that is no more than a number is like any. */
function alike(slug: string, document: DocumentHead): boolean {
  const words = slug.split('-').filter((word) => word.length > 2 && !/\d/.test(word) && word !== 'adr' && word !== 'rfc');
  const known = new Set([...(document.slug ?? '').split('-'), ...slugOf(document.title).split('-')]);
  return words.filter((word) => known.has(word)).length * 2 >= words.length;
}

function numberKey(document: DocumentHead, number: string): string {
  return `${recordName(document.path ?? '').namespace}:${number}`;
}

function sharedFolders(a: string, b: string): number {
  const [left, right] = [folderOf(a).split('/'), folderOf(b).split('/')];
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared++;
  return shared;
}

function group(
  documents: readonly DocumentHead[],
  key: (document: DocumentHead) => string | undefined,
): ReadonlyMap<string, readonly DocumentHead[]> {
  const groups = new Map<string, DocumentHead[]>();
  for (const document of documents) {
    const name = key(document);
    if (name === undefined || name === '') continue;
    const members = groups.get(name);
    if (members === undefined) groups.set(name, [document]);
    else members.push(document);
  }
  return groups;
}
