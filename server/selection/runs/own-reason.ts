import type { TestEvidence } from '../../model/selection.ts';

/** A reason for a spec that does not come from its ranking. */
export interface OwnReason {
  readonly spec: string;
  readonly evidence: TestEvidence;
  /** Whether it runs for this reason alone. */
  readonly must: boolean;
}
