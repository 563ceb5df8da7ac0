import type { TestOutcome } from '../../../model/test-runs.ts';
import { MOST_TESTS, messageText, type ReportedTest, secondsOf, short, type TestReport } from '../report.ts';
import { fieldsOf, itemsOf, stringOf } from './json-value.ts';

/** Cucumber counts nanoseconds. */
const PER_SECOND = 1e9;

/** What the steps and hooks of an element say. */
interface Ending {
  readonly seconds: number;
  readonly statuses: ReadonlySet<string>;
  /** What the first step that failed says. */
  readonly message?: string | undefined;
}

const endingOf = (element: unknown): Ending => {
  const { steps, before, after } = fieldsOf(element);
  const hooksOf = (of: unknown): readonly unknown[] => [...itemsOf(fieldsOf(of).before), ...itemsOf(fieldsOf(of).after)];
  const all = [...itemsOf(before), ...itemsOf(steps), ...itemsOf(steps).flatMap(hooksOf), ...itemsOf(after)];
  const results = all.map((one) => fieldsOf(fieldsOf(one).result));
  return {
    seconds: results.reduce((sum: number, { duration }) => sum + (typeof duration === 'number' ? secondsOf(duration / PER_SECOND) : 0), 0),
    message: results.map(({ error_message }) => messageText(error_message)).find((text) => text !== ''),
    statuses: new Set(results.map(({ status }) => stringOf(status).toLowerCase())),
  };
};

/** A scenario of which no step ran says nothing of the product. */
const outcomeOf = (statuses: ReadonlySet<string>): TestOutcome => {
  if (['failed', 'ambiguous', 'undefined'].some((status) => statuses.has(status))) return 'failed';
  return statuses.has('pending') || !statuses.has('passed') ? 'skipped' : 'passed';
};

/** Whether a value of JSON is a report of Cucumber: a list of features. An empty list is one without features. */
export const isCucumber = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.slice(0, 100).every((feature) => typeof fieldsOf(feature).uri === 'string' || 'elements' in fieldsOf(feature));

/** Reads Cucumber JSON of every language. Never throws. A background that stands for itself belongs to the scenario that follows. */
export function readCucumber(value: unknown): TestReport {
  const tests: ReportedTest[] = [];
  let complete = true;
  for (const feature of itemsOf(value)) {
    const { uri, name, elements } = fieldsOf(feature);
    let background: Ending | undefined;
    for (const element of itemsOf(elements)) {
      const { type, name: scenario, id, line } = fieldsOf(element);
      const own = endingOf(element);
      if (type === 'background') {
        background = own;
        continue;
      }
      const statuses = new Set([...(background?.statuses ?? []), ...own.statuses]);
      const outcome = outcomeOf(statuses);
      const message = background?.message ?? own.message;
      if (tests.length >= MOST_TESTS) complete = false;
      else
        tests.push({
          files: [short(uri)].filter((path) => path !== ''),
          classname: '',
          suites: [short(name)].filter((title) => title !== ''),
          name: short(scenario),
          variant: '',
          group: `${short(uri)}\n${short(id)}\n${typeof line === 'number' ? line : ''}`,
          seconds: own.seconds + (background?.seconds ?? 0),
          outcome,
          ...(outcome === 'failed' && message !== undefined ? { message } : {}),
        });
      background = undefined;
    }
  }
  return { tests, errors: [], complete };
}
