import type { TestOutcome } from '../../../model/test-runs.ts';
import { MOST_TESTS, messageText, type ReportedTest, secondsOf, short, type TestReport } from '../report.ts';
import { fieldsOf, itemsOf, stringOf } from './json-value.ts';

const OUTCOMES: Readonly<Record<string, TestOutcome>> = { passed: 'passed', failed: 'failed' };

/** Whether a value of JSON is a report of RSpec. */
export const isRSpec = (value: unknown): boolean => {
  const { examples, summary } = fieldsOf(value);
  return Array.isArray(examples) && typeof summary === 'object';
};

/** Reads what the JSON formatter of RSpec writes. Never throws. */
export function readRSpec(value: unknown): TestReport {
  const { examples, summary, messages } = fieldsOf(value);
  const all = itemsOf(examples);
  const { duration, errors_outside_of_examples_count: outside } = fieldsOf(summary);
  const seconds = secondsOf(duration);
  return {
    tests: all.slice(0, MOST_TESTS).map((example, at): ReportedTest => {
      const { id, file_path, description, full_description, status, run_time, exception } = fieldsOf(example);
      const outcome = OUTCOMES[stringOf(status)] ?? 'skipped';
      return {
        files: [short(file_path)].filter((path) => path !== ''),
        classname: '',
        suites: [],
        name: short(full_description) || short(description),
        variant: '',
        group: short(id) || String(at),
        seconds: secondsOf(run_time),
        outcome,
        ...(outcome === 'failed' ? { message: messageText(fieldsOf(exception).message) } : {}),
      };
    }),
    // A file that cannot be loaded is told as a message alone.
    errors: typeof outside === 'number' && outside > 0 ? itemsOf(messages).map(messageText).slice(0, 20) : [],
    ...(seconds > 0 ? { seconds } : {}),
    complete: all.length <= MOST_TESTS,
  };
}
