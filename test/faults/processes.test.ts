import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { FromIndexer } from '../../server/indexing/job.ts';
import { EngineError } from '../../server/model/errors.ts';
import { lockHolder } from '../../server/store/lock.ts';
import { testFolder } from '../support/folder.ts';
import { writeFiles } from '../support/git.ts';
import { type MadeRepository, makeRepository, testRepository } from '../support/repository.ts';
import { lintel, startLintel } from './cli.ts';
import { contentsOf, freshContents, GOOD, GOOD_PATH, indexHere, matching, record, testEngine, testIndexFolder, until } from './support.ts';

const rule = (number: number, words = ''): Record<string, string> => ({
  [`docs/adr/${String(number).padStart(4, '0')}-rule.md`]: record(
    number,
    `Keep rule ${number}`,
    `${words} Rule ${number} holds. `.repeat(30),
  ),
});
const rules = (count: number, words = ''): Record<string, string> =>
  Object.assign({}, ...Array.from({ length: count }, (_, at) => rule(at + 2, words)));

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Runs the indexing process as the engine does, and kills it once it tells so much progress. Answers whether it was killed in time. */
const indexUntil = (root: string, indexFolder: string, percent: number): Promise<boolean> =>
  new Promise((resolve) => {
    const child: ChildProcess = fork(join(import.meta.dirname, '../../server/engine/updating/index-main.ts'), [], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (message: FromIndexer) => {
      if (message.type === 'progress' && message.progress.percent >= percent) child.kill('SIGKILL');
      if (message.type === 'done' || message.type === 'failed') child.disconnect();
    });
    child.on('exit', (_, signal) => resolve(signal === 'SIGKILL'));
    child.send({ type: 'run', run: 1, job: { root, indexFolder } });
  });

describe('an indexing process that is killed', () => {
  let made: MadeRepository;
  let contents: readonly string[];
  beforeAll(async () => {
    made = makeRepository(
      { ...GOOD, ...rules(200) },
      { commits: Array.from({ length: 700 }, (_, at) => ({ message: `Commit ${at} about rule ${at % 200}` })) },
    );
    contents = await freshContents(made.root);
  });
  afterAll(() => made.remove());

  it.each([0, 30, 70, 97])('leaves an index that the next run completes: at %i %', async (percent) => {
    const indexFolder = testFolder('lintel-index');
    expect(await indexUntil(made.root, indexFolder, percent)).toBe(true);
    await indexHere({ root: made.root, indexFolder });
    expect(await contentsOf(indexFolder)).toEqual(contents);
  });

  it.each([1, 60])('while bringing an index up to date leaves nothing twice and nothing old: at %i %', async (percent) => {
    const indexFolder = testFolder('lintel-index');
    const { root, remove } = makeRepository(
      { ...GOOD, ...rules(100) },
      { commits: Array.from({ length: 30 }, (_, at) => ({ message: `Old ${at}` })) },
    );
    onTestFinished(remove);
    await indexHere({ root, indexFolder });
    const before = rules(100);
    writeFiles(root, rules(100, 'Changed.'));
    expect(await indexUntil(root, indexFolder, percent)).toBe(true);
    writeFiles(root, before);
    await indexHere({ root, indexFolder });
    expect(await contentsOf(indexFolder)).toEqual(await freshContents(root));
  });

  it('is reported by the engine, which goes on with the next run', async () => {
    const indexFolder = testFolder('lintel-index');
    const engine = await testEngine(made.root, { indexFolder });
    const run = engine.index().catch((error: unknown) => error);
    await until(async () => (await lockHolder(indexFolder)) !== undefined);
    const holder = await lockHolder(indexFolder);
    if (holder) process.kill(holder.pid, 'SIGKILL');
    const failure = await run;
    expect(failure).toBeInstanceOf(EngineError);
    expect(failure).toMatchObject({
      message: expect.stringMatching(/was ended by SIGKILL\. What it had written is kept; run .* to go on\./),
    });
    expect(await engine.status()).toMatchObject({ state: 'failed', notices: [expect.stringContaining('SIGKILL')] });
    await engine.index();
    expect(await contentsOf(indexFolder)).toEqual(contents);
    // Killed between making the table and writing index.json, it says that it was rebuilt; of the kill it no longer speaks.
    const status = await engine.status();
    expect(status.state).toBe('ready');
    expect(status.notices.filter((notice) => !notice.startsWith('The index was rebuilt because its index.json is missing'))).toEqual([]);
  });

  it('ends by itself when its parent is killed', async () => {
    const indexFolder = testIndexFolder(made.root);
    const parent = startLintel(['index'], { folder: made.root, indexFolder });
    await until(async () => (await lockHolder(indexFolder)) !== undefined);
    const holder = await lockHolder(indexFolder);
    expect(holder?.pid).not.toBe(parent.pid);
    parent.kill('SIGKILL');
    await until(() => holder !== undefined && !isAlive(holder.pid));
    await indexHere({ root: made.root, indexFolder });
    expect(await contentsOf(indexFolder)).toEqual(contents);
  });
});

describe('two windows and a command line at once', () => {
  it('index and save the same repository without losing or doubling anything, and all see the result', async () => {
    const { root } = testRepository({ ...GOOD, ...rules(20) }, { commits: [{ message: 'Second commit' }] });
    const indexFolder = testIndexFolder(root);
    const [left, right] = await Promise.all([testEngine(root, { indexFolder }), testEngine(root, { indexFolder })]);
    const first = await Promise.all([left.index(), right.index(), lintel(['index'], { folder: root, indexFolder })]);
    expect(first[2]).toMatchObject({ code: 0 });
    expect(await contentsOf(indexFolder)).toEqual(await freshContents(root));

    const work: Promise<unknown>[] = [lintel(['index', '--full'], { folder: root, indexFolder })];
    for (let round = 0; round < 6; round++) {
      writeFiles(root, { ...rule(2 + round, 'Basalt.'), ...rule(40 + round, 'Granite.') });
      work.push(left.changed(Object.keys(rule(2 + round))), right.changed(Object.keys(rule(40 + round))));
      work.push(left.search({ text: 'hemp' }), right.search({ text: 'hemp' }));
    }
    await Promise.all(work);
    await Promise.all([left.index(), right.index()]);
    expect(await contentsOf(indexFolder)).toEqual(await freshContents(root));
    for (const engine of [left, right]) {
      expect((await matching(engine, 'basalt')).length).toBe(6);
      expect((await matching(engine, 'granite')).length).toBe(6);
      expect(await matching(engine, 'hemp')).toContain(GOOD_PATH);
      expect((await engine.status()).position.behind).toBe(0);
    }
  });
});
