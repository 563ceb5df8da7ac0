import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceLog } from '../../server/indexing/sources.ts';
import { MutableSourceIndex } from '../../server/retrieval/source-index.ts';
import { CodeLogReader, codeLogFile } from '../../server/store/code-log.ts';
import { openWorkspace } from '../../server/workspace/workspace.ts';
import { temporaryFolder, testFolder } from '../support/folder.ts';
import { commitFiles, git, writeFiles } from '../support/git.ts';
import { makeRepository, testRepository } from '../support/repository.ts';
import { isWhole } from '../support/whole.ts';
import { GOOD, indexHere, testEngine } from './support.ts';

const CODE = { ...GOOD, 'src/relay.ts': 'export class OutboxRelay {}\n', 'src/use.ts': '// ADR-1\nnew OutboxRelay();\n' };

/** What the index knows of the sources: counts of some names, and the citing lines. */
const factsIn = async (indexFolder: string): Promise<MutableSourceIndex> => {
  const facts = new MutableSourceIndex();
  const news = await new CodeLogReader(indexFolder).read();
  if (news) facts.take(news);
  return facts;
};

/** All that matters of it, to be compared. */
const summary = async (indexFolder: string) => {
  const facts = await factsIn(indexFolder);
  const entries = [...facts.stamps].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    files: facts.files,
    entries: entries.map(([path, { size, mtimeMs }]) => ({ path, size, mtimeMs })),
    names: Object.fromEntries(['OutboxRelay', 'Invoice', 'orders.created'].map((name) => [name, facts.filesWith(name)])),
    citing: [...facts.citingLines()],
  };
};

const freshSummary = async (root: string) => {
  const folder = temporaryFolder('lintel-fresh');
  try {
    await indexHere({ root, indexFolder: folder.path });
    return await summary(folder.path);
  } finally {
    folder.remove();
  }
};

describe('the sources of a repository', () => {
  it('are known after the first run, and after a save', async () => {
    const { root } = testRepository(CODE);
    const indexFolder = testFolder('lintel-index');
    const engine = await testEngine(root, { indexFolder });
    await engine.index();
    expect((await factsIn(indexFolder)).filesWith('OutboxRelay')).toBe(2);
    expect([...(await factsIn(indexFolder)).citingLines()]).toEqual([['src/use.ts', [{ line: 0, character: 0, text: '// ADR-1' }]]]);
    writeFiles(root, { 'src/use.ts': 'none\n', 'src/new.ts': 'new OutboxRelay();\n' });
    const report = await engine.changed(['src/use.ts', 'src/new.ts']);
    expect(report).toMatchObject({ added: 0, updated: 0, removed: 0, cancelled: false });
    const facts = await factsIn(indexFolder);
    expect(facts.pathsWith('OutboxRelay', 10)).toEqual(['src/new.ts', 'src/relay.ts']);
    expect([...facts.citingLines()]).toEqual([]);
  });

  it('that changed while nobody looked are found at the next start, and only then is anything written', async () => {
    const { root } = testRepository(CODE);
    const indexFolder = testFolder('lintel-index');
    const first = await testEngine(root, { indexFolder });
    await first.index();
    await first.dispose();
    const before = readFileSync(codeLogFile(indexFolder));
    const second = await testEngine(root, { indexFolder });
    await second.index();
    await second.dispose();
    expect(readFileSync(codeLogFile(indexFolder))).toEqual(before);
    writeFiles(root, { 'src/third.ts': 'OutboxRelay' });
    rmSync(join(root, 'src/use.ts'));
    const third = await testEngine(root, { indexFolder });
    await third.index();
    expect((await factsIn(indexFolder)).pathsWith('OutboxRelay', 10)).toEqual(['src/relay.ts', 'src/third.ts']);
  });

  it('are reread where the log was deleted, damaged or written by another version', async () => {
    const { root } = testRepository(CODE);
    const indexFolder = testFolder('lintel-index');
    await (await testEngine(root, { indexFolder })).index();
    const harm: (() => void)[] = [
      () => rmSync(codeLogFile(indexFolder)),
      () => writeFileSync(codeLogFile(indexFolder), '{"schema":0,"id":"old"}\n'),
      () => writeFileSync(codeLogFile(indexFolder), readFileSync(codeLogFile(indexFolder)).fill(120, 130)),
      () => writeFileSync(codeLogFile(indexFolder), readFileSync(codeLogFile(indexFolder)).subarray(0, 140)),
    ];
    for (const damage of harm) {
      damage();
      const engine = await testEngine(root, { indexFolder });
      await engine.index();
      expect((await factsIn(indexFolder)).filesWith('OutboxRelay')).toBe(2);
      await engine.dispose();
    }
  });

  it('are forgotten with everything else where a rebuild is asked for', async () => {
    const { root } = testRepository(CODE);
    const indexFolder = testFolder('lintel-index');
    await indexHere({ root, indexFolder });
    const id = readFileSync(codeLogFile(indexFolder), 'utf8').split('\n', 1)[0];
    await indexHere({ root, indexFolder, full: true });
    expect(readFileSync(codeLogFile(indexFolder), 'utf8').split('\n', 1)[0]).not.toBe(id);
    expect((await factsIn(indexFolder)).files).toBe(2);
  });

  it('are none that are ignored, behind symbolic links, vendored, generated, minified, binary or too large', async () => {
    const { root } = testRepository({
      ...CODE,
      '.gitignore': 'out/\n',
      'vendor/a.go': 'package OutboxRelay\n',
      'src/made.ts': '// Code generated by x. DO NOT EDIT.\nOutboxRelay\n',
      'src/app.js': 'var OutboxRelay=1;'.repeat(500),
      'src/picture.ts': Buffer.from([0, 1, 2, 3, ...Buffer.from(' OutboxRelay ')]),
      'src/large.ts': `OutboxRelay\n${'x\n'.repeat(600_000)}`,
      'src/line.ts': `const a = 1;\n${'OutboxRelay'.padStart(900_000)}`,
    });
    writeFiles(root, { 'out/a.ts': 'OutboxRelay\n' });
    symlinkSync(join(root, 'src/relay.ts'), join(root, 'src/link.ts'));
    symlinkSync('/etc/hostname', join(root, 'src/outside.ts'));
    mkdirSync(join(root, 'src/folder.ts'));
    const indexFolder = testFolder('lintel-index');
    await indexHere({ root, indexFolder });
    const facts = await factsIn(indexFolder);
    expect(facts.pathsWith('OutboxRelay', 10)).toEqual(['src/relay.ts', 'src/use.ts']);
    expect(facts.files).toBe(2);
    const engine = await testEngine(root, { indexFolder });
    await engine.index();
    await engine.changed(['out/a.ts', 'src/link.ts', 'src/outside.ts', 'vendor/a.go', 'src/folder.ts', '../x.ts', 'src/large.ts']);
    expect((await factsIn(indexFolder)).pathsWith('OutboxRelay', 10)).toEqual(['src/relay.ts', 'src/use.ts']);
  });

  it('of a deleted folder go with it', async () => {
    const { root } = testRepository({ ...CODE, 'lib/deep/a.ts': 'OutboxRelay', 'lib/b.ts': 'OutboxRelay', 'library/c.ts': 'OutboxRelay' });
    const indexFolder = testFolder('lintel-index');
    const engine = await testEngine(root, { indexFolder });
    await engine.index();
    rmSync(join(root, 'lib'), { recursive: true });
    await engine.changed(['lib']);
    expect((await factsIn(indexFolder)).pathsWith('OutboxRelay', 10)).toEqual(['library/c.ts', 'src/relay.ts', 'src/use.ts']);
  });

  it('of a bare repository are those of HEAD', async () => {
    const { root } = testRepository(CODE);
    const bare = join(testFolder('lintel-bare'), 'shop.git');
    git(root, ['clone', '--quiet', '--bare', root, bare]);
    const indexFolder = testFolder('lintel-index');
    await indexHere({ root: bare, indexFolder });
    expect((await factsIn(indexFolder)).pathsWith('OutboxRelay', 10)).toEqual(['src/relay.ts', 'src/use.ts']);
    writeFiles(root, { 'src/use.ts': 'nothing here\n' });
    commitFiles(root, 'Use nothing');
    git(bare, ['fetch', '--quiet', root, '+main:main']);
    await indexHere({ root: bare, indexFolder });
    expect((await factsIn(indexFolder)).pathsWith('OutboxRelay', 10)).toEqual(['src/relay.ts']);
  });

  it('of a folder outside git are known too', async () => {
    const root = testFolder('lintel-plain');
    writeFiles(root, CODE);
    const indexFolder = testFolder('lintel-index');
    await indexHere({ root, indexFolder });
    expect((await factsIn(indexFolder)).filesWith('OutboxRelay')).toBe(2);
  });

  it('that a cancelled run did not reach are read by the next', async () => {
    const files = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`src/file${n}.ts`, 'OutboxRelay\n']));
    const { root } = testRepository({ ...GOOD, ...files });
    const indexFolder = testFolder('lintel-index');
    const workspace = await openWorkspace(root);
    const log = new SourceLog(indexFolder);
    const controller = new AbortController();
    const read = Object.keys(files).map((path) => {
      const { size, mtimeMs } = statSync(join(root, path));
      return { path, size, mtimeMs };
    });
    let told = 0;
    const run = log.update(workspace, { read, gone: [] }, controller.signal, (count) => {
      told += count;
      controller.abort();
    });
    await expect(run).rejects.toThrow();
    expect(told).toBe(50);
    expect((await factsIn(indexFolder)).files).toBe(50);
    await indexHere({ root, indexFolder });
    expect((await factsIn(indexFolder)).files).toBe(200);
  });

  it('count in the progress, which ends at 100 percent', async () => {
    const files = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`src/file${n}.ts`, `OutboxRelay${n}\n`]));
    const { root } = testRepository({ ...GOOD, ...files });
    const engine = await testEngine(root);
    const told: { done: number; total: number; percent: number }[] = [];
    await engine.index({ onProgress: (progress) => told.push(progress) });
    expect(told.at(-1)?.percent).toBe(100);
    expect(told.at(-1)?.done).toBe(told.at(-1)?.total);
    for (const [at, { percent, done, total }] of told.entries()) {
      expect(percent).toBeGreaterThanOrEqual(told[at - 1]?.percent ?? 0);
      expect(Number.isInteger(done) && Number.isInteger(total)).toBe(true);
    }
  });
});

describe('the log', () => {
  it('is rewritten when most of its lines are stale, with the same content', async () => {
    const { root } = testRepository(CODE);
    const indexFolder = testFolder('lintel-index');
    await indexHere({ root, indexFolder });
    const whole = readFileSync(codeLogFile(indexFolder), 'utf8').split('\n');
    appendFileSync(codeLogFile(indexFolder), `${whole[1]}\n`.repeat(150));
    const log = new SourceLog(indexFolder);
    await log.tidy();
    expect(readFileSync(codeLogFile(indexFolder), 'utf8').split('\n')).toHaveLength(whole.length + 150);
    appendFileSync(codeLogFile(indexFolder), `${whole[1]}\n{"path":"lost.ts","gone":true}\n`.repeat(150));
    const before = await summary(indexFolder);
    await log.tidy();
    expect(readFileSync(codeLogFile(indexFolder), 'utf8').split('\n')).toHaveLength(whole.length);
    expect(await summary(indexFolder)).toEqual(before);
    expect(log.stamps.size).toBe(2);
  });

  it('that one process writes is followed by another that has the index open', async () => {
    const { root } = testRepository(CODE);
    const indexFolder = testFolder('lintel-index');
    const [writer, reader] = [await testEngine(root, { indexFolder }), await testEngine(root, { indexFolder })];
    await writer.index();
    const asked = { path: 'src/other.ts', text: 'x' };
    await reader.why(asked);
    writeFiles(root, { 'src/new.ts': 'new OutboxRelay();\n' });
    await writer.changed(['src/new.ts']);
    // Nothing changed for the reader either: it sees the new file without a run of its own.
    const before = statSync(codeLogFile(indexFolder)).mtimeMs;
    await reader.index();
    expect(statSync(codeLogFile(indexFolder)).mtimeMs).toBe(before);
    expect((await factsIn(indexFolder)).filesWith('OutboxRelay')).toBe(3);
  });
});

/** The same lives every time; another number explores others. */
const SEED = Number(process.env.LINTEL_FAULT_SEED ?? 20_240_511);
const PATHS = ['src/a.ts', 'src/b.py', 'src/deep/c.go', 'vendor/d.go', 'notes.md', 'api/e.yaml'];
const TEXTS = ['OutboxRelay', "emit('orders.created') // ADR-7", 'Invoice OutboxRelay', ''];

interface World {
  readonly root: string;
  readonly indexFolder: string;
}

type Step = readonly [name: string, run: (world: World) => Promise<unknown> | unknown];

const path = fc.constantFrom(...PATHS);
const text = fc.constantFrom(...TEXTS);
const run = ({ root, indexFolder }: World, paths?: readonly string[]) => indexHere({ root, indexFolder, ...(paths ? { paths } : {}) });

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(path, text).map(([to, content]): Step => [`write ${to}`, ({ root }) => writeFiles(root, { [to]: content })]),
  fc.tuple(path, text).map(
    ([to, content]): Step => [
      `save ${to} as ${content}`,
      async (world) => {
        writeFiles(world.root, { [to]: content });
        await run(world, [to]);
      },
    ],
  ),
  path.map(
    (from): Step => [
      `delete ${from} and say so`,
      async (world) => {
        rmSync(join(world.root, from), { force: true });
        await run(world, [from]);
      },
    ],
  ),
  path.map((from): Step => [`delete ${from}`, ({ root }) => rmSync(join(root, from), { force: true })]),
  fc.constant<Step>(['ignore src/deep', ({ root }) => writeFiles(root, { '.gitignore': 'src/deep\n' })]),
  fc.constant<Step>(['ignore nothing', ({ root }) => writeFiles(root, { '.gitignore': '' })]),
  fc.constant<Step>(['commit', ({ root }) => commitFiles(root, 'Change')]),
  fc.constant<Step>([
    'rename src',
    ({ root }) => {
      try {
        renameSync(join(root, 'src'), join(root, 'lib'));
      } catch {
        rmSync(join(root, 'lib'), { recursive: true, force: true });
      }
    },
  ]),
  fc.constant<Step>(['tear the log', ({ indexFolder }) => appendFileSync(codeLogFile(indexFolder), '{"path":"src/a.ts","size":')]),
  fc.constant<Step>(['index', (world) => run(world)]),
);

it('after any life, an index that is brought up to date knows what a new one knows', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
      const repository = makeRepository({ ...CODE, '.gitignore': '' });
      const index = temporaryFolder('lintel-index');
      try {
        const world = { root: repository.root, indexFolder: index.path };
        await run(world);
        for (const [, act] of steps) await act(world);
        await run(world);
        expect(await summary(index.path)).toEqual(await freshSummary(world.root));
      } finally {
        repository.remove();
        index.remove();
      }
    }),
    { numRuns: isWhole ? 15 : 5, seed: SEED, endOnFailure: false },
  );
});

it('a file of the same size that was written in the same moment is read where somebody says that it changed', async () => {
  const { root } = testRepository(CODE);
  const indexFolder = testFolder('lintel-index');
  const engine = await testEngine(root, { indexFolder });
  await engine.index();
  const { atime, mtime } = statSync(join(root, 'src/relay.ts'));
  writeFileSync(join(root, 'src/relay.ts'), CODE['src/relay.ts'].replace('OutboxRelay', 'OutboxReply'));
  utimesSync(join(root, 'src/relay.ts'), atime, mtime);
  await engine.changed(['src/relay.ts']);
  expect((await factsIn(indexFolder)).pathsWith('OutboxReply', 10)).toEqual(['src/relay.ts']);
});
