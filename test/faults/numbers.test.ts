import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeFiles } from '../support/git.ts';
import { testRepository } from '../support/repository.ts';
import { lintel, type Outcome } from './cli.ts';
import { GOOD, indexHere, record, testIndexFolder } from './support.ts';

/** A repository with two indexed records and one that was written since, while another process holds the lock of its index. */
const busy = async () => {
  const { root } = testRepository({ ...GOOD, 'docs/adr/0002-use-winches.md': record(2, 'Use winches'), 'src/lift.ts': 'lift();\n' });
  const indexFolder = testIndexFolder(root);
  await indexHere({ root, indexFolder });
  writeFiles(root, { 'docs/adr/0003-use-capstans.md': record(3, 'Use capstans') });
  const holder = spawn(process.execPath, [join(import.meta.dirname, '../store/lock-holder.ts'), indexFolder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(holder, 'exit');
  const free = async (): Promise<void> => {
    holder.stdin.end();
    await ended;
  };
  onTestFinished(free);
  await once(holder.stdout, 'data');
  const run = (...args: string[]): Promise<Outcome> => lintel(args, { folder: root, indexFolder });
  return { root, indexFolder, free, run };
};

const makeOlder = (indexFolder: string): void => {
  const path = join(indexFolder, 'index.json');
  const { sum: _, ...state } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(path, JSON.stringify({ ...state, schema: 0 }));
};

describe('a decision that is written while another process has the index', () => {
  it('takes the number after the last file, even if the index does not know that file yet', async () => {
    const { run } = await busy();
    expect(await run('decisions', 'new', 'Use cranes')).toMatchObject({ code: 0, stdout: 'docs/adr/0004-use-cranes.md\n' });
  });

  it('takes the number after the last file where the index as it is was asked for', async () => {
    const { run } = await busy();
    expect(await run('decisions', 'new', 'Use cranes', '--no-update', '--dry-run')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('docs/adr/0004-use-cranes.md'),
    });
  });

  it('waits where the index cannot be read, and then takes the number after the last file', async () => {
    const { run, indexFolder, free } = await busy();
    makeOlder(indexFolder);
    const written = run('decisions', 'new', 'Use cranes');
    const early = await Promise.race([written, new Promise<undefined>((later) => setTimeout(later, 1_000, undefined))]);
    expect(early).toBeUndefined();
    await free();
    expect(await written).toMatchObject({ code: 0, stdout: 'docs/adr/0004-use-cranes.md\n' });
  });

  it('is linked by its number, to the record that has it', async () => {
    const { run, root } = await busy();
    expect(await run('link', 'src/lift.ts:1', '2')).toMatchObject({ code: 0 });
    expect(readFileSync(join(root, '.lintel/links.yaml'), 'utf8')).toContain('docs/adr/0002-use-winches.md');
  });
});
