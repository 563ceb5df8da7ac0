import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CodeLens, LSPErrorCodes } from 'vscode-languageserver/node';
import {
  DEFAULT_BRANCH,
  type DefaultBranchResult,
  SELECT_TESTS,
  type SelectTestsParams,
  type SelectTestsResult,
  SHOW_TESTS,
  TEST_COMMANDS,
  type TestCommandsResult,
} from '../../protocol/tests.ts';
import { EngineError } from '../../server/model/errors.ts';
import type { TestSelection } from '../../server/model/selection.ts';
import { fakeEngine } from '../support/engine.ts';
import { FULL, type LspClient, startReady } from './client.ts';
import { connect, eventually, SHOP } from './in-memory.ts';
import { emptyRepository, type SampleRepository, temporaryFolder } from './sample-repository.ts';

const SUBJECTS = ['basket', 'checkout', 'search', 'returns', 'newsletter', 'tracking', 'invoice', 'voucher'];

const spec = (subject: string): string =>
  `import { test, expect } from '@playwright/test';\n\ntest('${subject} works', async ({ page }) => {\n  await page.goto('/${subject}');\n  await expect(page.getByText('Your ${subject} is here today')).toBeVisible();\n});\n`;
const page = (subject: string): string => `export function ${subject}Page(): string {\n  return 'Your ${subject} is here today';\n}\n`;

/** A shop with one page and one browser test for each subject. */
const shopWithTests = (): SampleRepository => {
  const shop = emptyRepository();
  shop.write('package.json', '{"devDependencies":{"@playwright/test":"1.50.0"}}\n');
  shop.write('playwright.config.ts', "export default { testDir: './e2e' };\n");
  for (const subject of SUBJECTS) {
    shop.write(`e2e/${subject}.spec.ts`, spec(subject));
    shop.write(`src/${subject}.ts`, page(subject));
  }
  shop.write('README.md', '# Shop\n');
  shop.commit('A shop with browser tests');
  return shop;
};

describe('a language server on a shop with browser tests', () => {
  let shop: SampleRepository;
  let other: SampleRepository;
  let client: LspClient;
  const select = (params: SelectTestsParams = {}) => client.connection.sendRequest<SelectTestsResult>(SELECT_TESTS, params);
  const ofShop = async (params: SelectTestsParams = {}) => {
    const { repositories } = await select({ folderUri: shop.uri(''), ...params });
    expect(repositories).toHaveLength(1);
    return repositories[0]?.selection;
  };

  beforeAll(async () => {
    shop = shopWithTests();
    other = emptyRepository();
    other.write('lib.go', 'package lib\n');
    other.commit('A library without end-to-end tests');
    client = await startReady({
      folders: [shop.uri(''), other.uri('')],
      cache: temporaryFolder(),
      settings: { tests: { codeLens: { enabled: true } } },
    });
  });
  afterAll(async () => {
    await client?.stop();
    shop?.remove();
    other?.remove();
  });

  it('selects nothing where nothing changed, and says so', async () => {
    expect(await ofShop()).toMatchObject({ verdict: 'run-selected', cause: 'The difference is empty: nothing changed.', selected: [] });
  });

  it('selects for what is on disk the test that a removed text stands in, with its reason, its address and what was skipped', async () => {
    shop.write('src/basket.ts', page('basket').replace('is here today', 'has arrived'));
    const selection = await ofShop();
    const first = selection?.selected[0];
    expect(first).toMatchObject({
      item: { path: 'e2e/basket.spec.ts', framework: 'playwright', title: 'basket works' },
      must: true,
      rank: 1,
    });
    expect(first?.uri).toBe(shop.uri('e2e/basket.spec.ts'));
    expect(first?.evidence[0]?.explanation).toMatch(/./);
    expect([...(selection?.selected ?? []), ...(selection?.remainder ?? [])].map(({ uri }) => uri).sort()).toEqual(
      SUBJECTS.map((subject) => shop.uri(`e2e/${subject}.spec.ts`)).sort(),
    );
    expect(selection?.paths).toEqual([{ path: 'src/basket.ts', role: 'mapped', rule: expect.any(String), reason: expect.any(String) }]);
  });

  it('does not look at text that is not saved', async () => {
    client.open(shop.uri('src/search.ts'), 'export const unsaved = 1;\n');
    expect((await ofShop())?.paths.map(({ path }) => path)).toEqual(['src/basket.ts']);
  });

  it('selects for what is staged, and for a branch', async () => {
    expect((await ofShop({ diff: { of: 'staged' } }))?.paths).toEqual([]);
    shop.git('add', 'src/basket.ts');
    expect((await ofShop({ diff: { of: 'staged' } }))?.paths.map(({ path }) => path)).toEqual(['src/basket.ts']);
    expect((await ofShop({ diff: { of: 'branch', base: 'main' } }))?.paths.map(({ path }) => path)).toEqual(['src/basket.ts']);
  });

  it('answers for every repository of the workspace, each by itself', async () => {
    const { repositories } = await select();
    expect(repositories.map(({ uri, name, selection }) => [uri.replace(/\/$/, ''), name, selection?.verdict])).toEqual([
      [shop.uri('').replace(/\/$/, ''), shop.root.split('/').at(-1), 'run-selected'],
      [other.uri('').replace(/\/$/, ''), other.root.split('/').at(-1), 'ask-a-human'],
    ]);
  });

  it('says of a branch that is not there that it is not there, per repository', async () => {
    const { repositories } = await select({ diff: { of: 'branch', base: 'origin/nowhere' } });
    for (const { failure } of repositories)
      expect(failure).toEqual({ code: 'unknown-commit', message: expect.stringContaining('origin/nowhere') });
  });

  it('says how specs are run: program, arguments as a list, folder, and a line to copy', async () => {
    const specs = ['e2e/basket.spec.ts', 'e2e/search.spec.ts', 'e2e/none.spec.ts'];
    const { commands, without } = await client.connection.sendRequest<TestCommandsResult>(TEST_COMMANDS, { uri: shop.uri(''), specs });
    expect(commands).toEqual([
      {
        framework: 'playwright',
        specs: specs.slice(0, 2),
        command: 'npx',
        args: ['playwright', 'test', ...specs.slice(0, 2)],
        cwd: '',
        folder: shop.root,
        text: 'npx playwright test e2e/basket.spec.ts e2e/search.spec.ts',
        report: expect.objectContaining({ format: 'playwright-json' }),
      },
    ]);
    expect(without).toEqual([]);
  });

  it('knows the branch that changes are merged to', async () => {
    expect(await client.connection.sendRequest<DefaultBranchResult>(DEFAULT_BRANCH, { uri: shop.uri('src/basket.ts') })).toEqual({
      branch: 'main',
    });
  });

  it('puts the number of tests above the symbols that changed, and above no other', async () => {
    const text = `${page('basket').replace('is here today', 'has arrived')}\nexport const untouched = 1;\n`;
    shop.write('src/basket.ts', text);
    client.open(shop.uri('src/basket.ts'), text);
    const lensesOf = () =>
      client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: shop.uri('src/basket.ts') } });
    const lenses = (await lensesOf()).filter(({ command }) => command?.command === SHOW_TESTS);
    expect(lenses.map(({ range }) => range.start.line)).toEqual([0, 4]);
    for (const { command } of lenses) expect(command?.title).toMatch(/^(?:\d+|all|no) e2e tests?$/);
    client.edit(shop.uri('src/basket.ts'), 2, 'export function renamed() {}\n');
    expect((await lensesOf()).filter(({ command }) => command?.command === SHOW_TESTS)).toEqual([]);
  });
});

const NOTHING: TestSelection = {
  verdict: 'run-selected',
  cause: 'The difference is empty: nothing changed.',
  target: 0.95,
  suite: 0,
  share: 0,
  selected: [],
  remainder: [],
  paths: [],
  unreadable: [],
  notices: [],
};

describe('a selection of tests', () => {
  it('ends when the client cancels it', async () => {
    let aborted = false;
    const client = await connect({
      engine: fakeEngine({
        selectTests: (_, signal) =>
          new Promise((_resolve, reject) =>
            signal?.addEventListener('abort', () => {
              aborted = true;
              reject(signal.reason);
            }),
          ),
      }),
    });
    const { CancellationTokenSource } = await import('vscode-languageserver/node');
    const source = new CancellationTokenSource();
    const asked = client.connection.sendRequest(SELECT_TESTS, {}, source.token);
    setTimeout(() => source.cancel(), 20);
    await expect(asked).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    await eventually('the engine is told', () => aborted);
  });

  it('passes on what was asked for, and takes the work tree where nothing is said', async () => {
    const asked: unknown[] = [];
    const client = await connect({
      capabilities: FULL,
      engine: fakeEngine({
        selectTests: async (request) => {
          asked.push(request);
          return NOTHING;
        },
      }),
    });
    await client.request(SELECT_TESTS, {});
    await client.request(SELECT_TESTS, {
      diff: { of: 'staged' },
      target: 0.9,
      budget: { share: 0.2 },
      always: ['smoke'],
      exclude: ['slow'],
    });
    expect(asked).toEqual([
      { diff: { of: 'work-tree' } },
      { diff: { of: 'staged' }, target: 0.9, budget: { share: 0.2 }, always: ['smoke'], exclude: ['slow'] },
    ]);
  });

  it.each([
    [{ diff: { of: 'yesterday' } }, '"diff" with "of": work-tree, staged, branch'],
    [{ diff: { of: 'branch' } }, '"diff" with "of"'],
    [{ target: 1 }, '"target" as a number between 0 and 1'],
    [{ budget: { share: 2 } }, '"budget" as a "share"'],
  ])('with %j is refused with what it needs', async (params, needs) => {
    const client = await connect();
    await expect(client.request(SELECT_TESTS, params)).rejects.toThrow(needs);
  });

  it('outside of git is a failure of that folder, with its code', async () => {
    const client = await connect({
      engine: fakeEngine({
        selectTests: async () => {
          throw new EngineError('not-a-repository', 'It is not a git repository.');
        },
      }),
    });
    expect(await client.request(SELECT_TESTS, {})).toEqual({
      repositories: [
        {
          uri: expect.stringContaining(SHOP),
          name: expect.any(String),
          failure: { code: 'not-a-repository', message: 'It is not a git repository.' },
        },
      ],
    });
  });
});
