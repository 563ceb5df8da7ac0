import type { TestOutcome } from '../../../model/test-runs.ts';
import { MOST_TESTS, messageText, type ReportedTest, secondsOf, short, type TestReport } from '../report.ts';
import { fieldsOf, itemsOf, stringOf } from './json-value.ts';

const OUTCOMES: Readonly<Record<string, TestOutcome>> = { passed: 'passed', failed: 'failed' };

/** Whether a value of JSON is a report of Jest, or of Vitest, which writes the same. */
export const isJest = (value: unknown): boolean => Array.isArray(fieldsOf(value).testResults);

/** Reads what `--json` of Jest and the JSON reporter of Vitest write. Never throws. */
export function readJest(value: unknown): TestReport {
  const tests: ReportedTest[] = [];
  let complete = true;
  const add = (test: ReportedTest): void => {
    if (tests.length >= MOST_TESTS) complete = false;
    else tests.push(test);
  };
  for (const file of itemsOf(fieldsOf(value).testResults)) {
    const { name, status, message, assertionResults } = fieldsOf(file);
    const files = [short(name)].filter((path) => path !== '');
    const own = { files, classname: '', variant: '' };
    const results = itemsOf(assertionResults);
    for (const [at, result] of results.entries()) {
      const { title, fullName, ancestorTitles, status: said, duration, failureMessages } = fieldsOf(result);
      const outcome = OUTCOMES[stringOf(said)] ?? 'skipped';
      add({
        ...own,
        suites: itemsOf(ancestorTitles).map(short),
        name: short(title) || short(fullName),
        // An attempt that is repeated is not told apart, so that two tests of one name are two.
        group: String(at),
        seconds: secondsOf(duration) / 1000,
        outcome,
        ...(outcome === 'failed' ? { message: itemsOf(failureMessages).map(messageText).join('\n') } : {}),
      });
    }
    // A file that cannot be loaded has no tests and fails.
    if (results.length === 0 && status === 'failed')
      add({ ...own, suites: [], name: short(name), group: '', seconds: 0, outcome: 'failed', message: messageText(message) });
  }
  return { tests, errors: [], complete };
}
