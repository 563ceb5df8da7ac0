import { fork } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FromIndexer, Job } from '../../server/indexing/job.ts';
import { type TemporaryFolder, temporaryFolder, testFolder } from '../support/folder.ts';
import { writeFiles } from '../support/git.ts';
import { type MadeRepository, makeRepository } from '../support/repository.ts';
import { sampleOf } from '../support/whole.ts';
import { contentsOf, freshContents, GOOD, GOOD_PATH, indexHere, matching, record, testEngine } from './support.ts';

/** Runs the indexing process with a fault of `dying.ts`. Answers what ended it. */
const indexDying = (job: Job, fault: Readonly<Record<string, string>>): Promise<NodeJS.Signals | number | null> =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, '../../server/engine/updating/index-main.ts'), [], {
      execArgv: ['--import', join(import.meta.dirname, 'dying.ts')],
      env: { ...process.env, LINTEL_TEST_FOLDER: job.indexFolder, ...fault },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.on('message', (message: FromIndexer) => {
      if (message.type === 'done' || message.type === 'failed') child.disconnect();
    });
    child.on('error', reject);
    // Not `close`, which never comes after `disconnect()`.
    child.on('exit', (code, signal) => resolve(signal ?? code));
    child.send({ type: 'run', run: 1, job });
  });

/** Names in the index folder, without what is random in them. */
const namesIn = (folder: string): string =>
  readdirSync(folder)
    .map((name) => name.replace(/-[0-9a-f]{8}$/, '-ID').replace(/\.\d+\.tmp$/, '.PID.tmp'))
    .join(' ');

/** What a writer leaves in the index folder that was not killed. */
const tidyNames = /^code\.jsonl index\.json lance(-ID)?( suite\.json)?$/;

const rules = (count: number, words: string): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`docs/adr/000${at + 2}-rule.md`, record(at + 2, `Keep ${words} ${at}`)]));

describe('a writer that is killed before one of its steps', () => {
  let made: MadeRepository;
  let sound: TemporaryFolder;
  let before: string[];
  let after: string[];
  beforeAll(async () => {
    made = makeRepository({ ...GOOD, ...rules(3, 'granite'), 'src/hoist.ts': '// ADR-0001\nexport const hoist = 1;\n' });
    sound = temporaryFolder('lintel-sound');
    await indexHere({ root: made.root, indexFolder: sound.path });
    before = await contentsOf(sound.path);
    writeFiles(made.root, { ...rules(2, 'basalt'), 'src/hoist.ts': '// ADR-0001\nexport const hoist = 2;\n' });
    after = await freshContents(made.root);
  });
  afterAll(() => {
    made.remove();
    sound.remove();
  });
  const jobFor = (full: boolean): Job => {
    const indexFolder = testFolder('lintel-index');
    cpSync(sound.path, indexFolder, { recursive: true });
    return { root: made.root, indexFolder, full };
  };
  /** What a writer leaves before each of its steps that changed anything. */
  const leftBehind = async (job: Job): Promise<string[]> => {
    const copies = testFolder('lintel-copies');
    expect(await indexDying(job, { LINTEL_TEST_COPIES: copies })).toBe(0);
    return readdirSync(copies).map((step) => join(copies, step));
  };
  const heals = async (indexFolder: string): Promise<void> => {
    await indexHere({ root: made.root, indexFolder });
    expect(await contentsOf(indexFolder), indexFolder).toEqual(after);
    expect(namesIn(indexFolder), indexFolder).toMatch(tidyNames);
    expect(readdirSync(indexFolder, { recursive: true }).filter((name) => String(name).includes('tmp'))).toEqual([]);
  };

  it.each([
    { full: true, what: 'of a rebuild leaves the old index or the new one, whole' },
    { full: false, what: 'of an update leaves an index that answers' },
  ])('$what, and the next update leaves nothing else', { timeout: 480_000 }, async ({ full }) => {
    const all = await leftBehind(jobFor(full));
    expect(all.length).toBeGreaterThan(15);
    // Steps that leave the same files are alike. An update in place is the smaller danger.
    const left = sampleOf(all, full ? 12 : 8);
    const seen = new Set<string>();
    for (const indexFolder of all) {
      const names = namesIn(indexFolder);
      if (seen.has(names) && !left.includes(indexFolder)) continue;
      if (!seen.has(names)) {
        const engine = await testEngine(made.root, { indexFolder });
        expect(await matching(engine, 'hemp'), `${indexFolder}: ${names}`).toEqual([GOOD_PATH]);
      }
      seen.add(names);
      if (full) expect([before, after], indexFolder).toContainEqual(await contentsOf(indexFolder));
      await heals(indexFolder);
    }
  });

  it('by a signal leaves a whole index, too', async () => {
    for (const step of [12, 30]) {
      const job = jobFor(true);
      expect(await indexDying(job, { LINTEL_TEST_DIE: String(step) }), `step ${step}`).toBe('SIGKILL');
      expect([before, after], `step ${step}`).toContainEqual(await contentsOf(job.indexFolder));
      await heals(job.indexFolder);
    }
  });
});
