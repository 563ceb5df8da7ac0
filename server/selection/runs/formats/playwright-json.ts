import type { TestOutcome } from '../../../model/test-runs.ts';
import { MOST_TESTS, messageText, type ReportedTest, secondsOf, short, type TestReport } from '../report.ts';
import { fieldsOf, itemsOf, stringOf } from './json-value.ts';

const OUTCOMES: Readonly<Record<string, TestOutcome>> = { expected: 'passed', unexpected: 'failed', flaky: 'flaky', skipped: 'skipped' };
const MOST_ERRORS = 20;

/** The outcome of a test by the status that Playwright gives it; by its attempts where it gives none. */
const outcomeOf = (status: unknown, attempts: readonly unknown[]): TestOutcome => {
  const told = OUTCOMES[stringOf(status)];
  if (told) return told;
  const ends = attempts.map((attempt) => stringOf(fieldsOf(attempt).status));
  const last = ends.at(-1);
  if (last === undefined || last === 'skipped') return 'skipped';
  if (last !== 'passed') return 'failed';
  return ends.some((end) => end !== 'passed' && end !== 'skipped') ? 'flaky' : 'passed';
};

/** Whether a value of JSON is a report of Playwright. */
export const isPlaywright = (value: unknown): boolean => {
  const { suites, config, stats } = fieldsOf(value);
  return Array.isArray(suites) && (typeof config === 'object' || typeof stats === 'object');
};

/** Reads what the JSON reporter of Playwright writes. Never throws. */
export function readPlaywright(value: unknown): TestReport {
  const { suites, errors, stats } = fieldsOf(value);
  const tests: ReportedTest[] = [];
  // A list instead of a recursion: nobody says how deep a stranger's file nests.
  const open = itemsOf(suites)
    .map((suite) => ({ suite, titles: [] as readonly string[] }))
    .reverse();
  let complete = true;
  for (let next = open.pop(); next && complete; next = open.pop()) {
    const { title, file, specs, suites: inner } = fieldsOf(next.suite);
    const name = short(title);
    // The outermost suite is the file, and has its path for a title.
    const titles = name === '' || name === stringOf(file) ? next.titles : [...next.titles.slice(0, 50), name];
    for (const spec of itemsOf(specs)) {
      const { title: ownTitle, file: ownFile, tests: runs } = fieldsOf(spec);
      for (const run of itemsOf(runs)) {
        const { projectName, projectId, status, results } = fieldsOf(run);
        const attempts = itemsOf(results);
        const outcome = outcomeOf(status, attempts);
        const said = attempts.map((attempt) => messageText(fieldsOf(fieldsOf(attempt).error).message)).filter((text) => text !== '');
        if (tests.length >= MOST_TESTS) complete = false;
        else
          tests.push({
            files: [short(ownFile), short(file)].filter((path) => path !== ''),
            classname: '',
            suites: titles,
            name: short(ownTitle),
            variant: short(projectName) || short(projectId),
            group: '',
            seconds: attempts.reduce((sum: number, attempt) => sum + secondsOf(fieldsOf(attempt).duration) / 1000, 0),
            outcome,
            ...(outcome === 'failed' && said.length > 0 ? { message: said.join('\n') } : {}),
          });
      }
    }
    for (const suite of itemsOf(inner).toReversed()) open.push({ suite, titles });
  }
  const { duration } = fieldsOf(stats);
  const seconds = secondsOf(duration) / 1000;
  return {
    tests,
    errors: itemsOf(errors)
      .slice(0, MOST_ERRORS)
      .map((error) => short(fieldsOf(error).message) || 'an error without a message'),
    ...(seconds > 0 ? { seconds } : {}),
    complete,
  };
}
