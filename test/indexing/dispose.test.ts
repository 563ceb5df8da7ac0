import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createIndexer } from '../../server/indexing/process.ts';
import { NO_CHANGE } from '../../server/model/answer.ts';

const STALLING = join(import.meta.dirname, 'stalling.ts');
const CANCELLED = { ...NO_CHANGE, cancelled: true };

describe('an indexer that is disposed of', () => {
  it('ends runs that are under way as cancelled, because their process never reports them, and starts no other process', async () => {
    const started: string[] = [];
    const log = (_: string, message: string): void => void started.push(message);
    const indexer = createIndexer({ log, consent: () => Promise.resolve(false) }, STALLING);
    // The process reads this, and waits.
    const runs = [indexer.run({ root: 'waiting', indexFolder: '' }), indexer.run({ root: 'waiting', indexFolder: '' })];
    await expect.poll(() => started.length, { timeout: 60_000 }).toBe(2);
    await indexer.dispose();
    expect(await Promise.all(runs)).toEqual([CANCELLED, CANCELLED]);
    expect(await indexer.run({ root: 'waiting', indexFolder: '' })).toEqual(CANCELLED);
    expect(new Set(started).size).toBe(1);
  });
});
