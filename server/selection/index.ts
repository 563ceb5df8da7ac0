export type { PastCommit } from './gate/confidence.ts';
export { type SuiteSources, suiteKnowledge } from './read-suite.ts';
export { type SuiteKnowledge, selectTests } from './select.ts';
export { type DiscoveryOptions, discoverSuite } from './suite/discover.ts';
export type { CommandCall, EndpointCall, Import, Mention, Selector, SpecContents, Title, Visit } from './suite/reading/contents.ts';
export { readSpec } from './suite/reading/read-spec.ts';
export type { StepDefinition } from './suite/step-definitions.ts';
export type { Framework, ReadFile, Suite, SuiteFramework, SuiteSpec, SupportFile } from './suite/suite.ts';
export { createSupportFinder, type Support, type SupportFinder } from './suite/supports.ts';
