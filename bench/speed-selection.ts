import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEngine } from '../server/engine/engine.ts';
import type { Engine } from '../server/model/engine.ts';
import { temporaryFolder } from '../test/support/folder.ts';
import { figure, spreadOf, timed } from './measure.ts';

/**
 * How long the selection of end-to-end tests takes: the first time, in a new process that finds what was kept, and again and again in one process, as an
 * editor asks. `npm run bench -- speed-selection [--folder FOLDER] [--commits 30]`; without a folder, on a made repository of 300 specs and 900 files of a
 * product with pages, components, clients and endpoints.
 */
const { values } = parseArgs({
  options: { folder: { type: 'string' }, commits: { type: 'string', default: '30' }, one: { type: 'string' } },
});
const SPECS = 300;
const TARGET_WARM = 500;
const TARGET_COLD = 2_000;

const work = temporaryFolder('lintel-bench-selection');
const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=b', '-c', 'user.email=b@example.com', ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });

const NOUNS = ['order', 'basket', 'invoice', 'refund', 'parcel', 'coupon', 'supplier', 'shelf', 'return', 'payment', 'customer', 'review'];
const VERBS = ['list', 'detail', 'edit', 'search', 'export', 'archive', 'approve', 'print', 'share', 'split', 'merge', 'cancel', 'assign'];
const pascal = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** A shop of pages that show components, which ask a client for endpoints; each spec drives a page object. Its history changes page and spec together. */
function madeRepository(): string {
  const folder = join(work.path, 'made');
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const features = Array.from({ length: SPECS }, (_, at) => ({
    noun: NOUNS[at % NOUNS.length] ?? '',
    verb: `${VERBS[Math.floor(at / NOUNS.length) % VERBS.length] ?? ''}${at >= NOUNS.length * VERBS.length ? at : ''}`,
  }));
  const texts = (noun: string, verb: string, round: number): void => {
    const name = `${pascal(noun)}${pascal(verb)}`;
    write(
      `web/src/components/${name}Panel.tsx`,
      `import { Button } from './Button';\nimport { load${name} } from '../clients/${noun}-${verb}';\nexport function ${name}Panel() {\n  const rows = load${name}();\n  return <section aria-label="${pascal(noun)} ${verb} panel ${round}">{rows.map((row) => <Button key={row.id}>${pascal(verb)} this ${noun}</Button>)}</section>;\n}\n`,
    );
  };
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '-q', '-b', 'main');
  write('package.json', '{"name":"shop","devDependencies":{"@playwright/test":"1.56.0"}}\n');
  write(
    'playwright.config.ts',
    "import { defineConfig } from '@playwright/test';\nexport default defineConfig({ testDir: 'e2e/specs' });\n",
  );
  write('web/src/components/Button.tsx', 'export const Button = ({ children }) => <button>{children}</button>;\n');
  for (const { noun, verb } of features) {
    const name = `${pascal(noun)}${pascal(verb)}`;
    texts(noun, verb, 0);
    write(
      `web/src/clients/${noun}-${verb}.ts`,
      `import { request } from './request';\nexport const load${name} = () => request('GET', '/api/${noun}/${verb}');\n`,
    );
    write(
      `web/src/pages/${noun}/${verb}.tsx`,
      `import { ${name}Panel } from '../../components/${name}Panel';\nexport default function ${name}Page() {\n  return <main><h1>${pascal(noun)} ${verb}</h1><${name}Panel /></main>;\n}\n`,
    );
    write(
      `services/shop/src/${noun}-${verb}.ts`,
      `import { Router } from 'express';\nconst router = Router();\nrouter.get('/api/${noun}/${verb}', async (request, response) => {\n  response.json(await find${name}(request.query));\n});\nexport async function find${name}(query: { id?: string }) {\n  return [{ id: query.id ?? '${noun}' }];\n}\nexport default router;\n`,
    );
    write(
      `e2e/pages/${noun}-${verb}-page.ts`,
      `import type { Page } from '@playwright/test';\nexport class ${name}Page {\n  constructor(readonly page: Page) {}\n  async open() {\n    await this.page.goto('/${noun}/${verb}');\n  }\n  async act() {\n    await this.page.getByRole('button', { name: '${pascal(verb)} this ${noun}' }).click();\n  }\n}\n`,
    );
    write(
      `e2e/specs/${noun}/${verb}.spec.ts`,
      `import { expect, test } from '@playwright/test';\nimport { ${name}Page } from '../../pages/${noun}-${verb}-page';\ntest('${verb} of ${noun}', async ({ page }) => {\n  const own = new ${name}Page(page);\n  await own.open();\n  await own.act();\n  await expect(page.getByRole('heading', { name: '${pascal(noun)} ${verb}' })).toBeVisible();\n${'  await expect(page).toHaveTitle(/Shop/);\n'.repeat(20)}});\n`,
    );
  }
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'Open the shop');
  for (let round = 1; round <= 120; round += 1) {
    const { noun, verb } = features[(round * 7) % SPECS] ?? { noun: '', verb: '' };
    texts(noun, verb, round);
    const spec = `e2e/specs/${noun}/${verb}.spec.ts`;
    if (round % 2 === 0)
      write(
        spec,
        `${git(folder, 'show', `HEAD:${spec}`)}test('${verb} again ${round}', async ({ page }) => page.goto('/${noun}/${verb}'));\n`,
      );
    git(folder, 'commit', '-q', '-a', '-m', `Change ${noun} ${verb}`);
  }
  return folder;
}

async function opened<T>(folder: string, indexFolder: string, ask: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await openEngine({ folder, indexFolder });
  try {
    return await ask(engine);
  } finally {
    await engine.dispose();
  }
}

/** A child of `--one` says how long a process takes from its opened engine to the answer. */
async function one([folder = '', indexFolder = '', from = '', to = '']: readonly string[]): Promise<void> {
  const start = performance.now();
  await opened(folder, indexFolder, (engine) => engine.selectTests({ diff: { of: 'range', from, to } }));
  console.log(performance.now() - start);
}

async function main(): Promise<void> {
  const folder = values.folder ?? madeRepository();
  const indexFolder = join(work.path, 'index');
  const commits = git(folder, 'log', '--no-merges', '--format=%H', '-n', values.commits).split('\n').filter(Boolean);
  const ranges = commits.map((to) => ({ from: `${to}~1`, to }));
  const inNewProcess = ({ from, to }: { from: string; to: string }): number =>
    Number(
      execFileSync(process.execPath, [import.meta.filename, '--one', JSON.stringify([folder, indexFolder, from, to])], {
        encoding: 'utf8',
        env: { ...process.env, NODE_NO_WARNINGS: '1' },
      }),
    );
  const first = ranges.slice(0, 3).map((range) => {
    rmSync(indexFolder, { recursive: true, force: true });
    return inNewProcess(range);
  });
  const again = ranges.slice(0, 10).map(inNewProcess);
  await opened(folder, indexFolder, async (engine) => {
    await engine.selectTests({ diff: { of: 'range', from: ranges[0]?.from ?? '', to: ranges[0]?.to ?? '' } });
    const warm: number[] = [];
    const processor: number[] = [];
    let suite = 0;
    for (const { from, to } of ranges) {
      const used = process.cpuUsage();
      const { ms, value } = await timed(() => engine.selectTests({ diff: { of: 'range', from, to } }));
      warm.push(ms);
      const { user, system } = process.cpuUsage(used);
      processor.push((user + system) / 1_000);
      suite = value.suite;
      if (process.env.LINTEL_BENCH_VERBOSE) console.log(`  ${to.slice(0, 12)} ${ms.toFixed(0)} ms ${value.verdict}`);
    }
    console.log(`${suite} specs, ${git(folder, 'ls-files').split('\n').length - 1} files, ${ranges.length} commits`);
    const spread = spreadOf(warm);
    figure('warm, p95', spread.p95, 'ms', { most: TARGET_WARM }, `p50 ${spread.p50.toFixed(0)} ms`);
    figure('  of the processor, without git', spreadOf(processor).p95, 'ms', undefined, `p50 ${spreadOf(processor).p50.toFixed(0)} ms`);
  });
  figure('a new process, p95', spreadOf(again).p95, 'ms', { most: TARGET_COLD }, `p50 ${spreadOf(again).p50.toFixed(0)} ms`);
  figure('the first time, nothing kept (median of 3)', spreadOf(first).p50, 'ms');
}

if (values.one === undefined) await main();
else await one(JSON.parse(values.one) as string[]);
work.remove();
