import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyRepository, GIT_ENVIRONMENT, type SampleRepository, temporaryFolder } from '../lsp/sample-repository.ts';
import { lintel } from './run.ts';

const RECORD = 'docs/adr/0001-open-boxes.md';
const TEXT =
  '# 1. Open boxes\n\n## Status\n\nAccepted\n\n## Decision\n\nBoxes are opened at `src/box.ts:1-3`, and sold at `src/shop.ts:1`.\n';
const CODE = 'export function openBox(id: string) {\n  return id;\n}\n';

describe('"lintel check" on references to lines', () => {
  let repository: SampleRepository;
  const cache = temporaryFolder();
  const check = (...args: string[]) => lintel(['check', ...args], { folder: repository.root, cache });

  beforeAll(() => {
    repository = emptyRepository();
    repository.write(RECORD, TEXT);
    repository.write('src/box.ts', CODE);
    repository.write('src/shop.ts', 'export const sellEverything = () => [];\n');
    repository.commit('Begin');
    repository.write('src/shop.ts', '// Shop.\n// All of it.\nexport const sellEverything = () => [];\n');
    repository.commit('Say what it is');
  });
  afterAll(() => repository?.remove());

  it('tells those that moved, with --changed only those that the change moved, and mends them with --patch', async () => {
    expect((await check('--changed')).stdout).toBe('');
    writeFileSync(join(repository.root, 'src/box.ts'), `// Boxes.\n${CODE}`);
    const changed = await check('--changed', '--json');
    expect(changed.code).toBe(1);
    expect(JSON.parse(changed.stdout).problems).toMatchObject([
      { rule: 'line-reference-moved', path: RECORD, related: [{ path: 'src/box.ts' }] },
    ]);
    const all = await check('--json', '--rule', 'line-reference-moved');
    expect(JSON.parse(all.stdout).problems).toHaveLength(2);
    const patch = await check('--patch');
    execFileSync('git', ['apply'], { cwd: repository.root, input: patch.stdout, env: { ...process.env, ...GIT_ENVIRONMENT } });
    expect(readFileSync(join(repository.root, RECORD), 'utf8')).toBe(
      TEXT.replace('box.ts:1-3', 'box.ts:2-4').replace('shop.ts:1', 'shop.ts:3'),
    );
  });
});
