import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openEngine } from '../../server/engine/engine.ts';
import type { Engine } from '../../server/model/engine.ts';
import type { DiffRequest, TestSelection } from '../../server/model/selection.ts';
import { testFolder } from '../support/folder.ts';
import { git } from '../support/git.ts';
import { type MadeRepository, makeRepository } from '../support/repository.ts';

const SUBJECTS = ['address', 'basket', 'checkout', 'invoice', 'newsletter', 'returns', 'search', 'voucher'];
const specOf = (subject: string): string => `e2e/tests/${subject}.spec.ts`;
const textOf = (subject: string): string =>
  `import { expect, test } from '@playwright/test';\n${subject === 'basket' ? "import { ShopPage } from '../pages/shop-page';\n" : ''}
test('${subject} works', async ({ page }) => {
  await page.goto('/${subject}');
  await expect(page.getByText('Your ${subject} is here')).toBeVisible();
});\n`;
const FILES = {
  'e2e/playwright.config.ts': "import { defineConfig } from '@playwright/test';\nexport default defineConfig({ testDir: './tests' });\n",
  'e2e/pages/shop-page.ts': 'export class ShopPage {}\n',
  ...Object.fromEntries(SUBJECTS.map((subject) => [specOf(subject), textOf(subject)])),
  ...Object.fromEntries(
    SUBJECTS.map((subject) => [`web/${subject}.tsx`, `export const ${subject} = () => <p>Your ${subject} is here</p>;\n`]),
  ),
};

let made: MadeRepository;
let indexFolder: string;
beforeEach(() => {
  made = makeRepository(FILES);
  indexFolder = join(testFolder(), 'index');
  return made.remove;
});
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(made.root, path)), { recursive: true });
  writeFileSync(join(made.root, path), text);
};
const open = async (folder = made.root): Promise<Engine> => {
  const engine = await openEngine({ folder, indexFolder });
  onTestFinished(() => engine.dispose());
  return engine;
};
const WORK_TREE: DiffRequest = { of: 'work-tree' };
const select = async (engine: Engine, diff: DiffRequest = WORK_TREE): Promise<TestSelection> => engine.selectTests({ diff });
const pathsOf = ({ selected }: TestSelection): string[] => selected.map(({ item }) => item.path);

describe('the tests that a difference makes relevant', () => {
  it('are none in a clean work tree, and the answer says that nothing changed', async () => {
    expect(await select(await open())).toMatchObject({
      verdict: 'run-selected',
      suite: 8,
      selected: [],
      cause: 'The difference is empty: nothing changed.',
    });
  });

  it('begin with the spec that names the text which the change removes, without an index', async () => {
    write('web/voucher.tsx', 'export const voucher = () => <p>Your gift card is ready</p>;\n');
    const [first] = (await select(await open())).selected;
    expect(first).toMatchObject({ item: { path: specOf('voucher'), framework: 'playwright', title: 'voucher works' }, must: true });
    expect(first?.evidence).toContainEqual(expect.objectContaining({ kind: 'selects', literals: ['Your voucher is here'] }));
  });

  it('include a spec that git does not follow yet', async () => {
    const engine = await open();
    write(specOf('review'), textOf('review'));
    expect(pathsOf(await select(engine))).toEqual([specOf('review')]);
  });

  it('are those that import a page object that changed, with the files in between', async () => {
    write('e2e/pages/shop-page.ts', 'export class ShopPage { open() {} }\n');
    const { selected } = await select(await open());
    expect(selected.map(({ item, evidence }) => [item.path, evidence[0]])).toEqual([
      [specOf('basket'), expect.objectContaining({ kind: 'imports', chain: [specOf('basket'), 'e2e/pages/shop-page.ts'] })],
    ]);
  });

  it('include one that ran a changed line, as coverage says that lintel.yaml or the caller names, and files that are none are named', async () => {
    write('lintel.yaml', 'tests:\n  coverage: [coverage/**/*.info]\n');
    git(made.root, ['add', '-A']);
    git(made.root, ['commit', '-qm', 'Record coverage']);
    write('coverage/e2e/returns.spec.ts/lcov.info', 'TN:\nSF:/ci/shop/web/voucher.tsx\nDA:1,1\nend_of_record\n');
    write('coverage/half.info', 'nothing');
    write('invoice.out', `mode: set\nexample.com/shop/web/voucher.tsx:1.1,1.9 1 1\n`);
    write('web/voucher.tsx', 'export const voucher = () => <p>Your gift card is ready</p>;\n');
    const engine = await open();
    const { selected, notices } = await engine.selectTests({ diff: WORK_TREE, coverage: [join(made.root, 'invoice.out')] });
    const covers = selected.flatMap(({ item, must, evidence }) =>
      evidence.flatMap((one) => (one.kind === 'covers' ? [[item.path, must, one.report, one.explanation]] : [])),
    );
    expect(covers).toEqual(
      ['invoice.out', 'coverage/e2e/returns.spec.ts/lcov.info'].map((report) => [
        specOf(report === 'invoice.out' ? 'invoice' : 'returns'),
        true,
        report,
        `ran line 1 of web/voucher.tsx, which changed, according to ${report}`,
      ]),
    );
    expect(notices).toContainEqual(expect.stringMatching(/^coverage\/half\.info is no coverage: /));
  });

  it('include one that a record in force names and that applies to what changed, as soon as the record says so', async () => {
    const record = (status: string): string =>
      `---\nstatus: ${status}\ndate: 2026-01-01\napplies-to:\n  - web/vouch*.tsx\n  - e2e/**\n---\n\n# Vouchers are returned, too\n\n## Decision\n\nThey are. [A test](../../e2e/tests/returns.spec.ts) confirms it.\n`;
    write('docs/decisions/0007-return-vouchers.md', record('superseded'));
    git(made.root, ['add', '-A']);
    git(made.root, ['commit', '-qm', 'Decide about vouchers']);
    write('web/voucher.tsx', 'export const voucher = () => <p>Your voucher is here</p>; // now\nexport const more = 1;\n');
    const engine = await open();
    const declared = async (): Promise<readonly unknown[]> =>
      (await select(engine)).selected.flatMap(({ item, must, evidence }) =>
        evidence.flatMap(({ kind, explanation }) => (kind === 'declared' ? [[item.path, must, explanation]] : [])),
      );
    expect(await declared()).toEqual([]);
    write('docs/decisions/0007-return-vouchers.md', record('accepted'));
    expect(await declared()).toEqual([
      [
        specOf('returns'),
        true,
        'named on line 13 of docs/decisions/0007-return-vouchers.md, which applies to web/vouch*.tsx, where web/voucher.tsx changed',
      ],
    ]);
    write('web/voucher.tsx', textOf('voucher'));
    git(made.root, ['checkout', '-q', 'web/voucher.tsx']);
    expect(await declared()).toEqual([]);
  });

  it('are the same bytes for what is staged, a branch, two commits and a patch', async () => {
    const engine = await open();
    const before = git(made.root, ['rev-parse', 'HEAD']).trim();
    write('web/search.tsx', 'export const search = () => <p>Nothing found</p>;\n');
    git(made.root, ['add', '-A']);
    const staged = await select(engine, { of: 'staged' });
    expect(pathsOf(staged)[0]).toBe(specOf('search'));
    const patch = await select(engine, { of: 'patch', text: git(made.root, ['diff', '--cached', '-U3']) });
    expect(JSON.stringify(patch)).toBe(JSON.stringify(staged));
    git(made.root, ['commit', '-qm', 'Say it otherwise']);
    const after = await open();
    const range = await select(after, { of: 'range', from: before, to: 'HEAD' });
    expect(pathsOf(range)).toEqual(pathsOf(staged));
    expect(JSON.stringify(await select(after, { of: 'branch', base: before }))).toBe(JSON.stringify(range));
  });

  it('are found again by a new engine from what the index folder keeps, and a new spec is noticed', async () => {
    write('web/voucher.tsx', 'export const voucher = () => <p>Your gift card is ready</p>;\n');
    const first = await select(await open());
    expect(JSON.stringify(await select(await open()))).toBe(JSON.stringify(first));
    write(specOf('gift'), textOf('gift'));
    expect((await select(await open())).suite).toBe(9);
  });

  it('follow the routes of a page object as it is now, in the same process and in a new one', async () => {
    const object = (route: string): string =>
      `export class ShopPage {\n  constructor(page) {}\n  async open() {\n    await this.page.goto('${route}');\n  }\n}\n`;
    write('e2e/pages/shop-page.ts', object('/till'));
    write(specOf('basket'), `${textOf('basket')}test('pays', async ({ page }) => new ShopPage(page).open());\n`);
    write('web/src/pages/till.tsx', 'export default function Till() {\n  return <p>Pay</p>;\n}\n');
    git(made.root, ['add', '-A']);
    git(made.root, ['commit', '-qm', 'Add the till']);
    write('web/src/pages/till.tsx', 'export default function Till() {\n  return <p>Pay by card</p>;\n}\n');
    const patch = { of: 'patch', text: git(made.root, ['diff']) } as const;
    const routesOf = ({ selected }: TestSelection): string[] =>
      selected.flatMap(({ item, evidence }) =>
        item.path === specOf('basket') ? evidence.flatMap((one) => (one.kind === 'visits' ? [one.route] : [])) : [],
      );
    const engine = await open();
    expect(routesOf(await select(engine, patch))).toEqual(['/till']);
    expect(routesOf(await select(await open(), patch))).toEqual(['/till']);
    write('e2e/pages/shop-page.ts', object('/elsewhere'));
    expect(routesOf(await select(await open(), patch))).toEqual([]);
    expect(routesOf(await select(engine, patch))).toEqual([]);
    write('e2e/pages/shop-page.ts', object('/till'));
    expect(routesOf(await select(engine, patch))).toEqual(['/till']);
  });

  it('follow what brings a changed component in as it is now, in the same process', async () => {
    write(specOf('basket'), `${textOf('basket')}test('pays', async ({ page }) => page.goto('/pay/till'));\n`);
    write('web/src/Till.tsx', 'export function Till() {\n  return <p>Pay</p>;\n}\n');
    write('web/src/pages/pay/till.tsx', 'export default function TillPage() {\n  return <p />;\n}\n');
    git(made.root, ['add', '-A']);
    git(made.root, ['commit', '-qm', 'Add the till']);
    write('web/src/Till.tsx', 'export function Till() {\n  return <p>Pay by card</p>;\n}\n');
    const patch = { of: 'patch', text: git(made.root, ['diff']) } as const;
    const engine = await open();
    const visited = async (): Promise<boolean> =>
      (await select(engine, patch)).selected.some(({ evidence }) => evidence.some((one) => one.kind === 'visits'));
    expect(await visited()).toBe(false);
    write(
      'web/src/pages/pay/till.tsx',
      "import { Till } from '../../Till';\nexport default function TillPage() {\n  return <Till />;\n}\n",
    );
    expect(await visited()).toBe(true);
  });
});

describe('a difference that cannot be had', () => {
  it('is refused for a commit that is not there', async () => {
    const engine = await open();
    await expect(select(engine, { of: 'branch', base: 'nowhere' })).rejects.toMatchObject({ code: 'unknown-commit' });
    await expect(select(engine, { of: 'range', from: 'HEAD', to: 'nowhere' })).rejects.toMatchObject({ code: 'unknown-commit' });
  });

  it('is refused outside of git, where a patch still selects', async () => {
    const folder = testFolder();
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const engine = await open(folder);
    await expect(select(engine)).rejects.toMatchObject({ code: 'not-a-repository' });
    const text =
      'diff --git a/web/voucher.tsx b/web/voucher.tsx\n--- a/web/voucher.tsx\n+++ b/web/voucher.tsx\n@@ -1 +1 @@\n-<p>Your voucher is here</p>\n+<p>Gone</p>\n';
    expect(pathsOf(await select(engine, { of: 'patch', text }))[0]).toBe(specOf('voucher'));
  });
});

it('commits of the repository that changed code and specs calibrate the confidence, and are counted', async () => {
  for (let at = 0; at < 5; at++) {
    write('web/basket.tsx', `export const basket = () => <p>Basket number ${at}</p>;\n`);
    write(specOf('basket'), `${textOf('basket')}// ${at}\n`);
    git(made.root, ['commit', '-qam', `Basket ${at}`]);
  }
  write('web/voucher.tsx', 'export const voucher = () => <p>Your gift card is ready</p>;\n');
  expect((await select(await open())).notices).toEqual([
    expect.stringContaining('5 commits of this repository changed both code and end-to-end tests'),
  ]);
});
