import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readState } from '../../server/store/state.ts';
import { writeFiles } from '../support/git.ts';
import { testRepository } from '../support/repository.ts';
import { lintel, type Outcome } from './cli.ts';
import { contentsOf, freshContents, GOOD, GOOD_PATH, indexHere, record, testIndexFolder } from './support.ts';

const STALLING = pathToFileURL(join(import.meta.dirname, 'stalling.ts')).href;
const NEW = 'docs/adr/0002-use-winches.md';

/** Runs the command line, in whose processes something never comes back: see `stalling.ts`. */
const stalled = (what: string, args: readonly string[], place: { root: string; indexFolder: string }): Promise<Outcome> =>
  lintel(args, {
    folder: place.root,
    indexFolder: place.indexFolder,
    fromSource: true,
    environment: { NODE_OPTIONS: `--import ${STALLING}`, LINTEL_TEST_STALL: what, LINTEL_STALL_SECONDS: '16' },
  });

/** A repository, and its index if it is to have one, to which a record was added. */
const behind = async ({ indexed }: { readonly indexed: boolean }) => {
  const { root } = testRepository(GOOD);
  const indexFolder = testIndexFolder(root);
  if (indexed) await indexHere({ root, indexFolder });
  writeFiles(root, { [NEW]: record(2, 'Use winches') });
  return { root, indexFolder };
};

const isLocked = (folder: string): boolean => readdirSync(folder).some((name) => name.startsWith('writer.lock'));

describe('a call into the database that never comes back', () => {
  it('in upkeep is left out: the index is complete, the lock free, and the status says so', async () => {
    const place = await behind({ indexed: false });
    const { code, stderr } = await stalled('optimize', ['index'], place);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('Upkeep of the index made no progress and is left out') });
    expect(isLocked(place.indexFolder)).toBe(false);
    expect(await contentsOf(place.indexFolder)).toEqual(await freshContents(place.root));
    expect(await readState(place.indexFolder)).toMatchObject({
      status: 'present',
      state: { withoutUpkeep: true, notices: [expect.stringContaining('Upkeep of the index made no progress')] },
    });
    // Known now, so that the next command does not wait again.
    writeFiles(place.root, { [NEW]: record(2, 'Use capstans') });
    const next = await stalled('optimize', ['search', 'capstans', '--json'], place);
    expect({ ...next, stdout: next.stdout.includes(NEW) }).toEqual({
      code: 0,
      stdout: true,
      stderr: expect.stringContaining('lintel index --full'),
    });
  });

  it('in a write ends the run, which says where and frees the lock; the index answers, and the next run goes on', async () => {
    const place = await behind({ indexed: true });
    const { code, stderr } = await stalled('mergeInsert', ['index'], place);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining(`in ${place.indexFolder} makes no progress`) });
    expect(isLocked(place.indexFolder)).toBe(false);
    const old = await lintel(['search', 'hemp', '--no-update', '--json'], { folder: place.root, indexFolder: place.indexFolder });
    expect({ code: old.code, stdout: old.stdout }).toEqual({ code: 0, stdout: expect.stringContaining(GOOD_PATH) });
    expect((await indexHere(place)).rebuilt).toBeUndefined();
    expect(await contentsOf(place.indexFolder)).toEqual(await freshContents(place.root));
  });

  it('in a question ends the command, which says where', async () => {
    const place = await behind({ indexed: true });
    const { code, stdout, stderr } = await stalled('toArrow', ['search', 'hemp', '--no-update'], place);
    expect({ code, stdout, stderr }).toEqual({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining(`in ${place.indexFolder} makes no progress`),
    });
  });
});

describe('a reader of files that never comes back', () => {
  it('ends the process, which says at which file; the rest is indexed, and the lock is free', async () => {
    const place = await behind({ indexed: true });
    const sound = await freshContents(place.root);
    writeFiles(place.root, { 'docs/adr/0003-wind.md': record(3, 'Wind endlessly') });
    const { code, stderr } = await stalled('reader', ['index'], place);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('docs/adr/0003-wind.md is left out, because indexing stalled on it'),
    });
    expect(isLocked(place.indexFolder)).toBe(false);
    expect(await contentsOf(place.indexFolder)).toEqual(sound);
  });
});
