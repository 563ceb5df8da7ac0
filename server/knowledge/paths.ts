/** Folder of a repository-relative path, without a trailing slash; empty for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** Relative path from the folder of one file to another file; both repository-relative. The reverse of {@link resolvePath}, without encoding. */
export function relativePath(from: string, to: string): string {
  const [left, right] = [folderOf(from).split('/').filter(Boolean), to.split('/')];
  let shared = 0;
  while (shared < left.length && shared < right.length - 1 && left[shared] === right[shared]) shared++;
  return [...left.slice(shared).map(() => '..'), ...right.slice(shared)].join('/');
}

/**
 * Resolves a relative link of a document to a repository-relative path. A leading slash means the root of the repository; anchor and query are
 * dropped. `undefined` for URLs, for anchors within the document and for paths that leave the repository.
 */
export function resolvePath(documentPath: string, target: string): string | undefined {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|#|$)/i.test(target)) return undefined;
  const cut = target.search(/[?#]/);
  const written = decoded(cut < 0 ? target : target.slice(0, cut)).replaceAll('\\', '/');
  if (written === '' || /[\r\n\0]/.test(written)) return undefined;
  const parts = written.startsWith('/') ? [] : folderOf(documentPath).split('/').filter(Boolean);
  for (const part of written.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? undefined : parts.join('/');
}

/**
 * A path in the one spelling that stands for all that mean the same file: composed (NFC), and without percent signs. macOS and some git clients store
 * decomposed names; wikis store `%2D` in names that links spell `-`. For comparing only: no such file need exist.
 */
export function canonicalPath(path: string): string {
  let plain = path;
  // A name that holds `%2D` is linked as `%252D` where it is escaped properly.
  for (let round = 0; round < 3 && plain.includes('%'); round++) {
    const next = decoded(plain);
    if (next === plain) break;
    plain = next;
  }
  return plain.normalize('NFC');
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
