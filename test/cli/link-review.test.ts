import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keysIn } from '../../server/cli/keys.ts';
import type { Feedback } from '../../server/model/authoring.ts';
import type { ReviewPair } from '../../server/model/review.ts';
import { CURRENT, fakeEngine, hitWith, recordWith } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { makeRepository } from '../support/repository.ts';
import { runInMemory } from './in-memory.ts';
import { lintel } from './run.ts';

const ROPES = 'docs/adr/0001-use-ropes.md';
const CHAINS = 'docs/adr/0002-use-chains.md';
const PAIRS: readonly ReviewPair[] = [
  { path: 'src/a.ts', hit: hitWith({ path: ROPES }) },
  { path: 'src/a.ts', hit: hitWith({ path: CHAINS, title: 'Use chains' }) },
  { path: 'src/b.ts', hit: hitWith({ path: ROPES }) },
];
const RECORDS = [recordWith({ path: ROPES }), recordWith({ path: CHAINS, title: 'Use chains', number: '2' })];

/** An engine with three pairs to review, which remembers what was saved. */
const reviewed = (pairs = PAIRS, left = 0) => {
  const saved: (readonly Feedback[])[] = [];
  const engine = fakeEngine({
    review: async () => ({ pairs, left, files: 2, notices: [], index: CURRENT }),
    authoring: {
      find: async (written) => RECORDS.filter(({ path, number }) => written === path || written === number || written === 'docs'),
      feedbackAll: async (all) => {
        saved.push(all);
        return all.map(({ path, decision }) => ({
          done: 'added',
          file: '.lintel/links.yaml',
          path,
          record: recordWith({ path: decision }),
        }));
      },
    },
  });
  const answers = () => saved.map((all) => all.map(({ path, decision, verdict }) => `${path} ${decision.slice(9, 13)} ${verdict}`));
  return { engine, answers };
};

/** Presses keys one after the other; the terminal is gone after the last one. */
const pressing = (keys: string) => {
  const list = [...keys];
  return { key: async () => list.shift() };
};

describe('lintel link --review on a terminal', () => {
  it.each<[string, string, readonly (readonly string[])[], string]>([
    [
      'saves what was accepted and rejected in one edit, and leaves out what was skipped',
      'ars',
      [['src/a.ts 0001 governs', 'src/a.ts 0002 does-not-govern']],
      '1 accepted, 1 rejected: saved in .lintel/links.yaml. 1 pair left.',
    ],
    [
      'takes capital letters',
      'AAA',
      [['src/a.ts 0001 governs', 'src/a.ts 0002 governs', 'src/b.ts 0001 governs']],
      '3 accepted, 0 rejected: saved in .lintel/links.yaml.',
    ],
    ['goes back, and the second answer counts', 'abra', [['src/a.ts 0001 does-not-govern', 'src/a.ts 0002 governs']], ''],
    [
      'goes back, and a skip takes an answer away',
      'abssa',
      [['src/b.ts 0001 governs']],
      '1 accepted, 0 rejected: saved in .lintel/links.yaml. 2 pairs left.',
    ],
    [
      'saves what was answered before the end',
      'aq',
      [['src/a.ts 0001 governs']],
      '1 accepted, 0 rejected: saved in .lintel/links.yaml. 2 pairs left.',
    ],
    ['writes nothing where nothing was answered', 'sss', [], '0 accepted, 0 rejected. 3 pairs left.'],
    ['explains itself after any other key and asks again', 'x?aq', [['src/a.ts 0001 governs']], ''],
  ])('%s', async (_, keys, expected, told) => {
    const { engine, answers } = reviewed();
    const { code, out, err } = await runInMemory(['link', '--review'], engine, pressing(`${keys}q`));
    expect(code).toBe(0);
    expect(answers()).toEqual(expected);
    expect(out).toContain(told);
    expect(out).toContain('1 of 3: src/a.ts');
    expect(err.includes('reject: it does not, and is never shown')).toBe(/[x?]/.test(keys));
  });

  it('saves nothing where the terminal is gone in the middle, and nothing after Ctrl-C', async () => {
    const gone = reviewed();
    expect((await runInMemory(['link', '--review'], gone.engine, pressing('a'))).code).toBe(0);
    expect(gone.answers()).toEqual([]);
    const cancelled = reviewed();
    const controller = new AbortController();
    const key = async () => {
      controller.abort(new Error('Cancelled.'));
      return '\u0003';
    };
    const result = await runInMemory(['link', '--review'], cancelled.engine, { key, signal: controller.signal });
    expect(result).toMatchObject({ code: 130 });
    expect(cancelled.answers()).toEqual([]);
  });

  it('says that there is nothing to review', async () => {
    const { code, out } = await runInMemory(['link', '--review'], reviewed([]).engine, pressing(''));
    expect({ code, out }).toEqual({
      code: 0,
      out: 'There is nothing to review: no decision probably governs this code that is not linked to it yet.\n',
    });
  });

  it('reads what was typed ahead key by key, and an arrow as one key', () => {
    expect(keysIn('aar')).toEqual(['a', 'a', 'r']);
    expect(keysIn('\u001b[A')).toEqual(['\u001b[A']);
    expect(keysIn('ä')).toEqual(['ä']);
  });
});

describe('lintel link --review in a pipeline', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['everything', ['--accept', 'all'], ['src/a.ts 0001 governs', 'src/a.ts 0002 governs', 'src/b.ts 0001 governs']],
    ['a decision for all its files', ['--reject', '1'], ['src/a.ts 0001 does-not-govern', 'src/b.ts 0001 does-not-govern']],
    ['one pair, by the path of the record', ['--accept', `src/b.ts=${ROPES}`], ['src/b.ts 0001 governs']],
    ['one pair, by the number of the record', ['--accept', 'src/a.ts=2'], ['src/a.ts 0002 governs']],
    [
      'the narrowest of several',
      ['--accept', 'all', '--reject', '1', '--accept', 'src/b.ts=1'],
      ['src/a.ts 0001 does-not-govern', 'src/a.ts 0002 governs', 'src/b.ts 0001 governs'],
    ],
  ])('answers %s', async (_, args, expected) => {
    const { engine, answers } = reviewed();
    expect(await runInMemory(['link', '--review', ...args], engine)).toMatchObject({ code: 0, err: '' });
    expect(answers()).toEqual([expected]);
  });

  it.each<[readonly string[], string]>([
    [
      ['--review'],
      '--review asks on a terminal, and there is none. List the pairs with --json, and answer them with --accept and --reject.',
    ],
    [['--review', '--accept', '9'], 'No decision matches "9".'],
    [['--review', '--accept', 'docs'], '"docs" matches 2 decisions. Use the path of one of them:\n  docs/adr/0001-use-ropes.md  Use ropes'],
    [['--review', '--accept', 'src/c.ts=1'], 'src/c.ts=1 is not to be reviewed here, so nothing was saved.'],
    [
      ['--review', '--accept', '1', '--reject', '1'],
      'src/a.ts=docs/adr/0001-use-ropes.md is both accepted and rejected, so nothing was saved.',
    ],
    [['--review', '--limit', '0', '--json'], '--limit takes a number from 1 to 1000, not "0".'],
    [['--review', '--not'], 'Use only one of --review and --not.'],
    [['--accept', 'all'], '--accept: use it with --review.'],
    [['a.ts', '1', '2'], 'Unexpected argument "2" for "lintel link".'],
  ])('refuses %j', async (args, message) => {
    const { engine, answers } = reviewed();
    const { code, err } = await runInMemory(['link', ...args], engine);
    expect({ code, told: err.startsWith(`lintel: ${message}`), err, saved: answers() }).toMatchObject({ code: 2, told: true, saved: [] });
  });

  it('prints with --json what was saved and how much is left', async () => {
    const { engine } = reviewed(PAIRS, 4);
    expect(JSON.parse((await runInMemory(['link', '--review', '--accept', 'src/b.ts=1', '--json'], engine)).out)).toEqual({
      saved: [{ path: 'src/b.ts', decision: ROPES, verdict: 'governs', done: 'added' }],
      left: 6,
    });
  });
});

const record = (number: number, title: string, says: string): string =>
  `# ${number}. ${title}\n\n## Status\n\nAccepted\n\n## Context\n\nIt was slow.\n\n## Decision\n\n${says}\n`;

describe('lintel link --review of a repository', () => {
  const work = temporaryFolder('lintel-link-review');
  const made = makeRepository({
    'docs/adr/0001-relay.md': record(1, 'Relay events through an outbox', 'The relay in `src/relay.ts` sends events from the outbox.'),
    'docs/adr/0002-harbour.md': record(2, 'Moor with ropes', 'Ships are moored with ropes, see `src/moor.ts`.'),
    'docs/adr/0003-paint.md': record(3, 'Paint the hull red', 'The hull is painted red twice a year.'),
    'docs/adr/0004-anchor.md': record(4, 'Anchor in the bay', 'We anchor in the bay when the quay is full.'),
    'src/relay.ts':
      '// Sends the events of the outbox.\nexport const relay = (outbox: readonly string[]) => outbox.map((event) => event);\n',
    'src/moor.ts': '// Moors ships with ropes.\nexport const moor = (ship: string, ropes: number) => ship.repeat(ropes);\n',
    'src/other.ts': 'export const other = 1;\n',
  });
  const run = (...args: string[]) => lintel(['link', '--review', ...args], { folder: made.root, cache: work.path });
  const pairsOf = async (...args: string[]): Promise<readonly string[]> =>
    (JSON.parse((await run(...args, '--json')).stdout) as { pairs: readonly { pair: string }[] }).pairs.map(({ pair }) => pair);
  const levelsOf = async (path: string) => {
    const { stdout } = await lintel(['why', path, '--json'], { folder: made.root, cache: work.path });
    const { governing, probable } = JSON.parse(stdout) as Record<string, readonly { path: string }[]>;
    return { governing: governing?.map((hit) => hit.path), probable: probable?.map((hit) => hit.path) };
  };
  const RELAY = 'src/relay.ts=docs/adr/0001-relay.md';
  const MOOR = 'src/moor.ts=docs/adr/0002-harbour.md';

  beforeAll(async () => {
    expect((await lintel(['index'], { folder: made.root, cache: work.path })).code).toBe(0);
  });
  afterAll(() => {
    made.remove();
    work.remove();
  });

  it('lists what probably governs, of everything, a folder or a file, and nothing of other files', async () => {
    expect((await pairsOf()).toSorted()).toEqual([MOOR, RELAY]);
    expect((await pairsOf('src')).toSorted()).toEqual([MOOR, RELAY]);
    expect(await pairsOf('src/moor.ts')).toEqual([MOOR]);
    expect(await pairsOf('src/other.ts')).toEqual([]);
    expect(await pairsOf('--limit', '1')).toHaveLength(1);
    expect((await run('nowhere', '--json')).code).toBe(2);
  });

  it('saves accepted and rejected pairs, after which they are settled', async () => {
    const links = join(made.root, '.lintel/links.yaml');
    expect(existsSync(links)).toBe(false);
    const { code, stdout } = await run('--accept', RELAY, '--reject', 'src/moor.ts=2');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '1 accepted, 1 rejected: saved in .lintel/links.yaml.\n' });
    expect(readFileSync(links, 'utf8').match(/verdict: .*/g)).toEqual(
      expect.arrayContaining(['verdict: governs', 'verdict: does-not-govern']),
    );
    expect(await pairsOf()).toEqual([]);
    expect(await levelsOf('src/relay.ts')).toEqual({ governing: ['docs/adr/0001-relay.md'], probable: [] });
    expect(await levelsOf('src/moor.ts')).toEqual({ governing: [], probable: [] });
  });
});
