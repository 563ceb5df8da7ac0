import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { selectSpecs } from '../../server/cli/runners/cypress.ts';
import LintelReporter from '../../server/cli/runners/playwright.ts';
import { testFolder } from '../support/folder.ts';

const item = (path: string, framework: string) => ({ path, framework, title: path, tags: [] });

/** A repository with a selection in `web/`. */
const repository = (
  selected: readonly string[],
  remainder: readonly string[],
  framework = 'playwright',
  verdict = 'run-selected',
): string => {
  const folder = testFolder();
  mkdirSync(join(folder, '.git'));
  mkdirSync(join(folder, 'web/e2e'), { recursive: true });
  const selection = {
    verdict,
    cause: 'Because.',
    selected: selected.map((path) => ({ item: item(path, framework), evidence: [{ explanation: `visits ${path}` }] })),
    remainder: remainder.map((path) => ({ item: item(path, framework) })),
  };
  writeFileSync(join(folder, 'web/selection.json'), JSON.stringify(selection));
  return join(folder, 'web');
};

const playwrightRun = async (
  web: string,
  specs: readonly string[],
  statusOf: (spec: string) => string = () => 'passed',
  shard: unknown = null,
) => {
  const said = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  const reporter = new LintelReporter({ configDir: web });
  let tests = specs.map((spec) => ({
    spec,
    location: { file: join(web, spec) },
    annotations: [] as { type: string; description?: string }[],
  }));
  const suite = { allTests: () => [...tests] };
  await reporter.preprocess({
    suite,
    testRun: {
      exclude: (test) => {
        tests = tests.filter((one) => one !== test);
      },
    },
  });
  reporter.onBegin({ shard, projects: [{ testDir: join(web, 'e2e') }] }, suite);
  for (const test of tests) reporter.onTestEnd(test, { status: statusOf(test.spec), annotations: [] });
  const end = reporter.onEnd({ status: 'passed' });
  const text = said.mock.calls.map(([line]) => String(line)).join('');
  said.mockRestore();
  return { ran: tests, end, text };
};

describe('the reporter for Playwright', () => {
  it('leaves out only what the selection names, and notes the reasons on the tests', async () => {
    const web = repository(['web/e2e/a.spec.ts'], ['web/e2e/b.spec.ts']);
    const { ran, end } = await playwrightRun(web, ['e2e/a.spec.ts', 'e2e/b.spec.ts', 'e2e/new.spec.ts']);
    expect(ran.map(({ spec }) => spec)).toEqual(['e2e/a.spec.ts', 'e2e/new.spec.ts']);
    expect(ran[0]?.annotations).toEqual([{ type: 'selected', description: 'visits web/e2e/a.spec.ts' }]);
    expect(end).toBeUndefined();
  });

  it.each<[string, readonly string[], string]>([
    ['is gone', [], 'passed'],
    ['was skipped', ['e2e/a.spec.ts'], 'skipped'],
  ])('fails a run in which a selected spec %s', async (_, specs, status) => {
    const { end, text } = await playwrightRun(repository(['web/e2e/a.spec.ts'], []), specs, () => status);
    expect(end).toEqual({ status: 'failed' });
    expect(text).toContain('1 selected spec did not run, so this run is not green:\nlintel:  web/e2e/a.spec.ts\n');
  });

  it('expects of a shard only its own specs, and nothing of the folders of another configuration', async () => {
    const web = repository(['web/e2e/a.spec.ts', 'web/e2e/b.spec.ts', 'other/c.spec.ts'], []);
    expect((await playwrightRun(web, ['e2e/a.spec.ts'], undefined, { current: 1, total: 2 })).end).toBeUndefined();
    expect((await playwrightRun(web, ['e2e/a.spec.ts', 'e2e/b.spec.ts'])).end).toBeUndefined();
  });

  it('runs everything where a human is asked or there is no selection, and fails for half a file', async () => {
    const web = repository([], ['web/e2e/a.spec.ts'], 'playwright', 'ask-a-human');
    expect((await playwrightRun(web, ['e2e/a.spec.ts'])).ran).toHaveLength(1);
    expect((await playwrightRun(testFolder(), ['e2e/a.spec.ts'])).text).toContain('so all tests run.');
    writeFileSync(join(web, 'selection.json'), '{"verdict": "run-sel');
    expect(() => new LintelReporter({ configDir: web })).toThrow('is no selection');
  });
});

describe('the helper for Cypress', () => {
  const given = ['cypress/e2e/**/*.cy.{js,ts}'];

  it('sets specPattern to the selected specs of the project, with marks of patterns escaped', () => {
    const web = repository(['web/e2e/a.cy.ts', 'web/e2e/[id].cy.ts', 'other/b.cy.ts'], ['web/e2e/c.cy.ts'], 'cypress');
    const config = { projectRoot: web, specPattern: given, baseUrl: 'http://localhost' };
    expect(selectSpecs(config)).toEqual({ ...config, specPattern: ['e2e/a.cy.ts', 'e2e/\\[id\\].cy.ts'] });
  });

  it('changes nothing where everything runs, a human is asked, or there is no selection', () => {
    for (const web of [
      repository(['web/e2e/a.cy.ts'], [], 'cypress', 'run-all'),
      repository([], ['web/e2e/a.cy.ts'], 'cypress', 'ask-a-human'),
      testFolder(),
    ])
      expect(selectSpecs({ projectRoot: web, specPattern: given }).specPattern).toEqual(given);
  });

  it('leaves no pattern where nothing has to run, which Cypress refuses', () => {
    expect(selectSpecs({ projectRoot: repository([], ['web/e2e/a.cy.ts'], 'cypress'), specPattern: given }).specPattern).toEqual([]);
  });
});
