import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RULES } from '../../server/engine/rules.ts';

const ROOT = join(import.meta.dirname, '../..');

it('every rule that a reader can report is explained on the page that diagnostics link to', () => {
  const page = readFileSync(join(ROOT, 'docs/language-server.md'), 'utf8');
  const explained = new Set([...page.matchAll(/^### (\S+)$/gm)].map(([, rule]) => rule));
  const reported = globSync('server/{knowledge,engine,decisions,indexing}/**/*.ts', { cwd: ROOT }).flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:rule: |problem(?:Of)?\(|failed\()'([a-z]+(?:-[a-z]+)*)'/g)].map(
      ([, rule]) => rule,
    ),
  );
  expect(reported.length).toBeGreaterThan(10);
  expect(reported.filter((rule) => !explained.has(rule))).toEqual([]);
});

it('every rule of the page has its sentence for the command line, and no other has one', () => {
  const page = readFileSync(join(ROOT, 'docs/language-server.md'), 'utf8');
  const explained = [...page.matchAll(/^### (\S+)$/gm)].map(([, rule]) => rule);
  expect(Object.keys(RULES).sort()).toEqual(explained.sort());
  for (const text of Object.values(RULES)) expect(text).toMatch(/^[A-Z].*\.$/);
});
