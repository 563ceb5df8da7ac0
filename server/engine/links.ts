import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { linkBookOf } from '../decisions/declared.ts';
import type { Register } from '../decisions/register.ts';
import { readBounded } from '../indexing/read.ts';
import { type DeclaredLinks, LARGEST_LINKS, LINKS_FILE, NO_LINKS, readLinks } from '../knowledge/links.ts';
import type { DocumentProblems } from '../model/answer.ts';

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

/** What is wrong in `.lintel/links.yaml`, as it is or as the editor has it; `undefined` where nothing is. */
export function problemsOfLinks(register: Register | undefined, text?: string): DocumentProblems | undefined {
  const links = text === undefined ? (register?.links.links ?? NO_LINKS) : readLinks(text);
  const unresolved = register ? linkBookOf(links, register.catalogue).problems : [];
  const problems = [...links.problems, ...unresolved];
  return problems.length === 0 ? undefined : { document: { id: LINKS_FILE, path: LINKS_FILE, kind: 'guide' }, problems };
}
