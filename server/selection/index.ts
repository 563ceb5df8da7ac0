export type { PastCommit } from './gate/confidence.ts';
export { type SuiteSources, suiteKnowledge } from './read-suite.ts';
export { durationsOf, reportOf } from './runs/figures.ts';
export { RUN_LOG, type RunLog, readRunLog, runLine } from './runs/log.ts';
export { readTestReport } from './runs/read-report.ts';
export { type SelectionToRecord, selectionToRecord } from './runs/recorded-selection.ts';
export type { TestReport } from './runs/report.ts';
export type { KnownSpec } from './runs/resolve-spec.ts';
export { resultsOf } from './runs/results.ts';
export { withFlakes } from './runs/same-commit.ts';
export { shadowGate } from './runs/shadow-gate.ts';
export { type SuiteKnowledge, selectTests } from './select.ts';
export { type DiscoveryOptions, discoverSuite } from './suite/discover.ts';
export {
  FRAMEWORKS,
  type Framework,
  type ReadFile,
  type Suite,
  type SuiteFramework,
  type SuiteSetting,
  type SuiteSpec,
  type SupportFile,
} from './suite/suite.ts';
