import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../server/engine/engine.ts';
import type { Hit } from '../../server/model/answer.ts';
import type { Engine } from '../../server/model/engine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { type MadeRepository, makeRepository } from '../support/repository.ts';

const FILES = {
  'docs/adr/0001-pay-refunds-out.md': '# 1. Pay refunds out at once\n\nStatus: accepted\n\nA refund is paid out at once.\n',
  'playwright.config.ts': "import { defineConfig } from '@playwright/test';\nexport default defineConfig({ testDir: './e2e' });\n",
  'e2e/returns.spec.ts':
    "import { test } from '@playwright/test';\n\ntest('a refund is paid out', async ({ page }) => {\n  await page.goto('/returns');\n});\n\ntest('a voucher is taken', async ({ page }) => {\n  await page.getByText('Your voucher').click();\n});\n",
  'features/returns.feature': 'Feature: Returns\n\n  Scenario: the customer gets a refund\n    Given a refund\n',
  'features/steps.ts': "import { Given } from '@cucumber/cucumber';\nGiven('a refund', () => {});\n",
};
let made: MadeRepository;
let engine: Engine;
let work: TemporaryFolder;
beforeAll(async () => {
  made = makeRepository(FILES);
  work = temporaryFolder('lintel-index');
  engine = await openEngine({ folder: made.root, indexFolder: work.path });
  await engine.index();
}, 120_000);
afterAll(async () => {
  await engine.dispose();
  made.remove();
  work.remove();
});
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(made.root, path)), { recursive: true });
  writeFileSync(join(made.root, path), text);
};
const find = async (text: string): Promise<readonly Hit[]> => (await engine.search({ text, filter: { kinds: ['test'] } })).hits;
const places = async (text: string): Promise<string[]> => (await find(text)).map(({ path, span }) => `${path}:${span.start.line + 1}`);

describe('a search for tests', { timeout: 240_000 }, () => {
  it('finds specs and features at the line of the test, and no other kind', async () => {
    const hits = await find('refund');
    expect(hits.map(({ kind }) => kind)).toEqual(['test', 'test']);
    expect(await places('refund')).toEqual(expect.arrayContaining(['e2e/returns.spec.ts:3', 'features/returns.feature:3']));
    expect((await places('"Your voucher"'))[0]).toBe('e2e/returns.spec.ts:7');
    expect(hits.find(({ path }) => path === 'e2e/returns.spec.ts')).toMatchObject({
      id: 'test:e2e/returns.spec.ts',
      snippet: expect.stringContaining('a refund is paid out'),
    });
  });

  it('is what asks for them: a search that names no kind has the records, the feature as a specification, and no test', async () => {
    const { hits } = await engine.search({ text: 'refund' });
    expect(hits).toContainEqual(expect.objectContaining({ kind: 'decision', path: 'docs/adr/0001-pay-refunds-out.md' }));
    expect(hits.map(({ kind }) => kind)).not.toContain('test');
    expect(hits).toContainEqual(expect.objectContaining({ kind: 'specification', path: 'features/returns.feature' }));
  });

  it('finds a spec that was saved, one that is new, and none that was deleted', async () => {
    write('e2e/returns.spec.ts', "import { test } from '@playwright/test';\ntest('parcels travel back', async ({ page }) => {});\n");
    await engine.changed(['e2e/returns.spec.ts']);
    expect(await places('parcels travel back')).toEqual(['e2e/returns.spec.ts:2']);
    expect(await places('"Your voucher"')).not.toContain('e2e/returns.spec.ts:7');
    write('e2e/gift.spec.ts', "import { test } from '@playwright/test';\ntest('a gift is wrapped', async ({ page }) => {});\n");
    await engine.changed(['e2e/gift.spec.ts']);
    expect((await places('gift is wrapped'))[0]).toBe('e2e/gift.spec.ts:2');
    rmSync(join(made.root, 'e2e/gift.spec.ts'));
    await engine.changed(['e2e/gift.spec.ts']);
    expect(await places('gift is wrapped')).not.toContain('e2e/gift.spec.ts:2');
  });

  it('finds what changed while nobody looked, after the next update, and the status counts them', async () => {
    expect((await engine.status()).counts.test).toBe(2);
    write('e2e/late.spec.ts', "import { test } from '@playwright/test';\ntest('the courier is late', async ({ page }) => {});\n");
    expect(await engine.index()).toMatchObject({ cancelled: false });
    expect((await places('courier is late'))[0]).toBe('e2e/late.spec.ts:2');
    expect((await engine.documents(['test'])).map(({ path }) => path)).toEqual([
      'e2e/late.spec.ts',
      'e2e/returns.spec.ts',
      'features/returns.feature',
    ]);
    expect((await engine.status()).position.behind).toBe(0);
  });
});
