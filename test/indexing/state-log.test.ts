import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StateWriter } from '../../server/indexing/state-writer.ts';
import {
  deleteState,
  type FileState,
  INDEX_SCHEMA,
  type IndexState,
  readState,
  stateReader,
  writeState,
} from '../../server/store/state.ts';
import { testFolder } from '../support/folder.ts';

const file = (hash: string): FileState => ({ size: 12, mtimeMs: 1.5, hash, kind: 'guide', format: 'markdown' });

/** A state of about 400 kB, which is not written whole for every change. */
const LARGE: IndexState = {
  schema: INDEX_SCHEMA,
  fingerprint: 'static:1',
  head: 'f00d',
  files: Object.fromEntries(Array.from({ length: 4_000 }, (_, at) => [`docs/guide-${at}.md`, file(`hash of ${at}`)])),
  commitsIndexed: 3,
  finishedAt: '2024-05-11T10:00:00.000Z',
  notices: [],
};

const filled = async (state = LARGE): Promise<string> => {
  const folder = testFolder();
  await writeState(folder, state);
  return folder;
};

const stateIn = async (folder: string): Promise<IndexState | string> => {
  const read = await readState(folder);
  return read.status === 'present' ? read.state : read.status;
};

const log = (folder: string): string => join(folder, 'index.log');

/** A writer that has appended one change. */
const appended = async (folder: string): Promise<StateWriter> => {
  const writer = new StateWriter(folder, LARGE);
  writer.settle({ 'docs/new.md': file('new') });
  writer.change({ head: 'beef' });
  await writer.write();
  return writer;
};

describe('the log of a large state', () => {
  it('holds what changed, and the state itself is not written again', async () => {
    const folder = await filled();
    const before = readFileSync(join(folder, 'index.json'), 'utf8');
    const writer = await appended(folder);
    await writer.announce([{ path: 'docs/guide-7.md', kind: 'guide', format: 'markdown' }], true);
    writer.forget(['docs/guide-8.md']);
    writer.settleTests(new Map([['e2e/a.spec.ts', { stamp: '1', framework: 'playwright' }]]));
    await writer.write();
    expect(readFileSync(join(folder, 'index.json'), 'utf8')).toBe(before);
    expect(statSync(log(folder)).size).toBeLessThan(2_000);
    const { 'docs/guide-8.md': _, ...left } = LARGE.files;
    expect(await stateIn(folder)).toEqual({
      ...LARGE,
      head: 'beef',
      open: true,
      files: {
        ...left,
        'docs/new.md': file('new'),
        'docs/guide-7.md': { size: -1, mtimeMs: -1, hash: '', kind: 'guide', format: 'markdown' },
      },
      tests: { 'e2e/a.spec.ts': { stamp: '1', framework: 'playwright' } },
    });
  });

  it('says the same as a state that is written whole, whatever changes, by one writer after another', async () => {
    const path = fc.constantFrom('docs/guide-1.md', 'docs/guide-2.md', 'a.md', 'constructor', 'é😀.md');
    const step = fc.oneof(
      fc.record({ settle: path, hash: fc.string() }),
      fc.record({ forget: path }),
      fc.record({ head: fc.string() }),
      fc.record({ test: path, gone: fc.boolean() }),
      fc.constant({ next: true }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const folder = await filled();
        let writer = new StateWriter(folder, LARGE);
        for (const step of steps) {
          if ('settle' in step) writer.settle({ [step.settle]: file(step.hash) });
          else if ('forget' in step) writer.forget([step.forget]);
          else if ('head' in step) writer.change({ head: step.head });
          else if ('test' in step)
            writer.settleTests(new Map(step.gone ? [] : [[step.test, { stamp: 's', framework: 'f' }]]), step.gone ? [step.test] : []);
          else writer = new StateWriter(folder, (await stateIn(folder)) as IndexState);
          await writer.write();
          const { tests, ...rest } = (await stateIn(folder)) as IndexState;
          const { tests: kept, ...state } = writer.state;
          expect({ ...rest, tests: { ...tests } }).toEqual({ ...state, tests: { ...kept } });
        }
      }),
      { numRuns: 10 },
    );
  });

  it('is begun anew when it has become as large as the state', async () => {
    const folder = await filled();
    const writer = await appended(folder);
    writer.settle(Object.fromEntries(Object.keys(LARGE.files).map((path) => [path, file('a hash that is longer than before')])));
    await writer.write();
    expect(readdirSync(folder)).toEqual(['index.json']);
    expect(await stateIn(folder)).toMatchObject({
      head: 'beef',
      files: { 'docs/new.md': file('new'), 'docs/guide-3999.md': file('a hash that is longer than before') },
    });
  });

  it('loses a line that a killed writer did not end, and the next writer goes on behind the whole ones', async () => {
    const folder = await filled();
    await appended(folder);
    const whole = statSync(log(folder)).size;
    appendFileSync(log(folder), readFileSync(log(folder)).subarray(whole - 60, whole - 1));
    const state = (await stateIn(folder)) as IndexState;
    expect(state).toMatchObject({ head: 'beef', files: { 'docs/new.md': file('new') } });
    const next = new StateWriter(folder, state);
    next.change({ head: 'cafe' });
    await next.write();
    expect(await stateIn(folder)).toEqual({ ...state, head: 'cafe' });
  });

  it.each([
    ['has a flipped bit', (bytes: Buffer) => bytes.fill((bytes[bytes.length - 20] ?? 0) ^ 4, bytes.length - 20, bytes.length - 19)],
    [
      'has a line that is no change',
      (bytes: Buffer) => Buffer.concat([bytes, Buffer.from(`${crc32('true').toString(16).padStart(8, '0')}\ttrue\n`)]),
    ],
  ])('that %s makes the state damaged', async (_, damage) => {
    const folder = await filled();
    await appended(folder);
    writeFileSync(log(folder), damage(readFileSync(log(folder))));
    expect(await readState(folder)).toEqual({ status: 'damaged', reason: 'index.log is not what was written' });
  });

  it('of a state that was replaced says nothing, and goes with it', async () => {
    const folder = await filled();
    await appended(folder);
    const stale = readFileSync(log(folder));
    await writeState(folder, { ...LARGE, head: 'new' });
    expect(readdirSync(folder)).toEqual(['index.json']);
    writeFileSync(log(folder), stale);
    expect(await stateIn(folder)).toEqual({ ...LARGE, head: 'new' });
    truncateSync(log(folder), 3);
    expect(await stateIn(folder)).toEqual({ ...LARGE, head: 'new' });
    await deleteState(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is followed by a reader, which gives the same object as long as nothing is written', async () => {
    const folder = await filled();
    const read = stateReader(folder);
    const headNow = async () => {
      const found = await read();
      return found.status === 'present' ? found.state.head : found.status;
    };
    expect(await headNow()).toBe('f00d');
    const writer = await appended(folder);
    expect(await headNow()).toBe('beef');
    expect(await read()).toBe(await read());
    writer.change({ head: 'cafe' });
    await writer.write();
    expect(await headNow()).toBe('cafe');
    await writeState(folder, { ...LARGE, head: 'whole' });
    expect(await headNow()).toBe('whole');
  });
});
