import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { IndexProgress, IndexStatus } from '../../server/model/answer.ts';
import { EngineError } from '../../server/model/errors.ts';
import { CURRENT, fakeEngine, REPORT, statusWith } from '../support/engine.ts';
import { connected, raw, textOf } from './in-memory.ts';

const CALL = { name: 'search', arguments: { query: 'x' } } as const;

/** An engine whose index is built when the test says so. */
const building = (state: IndexStatus['state'] = 'absent') => {
  let now = state;
  let report: (progress: IndexProgress) => void = () => undefined;
  let end: (failed?: Error) => void = () => undefined;
  const started: unknown[] = [];
  const engine = fakeEngine({
    status: async () => statusWith({ state: now }),
    index: (options) => {
      started.push(options);
      now = 'indexing';
      report = (progress) => options?.onProgress?.(progress);
      return new Promise((resolve, reject) => {
        end = (failed) => {
          now = failed ? 'failed' : 'ready';
          if (failed) reject(failed);
          else resolve(REPORT);
        };
      });
    },
  });
  return {
    engine,
    started,
    report: (percent: number) => report({ phase: 'read', done: percent, total: 100, percent }),
    end: (failed?: Error) => end(failed),
  };
};

const until = async (met: () => boolean): Promise<void> => {
  while (!met()) await sleep(1);
};

describe('a question while the first index is built', () => {
  it('waits for it, and its client sees how far it is', async () => {
    const { engine, started, report, end } = building();
    const client = await connected({ engine });
    const told: number[] = [];
    const answer = client.callTool(CALL, { onprogress: ({ progress }) => void told.push(progress) });
    await until(() => started.length === 1);
    for (const percent of [0, 40, 30, 40, 100]) report(percent);
    end();
    expect((await answer).structuredContent).toMatchObject({ hits: [] });
    // What is told never falls, as the protocol demands.
    expect(told).toEqual([0, 40, 100]);
    expect(started).toHaveLength(1);
  });

  it('shares it with others, and one that is cancelled leaves it to them', async () => {
    const { engine, started, end } = building();
    const client = raw({ engine });
    await client.begin();
    client.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: CALL });
    const other = client.request('tools/call', CALL);
    await until(() => started.length === 1);
    client.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
    expect((await client.request('tools/list')).result).toBeDefined();
    end();
    expect((await other).result?.structuredContent).toMatchObject({ hits: [] });
    expect(client.received.some(({ id }) => id === 1)).toBe(false);
    expect(started).toHaveLength(1);
  });

  it('is told that it is being built where that takes too long, and what to do', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { engine, started, report, end } = building();
      const client = await connected({ engine });
      const answer = client.callTool(CALL);
      while (started.length === 0) await new Promise((resolve) => setImmediate(resolve));
      report(45);
      await vi.advanceTimersByTimeAsync(25_000);
      const result = await answer;
      expect(result.isError).toBe(true);
      expect(textOf(result)).toBe(
        'The index of /shop is being built for the first time (45 %). Ask again in a moment; "lintel status" says how far it is.',
      );
      end();
    } finally {
      vi.useRealTimers();
    }
  });

  it('is told why there is none where it cannot be built', async () => {
    const { engine, started, end } = building();
    const client = await connected({ engine });
    const answer = client.callTool(CALL);
    await until(() => started.length === 1);
    end(new EngineError('disk-full', 'The disk is full. Free some space.'));
    expect(textOf(await answer)).toBe('There is no index of /shop yet: The disk is full. Free some space.');
  });
});

describe('a question to an index that is behind', () => {
  const behind = { ...CURRENT, behind: 2 };

  it('is answered when it was brought up to date', async () => {
    let indexed = 0;
    const engine = fakeEngine({
      status: async () => statusWith({ position: indexed === 0 ? behind : CURRENT }),
      index: async () => {
        indexed += 1;
        return REPORT;
      },
    });
    const client = await connected({ engine });
    expect((await client.callTool(CALL)).structuredContent).toEqual({ hits: [], index: { sha: 'aaaaaaaaaaaa', behind: 0 } });
    expect(indexed).toBe(1);
  });

  it('is answered from what is there, and says so, where another process keeps it from that', async () => {
    const engine = fakeEngine({
      status: async () => statusWith({ position: behind }),
      index: async () => {
        throw new EngineError('index-busy', 'Another process writes the index.');
      },
      search: async () => ({ hits: [], index: behind }),
    });
    const client = await connected({ engine });
    expect((await client.callTool(CALL)).structuredContent).toEqual({
      hits: [],
      notices: ['The index could not be updated: Another process writes the index.'],
      index: { sha: 'aaaaaaaaaaaa', behind: 2 },
    });
  });

  it('does not wait for an update of one that is current', async () => {
    const index = vi.fn(() => new Promise<never>(() => undefined));
    const client = await connected({ engine: fakeEngine({ index }) });
    expect((await client.callTool(CALL)).structuredContent).toMatchObject({ hits: [] });
    expect(index).not.toHaveBeenCalled();
  });

  it('waits for changed source files where the answer is about findings', async () => {
    const index = vi.fn(async () => REPORT);
    const client = await connected({ engine: fakeEngine({ index }) });
    expect((await client.callTool({ name: 'check', arguments: {} })).structuredContent).toMatchObject({ findings: [], decisions: [] });
    expect(index).toHaveBeenCalledOnce();
  });
});
