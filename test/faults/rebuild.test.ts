import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databaseName } from '../../server/store/leftovers.ts';
import { withWriterLock } from '../../server/store/lock.ts';
import { type IndexState, readState } from '../../server/store/state.ts';
import { writeFiles } from '../support/git.ts';
import { testRepository } from '../support/repository.ts';
import { lintel } from './cli.ts';
import { contentsOf, freshContents, GOOD, GOOD_PATH, indexHere, matching, record, testEngine, testIndexFolder, until } from './support.ts';

const rules = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `docs/adr/${String(at + 2).padStart(4, '0')}-rule.md`,
      record(at + 2, `Keep rule ${at}`, `Rule ${at} of the house holds for room ${at * 7}. `.repeat(20)),
    ]),
  );

const stateOf = async (folder: string): Promise<IndexState> => {
  const read = await readState(folder);
  if (read.status !== 'present') throw new Error(read.status);
  return read.state;
};

const databases = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('lance'));

const indexed = async (files: Readonly<Record<string, string>>) => {
  const { root } = testRepository({ ...files, 'src/hoist.ts': '// ADR-0001\nexport const hoist = 1;\n' });
  const indexFolder = testIndexFolder(root);
  await indexHere({ root, indexFolder });
  return { root, indexFolder };
};

/** Stops a run as soon as it has built so many databases beside each other. */
async function interruptRebuild(root: string, indexFolder: string, full: boolean): Promise<void> {
  const controller = new AbortController();
  const run = indexHere({ root, indexFolder, full }, controller.signal).catch(() => undefined);
  await until(() => databases(indexFolder).length > 1);
  controller.abort();
  await run;
}

describe('an index that is rebuilt', () => {
  it('answers all the time, in the process that rebuilds it and in another one', async () => {
    const { root, indexFolder } = await indexed({ ...GOOD, ...rules(150) });
    const [rebuilding, reading] = [await testEngine(root, { indexFolder }), await testEngine(root, { indexFolder })];
    await reading.search({ text: 'hemp' });
    let ended = false;
    const run = rebuilding.index({ full: true }).finally(() => {
      ended = true;
    });
    let asked = 0;
    while (!ended) {
      for (const engine of [rebuilding, reading]) {
        expect(await matching(engine, 'hemp')).toEqual([GOOD_PATH]);
        expect((await engine.documents(['decision'])).length).toBe(151);
        expect((await engine.why({ path: 'src/hoist.ts', line: 1 })).governing.map(({ id }) => id)).toContain(GOOD_PATH);
        asked += 1;
      }
      expect((await reading.status()).state).toBe('ready');
    }
    expect(asked).toBeGreaterThan(4);
    expect(await run).toMatchObject({ rebuilt: 'you asked for it' });
    for (const engine of [rebuilding, reading]) expect(await matching(engine, 'hemp')).toEqual([GOOD_PATH]);
    expect(databases(indexFolder)).toEqual([databaseName(await stateOf(indexFolder))]);
    expect(await contentsOf(indexFolder)).toEqual(await freshContents(root));
  });

  it('and is interrupted is as it was, and the next run removes what is left', async () => {
    const { root, indexFolder } = await indexed({ ...GOOD, ...rules(60) });
    const contents = await contentsOf(indexFolder);
    const before = readFileSync(join(indexFolder, 'index.json'), 'utf8');
    await interruptRebuild(root, indexFolder, true);
    expect(readFileSync(join(indexFolder, 'index.json'), 'utf8')).toBe(before);
    expect(await contentsOf(indexFolder)).toEqual(contents);
    expect((await indexHere({ root, indexFolder })).rebuilt).toBeUndefined();
    expect(databases(indexFolder)).toEqual(['lance']);
    expect(readdirSync(indexFolder)).not.toContain('next.json');
    expect(await contentsOf(indexFolder)).toEqual(contents);
  });

  it('because it has to be goes on where it was interrupted, and takes what changed meanwhile', async () => {
    const { root, indexFolder } = await indexed({ ...GOOD, ...rules(60) });
    writeFileSync(join(indexFolder, 'index.json'), JSON.stringify({ ...(await stateOf(indexFolder)), fingerprint: 'another:1' }));
    await interruptRebuild(root, indexFolder, false);
    const begun = databases(indexFolder);
    writeFiles(root, { 'docs/adr/0003-rule.md': record(3, 'Keep a new rule') });
    expect(await indexHere({ root, indexFolder })).toMatchObject({ rebuilt: expect.stringContaining('embedding model') });
    expect(begun).toContain(databaseName(await stateOf(indexFolder)));
    expect(databases(indexFolder)).toHaveLength(1);
    expect(await contentsOf(indexFolder)).toEqual(await freshContents(root));
  });

  it('leaves nothing of writers that were killed', async () => {
    const { root, indexFolder } = await indexed(GOOD);
    const expected = readdirSync(indexFolder, { recursive: true }).sort();
    for (const name of ['lance-0a1b2c3d', 'lance-77']) mkdirSync(join(indexFolder, name, 'passages_x.lance'), { recursive: true });
    for (const name of ['index.json.17.tmp', 'next.json', 'next.json.9.tmp', 'code.jsonl.next', 'code.jsonl.4711.tmp'])
      writeFileSync(join(indexFolder, name), 'half');
    const [table] = readdirSync(join(indexFolder, 'lance')).filter((name) => name.startsWith('passages'));
    writeFileSync(join(indexFolder, 'lance', table ?? '', 'data', '.tmpAb12Cd'), 'half');
    writeFileSync(join(indexFolder, 'a-file-of-somebody'), 'stays');
    await indexHere({ root, indexFolder });
    expect(readdirSync(indexFolder, { recursive: true }).sort()).toEqual([...expected, 'a-file-of-somebody'].sort());
  });

  it('says once why', async () => {
    const { root, indexFolder } = await indexed(GOOD);
    const { stdout, stderr } = await lintel(['index', '--full'], { folder: root, indexFolder });
    expect(`${stdout}${stderr}`.match(/rebuilt because/gi)).toHaveLength(1);
    expect(stdout).toContain('Rebuilt because you asked for it.');
  });

  it('is not read or written where another process holds the lock: it is answered from', async () => {
    const { root, indexFolder } = await indexed(GOOD);
    await withWriterLock(indexFolder, async () => {
      const { code, stdout } = await lintel(['search', 'hemp', '--json'], { folder: root, indexFolder });
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(GOOD_PATH) });
    });
  });
});
