import type { RunnerConfig } from './configs/runner-config.ts';
import type { Evidence } from './evidence.ts';
import { folderOf, isBelow } from './path-patterns.ts';
import { familyOf, isTestName, placeOf } from './places.ts';
import type { Signs } from './signs.ts';
import type { Framework } from './suite.ts';

/** That a file is a spec, and why; or that it only prepares others. */
export type Verdict =
  | { readonly role: 'spec'; readonly framework: Framework; readonly because: string; readonly config?: string }
  | { readonly role: 'support'; readonly because: string }
  | undefined;

/** What a verdict may ask. */
export interface Judging {
  /** Whether the repository has a file. */
  readonly exists: (path: string) => boolean;
  /** Whether something in the repository can run features in Gherkin. */
  readonly runsFeatures: boolean;
  readonly evidence: Evidence;
  readonly runners: readonly RunnerConfig[];
  /** Folders of integration tests most of which start processes or send requests, with what they do. */
  readonly integration: (path: string) => 'api' | 'process' | undefined;
  /** Packages of Go whose files start processes. */
  readonly startsProcesses: (folder: string) => boolean;
}

const spec = (framework: Framework, because: string, config?: string): Verdict => ({
  role: 'spec',
  framework,
  because,
  ...(config === undefined ? {} : { config }),
});
const support = (because: string): Verdict => ({ role: 'support', because });

const LABELS: Readonly<Partial<Record<Framework, string>>> = {
  api: 'a library that sends requests to a service',
  pytest: 'Playwright or Selenium',
  capybara: 'Capybara',
};
const labelOf = (framework: Framework): string => LABELS[framework] ?? framework.charAt(0).toUpperCase() + framework.slice(1);

/** A folder of tests, whatever their files are called: `test/res.send.js`. */
const TEST_FOLDER = /(?:^|\/)(?:tests?|specs?|__tests__)\//;

async function script(path: string, signs: Signs, { evidence, runners, integration }: Judging): Promise<Verdict> {
  const setUp = runners.find((runner) => runner.isSetUp(path));
  if (setUp) return support(`${setUp.path} runs it before the tests.`);
  if (!signs.hasTests) return undefined;
  const [own] = signs.frameworks;
  const place = placeOf(path);
  const taking = runners.filter((runner) => runner.takes(path));
  const config = taking.find(({ framework }) => framework !== 'jest');
  // `cy.mount` and the test runners for components use the same commands.
  if (signs.isUnit && (own === undefined || own === 'cypress')) {
    if (place === 'end-to-end' && own === undefined && (signs.startsProcesses || signs.speaksHttp) && isTestName(path))
      return spec(signs.speaksHttp ? 'api' : 'process', 'It is in a folder of end-to-end tests, and talks to a running program.');
    const does = integration(path);
    return does !== undefined && (isTestName(path) || taking.length > 0) ? spec(does, integrationSentence(does)) : undefined;
  }
  const reach = own === undefined ? await evidence.reach(path) : undefined;
  const framework = own ?? reach?.framework;
  if (config && config.framework !== 'jest' && (framework !== undefined || place !== 'other' || config.explicit)) {
    // A configuration for the whole repository also matches unit tests, which name no framework.
    if (
      framework !== undefined ||
      place === 'end-to-end' ||
      config.base !== folderOf(config.path) ||
      config.framework === 'cypress' ||
      config.framework === 'detox'
    )
      return spec(config.framework, `${config.path} takes it.`, config.path);
  }
  const named = isTestName(path);
  // Beside files that a configuration takes, one that it leaves out is a helper.
  const isLeftOut =
    !named && runners.some(({ explicit, base, framework: of }) => explicit && of !== 'jest' && base !== '' && isBelow(path, base));
  if (own !== undefined && !isLeftOut && (named || place === 'end-to-end' || place === 'integration' || TEST_FOLDER.test(path)))
    return spec(own, `It uses ${labelOf(own)}.`, taking[0]?.path);
  if (reach?.framework !== undefined && reach.framework !== 'api' && named)
    return spec(reach.framework, `It uses ${labelOf(reach.framework)} through ${reach.through ?? 'a helper'}.`);
  const endToEnd = taking[0];
  if (endToEnd?.explicit && /e2e|end-to-end|acceptance/i.test(endToEnd.path))
    return spec(reach?.startsProcesses ? 'process' : 'api', `${endToEnd.path} takes it.`, endToEnd.path);
  if (place === 'end-to-end' && named)
    return spec(reach?.startsProcesses && !reach.speaksHttp ? 'process' : 'api', 'It is in a folder of end-to-end tests.');
  const does = integration(path);
  return does !== undefined && (named || taking.length > 0 || /(?:^|\/)__tests__\//.test(path))
    ? spec(does, integrationSentence(does))
    : undefined;
}

const integrationSentence = (does: 'api' | 'process'): string =>
  does === 'api'
    ? 'It is in a folder of integration tests most of which send requests to a running service.'
    : 'It is in a folder of integration tests most of which start processes.';

/** Build tags that keep tests out of the everyday run because they need a running system. */
const SYSTEM_TAG =
  /^(?:\w*_)?(?:e2e|end2end|integration|acceptance|acc|conformance|functional|system|smoke|docker|kind|k8s|kubernetes|cluster|examples)(?:_?tests?)?(?:_\w+)?$/i;
const GO_INTEGRATION = /(?:^|\/)(?:[\w.]*[-_.])?integrations?(?:[-_.]?tests?)?\//i;
const GO_TEST_ROOT = /^(?:tests?)\//;

/** Packages that help end-to-end tests have unit tests of their own. */
const HARNESS = /(?:^|\/)(?:tests?\/framework|e2e\/(?:[\w-]+\/)*(?:pkg|internal|framework|generator|utils?|lib|helpers?))\//;

function go(path: string, signs: Signs, { startsProcesses, exists }: Judging): Verdict {
  const place = placeOf(path);
  const tag = signs.tags.find((each) => SYSTEM_TAG.test(each));
  const framework: Framework = signs.frameworks.includes('ginkgo') ? 'ginkgo' : 'go';
  const folder = folderOf(path);
  // Ginkgo's suites outside of files for `go test` are run by a program of their own, against a running system.
  if (!path.endsWith('_test.go') && signs.hasTests && framework === 'ginkgo' && /^(?:.*\/)?tests?\//.test(path))
    return spec(framework, 'It declares a suite of Ginkgo in a folder of tests.');
  const inSuite =
    place === 'end-to-end' || tag !== undefined || ((GO_INTEGRATION.test(path) || GO_TEST_ROOT.test(path)) && startsProcesses(folder));
  if (!inSuite) return undefined;
  if (!path.endsWith('_test.go') && !(signs.hasTests && framework === 'ginkgo')) return undefined;
  // `scenario_test.go` beside `scenario.go` tests a part of the harness.
  if (tag === undefined && (HARNESS.test(path) || (path.endsWith('_test.go') && exists(path.replace(/_test\.go$/, '.go')))))
    return undefined;
  if (signs.isEntry || !signs.hasTests) return support('It prepares the tests of its package, and holds none.');
  if (place === 'end-to-end') return spec(framework, 'It is in a folder of end-to-end tests.');
  return spec(framework, tag === undefined ? 'It is in a folder of tests that start processes.' : `Its build tag is ${tag}.`);
}

async function python(path: string, signs: Signs, { evidence, runners }: Judging): Promise<Verdict> {
  const isNamed = isTestName(path) || runners.some((runner) => runner.framework === 'pytest' && runner.takes(path));
  if (!signs.hasTests || !isNamed) return undefined;
  const [own] = signs.frameworks;
  if (own) return spec(own, `It uses ${labelOf(own)}.`);
  const place = placeOf(path);
  if (place === 'end-to-end') return spec('pytest', 'It is in a folder of end-to-end tests.');
  const reach = await evidence.reach(path);
  const drives = reach.framework !== undefined && reach.framework !== 'api';
  if (drives && reach.framework) return spec(reach.framework, `It uses a browser through ${reach.through ?? 'a helper'}.`);
  if (!signs.takesBrowser) return undefined;
  const folders = folderOf(path).split('/');
  for (let length = folders.length; length >= 0; length -= 1) {
    const conftest = [...folders.slice(0, length), 'conftest.py'].join('/');
    const fixtures = await evidence.signs(conftest);
    if (fixtures?.frameworks[0]) return spec(fixtures.frameworks[0], `Its fixtures in ${conftest} use a browser.`);
  }
  return undefined;
}

const RSPEC_FOLDER = /(?:^|\/)(?:specs?|tests?)\/(?:[\w-]+\/)*(?:features?|system|acceptance)\//;
/** Shared examples, and what `spec/support` holds. */
const RUBY_HELPER = /(?:^|\/)(?:support|shared|shared_examples|helpers|factories|page_objects|pages)\//;

function ruby(path: string, signs: Signs, { runners }: Judging): Verdict {
  const isNamed = isTestName(path) || runners.some((runner) => runner.framework === 'capybara' && runner.takes(path));
  if (!isNamed || !signs.hasTests) return undefined;
  const inFolder = RSPEC_FOLDER.test(path);
  const [own] = signs.frameworks;
  if (RUBY_HELPER.test(path) && !/_spec\.rb$|_test\.rb$/.test(path)) return inFolder ? support('It helps the tests around it.') : undefined;
  if (own) return spec(own, `It uses ${labelOf(own)}.`);
  if (inFolder) return spec('capybara', 'It is in a folder of system or feature specs.');
  return placeOf(path) === 'end-to-end' ? spec('capybara', 'It is in a folder of end-to-end tests.') : undefined;
}

/** Java, Kotlin, C#, PHP: the class or one that it extends or uses drives a browser or sends requests. */
async function classes(path: string, signs: Signs, { evidence }: Judging): Promise<Verdict> {
  if (!signs.hasTests) return undefined;
  const [own] = signs.frameworks;
  if (own) return spec(own, `It uses ${labelOf(own)}.`);
  const reach = await evidence.reach(path);
  const place = placeOf(path);
  // Helpers that send requests are shared with tests of everything else.
  if (reach.framework !== undefined && (reach.framework !== 'api' || place === 'end-to-end' || place === 'integration'))
    return spec(reach.framework, `It uses ${labelOf(reach.framework)} through ${reach.through ?? 'a helper'}.`);
  if (place !== 'end-to-end') return undefined;
  return spec('api', 'It is in a folder of end-to-end tests.');
}

const PHP_PLACES: readonly (readonly [RegExp, Framework])[] = [
  [/(?:^|\/)tests\/Browser\//, 'dusk'],
  [/(?:^|\/)tests\/(?:_?[\w-]+\/)*acceptance\//i, 'codeception'],
];

async function php(path: string, signs: Signs, judging: Judging): Promise<Verdict> {
  const suite = judging.runners.find((runner) => runner.framework === 'codeception' && runner.takes(path));
  if (suite && (signs.hasTests || /C[ee]pt\.php$/.test(path))) return spec('codeception', `${suite.path} takes it.`, suite.path);
  const placed = PHP_PLACES.find(([place]) => place.test(path));
  if (placed && isTestName(path) && (signs.hasTests || /C[ee]pt\.php$/.test(path)))
    return spec(placed[1], 'It is in a folder of browser tests.');
  return classes(path, signs, judging);
}

function feature(path: string, { runners, runsFeatures }: Judging): Verdict {
  const runner = runners.find((one) => (one.framework === 'cucumber' || one.framework === 'codeception') && one.takes(path));
  if (runner) return spec('cucumber', `${runner.path} takes it.`, runner.path);
  return runsFeatures ? spec('cucumber', 'It is a feature in Gherkin.') : undefined;
}

/** Says whether a file is a spec, by the rules of its language. */
export async function verdictOf(path: string, signs: Signs, judging: Judging): Promise<Verdict> {
  switch (familyOf(path)) {
    case 'gherkin':
      return feature(path, judging);
    case 'bats':
      return spec('bats', 'It is a test of commands for Bats.');
    case 'robot':
      return signs.hasTests ? spec('robot', 'It is a test suite of Robot Framework.') : undefined;
    case 'typescript':
      return script(path, signs, judging);
    case 'go':
      return go(path, signs, judging);
    case 'python':
      return python(path, signs, judging);
    case 'ruby':
      return ruby(path, signs, judging);
    case 'php':
      return php(path, signs, judging);
    default:
      return classes(path, signs, judging);
  }
}
