import type { Evidence, EvidenceBase } from './evidence.ts';

/** Something that is relevant, and why: a record for code, a test for a diff. */
export interface Ranked<T, E extends EvidenceBase = Evidence> {
  readonly item: T;
  /** Largest first. */
  readonly evidence: readonly E[];
}

/** The weight of the strongest evidence, in [0, 1]; 0 without any. */
export const strength = ({ evidence }: Pick<Ranked<unknown, EvidenceBase>, 'evidence'>): number =>
  evidence.reduce((most, { weight }) => Math.max(most, weight), 0);

/** Orders ranked items: strongest evidence first, ties by id, so that the same input gives the same order. */
export const byStrength =
  <T>(idOf: (item: T) => string) =>
  (a: Ranked<T>, b: Ranked<T>): number =>
    strength(b) - strength(a) || (idOf(a.item) < idOf(b.item) ? -1 : 1);
