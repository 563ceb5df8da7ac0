import type { NeighbourEvidence } from '../model/evidence.ts';

const DOCUMENTATION = /^(?:docs?|documentation|adrs?|decisions|architecture|rfcs?|design)$/i;
const NEIGHBOUR_WEIGHT = 0.2;

/**
 * The folder whose documentation a record belongs to: `services/payments` for `services/payments/docs/adr/x.md`;
 * empty for records of the whole repository.
 */
export function homeOf(recordPath: string): string {
  const folders = recordPath.split('/').slice(0, -1);
  const at = folders.findIndex((segment) => DOCUMENTATION.test(segment));
  return (at < 0 ? folders : folders.slice(0, at)).join('/');
}

/** The record is kept with the package that the code belongs to. Records of the whole repository are neighbours of nothing. */
export function neighbourEvidence(recordPath: string, path: string): NeighbourEvidence | undefined {
  const home = homeOf(recordPath);
  if (home === '' || !path.startsWith(`${home}/`)) return undefined;
  return { kind: 'neighbour', weight: NEIGHBOUR_WEIGHT, folder: home, explanation: `is a decision of \`${home}\`` };
}
