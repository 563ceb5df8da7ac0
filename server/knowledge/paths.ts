/** Folder of a repository-relative path, without a trailing slash; empty for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
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

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
