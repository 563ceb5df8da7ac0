export type { PastCommit } from './gate/confidence.ts';
export { type SuiteSources, suiteKnowledge } from './read-suite.ts';
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
