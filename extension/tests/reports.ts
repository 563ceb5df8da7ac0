import type { TestReport } from '../../protocol/tests.ts';

/** What became of one spec. */
export interface SpecResult {
  readonly failed: boolean;
  /** Number of tests that ran. */
  readonly ran: number;
  /** What failed, with the message of the runner. */
  readonly messages: readonly string[];
}

/** A result of one test, with the file as the report names it. */
interface Case {
  readonly file: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly message: string;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const items = (value: unknown): readonly Readonly<Record<string, unknown>>[] => (Array.isArray(value) ? value.filter(isObject) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
/** Colours of terminals. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');
const plain = (message: string): string => message.replaceAll(COLOURS, '');

const playwright = (suite: Readonly<Record<string, unknown>>): Case[] => [
  ...items(suite.suites).flatMap(playwright),
  ...items(suite.specs).map((spec): Case => {
    const tests = items(spec.tests);
    const errors = tests
      .flatMap((test) => items(test.results))
      .flatMap((result) => (isObject(result.error) ? [text(result.error.message)] : []));
    const outcome = tests.every(({ status }) => status === 'skipped') ? 'skipped' : spec.ok === true ? 'passed' : 'failed';
    return { file: text(spec.file), outcome, message: [text(spec.title), ...errors].join('\n') };
  }),
];

const statusOf = (status: unknown): Case['outcome'] =>
  status === 'passed' ? 'passed' : status === 'failed' || status === 'undefined' || status === 'ambiguous' ? 'failed' : 'skipped';

const jest = (report: Readonly<Record<string, unknown>>): Case[] =>
  items(report.testResults).flatMap((file): Case[] => {
    const results = items(file.assertionResults).map(
      (test): Case => ({
        file: text(file.name),
        outcome: statusOf(test.status),
        message: [text(test.fullName), ...(Array.isArray(test.failureMessages) ? test.failureMessages.map(text) : [])].join('\n'),
      }),
    );
    // A file that cannot be loaded has no tests and fails.
    return results.length === 0 && file.status === 'failed'
      ? [{ file: text(file.name), outcome: 'failed', message: text(file.message) }]
      : results;
  });

const rspec = (report: Readonly<Record<string, unknown>>): Case[] =>
  items(report.examples).map((example) => ({
    file: text(example.file_path),
    outcome: statusOf(example.status),
    message: [text(example.full_description), isObject(example.exception) ? text(example.exception.message) : ''].join('\n'),
  }));

const cucumber = (features: unknown): Case[] =>
  items(features).flatMap((feature) =>
    items(feature.elements).map((scenario): Case => {
      const results = items(scenario.steps).flatMap(({ result }) => (isObject(result) ? [result] : []));
      const bad = results.find(({ status }) => statusOf(status) === 'failed');
      const outcome = bad ? 'failed' : results.some(({ status }) => status === 'passed') ? 'passed' : 'skipped';
      return { file: text(feature.uri), outcome, message: [text(scenario.name), text(bad?.error_message)].join('\n') };
    }),
  );

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** The five entities of XML and numbers; others stay as they are, so that none is looked up. */
const decoded = (value: string): string =>
  value.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(\w{2,4}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const attribute = (tag: string, name: string): string =>
  decoded(
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
      .exec(tag)
      ?.slice(1)
      .find((value) => value !== undefined) ?? '',
  );

/** JUnit: the file is an attribute of the case or of a suite around it, else its class is named like it. */
const junit = (xml: string): Case[] => {
  const out: Case[] = [];
  let file = '';
  let open: { file: string; name: string; outcome: Case['outcome']; message: string } | undefined;
  // Comments and output of tests may look like results.
  const own = xml.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, '');
  for (const [tag] of own.matchAll(/<\/?(?:testsuite|testcase|failure|error|skipped)\b(?:[^>"']|"[^"]*"|'[^']*')*>/g)) {
    if (tag.startsWith('<testsuite')) file = attribute(tag, 'file') || file;
    else if (tag.startsWith('<testcase')) {
      if (open) out.push(open);
      open = {
        file: attribute(tag, 'file') || file || attribute(tag, 'classname'),
        name: attribute(tag, 'name'),
        outcome: 'passed',
        message: attribute(tag, 'name'),
      };
    } else if (open && (tag.startsWith('<failure') || tag.startsWith('<error'))) {
      open.outcome = 'failed';
      open.message = `${open.name}\n${attribute(tag, 'message')}`;
    } else if (open && tag.startsWith('<skipped')) open.outcome = 'skipped';
  }
  if (open) out.push(open);
  // The runner was ended while it wrote: nobody knows what else would have failed.
  return /<\/testsuites?>\s*$/.test(own) ? out : out.filter(({ outcome }) => outcome === 'failed');
};

const casesOf = (format: TestReport['format'], content: string): readonly Case[] => {
  if (format === 'junit') return junit(content);
  const read: unknown = JSON.parse(content);
  if (format === 'cucumber-json') return cucumber(read);
  if (!isObject(read)) return [];
  return format === 'playwright-json' ? playwright(read) : format === 'jest-json' ? jest(read) : rspec(read);
};

/** Whether a report means a spec: by the end of its path, or as the dotted name of a class. */
const means = (spec: string, file: string): boolean => {
  const path = file.replaceAll('\\', '/').replace(/^\.\//, '');
  if (path === '') return false;
  if (spec === path || spec.endsWith(`/${path}`) || path.endsWith(`/${spec}`)) return true;
  const dotted = `.${spec.replace(/\.\w+$/, '').replaceAll('/', '.')}`;
  return !path.includes('/') && dotted.endsWith(`.${path.replace(/\.[A-Z]\w*$/, '')}`);
};

/** The one spec that a report means. Where a short path fits several, none: a test that did not run must not get the result of another. */
const meantBy = (file: string, specs: readonly string[]): string | undefined => {
  const named = specs.filter((spec) => means(spec, file));
  return named.length > 1 ? named.find((spec) => spec === file) : named[0];
};

/** Results of specs by path, from the files that a runner wrote. A file that is no report says nothing. */
export function readReports(
  format: TestReport['format'],
  contents: readonly string[],
  specs: readonly string[],
): ReadonlyMap<string, SpecResult> {
  const cases = contents.flatMap((content) => {
    try {
      return casesOf(format, content);
    } catch {
      return []; // Half-written, because the runner was ended.
    }
  });
  const results = new Map<string, SpecResult>();
  for (const spec of specs) {
    const own = cases.filter(({ file, outcome }) => outcome !== 'skipped' && meantBy(file, specs) === spec);
    if (own.length === 0) continue;
    const failed = own.filter(({ outcome }) => outcome === 'failed');
    results.set(spec, { failed: failed.length > 0, ran: own.length, messages: failed.map(({ message }) => plain(message)) });
  }
  return results;
}
