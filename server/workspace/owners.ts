import { ownersOf, parseCodeowners } from '../knowledge/codeowners.ts';
import type { WorkspaceFiles } from './files.ts';
import type { Tree } from './tree.ts';

/** Owners of a path by CODEOWNERS. */
export type OwnersOf = (path: string) => readonly string[];

/** Where forges look for it, in their order. */
export const CODEOWNERS_PLACES: readonly string[] = [
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
  '.gitlab/CODEOWNERS',
  '.gitea/CODEOWNERS',
];

/** Owners by the CODEOWNERS file of the work tree; `undefined` where there is none. */
export async function readOwners(files: WorkspaceFiles, tree: Tree): Promise<OwnersOf | undefined> {
  const place = CODEOWNERS_PLACES.find((path) => tree.has(path));
  const text = place === undefined ? undefined : await files.read(place);
  if (text === undefined) return undefined;
  const rules = parseCodeowners(text);
  const known = new Map<string, readonly string[]>();
  return (path) => {
    let owners = known.get(path);
    if (!owners) {
      owners = ownersOf(rules, path);
      known.set(path, owners);
    }
    return owners;
  };
}
