// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pipelines.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unattendedSpecs } from '../../server/selection/pipelines/unattended.ts';
import type { Framework, SuiteSpec } from '../../server/selection/suite/suite.ts';
import { type Files, readFrom } from './suite-support.ts';

const FRAMEWORKS: readonly (readonly [RegExp, Framework])[] = [
  [/\.cy\.ts$/, 'cypress'],
  [/\.go$/, 'go'],
  [/\.py$/, 'pytest'],
  [/\.rb$/, 'capybara'],
  [/\.bats$/, 'bats'],
  [/./, 'playwright'],
];
const spec = (path: string): SuiteSpec => ({
  path,
  framework: FRAMEWORKS.find(([end]) => end.test(path))?.[1] ?? 'playwright',
  because: '',
});

/** Specs that nobody runs on changes, each with the pipelines that run it otherwise. */
const unattended = async (specs: readonly string[], files: Files): Promise<string[]> => {
  const all: Files = { ...Object.fromEntries(specs.map((path) => [path, ''])), ...files };
  const texts = new Map(specs.map((path) => [path, all[path] ?? '']));
  const found = await unattendedSpecs(specs.map(spec), Object.keys(all), texts, readFrom(all));
  return found.map(({ path, otherwise }) => [path, ...otherwise].join(' < '));
};

const workflow = (on: string, ...runs: readonly string[]): string =>
  `on: ${on}\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - run: npm ci\n${runs.map((run) => `      - run: |\n${run.replace(/^/gm, '          ')}\n`).join('')}`;
const CI = '.github/workflows/ci.yml';
const NIGHTLY = '.github/workflows/nightly.yml';

describe('specs that no pipeline runs on changes', () => {
  it.each<[string, readonly string[], Files, readonly string[]]>([
    [
      'are those of a runner that only a schedule calls',
      ['e2e/pay.spec.ts', 'cypress/e2e/cart.cy.ts'],
      { [CI]: workflow('push', 'npx playwright test'), [NIGHTLY]: workflow('{ schedule: [{ cron: "0 3 * * *" }] }', 'npx cypress run') },
      [`cypress/e2e/cart.cy.ts < ${NIGHTLY}`],
    ],
    [
      'are those outside of the folders that a call names',
      ['e2e/smoke/pay.spec.ts', 'e2e/full/cart.spec.ts'],
      { [CI]: workflow('[push, pull_request]', 'npx playwright test e2e/smoke --reporter=line') },
      ['e2e/full/cart.spec.ts'],
    ],
    [
      'are those in folders of Python that pytest is not given',
      ['tests/e2e/test_pay.py'],
      { [CI]: workflow('push', 'pytest -n 4 tests/unit'), 'tests/unit/test_a.py': '' },
      ['tests/e2e/test_pay.py'],
    ],
    [
      'are those of Go with a tag that no call gives',
      ['test/e2e/pay_test.go', 'test/e2e/cart_test.go'],
      { [CI]: workflow('push', 'go test ./...'), 'test/e2e/pay_test.go': '//go:build e2e\n\npackage e2e\n' },
      ['test/e2e/pay_test.go'],
    ],
    [
      'are found through scripts of packages, makefiles and files of the repository',
      ['e2e/pay.spec.ts', 'spec/system/pay_spec.rb', 'test/pay.bats', 'web/cypress/e2e/a.cy.ts'],
      {
        [CI]: workflow('push', 'npm run check', 'make test', './ci/run.sh'),
        'package.json': JSON.stringify({ scripts: { check: 'npm run lint && npm run e2e', e2e: 'playwright test', lint: 'eslint .' } }),
        Makefile: 'RSPEC = bundle exec rspec\ntest: build\n\t@$(RSPEC)\nbuild:\n\tgo build ./...\n',
        'ci/run.sh': '#!/bin/sh\nset -e\nbats test\n',
      },
      ['web/cypress/e2e/a.cy.ts'],
    ],
    [
      'are those of jobs that only run by hand or for a tag',
      ['e2e/pay.spec.ts'],
      {
        [CI]: workflow('{ push: { tags: ["v*"] }, workflow_dispatch: {} }', 'npx playwright test'),
        '.github/workflows/lint.yml': workflow('push', 'npm run lint'),
      },
      [`e2e/pay.spec.ts < ${CI}`],
    ],
    [
      'are none where a workflow that changes cause calls the one that runs them',
      ['e2e/pay.spec.ts'],
      {
        [CI]: 'on: pull_request\njobs:\n  e2e:\n    uses: ./.github/workflows/e2e.yml\n',
        '.github/workflows/e2e.yml': workflow('{ workflow_call: {} }', 'npx playwright test'),
      },
      [],
    ],
    [
      'are none where an action of the repository runs them',
      ['e2e/pay.spec.ts'],
      {
        [CI]: 'on: push\njobs:\n  e2e:\n    steps:\n      - uses: ./.github/actions/e2e\n',
        '.github/actions/e2e/action.yml': 'runs:\n  using: composite\n  steps:\n    - run: npx playwright test\n      shell: bash\n',
      },
      [],
    ],
    [
      'are left out by a step that a condition keeps to the schedule',
      ['e2e/pay.spec.ts', 'cypress/e2e/a.cy.ts'],
      {
        [CI]: `${workflow('[push, schedule]', 'npx playwright test')}      - if: github.event_name == 'schedule'\n        run: npx cypress run\n`,
      },
      [`cypress/e2e/a.cy.ts < ${CI}`],
    ],
    [
      'are told of GitLab, with rules, parents and included files',
      ['e2e/pay.spec.ts', 'cypress/e2e/a.cy.ts'],
      {
        '.gitlab-ci.yml':
          'include:\n  - local: /ci/e2e.yml\n.base:\n  before_script: [npm ci]\npay:\n  extends: .base\n  script: npx playwright test\n',
        'ci/e2e.yml': 'cart:\n  script: [npx cypress run]\n  rules:\n    - if: $CI_PIPELINE_SOURCE == "schedule"\n',
      },
      ['cypress/e2e/a.cy.ts < .gitlab-ci.yml'],
    ],
    [
      'are told of CircleCI, by the workflows that a schedule causes',
      ['e2e/pay.spec.ts', 'cypress/e2e/a.cy.ts'],
      {
        '.circleci/config.yml':
          'jobs:\n  a: { steps: [checkout, { run: npx playwright test }] }\n  b: { steps: [{ run: { command: npx cypress run } }] }\nworkflows:\n  push: { jobs: [a] }\n  night: { triggers: [{ schedule: { cron: "0 0 * * *" } }], jobs: [b] }\n',
      },
      ['cypress/e2e/a.cy.ts < .circleci/config.yml'],
    ],
    [
      'are told of Azure with its templates, and of Jenkins',
      ['e2e/pay.spec.ts', 'cypress/e2e/a.cy.ts', 'spec/system/a_spec.rb'],
      {
        'azure-pipelines.yml': 'trigger: [main]\nsteps:\n  - template: ci/steps.yml\n',
        'ci/steps.yml': 'steps:\n  - script: npx playwright test\n',
        Jenkinsfile: "pipeline { stages { stage('t') { steps { sh 'bundle exec rspec' } } } }",
      },
      ['cypress/e2e/a.cy.ts'],
    ],
  ])('%s', async (_, specs, files, expected) => expect(await unattended(specs, files)).toEqual(expected));

  it.each<[string, Files]>([
    ['there is no pipeline', {}],
    ['no pipeline runs a test', { [CI]: workflow('push', 'npm run build') }],
    [
      'a line may run tests that nobody knows here',
      { [CI]: workflow('push', 'npx playwright test e2e/other', 'task e2e'), 'e2e/other/a.spec.ts': '' },
    ],
    ['a file of variables says which', { [CI]: workflow('push', 'npx playwright test $SPECS') }],
    [
      'another repository has a part of the pipeline',
      { [CI]: `${workflow('push', 'npx cypress run')}  e2e:\n    uses: acme/ci/.github/workflows/e2e.yml@v1\n` },
    ],
    [
      'an action is code',
      {
        [CI]: 'on: push\njobs: { a: { steps: [{ uses: ./act }, { run: npx cypress run }] } }\n',
        'act/action.yml': 'runs: { using: node20, main: a.js }\n',
      },
    ],
    ['another service has a pipeline, too', { [CI]: workflow('push', 'npx cypress run'), '.travis.yml': 'script: npm test\n' }],
    ['a pipeline does not parse', { [CI]: workflow('push', 'npx cypress run'), [NIGHTLY]: 'on: [push\njobs: {' }],
    [
      'GitLab includes what is elsewhere',
      { '.gitlab-ci.yml': 'include: [{ project: acme/ci, file: a.yml }]\na: { script: npx cypress run }\n' },
    ],
  ])('are not named where %s', async (_, files) => expect(await unattended(['e2e/pay.spec.ts'], files)).toEqual([]));

  it('never rejects, whatever the pipelines say', async () => {
    const value = fc.jsonValue({ maxDepth: 6 });
    const keys = fc.constantFrom(
      'on',
      'jobs',
      'steps',
      'run',
      'uses',
      'with',
      'script',
      'include',
      'extends',
      'rules',
      'workflows',
      'template',
      'stages',
      'if',
    );
    const tree = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof({ maxDepth: 5 }, value, fc.dictionary(keys, tie('node')), fc.array(tie('node'), { maxLength: 3 })),
    })).node;
    await fc.assert(
      fc.asyncProperty(
        tree,
        fc.constantFrom(CI, '.gitlab-ci.yml', '.circleci/config.yml', 'azure-pipelines.yml', 'Jenkinsfile'),
        async (one, path) => {
          await unattended(['e2e/pay.spec.ts'], { [path]: JSON.stringify(one), [NIGHTLY]: workflow('push', 'npx cypress run') });
        },
      ),
    );
  });
});
