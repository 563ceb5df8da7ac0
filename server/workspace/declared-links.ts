import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeclaredLinks, LARGEST_LINKS, LINKS_FILE, NO_LINKS, readLinks } from '../knowledge/links/links.ts';
import { readBounded } from './read.ts';

/** Reads `.lintel/links.yaml` again whenever it is another file than before; the same object as long as it is the same. */
export function createLinksReader(root: string): { current(): Promise<DeclaredLinks>; forget(): void } {
  const path = join(root, LINKS_FILE);
  let stamp: string | undefined;
  let links = NO_LINKS;
  return {
    async current() {
      const found = await stat(path, { bigint: true }).catch(() => undefined);
      const now = found?.isFile() ? `${found.ino} ${found.size} ${found.mtimeNs}` : '';
      if (now === stamp) return links;
      // UTF-8 takes at most 3 bytes for a unit of UTF-16; one more byte tells that there is more.
      const text = now === '' ? undefined : await readBounded(path, Math.min(Number(found?.size ?? 0), LARGEST_LINKS * 3) + 1);
      links = text === undefined ? NO_LINKS : readLinks(text);
      stamp = now;
      return links;
    },
    forget: () => {
      stamp = undefined;
    },
  };
}
