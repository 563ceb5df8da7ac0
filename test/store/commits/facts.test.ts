import { readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SegmentBuilder } from '../../../server/store/commits/builder.ts';
import type { CommitFact } from '../../../server/store/commits/fact.ts';
import {
  addFacts,
  type CommitFacts,
  changeFacts,
  factsInMemory,
  NO_FACTS,
  openFacts,
  removeStaleFacts,
} from '../../../server/store/commits/facts.ts';
import { testFolder } from '../../support/folder.ts';

const fact = (sha: string, more: Partial<CommitFact> = {}): CommitFact => ({
  sha,
  date: '2024-05-06T07:08:09+02:00',
  merge: false,
  paths: [],
  renames: [],
  words: [],
  messageWords: 0,
  pathWords: 0,
  changedWords: 0,
  cues: [],
  ...more,
});

const builderOf = (facts: readonly CommitFact[]): SegmentBuilder => {
  const builder = new SegmentBuilder();
  for (const each of facts) builder.add(each);
  return builder;
};

const PATHS = ['a.ts', 'src/b.ts', 'docs/é.md', 'ｚ/😀.ts'];
const WORDS = ['queue', 'retry', 'é', '😀', 'a'];
const CUES = ['!', '#a', 'use-kafka'];

const some = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: values.length });
const commits = fc.uniqueArray(fc.nat(40), { maxLength: 24 }).chain((numbers) =>
  fc.tuple(
    ...numbers.map((number) =>
      fc.record({
        sha: fc.constant((number * 2_654_435_761).toString(16).padStart(40, '0')),
        date: fc.constantFrom('', 'yesterday', '2024-05-06', '2024-05-06T07:08:09+02:00', '1999-12-31T23:59:59Z'),
        merge: fc.boolean(),
        paths: some(PATHS),
        renames: fc.array(fc.record({ from: fc.constantFrom(...PATHS), to: fc.constantFrom(...PATHS) }), { maxLength: 2 }),
        words: some(WORDS),
        messageWords: fc.nat(9),
        pathWords: fc.nat(9),
        changedWords: fc.nat(9),
        cues: some(CUES),
      }),
    ),
  ),
);

/** Everything that facts say, in an order of its own. */
const saidBy = (facts: CommitFacts, shas: readonly string[]) => {
  const sorted = <T>(items: readonly T[]): T[] => [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return {
    total: facts.total,
    messageWords: facts.messageWords,
    pathWords: facts.pathWords,
    changedWords: facts.changedWords,
    newest: facts.newest(),
    commits: shas.map((sha) => facts.commit(sha)),
    touching: PATHS.map((path) => sorted(facts.touching(path))),
    into: PATHS.map((path) => sorted(facts.movesInto(path))),
    outOf: PATHS.map((path) => sorted(facts.movesOutOf(path))),
    words: [...WORDS, 'absent'].map((word) => facts.frequency(word)),
    cues: [...CUES, 'absent'].map((cue) => facts.cueing(cue)),
    order: shas.map((_, rank) => facts.nth(rank)),
    beginning: ['', '0', '00000000000000000000000000000000', 'f'].map((digits) => facts.startingWith(digits, 5)),
  };
};

describe('facts of commits', () => {
  it('say what was put in, in memory and from a file, whatever the order', async () => {
    const folder = testFolder();
    await fc.assert(
      fc.asyncProperty(commits, async (made) => {
        const shas = made.map(({ sha }) => sha).sort();
        const facts = factsInMemory(builderOf(made), 'key');
        expect(facts.total).toBe(made.length);
        for (const { sha, date, merge, paths } of made)
          expect(facts.commit(sha)).toEqual({ sha, date, merge, paths, time: Date.parse(date) || 0 });
        for (const word of WORDS) expect(facts.frequency(word)).toBe(made.filter(({ words }) => words.includes(word)).length);
        for (const cue of CUES)
          expect(facts.cueing(cue)).toEqual(
            made
              .filter(({ cues }) => cues.includes(cue))
              .map(({ sha }) => sha)
              .sort(),
          );
        for (const path of PATHS)
          expect(new Set(facts.touching(path).map(({ sha }) => sha))).toEqual(
            new Set(made.filter(({ paths }) => paths.includes(path)).map(({ sha }) => sha)),
          );
        expect(shas.map((_, rank) => facts.nth(rank))).toEqual(shas);
        expect(facts.nth(shas.length)).toBeUndefined();
        const stored = await openFacts(folder, [await addFacts(folder, builderOf(made.toReversed()))]);
        expect(saidBy(stored, shas)).toEqual(saidBy(facts, shas));
      }),
      { numRuns: 60 },
    );
  });

  it('are the same after any additions and removals as if they had been made at once', async () => {
    const folder = testFolder();
    const steps = fc.array(fc.record({ add: fc.nat(12), drop: fc.nat(3) }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(commits, steps, async (made, doing) => {
        let names: readonly string[] = [];
        let left = [...made];
        const there: CommitFact[] = [];
        for (const { add, drop } of doing) {
          const added = left.slice(0, add);
          left = left.slice(add);
          const removed = there.splice(0, drop);
          names = await changeFacts(folder, names, { added: builderOf(added), removed });
          there.push(...added);
        }
        const shas = made.map(({ sha }) => sha).sort();
        expect(saidBy(await openFacts(folder, names), shas)).toEqual(saidBy(factsInMemory(builderOf(there), 'key'), shas));
        expect(names.length).toBeLessThan(4);
      }),
      { numRuns: 60 },
    );
  });

  it('of the same commits have the same bytes, whatever the order', () => {
    fc.assert(
      fc.property(commits, (made) => {
        const sorted = [...made].sort((a, b) => (a.sha < b.sha ? -1 : 1));
        expect(builderOf(sorted).encode().equals(builderOf(made).encode())).toBe(true);
      }),
    );
  });

  it('of no commits say nothing', () => {
    expect(saidBy(factsInMemory(new SegmentBuilder(), ''), [])).toEqual(saidBy(NO_FACTS, []));
  });

  it('tell the newest of those that count', () => {
    const facts = factsInMemory(
      builderOf([fact('a', { date: '2024-01-01' }), fact('b', { date: '2025-01-01' }), fact('c', { date: '' })]),
      '',
    );
    expect(facts.newest()).toBe(Date.UTC(2025, 0, 1));
    expect(facts.newest((sha) => sha !== 'b')).toBe(Date.UTC(2024, 0, 1));
    expect(facts.newest((sha) => sha === 'c')).toBe(0);
  });

  it('of many commits are read in pages', async () => {
    const folder = testFolder();
    const shaOf = (number: number): string => number.toString(16).padStart(40, '0');
    const many = Array.from({ length: 3_000 }, (_, number) =>
      fact(shaOf(number), {
        paths: [`src/file-${number % 97}.ts`, `long/${'folder/'.repeat(20)}${number}.ts`],
        words: [`word${number % 7}`],
      }),
    );
    const facts = await openFacts(folder, [await addFacts(folder, builderOf(many))]);
    expect(facts.touching('src/file-5.ts')).toHaveLength(many.filter((_, number) => number % 97 === 5).length);
    for (const number of [0, 1, 1_234, 2_999]) expect(facts.commit(shaOf(number))?.paths).toEqual(many[number]?.paths);
    expect(facts.frequency('word3')).toBe(many.filter((_, number) => number % 7 === 3).length);
    expect(facts.startingWith('0000', 3)).toEqual([0, 1, 2].map(shaOf));
  });
});

describe('files of facts', () => {
  it('that the state does not name are removed, and no other file is', async () => {
    const folder = testFolder();
    const [kept, stale] = [await addFacts(folder, builderOf([fact('a')])), await addFacts(folder, builderOf([fact('b')]))];
    await writeFile(join(folder, 'other.facts'), '');
    expect(await removeStaleFacts(folder, [kept])).toBe(true);
    expect((await readdir(folder)).sort()).toEqual([kept, 'other.facts'].sort());
    expect(stale).not.toBe(kept);
    expect(await removeStaleFacts(folder, [kept])).toBe(false);
  });

  it.each([
    ['is gone', (path: string) => rm(path)],
    ['is empty', (path: string) => truncate(path, 0)],
    ['was cut off', (path: string) => truncate(path, 60)],
    ['is of another kind', (path: string) => writeFile(path, 'no facts at all, but long enough to look like some')],
  ])('are damaged where one %s', async (_, damage) => {
    const folder = testFolder();
    const name = await addFacts(folder, builderOf([fact('a', { paths: ['a.ts'] })]));
    await damage(join(folder, name));
    await expect(openFacts(folder, [name])).rejects.toMatchObject({ code: 'store-failed', state: 'damaged' });
  });

  it('are damaged where one goes while it is read', async () => {
    const folder = testFolder();
    const facts = await openFacts(folder, [
      await addFacts(folder, builderOf(Array.from({ length: 2_000 }, (_, at) => fact(`${at}`.padStart(40, '0'))))),
    ]);
    for (const name of await readdir(folder)) await rm(join(folder, name));
    expect(() => facts.commit('0'.repeat(40))).toThrow('cannot be read');
  });
});
