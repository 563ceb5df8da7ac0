import { MODULE_EXTENSIONS } from '../code/languages/index.ts';
import type { Tree } from './tree.ts';

const MOST_FOLDERS = 3;
const LEAST_SEGMENTS = 2;

/** Folders whose path ends with the last segments of a module path, with as many of them as any folder has; at least two. */
function byLastSegments(segments: readonly string[], tree: Tree): readonly string[] {
  for (let skipped = 0; segments.length - skipped >= LEAST_SEGMENTS; skipped++) {
    const found = tree.foldersNamed(segments.slice(skipped).join('/'), MOST_FOLDERS);
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * The folders of the repository that a package or module name means: `@shop/orders` a folder `orders` with a package.json,
 * `example.org/shop/internal/outbox` and `shop.orders.outbox` a folder with that path.
 */
export function packageFolders(name: string, tree: Tree): readonly string[] {
  if (/^@[\w.-]+\/[\w.-]+$/.test(name)) {
    const folder = name.slice(name.indexOf('/') + 1);
    return tree.foldersNamed(folder, MOST_FOLDERS).filter((path) => tree.has(`${path}/package.json`));
  }
  if (/^[\w-]+(?:\.[\w-]+)+\//.test(name)) return byLastSegments(name.split('/').slice(1), tree);
  return name.includes('/') ? [] : byLastSegments(name.split('.'), tree);
}

/** The file of a module or type by its dotted name: `shop.orders.outbox` is `shop/orders/outbox.py`. */
export function moduleFile(name: string, tree: Tree): string | undefined {
  const path = name.replaceAll('.', '/');
  for (const extension of MODULE_EXTENSIONS) {
    const [found] = tree.filesNamed(`${path}.${extension}`, 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
