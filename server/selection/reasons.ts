import type { Diff } from '../model/diff.ts';
import type { JudgedPath, TestEvidence } from '../model/selection.ts';
import type { OwnReason } from './runs/own-reason.ts';
import type { OwnReasons } from './runs/own-reasons.ts';

/** What is known of specs besides their ranking. */
interface ReasonSources {
  readonly tests: ReadonlyMap<string, unknown>;
  readonly importersOf: (path: string) => ReadonlyMap<string, readonly string[]>;
  readonly own?: OwnReasons;
  /** Specs that ran lines which changed. */
  readonly covered?: readonly OwnReason[];
}

/** Reasons for specs besides their ranking. */
export interface Reasons {
  /** Specs that run for a reason of their own. */
  readonly must: ReadonlyMap<string, readonly TestEvidence[]>;
  /** What else speaks for specs. */
  readonly also: ReadonlyMap<string, readonly TestEvidence[]>;
  /** Recorded failures when the same files had changed, by spec. */
  readonly failures: ReadonlyMap<string, number>;
  /** Files of the suite that changed, and of which nothing says which specs use them. */
  readonly unclaimed: readonly string[];
}

/** Specs that changed, that import what changed, that ran it, that a person linked to what changed, and that failed before when the same changed. */
export const reasonsOf = (diff: Diff, paths: readonly JudgedPath[], product: readonly string[], sources: ReasonSources): Reasons => {
  const { tests, importersOf, own, covered = [] } = sources;
  const must = new Map<string, TestEvidence[]>();
  const also = new Map<string, TestEvidence[]>();
  const add = (reasons: Map<string, TestEvidence[]>, spec: string, evidence: TestEvidence): void => {
    if (tests.has(spec)) reasons.set(spec, [...(reasons.get(spec) ?? []), evidence]);
  };
  const isNew = new Set(diff.files.filter(({ change }) => change === 'added').map(({ path }) => path));
  const unclaimed: string[] = [];
  for (const { path, rule } of paths) {
    if (rule === 'spec') add(must, path, { kind: 'imports', weight: 1, chain: [path], explanation: 'changed itself' });
    if (rule !== 'support') continue;
    const importers = importersOf(path);
    // What is new is used by what changed with it.
    if (importers.size === 0 && !isNew.has(path)) unclaimed.push(path);
    for (const [spec, chain] of importers)
      add(must, spec, { kind: 'imports', weight: 1, chain, explanation: `imports ${path}, which changed` });
  }
  // A person may link what no rule calls able to reach a test.
  const everything = diff.files.flatMap(({ path, from }) => (from === undefined ? [path] : [path, from]));
  for (const { spec, evidence } of own?.declared(everything) ?? []) add(must, spec, evidence);
  for (const { spec, evidence } of covered) add(must, spec, evidence);
  const failures = new Map<string, number>();
  for (const { spec, evidence, must: runs } of own?.failed(product) ?? []) {
    add(runs ? must : also, spec, evidence);
    if (runs && evidence.kind === 'failed-before') failures.set(spec, evidence.failures);
  }
  return { must, also, failures, unclaimed };
};
