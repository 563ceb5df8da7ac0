import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { openEngine } from '../../server/engine/engine.ts';
import { testFolder } from '../support/folder.ts';
import { testRepository } from '../support/repository.ts';
import { runInMemory } from './in-memory.ts';

const SUBJECTS = ['address', 'basket', 'checkout', 'invoice', 'newsletter', 'returns', 'search', 'voucher'];
const specOf = (subject: string): string => `e2e/tests/${subject}.spec.ts`;
const FILES = {
  'e2e/playwright.config.ts': "import { defineConfig } from '@playwright/test';\nexport default defineConfig({ testDir: './tests' });\n",
  ...Object.fromEntries(
    SUBJECTS.map((subject) => [
      specOf(subject),
      `import { test } from '@playwright/test';\ntest('${subject} works', async ({ page }) => {\n  await page.goto('/${subject}');\n});\n`,
    ]),
  ),
  ...Object.fromEntries(
    SUBJECTS.map((subject) => [`web/${subject}.tsx`, `export const ${subject} = () => <p>Your ${subject} is here</p>;\n`]),
  ),
};
/** A report of all specs, of which one failed. The entity in it must never be resolved. */
const report = (failed: string): string =>
  `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]><testsuites>${SUBJECTS.map(
    (subject) =>
      `<testsuite name="${subject}.spec.ts" tests="1" time="2.5"><testcase name="${subject} works" classname="${subject}.spec.ts" file="${specOf(subject)}" time="2.5">${
        subject === failed ? '<failure message="&secret; gone">no</failure>' : ''
      }</testcase></testsuite>`,
  ).join('')}</testsuites>`;

it('runs are selected, recorded, reported, and a miss becomes a link that selects from then on', async () => {
  const { root } = testRepository(FILES);
  const indexFolder = join(testFolder(), 'index');
  const run = async (...args: readonly string[]) => {
    const engine = await openEngine({ folder: root, indexFolder });
    return runInMemory(['tests', ...args], engine, { folder: root });
  };
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('web/voucher.tsx', 'export const voucher = () => <p>Your gift card is ready</p>;\n');
  const selection = await run('select', '--json', '--budget', '25%');
  // One commit says too little for the gate to leave a test of eight out: everything should run, and the budget still selects.
  expect(selection.code).toBe(10);
  write('reports/selection.json', selection.out);
  write('reports/junit.xml', report('invoice'));
  const recorded = await run('record', '--junit', 'reports/junit.xml', '--selection', 'reports/selection.json');
  expect([recorded.code, recorded.err, recorded.out]).toEqual([0, expect.any(String), expect.stringContaining('7 passed, 1 failed')]);
  const log = readFileSync(join(root, '.lintel/test-runs.jsonl'), 'utf8');
  expect(log.trimEnd().split('\n')).toHaveLength(1);
  expect(log).toContain(specOf('invoice'));
  expect(log).not.toContain('root:');
  const told = await run('report');
  expect([told.code, told.out]).toEqual([0, expect.stringContaining(specOf('invoice'))]);
  const page = await run('report', '--format', 'html');
  expect(page.out).toContain('<html');
  expect(page.out).not.toMatch(/(?:src|href)="https?:/);
  const linked = await run('link', 'web/voucher.tsx', specOf('invoice'), '--note', 'vouchers are printed on invoices');
  expect(linked.code).toBe(0);
  const again = JSON.parse((await run('select', '--json')).out);
  expect(again.selected.find(({ item }: { item: { path: string } }) => item.path === specOf('invoice'))).toMatchObject({
    must: true,
    evidence: expect.arrayContaining([expect.objectContaining({ kind: 'declared' })]),
  });
});
