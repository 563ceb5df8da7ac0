import { fork } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIndexer, type Indexer } from '../../server/indexing/process.ts';
import { doingOf, stallIn } from '../../server/indexing/watchdog.ts';

const STALLING = join(import.meta.dirname, 'stalling.ts');

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a run that makes no progress', () => {
  let indexer: Indexer;
  let logged: string[];
  beforeEach(() => {
    process.env.LINTEL_STALL_SECONDS = '1';
    logged = [];
    indexer = createIndexer({ log: (_, message) => logged.push(message), consent: () => Promise.resolve(false) }, STALLING);
  });
  afterEach(async () => {
    delete process.env.LINTEL_STALL_SECONDS;
    await indexer.dispose();
  });

  it('is ended, and goes on without the file on which it stalled', async () => {
    expect(await indexer.run({ root: 'a.md endless.md done', indexFolder: '' })).toMatchObject({ added: 1 });
    expect(logged.join('\n')).toMatch(/Indexing made no progress for \d s while reading endless\.md, so it was ended\./);
    // Known now, so that the next run does not stall again.
    logged.length = 0;
    expect(await indexer.run({ root: 'a.md endless.md done', indexFolder: '' })).toMatchObject({ added: 1 });
    expect(logged.join('\n')).not.toContain('no progress');
  });

  it('is ended for good on the fourth such file, and says where it stopped', async () => {
    const root = 'endless1 endless2 endless3 endless4 done';
    await expect(indexer.run({ root, indexFolder: '' })).rejects.toThrow(/while reading endless4, so it was ended.*kept and searched/);
  });

  it('is ended where no file is to blame, and says in which step', async () => {
    await expect(indexer.run({ root: 'upkeep', indexFolder: '' })).rejects.toThrow(/while tidying the index, so it was ended/);
  });
});

describe('the indexing process', () => {
  it('ends with its parent even where its event loop does not turn', async () => {
    const parent = fork(join(import.meta.dirname, 'stalling-parent.ts'), [STALLING], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const pid = await new Promise<number>((resolve) => parent.once('message', (message) => resolve(Number(message))));
    await new Promise((resolve) => setTimeout(resolve, 300));
    parent.kill('SIGKILL');
    expect(isAlive(pid)).toBe(true);
    await expect.poll(() => isAlive(pid), { timeout: 30_000 }).toBe(false);
  });
});

describe('what the watchdog told', () => {
  it('is found among other words on standard error, or not at all', () => {
    const told = 'warning: x\nlintel-stalled {"step":"read","file":"docs/a b.md","seconds":60}\n';
    expect(stallIn(told)).toEqual({ step: 'read', file: 'docs/a b.md', seconds: 60 });
    expect([stallIn(''), stallIn('lintel-stalled {'), stallIn('lintel-stalled {"step":1}')]).toEqual([undefined, undefined, undefined]);
    expect(doingOf({ step: 'read', file: 'a.md', seconds: 1 })).toBe('reading a.md');
  });
});
