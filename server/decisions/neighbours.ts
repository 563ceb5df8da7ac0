import type { NeighbourEvidence } from '../model/evidence.ts';
import type { OwnersOf } from '../workspace/owners.ts';

const DOCUMENTATION = /^(?:docs?|documentation|adrs?|decisions|architecture|rfcs?|design)$/i;
const NEIGHBOUR_WEIGHT = 0.2;
/** A team owns much. */
const OWNERS_WEIGHT = 0.1;

/**
 * The folder whose documentation a record belongs to: `services/payments` for `services/payments/docs/adr/x.md`;
 * empty for records of the whole repository.
 */
export function homeOf(recordPath: string): string {
  const folders = recordPath.split('/').slice(0, -1);
  const at = folders.findIndex((segment) => DOCUMENTATION.test(segment));
  return (at < 0 ? folders : folders.slice(0, at)).join('/');
}

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
