import type { NeighbourEvidence } from '../../model/evidence.ts';
import { homeOf } from '../../register/home.ts';
import type { OwnersOf } from '../../workspace/owners.ts';

const NEIGHBOUR_WEIGHT = 0.2;
/** A team owns much. */
const OWNERS_WEIGHT = 0.1;

/** No rule names it: whoever owns it owns everything, which says nothing. */
const ANY_PATH = 'a-file-that-no-rule-names';

/**
 * The record is kept with the package that the code belongs to, or belongs to the same people. Records of the whole repository that belong to
 * everybody are neighbours of nothing.
 */
export function neighbourEvidence(recordPath: string, path: string, ownersOf?: OwnersOf): NeighbourEvidence | undefined {
  const home = homeOf(recordPath);
  if (home !== '' && path.startsWith(`${home}/`))
    return { kind: 'neighbour', weight: NEIGHBOUR_WEIGHT, folder: home, explanation: `is a decision of \`${home}\`` };
  if (!ownersOf) return undefined;
  const everywhere = ownersOf(ANY_PATH);
  const here = ownersOf(path);
  const owners = ownersOf(recordPath).filter((owner) => here.includes(owner) && !everywhere.includes(owner));
  if (owners.length === 0) return undefined;
  return { kind: 'neighbour', weight: OWNERS_WEIGHT, owners, explanation: `belongs to ${owners.join(', ')}, as this file does` };
}
