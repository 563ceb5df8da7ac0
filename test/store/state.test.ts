import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deleteState, INDEX_SCHEMA, type IndexState, readState, writeState } from '../../server/store/state.ts';
import { testFolder } from '../support/folder.ts';

const STATE: IndexState = {
  schema: INDEX_SCHEMA,
  fingerprint: 'static:1',
  head: 'f00d',
  files: { 'docs/adr/0001-use-kafka.md': { size: 12, mtimeMs: 1.5, hash: 'abc', kind: 'decision', format: 'markdown' } },
  commitsIndexed: 3,
  finishedAt: '2024-05-11T10:00:00.000Z',
  notices: ['The clone is shallow.'],
};

const write = (folder: string, content: string): void => writeFileSync(join(folder, 'index.json'), content);

describe('the state of an index', () => {
  it('comes back as it was written, in a folder that is made for it', async () => {
    const folder = join(testFolder(), 'new', 'folder');
    await writeState(folder, STATE);
    expect(await readState(folder)).toEqual({ status: 'present', state: STATE });
    await writeState(folder, { ...STATE, head: 'beef' });
    expect(await readState(folder)).toMatchObject({ state: { head: 'beef' } });
    expect(readdirSync(folder)).toEqual(['index.json']);
  });

  it('keeps any path and any text', async () => {
    const folder = testFolder();
    const text = fc.string({ unit: 'grapheme' });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 5 }), text, async (paths, head) => {
        const file = STATE.files['docs/adr/0001-use-kafka.md'];
        const files = Object.fromEntries(paths.flatMap((path) => (file && path !== '__proto__' ? [[path, file]] : [])));
        await writeState(folder, { ...STATE, files, head });
        expect(await readState(folder)).toEqual({ status: 'present', state: { ...STATE, files, head } });
      }),
      { numRuns: 40 },
    );
  });

  it('is absent before the first run, after deletion, and where the folder is a file', async () => {
    const folder = testFolder();
    expect(await readState(folder)).toEqual({ status: 'absent' });
    await writeState(folder, STATE);
    await deleteState(folder);
    await deleteState(folder);
    expect(await readState(folder)).toEqual({ status: 'absent' });
    write(folder, 'x');
    expect(await readState(join(folder, 'index.json'))).toEqual({ status: 'absent' });
  });

  it('of another version is named, whatever else it holds', async () => {
    const folder = testFolder();
    write(folder, JSON.stringify({ schema: INDEX_SCHEMA - 1, old: true }));
    expect(await readState(folder)).toEqual({ status: 'older', schema: INDEX_SCHEMA - 1 });
    write(folder, JSON.stringify({ schema: INDEX_SCHEMA + 7, files: 'elsewhere' }));
    expect(await readState(folder)).toEqual({ status: 'newer', schema: INDEX_SCHEMA + 7 });
  });

  it.each([
    ['cut off', JSON.stringify(STATE).slice(0, 60), /not JSON/],
    ['empty', '', /not JSON/],
    ['zeros', '\0'.repeat(400), /not JSON/],
    ['null', 'null', /schema version/],
    ['a list', '[]', /schema version/],
    ['without a field', JSON.stringify({ ...STATE, head: undefined }), /head/],
    ['with a wrong kind', JSON.stringify(STATE).replace('"decision"', '"poem"'), /files/],
  ])('that is %s is damaged, with the reason', async (_, content, reason) => {
    const folder = testFolder();
    write(folder, content);
    expect(await readState(folder)).toEqual({ status: 'damaged', reason: expect.stringMatching(reason) });
  });

  it('whose file is a folder is damaged, and takes its place when it is written', async () => {
    const folder = testFolder();
    mkdirSync(join(folder, 'index.json', 'x'), { recursive: true });
    expect(await readState(folder)).toMatchObject({ status: 'damaged' });
    await writeState(folder, STATE);
    expect(await readState(folder)).toEqual({ status: 'present', state: STATE });
    expect(readdirSync(folder)).toEqual(['index.json']);
  });

  it('of which a bit was flipped is damaged, or the bit means nothing', async () => {
    const folder = testFolder();
    await writeState(folder, STATE);
    const whole = readFileSync(join(folder, 'index.json'));
    for (let at = 0; at < whole.length; at++) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(join(folder, 'index.json'), bytes);
      const read = await readState(folder);
      if (read.status === 'present') expect(read.state).toEqual(STATE);
    }
  });

  it('without a checksum is that of an earlier version, and is believed', async () => {
    const folder = testFolder();
    write(folder, JSON.stringify(STATE));
    expect(await readState(folder)).toEqual({ status: 'present', state: STATE });
  });

  it('of an index that is built beside another one is told from the one in use', async () => {
    const folder = testFolder();
    await writeState(folder, STATE);
    await writeState(folder, { ...STATE, database: 'lance-00ff00ff', head: 'next' }, 'next.json');
    expect(await readState(folder)).toMatchObject({ state: { head: 'f00d' } });
    expect(await readState(folder, 'next.json')).toMatchObject({ state: { head: 'next', database: 'lance-00ff00ff' } });
    await deleteState(folder, 'next.json');
    expect(readdirSync(folder)).toEqual(['index.json']);
  });

  it.each(['../other', 'lance/../..', '', 'lance-', 'C:\\x'])('does not lead to a table in %j', async (database) => {
    const folder = testFolder();
    await writeState(folder, { ...STATE, database });
    expect(await readState(folder)).toMatchObject({ status: 'damaged' });
  });

  it('is never half written: whoever reads meanwhile sees one whole state', async () => {
    const folder = testFolder();
    const files = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, index) => [`docs/${index}.md`, STATE.files['docs/adr/0001-use-kafka.md']]),
    );
    const large = { ...STATE, files } as IndexState;
    await writeState(folder, STATE);
    let done = false;
    const writing = (async () => {
      for (let turn = 0; turn < 30; turn++) await writeState(folder, turn % 2 ? STATE : large);
      done = true;
    })();
    while (!done) {
      const found = await readState(folder);
      expect(found.status).toBe('present');
      if (found.status === 'present') expect([1, 2_000]).toContain(Object.keys(found.state.files).length);
    }
    await writing;
    expect(existsSync(join(folder, 'index.json'))).toBe(true);
  });
});
