import { type DeclaredLinks, LARGEST_LINKS, LINKS_FILE, NO_LINKS, readLinks } from '../knowledge/links/links.ts';
import type { WorkspaceFiles } from './files.ts';

/** UTF-8 takes at most 3 bytes for a UTF-16 unit; the one byte more shows that the file is longer than allowed. */
const MOST_BYTES = LARGEST_LINKS * 3 + 1;

export interface LinksReader {
  /** The links as the file has them now; the same object for as long as the file is the same. */
  current(): Promise<DeclaredLinks>;
  /** Reads the file at the next call even if its stamp is the same: two writes within one tick of the clock. */
  forget(): void;
}

/** Follows `.lintel/links.yaml`. */
export function createLinksReader(files: () => WorkspaceFiles): LinksReader {
  let readAt: string | undefined;
  let links = NO_LINKS;
  return {
    async current() {
      const stamp = await files().stamp(LINKS_FILE);
      if (stamp === readAt) return links;
      const text = stamp === '' ? undefined : await files().read(LINKS_FILE, MOST_BYTES);
      links = text === undefined ? NO_LINKS : readLinks(text);
      readAt = stamp;
      return links;
    },
    forget() {
      readAt = undefined;
    },
  };
}
