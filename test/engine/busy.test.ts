import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lintel } from '../faults/cli.ts';
import { GOOD, indexHere, record, testEngine, testIndexFolder } from '../faults/support.ts';
import { writeFiles } from '../support/git.ts';
import { testRepository } from '../support/repository.ts';

/** Another process that holds the writer's lock of an index folder until the test ends. */
const holdLock = async (indexFolder: string): Promise<ChildProcess> => {
  const holder = spawn(process.execPath, [join(import.meta.dirname, '../store/lock-holder.ts'), indexFolder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(holder, 'exit');
  onTestFinished(async () => {
    holder.stdin?.end();
    await ended;
  });
  await once(holder.stdout, 'data');
  return holder;
};

/** A repository whose index is one document behind, and held by another process. */
const busyRepository = async () => {
  const { root } = testRepository({ ...GOOD, 'src/lift.ts': '// ADR-0001\nlift();\n' });
  const indexFolder = testIndexFolder(root);
  await indexHere({ root, indexFolder });
  writeFiles(root, { 'docs/adr/0002-use-winches.md': record(2, 'Use winches') });
  const holder = await holdLock(indexFolder);
  return { root, indexFolder, holder };
};

describe('an index that another process is writing', () => {
  it('answers "lintel why" after three seconds from what is there, and says who is writing', async () => {
    const { root, indexFolder, holder } = await busyRepository();
    const started = performance.now();
    const why = await lintel(['why', 'src/lift.ts:1', '--json'], { folder: root, indexFolder });
    expect(performance.now() - started).toBeGreaterThan(3_000);
    expect(why.code).toBe(0);
    expect(why.stderr).toContain(`The index is being updated by process ${holder.pid}.`);
    expect(why.stderr).toContain('lintel: answering from the existing index.');
    expect(JSON.parse(why.stdout)).toMatchObject({ governing: [{ id: 'docs/adr/0001-use-ropes.md' }], index: { behind: 1 } });
  });

  it('rejects an update with "index-busy" once its patience runs out', async () => {
    const { root, indexFolder } = await busyRepository();
    const engine = await testEngine(root, { indexFolder });
    await expect(engine.index({ patience: 100 })).rejects.toMatchObject({ code: 'index-busy', name: 'EngineError' });
  });
});
