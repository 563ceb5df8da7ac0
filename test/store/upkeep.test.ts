import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StoreRow } from '../../server/store/row.ts';
import { openStore } from '../../server/store/store.ts';
import { testFolder } from '../support/folder.ts';
import { random } from '../support/vocabulary.ts';
import { open } from './open.ts';
import { row } from './rows.ts';

/** Bytes of all files, and 4,096 for each folder: what a disk loses. */
const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce(
    (sum, name) => sum + Math.max(statSync(join(folder, name)).size, 1),
    4_096,
  );

const DIMENSIONS = 64;
const SHAPE = { fingerprint: 'large:1', dimensions: DIMENSIONS };

function writerOf(seed: number) {
  const numbers = random(seed);
  return (documentId: string, ordinal = 0): StoreRow => {
    const words = Array.from({ length: 40 }, () => `w${numbers.zipf(5_000)}`).join(' ');
    const vector = Float32Array.from({ length: DIMENSIONS }, () => numbers.next() - 0.5);
    const norm = Math.hypot(...vector);
    return row(documentId, ordinal, { words, text: words, vector: vector.map((value) => value / norm) });
  };
}

describe('upkeep', () => {
  it('keeps the index within 1.5 times a fresh one through 400 edits of one document each', { timeout: 180_000 }, async () => {
    const make = writerOf(1);
    const documents = Array.from({ length: 200 }, (_, index) => `docs/${index}.md`);
    const rows = documents.flatMap((id) => Array.from({ length: 5 }, (_, ordinal) => make(id, ordinal)));
    const fresh = testFolder();
    const pristine = await open(fresh, SHAPE);
    await pristine.append(rows);
    await pristine.upkeep({ force: true });
    const folder = testFolder();
    const store = await open(folder, SHAPE);
    await store.append(rows);
    await store.upkeep({ force: true });
    let runs = 0;
    for (let edit = 0; edit < 400; edit++) {
      const id = documents[edit % documents.length] ?? '';
      await store.put(Array.from({ length: 5 }, (_, ordinal) => make(id, ordinal)));
      if ((await store.upkeep()).done) runs++;
    }
    expect(runs).toBeGreaterThan(10);
    expect(runs).toBeLessThan(40);
    await store.upkeep({ force: true });
    expect(await store.count()).toBe(1_000);
    expect(sizeOf(folder) / sizeOf(fresh)).toBeLessThan(1.5);
    expect(await store.verify({ full: true })).toEqual({ state: 'sound', rows: 1_000 });
  });

  it('does nothing when nothing is due', async () => {
    const store = await open(testFolder());
    await store.append(Array.from({ length: 20 }, (_, index) => row(`doc${index}`)));
    await store.upkeep({ force: true });
    const version = await store.version();
    expect(await store.upkeep()).toEqual({ done: false, freedBytes: 0 });
    await store.put([row('b')]);
    expect(await store.upkeep()).toEqual({ done: false, freedBytes: 0 });
    expect(await store.version()).toBe(version + 1);
  });

  it('is due after many rows that no index holds yet', async () => {
    const store = await open(testFolder());
    await store.append(Array.from({ length: 1_001 }, (_, index) => row(`doc${index}`)));
    expect(await store.upkeep()).toMatchObject({ done: true });
    expect(await store.upkeep()).toMatchObject({ done: false });
    expect(await store.textCandidates(['doc7'], undefined, 5)).toHaveLength(1);
  });

  it('is due after few rows where the table is small, so that a word which all of them repeat finds them', async () => {
    const store = await open(testFolder());
    await store.append([row('a')]);
    await store.upkeep({ force: true });
    for (const id of ['b', 'c', 'd']) await store.put([row(id, 0, { words: `${id} shop shop shop` })]);
    await store.remove(['a']);
    expect(await store.verify()).toEqual({ state: 'sound', rows: 3 });
    expect(await store.upkeep()).toMatchObject({ done: true });
    expect(await store.textCandidates(['shop'], undefined, 5)).toHaveLength(3);
  });

  it('survives being asked for on an empty table', async () => {
    const store = await open(testFolder());
    await store.upkeep({ force: true });
    expect(await store.count()).toBe(0);
    expect(await store.verify()).toEqual({ state: 'sound', rows: 0 });
  });

  it('leaves no folder behind that nothing is in', async () => {
    const folder = testFolder();
    const store = await open(folder);
    for (let turn = 0; turn < 6; turn++) {
      await store.put([row('a', 0, { words: `turn${turn}` })]);
      await store.upkeep({ force: true });
    }
    const table = readdirSync(join(folder, 'lance')).find((name) => name.endsWith('.lance')) ?? '';
    const indexes = join(folder, 'lance', table, '_indices');
    expect(readdirSync(indexes).filter((name) => readdirSync(join(indexes, name)).length === 0)).toEqual([]);
  });

  it('gives a table of more than 50,000 rows a vector index, which finds nearly what an exact search finds, and edits at once', {
    timeout: 180_000,
  }, async () => {
    const make = writerOf(2);
    const folder = testFolder();
    const store = await openStore(folder, SHAPE);
    const topics = Array.from({ length: 200 }, (_, index) => make(`topic${index}`).vector);
    const rows = Array.from({ length: 50_500 }, (_, index) => {
      const made = make(`commit:${index}`);
      const topic = topics[index % topics.length];
      return {
        ...made,
        kind: 'commit' as const,
        text: '',
        words: `w${index % 7}`,
        vector: made.vector.map((value, at) => value * 0.5 + (topic?.[at] ?? 0)),
      };
    });
    await store.append(rows);
    const questions = rows
      .filter((_, index) => index % 1_000 === 17)
      .map(({ vector }) => vector.map((value, at) => value + (at % 3) * 0.02));
    const exact = await Promise.all(questions.map((question) => store.vectorCandidates(question, undefined, 10)));
    await store.upkeep({ force: true });
    let same = 0;
    for (const [index, question] of questions.entries()) {
      const found = new Set((await store.vectorCandidates(question, undefined, 10)).map((candidate) => candidate.row.id));
      same += exact[index]?.filter((candidate) => found.has(candidate.row.id)).length ?? 0;
    }
    expect(same / (questions.length * 10)).toBeGreaterThan(0.95);
    const fresh = make('commit:fresh');
    await store.put([fresh]);
    expect((await store.vectorCandidates(fresh.vector, undefined, 1))[0]?.row.id).toBe('commit:fresh#0');
    await store.remove(['commit:fresh']);
    expect((await store.vectorCandidates(fresh.vector, undefined, 1))[0]?.row.id).not.toBe('commit:fresh#0');
    await store.close();
  });
});
