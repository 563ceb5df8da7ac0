import type { NeighbourEvidence } from '../../model/evidence.ts';
import { documentedFolder } from '../../register/documented-folder.ts';
import type { OwnersOf } from '../../workspace/owners.ts';

const NEIGHBOUR_WEIGHT = 0.2;
/** Little, because a team owns a lot. */
const OWNERS_WEIGHT = 0.1;

/** Matches only catch-all rules: whoever owns this owns everything, which says nothing. */
const ANY_PATH = 'a-file-that-no-rule-names';

/**
 * The record lives in the package of the code, or has the same owners. A record of the whole repository that everybody owns is a neighbour of
 * nothing.
 */
export function neighbourEvidence(recordPath: string, path: string, ownersOf?: OwnersOf): NeighbourEvidence | undefined {
  const documented = documentedFolder(recordPath);
  if (documented !== '' && path.startsWith(`${documented}/`))
    return { kind: 'neighbour', weight: NEIGHBOUR_WEIGHT, folder: documented, explanation: `is a decision of \`${documented}\`` };
  if (!ownersOf) return undefined;
  const everywhere = ownersOf(ANY_PATH);
  const here = ownersOf(path);
  const owners = ownersOf(recordPath).filter((owner) => here.includes(owner) && !everywhere.includes(owner));
  if (owners.length === 0) return undefined;
  return { kind: 'neighbour', weight: OWNERS_WEIGHT, owners, explanation: `belongs to ${owners.join(', ')}, as this file does` };
}
