import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isFast, slowTests } from './fast.ts';

describe('the fast loop', () => {
  it('holds tests of logic', () => {
    for (const file of ['test/code/names.test.ts', 'test/retrieval/lexical.test.ts']) expect(isFast(file), file).toBe(true);
  });

  it('leaves out tests that reach a process, the disk or the engine, be it through a helper', () => {
    for (const file of ['test/git/log.test.ts', 'test/cli/check.test.ts', 'test/engine/sample.test.ts'])
      expect(isFast(file), file).toBe(false);
  });

  it('leaves out tests that say that they are slow', () => {
    expect(isFast('test/knowledge/records/hostile.test.ts')).toBe(false);
  });

  it('and the rest are every test there is, each once', () => {
    const listed = JSON.parse(
      execFileSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'list', '--filesOnly', '--json'], { encoding: 'utf8' }),
    ) as readonly { readonly file: string; readonly projectName: string }[];
    const fast = listed.filter(({ projectName }) => projectName === 'fast');
    expect(new Set(listed.map(({ file }) => file)).size).toBe(listed.length);
    expect(listed.length - fast.length).toBe(slowTests().length);
    expect(fast.length).toBeGreaterThan(slowTests().length / 2);
  });
});
