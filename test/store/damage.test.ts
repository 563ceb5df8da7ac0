import { cpSync, globSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoreUnusable } from '../../server/store/failure.ts';
import { deleteStore, openStore } from '../../server/store/store.ts';
import { databaseFolder } from '../../server/store/table.ts';
import type { VerifyOptions } from '../../server/store/verify.ts';
import { testFolder } from '../support/folder.ts';
import { OPTIONS, row } from './rows.ts';

const ROWS = 400;

/** A tidy table of 400 rows on disk, closed; returns the version it ended with. */
async function makeStore(folder: string): Promise<number> {
  const store = await openStore(folder, OPTIONS);
  await store.append(Array.from({ length: ROWS }, (_, index) => row(`docs/${index}.md`, 0, { text: `text ${index} `.repeat(20) })));
  await store.upkeep({ force: true });
  const version = await store.version();
  await store.close();
  return version;
}

/** Files of the table that match a pattern, relative to the table's folder. */
const files = (folder: string, pattern: string): string[] =>
  globSync(`*.lance/${pattern}`, { cwd: databaseFolder(folder) })
    .map((name) => join(databaseFolder(folder), name))
    .filter((file) => statSync(file).isFile());

const one = (folder: string, pattern: string): string => {
  const [file] = files(folder, pattern);
  if (file === undefined) throw new Error(`no file matches ${pattern}`);
  return file;
};

/** What the caller sees of a store: the state it must act upon. Anything but an answer or a typed failure fails the test. */
async function examine(folder: string, options: VerifyOptions = { full: true }): Promise<string> {
  try {
    const store = await openStore(folder, { ...OPTIONS, readOnly: true });
    const soundness = await store.verify(options);
    await store.close();
    return soundness.state === 'sound' ? `sound: ${soundness.rows} rows` : `damaged: ${soundness.reason}`;
  } catch (error) {
    if (error instanceof StoreUnusable) return `${error.state}: ${error.reason}`;
    throw error;
  }
}

const remove = (folder: string, pattern: string): void => {
  for (const file of files(folder, pattern)) rmSync(file);
};

const flip = (file: string, at: number): void => {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  writeFileSync(file, bytes);
};

describe('a damaged store', () => {
  it.each<[string, (folder: string) => void]>([
    ['a data file was cut', (folder) => truncateSync(one(folder, 'data/*.lance'), 5_000)],
    ['a data file is empty', (folder) => truncateSync(one(folder, 'data/*.lance'), 0)],
    ['a data file was deleted', (folder) => rmSync(one(folder, 'data/*.lance'))],
    ['a data file is garbage', (folder) => writeFileSync(one(folder, 'data/*.lance'), Buffer.alloc(60_000, 'garbage'))],
    ['the manifest was cut', (folder) => truncateSync(one(folder, '_versions/*.manifest'), 20)],
    ['the manifest is garbage', (folder) => writeFileSync(one(folder, '_versions/*.manifest'), Buffer.alloc(3_000, 'garbage'))],
    ['the manifest is zeros', (folder) => writeFileSync(one(folder, '_versions/*.manifest'), Buffer.alloc(3_000))],
    ['all manifests were deleted', (folder) => remove(folder, '_versions/*')],
    ['the indexes were deleted', (folder) => remove(folder, '_indices/**')],
    ['a full-text file was cut', (folder) => truncateSync(one(folder, '_indices/*/*invert*.lance'), 100)],
    ['a full-text file is garbage', (folder) => writeFileSync(one(folder, '_indices/*/*tokens*.lance'), Buffer.alloc(4_000, 'x'))],
  ])('is reported when %s, and can be built anew', async (_, damage) => {
    const folder = testFolder();
    await makeStore(folder);
    damage(folder);
    expect(await examine(folder, {})).toMatch(/^(damaged|absent): /);
    await deleteStore(folder);
    await makeStore(folder);
    expect(await examine(folder)).toBe(`sound: ${ROWS} rows`);
  });

  it('answers every request with a typed failure, not a crash', async () => {
    const folder = testFolder();
    await makeStore(folder);
    const store = await openStore(folder, OPTIONS);
    for (const file of files(folder, 'data/*')) writeFileSync(file, Buffer.alloc(80_000, 'garbage'));
    const requests = [
      () => store.vectorCandidates(row('x').vector, undefined, 5),
      () => store.textCandidates(['docs'], { path: 'docs' }, 5),
      () => store.documents(),
      () => store.rowsOf(['docs/1.md'], ['text', 'vector']),
      () => store.allRows(['decision'], ['id', 'vector']),
      () => store.put([row('docs/1.md', 0, { title: 'new' })]),
      () => store.upkeep({ force: true }),
    ];
    for (const request of requests) {
      await request().then(
        () => undefined,
        (error: unknown) =>
          expect(error).toMatchObject({ name: expect.stringMatching(/^(StoreUnusable|EngineError)$/), code: 'store-failed' }),
      );
    }
    expect(await store.verify()).toMatchObject({ state: 'damaged' });
    await store.close();
  });

  it('is found by a full check whichever bit of the data file was flipped, or the bit means nothing', async () => {
    const folder = testFolder();
    await makeStore(folder);
    const file = one(folder, 'data/*.lance');
    const original = readFileSync(file);
    const store = await openStore(folder, { ...OPTIONS, readOnly: true });
    const columns = ['id', 'text', 'words', 'title', 'document', 'vector', 'startLine', 'kind'] as const;
    const before = JSON.stringify(await store.allRows(['decision'], columns));
    await store.close();
    await fc.assert(
      fc.asyncProperty(fc.nat(original.length - 1), async (at) => {
        flip(file, at);
        const verdict = await examine(folder);
        if (verdict.startsWith('sound')) {
          const again = await openStore(folder, { ...OPTIONS, readOnly: true });
          expect(JSON.stringify(await again.allRows(['decision'], columns))).toBe(before);
          await again.close();
        } else expect(verdict).toMatch(/^(damaged|other-model|other-schema): ./);
        writeFileSync(file, original);
      }),
      { numRuns: 25 },
    );
    expect(await examine(folder)).toBe(`sound: ${ROWS} rows`);
  });

  it('is found when the newest manifest was lost and the one before opens without a word', async () => {
    const folder = testFolder();
    const tidy = await makeStore(folder);
    const store = await openStore(folder, OPTIONS);
    await store.put([row('docs/new.md')]);
    const version = await store.version();
    await store.close();
    expect(version).toBeGreaterThan(tidy);
    expect(await examine(folder, { version })).toBe(`sound: ${ROWS + 1} rows`);
    // Names fall while versions rise, so the newest sorts first.
    const [newest] = files(folder, '_versions/*.manifest').sort();
    rmSync(newest ?? '');
    expect(await examine(folder)).toBe(`sound: ${ROWS} rows`);
    expect(await examine(folder, { version })).toBe('damaged: its newest version was lost');
  });

  it('with two tables is reported, because nobody knows which one is right', async () => {
    const folder = testFolder();
    await makeStore(folder);
    cpSync(join(one(folder, 'data/*.lance'), '..', '..'), join(databaseFolder(folder), 'passages_00000000.lance'), { recursive: true });
    expect(await examine(folder)).toBe('damaged: it contains more than one table');
  });

  it('whose folder is a file is reported', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'lance'), 'not a folder');
    await expect(openStore(folder, OPTIONS)).rejects.toMatchObject({ code: expect.stringMatching(/store-failed|index-read-only/) });
    await deleteStore(folder);
    await makeStore(folder);
    expect(await examine(folder)).toBe(`sound: ${ROWS} rows`);
  });
});
