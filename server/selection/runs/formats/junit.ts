import type { TestOutcome } from '../../../model/test-runs.ts';
import { MOST_TESTS, messageText, type ReportedTest, secondsOf, short, type TestReport } from '../report.ts';
import { type XmlTag, xmlTags } from './xml.ts';

/** Deeper suites are not told apart. */
const MOST_DEPTH = 100;

/** An element that is open. */
interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Number of the element, which tells suites of one name apart. */
  readonly id: number;
  /** Names of the elements inside of a test that say how it ended. */
  readonly says: Set<string>;
  /** What the first failure of a test says. */
  message?: string;
  /** Whether a test inside of a suite failed, at least once. */
  failed: boolean;
  /** Whether a suite has a test inside. */
  hasTests: boolean;
  /** File that a sibling named for those that follow, as Cypress does on an empty "Root Suite", or a property, as WebdriverIO does. */
  file?: string | undefined;
}

const SAYING = new Set([
  'failure',
  'error',
  'skipped',
  'disabled',
  'rerunfailure',
  'rerunerror',
  'flakyfailure',
  'flakyerror',
  'rerun',
  'system-err',
]);
const SOURCE = /^[\w@$()[\]-][\w.@$()[\]-]*\.(?:[cm]?[jt]sx?|py|rb|java|kt|cs|go|feature|bats|php|exs?|robot|groovy|scala|swift|dart)$/;

/** Whether a name may be the path of a file. */
const isPathLike = (name: string): boolean => {
  if (/[\n<>|"]/.test(name)) return false;
  return /[/\\]/.test(name) ? /\.\w{1,8}(?::\d{1,9}){0,2}$/.test(name) : SOURCE.test(name);
};

/** Seconds with a point or a comma for decimals, and commas between thousands, as Surefire writes them. */
const timeOf = (written: string | undefined): number => {
  const text = (written ?? '').trim().slice(0, 40);
  const plain = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text.replace(',', '.');
  return secondsOf(Number(plain || Number.NaN));
};

const outcomeOf = (says: ReadonlySet<string>, status: string): TestOutcome => {
  if (says.has('failure') || says.has('error') || /^(?:failed|failure|error|broken)$/i.test(status)) return 'failed';
  if ([...says].some((name) => /^(?:flaky|rerun)/.test(name))) return 'flaky';
  return says.has('skipped') || says.has('disabled') || /^(?:skipped|notrun|disabled|pending|ignored)$/i.test(status)
    ? 'skipped'
    : 'passed';
};

const fileOf = (attributes: ReadonlyMap<string, string>): string | undefined =>
  attributes.get('file') || attributes.get('filepath') || attributes.get('filename') || undefined;

/** Reads the dialects of JUnit XML. Never throws; of a half-written report, the tests that it has whole count. */
export function readJUnit(text: string): TestReport {
  const tests: ReportedTest[] = [];
  const errors: string[] = [];
  const stack: Open[] = [];
  /** Tests that are told to be skipped and have written an error: WebdriverIO says so of an attempt that failed, if another one follows. */
  const maybeAttempts = new Map<string, number>();
  let ids = 0;
  let whole: number | undefined;
  let sums = 0;
  let tooMany = false;

  const add = (own: ReadonlyMap<string, string>, outcome: TestOutcome, ownName: string, message?: string, wroteError = false): void => {
    if (tests.length >= MOST_TESTS) {
      tooMany = true;
      return;
    }
    for (const suite of stack) {
      suite.hasTests = true;
      if (outcome === 'failed' || outcome === 'flaky') suite.failed = true;
    }
    const suites = stack.filter(({ name }) => name === 'testsuite');
    const nearest = suites.at(-1);
    const classname = short(own.get('classname'));
    const names = suites.map((suite) => short(suite.attributes.get('name')));
    const files = [
      fileOf(own),
      ...suites.toReversed().map(({ attributes }) => fileOf(attributes)),
      ...stack.toReversed().map(({ file }) => file),
      ...[classname, ...names.toReversed(), short(own.get('name'))].filter(isPathLike),
    ].filter((file) => file !== undefined);
    const test = JSON.stringify([nearest?.id, classname, ownName]);
    const earlier = maybeAttempts.get(test);
    const attempt = earlier === undefined ? undefined : tests[earlier];
    if (earlier !== undefined && attempt) tests[earlier] = { ...attempt, outcome: 'failed' };
    if (outcome === 'skipped' && wroteError) maybeAttempts.set(test, tests.length);
    const began = Date.parse(nearest?.attributes.get('timestamp') ?? '');
    tests.push({
      files: files.map(short),
      // A module that pytest could not even collect is named as if it were a test.
      classname: classname === '' && !/\s/.test(ownName) ? ownName : classname,
      suites: names.filter((name) => name !== ''),
      name: ownName,
      variant: short(nearest?.attributes.get('hostname')),
      group: String(nearest?.id ?? 0),
      seconds: timeOf(own.get('time')),
      outcome,
      ...(message === undefined || outcome !== 'failed' ? {} : { message }),
      ...(Number.isNaN(began) ? {} : { began, ended: began + timeOf(nearest?.attributes.get('time')) * 1000 }),
    });
  };

  const closed = (element: Open): void => {
    const { name, attributes, says, failed, message } = element;
    if (name === 'testcase')
      add(attributes, outcomeOf(says, attributes.get('status') ?? ''), short(attributes.get('name')), message, says.has('system-err'));
    const parent = stack.at(-1);
    if (name === 'testsuites' || (name === 'testsuite' && stack.every((one) => one.name !== 'testsuite'))) {
      const own = attributes.has('time') ? timeOf(attributes.get('time')) : undefined;
      if (name === 'testsuites') whole = own;
      else sums += own ?? 0;
    }
    if (name !== 'testsuite') return;
    const file = fileOf(attributes);
    if (parent && file !== undefined && /^root suite$/i.test(attributes.get('name') ?? '')) parent.file = file;
    const told = Number(attributes.get('failures') ?? 0) + Number(attributes.get('errors') ?? 0);
    const inside = (outcome: TestOutcome): void => {
      stack.push(element);
      add(new Map(), outcome, short(attributes.get('name')) || 'suite');
      stack.pop();
    };
    // A suite whose set-up failed may have no test that failed.
    if ((told > 0 || says.has('failure') || says.has('error')) && !failed) inside('failed');
    // Mocha counts tests that it skips and leaves them out.
    else if (!element.hasTests && Number(attributes.get('tests') ?? 0) > 0) inside('skipped');
  };

  const opened = (tag: XmlTag): void => {
    const parent = stack.at(-1);
    if (parent && SAYING.has(tag.name)) parent.says.add(tag.name);
    const suite =
      tag.name === 'property' && tag.attributes.get('name') === 'file' ? stack.findLast(({ name }) => name === 'testsuite') : undefined;
    if (suite) suite.file = tag.attributes.get('value');
    if (tag.name === 'failure' || tag.name === 'error') {
      if (parent) parent.message ??= messageText(tag.attributes.get('message'));
      if (stack.every(({ name }) => name !== 'testsuite')) errors.push(short(tag.attributes.get('message')) || tag.name);
    }
    ids += 1;
    const element: Open = { name: tag.name, attributes: tag.attributes, id: ids, says: new Set(), failed: false, hasTests: false };
    if (tag.empty) closed(element);
    else if (stack.length < MOST_DEPTH) stack.push(element);
  };

  const tags = xmlTags(text);
  let next = tags.next();
  for (; !next.done; next = tags.next()) {
    const tag = next.value;
    if (tag.kind === 'open') opened(tag);
    else {
      const at = stack.findLastIndex(({ name }) => name === tag.name);
      // Elements that were never closed end with the one around them.
      while (at >= 0 && stack.length > at) {
        const element = stack.pop();
        if (element) closed(element);
      }
    }
  }
  const complete = next.value && stack.length === 0 && !tooMany;
  // A test that is being written down counts only where it is known to have failed.
  for (let element = stack.pop(); element; element = stack.pop())
    if (element.name === 'testcase' && element.says.has('failure'))
      add(element.attributes, 'failed', short(element.attributes.get('name')), element.message);
  const seconds = whole ?? sums;
  return { tests, errors, ...(seconds > 0 ? { seconds } : {}), complete };
}
