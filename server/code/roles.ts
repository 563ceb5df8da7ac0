import { patternOfAll } from './languages/index.ts';
import { isSource, isVendored } from './sources.ts';

/** What these cite was right when it was written. */
const STORY = /(?:^|\/)(?:change-?log|changes|history|news|releases?(?:-notes)?)(?:\.\w+)?$/i;
/** What these cite was never meant. */
const SAMPLES =
  /(?:^|\/)(?:test-?data|fixtures?|__fixtures__|__mocks__|golden|goldens|snapshots?|cassettes|samples?|examples?\/(?:adr|decisions))\//i;
const TEST_FOLDER = /(?:^|\/)(?:tests?|__tests__|specs?|e2e)\//;
/** In any language: test files of several are found in one repository, and their names mean the same everywhere. */
const TEST_NAME = new RegExp(patternOfAll(({ testNames }) => testNames));

/** True for a file of code or configuration whose citations are checked. */
export const isChecked = (path: string): boolean => isSource(path) && !isVendored(path) && !STORY.test(path) && !SAMPLES.test(path);

/** True for tests, in whose strings paths are made up. */
export function isTest(path: string): boolean {
  if (TEST_FOLDER.test(path)) return true;
  const stem = /([^/]*)\.\w+$/.exec(path)?.[1];
  return stem !== undefined && TEST_NAME.test(stem);
}
