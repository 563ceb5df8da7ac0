import { appendFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  appendCode,
  type CodeEntry,
  CodeLogReader,
  type CodeNews,
  codeLogFile,
  compactCode,
  startCode,
} from '../../server/store/code-log.ts';
import { temporaryFolder, testFolder } from '../support/folder.ts';

const entry = (path: string, ...names: number[]): CodeEntry => ({
  path,
  size: 10,
  mtimeMs: 1_700_000_000_000.25,
  names: Uint32Array.from(names),
  citing: [],
});

/** What the log says at last: path and names. */
const held = (news: CodeNews | undefined): Record<string, number[]> => {
  const out: Record<string, number[]> = {};
  for (const change of news?.changes ?? []) {
    if ('gone' in change) delete out[change.path];
    else out[change.path] = [...change.names];
  }
  return out;
};

const read = async (folder: string): Promise<Record<string, number[]>> => held(await new CodeLogReader(folder).read());

describe('the log of source files', () => {
  it('gives back what was written, exactly', async () => {
    const folder = testFolder('lintel-log');
    const relay = { ...entry('src/rélay "1".ts', 0, 1, 0xffffffff), citing: [{ line: 3, character: 7, text: '// see ADR-7 💥\u2028' }] };
    await appendCode(folder, [relay]);
    const news = await new CodeLogReader(folder).read();
    expect(news).toEqual({ restarted: true, changes: [relay] });
  });

  it('is read from where it was left', async () => {
    const folder = testFolder('lintel-log');
    const reader = new CodeLogReader(folder);
    expect(await reader.read()).toBeUndefined();
    await appendCode(folder, [entry('a.ts', 1)]);
    expect(await reader.read()).toMatchObject({ restarted: true, changes: [{ path: 'a.ts' }] });
    expect(await reader.read()).toBeUndefined();
    await appendCode(folder, [entry('b.ts', 2), { path: 'a.ts', gone: true }]);
    expect(await reader.read()).toMatchObject({ restarted: false, changes: [{ path: 'b.ts' }, { path: 'a.ts', gone: true }] });
    await appendCode(folder, []);
    expect(await reader.read()).toBeUndefined();
  });

  it('is read anew after it was compacted, deleted or made by another version', async () => {
    const folder = testFolder('lintel-log');
    const reader = new CodeLogReader(folder);
    await appendCode(folder, [entry('a.ts', 1), entry('a.ts', 2), entry('b.ts', 3)]);
    await reader.read();
    await compactCode(folder, [entry('a.ts', 2), entry('b.ts', 3)]);
    const compacted = await reader.read();
    expect(compacted?.restarted).toBe(true);
    expect(held(compacted)).toEqual({ 'a.ts': [2], 'b.ts': [3] });
    rmSync(codeLogFile(folder));
    expect(await reader.read()).toEqual({ restarted: true, changes: [] });
    expect(await reader.read()).toBeUndefined();
    writeFileSync(codeLogFile(folder), '{"schema":999,"id":"x"}\n{"path":"c.ts"}\n');
    expect(await reader.read()).toBeUndefined();
    await appendCode(folder, [entry('d.ts', 4)]);
    expect(held(await reader.read())).toEqual({ 'd.ts': [4] });
  });

  it('keeps the lines around one that is damaged', async () => {
    const folder = testFolder('lintel-log');
    await appendCode(folder, [entry('a.ts', 1), entry('b.ts', 2), entry('c.ts', 3)]);
    const lines = readFileSync(codeLogFile(folder), 'utf8').split('\n');
    lines[2] = `${lines[2]?.slice(0, 20)}\0\0\0`;
    writeFileSync(codeLogFile(folder), lines.join('\n'));
    expect(await read(folder)).toEqual({ 'a.ts': [1], 'c.ts': [3] });
  });

  test.each([
    'null',
    '7',
    '"x"',
    '[]',
    '{}',
    '{"path":7}',
    '{"path":"a.ts"}',
    '{"path":"a.ts","gone":"yes"}',
    '{"path":"a.ts","size":1,"mtimeMs":1,"names":7,"citing":[]}',
    '{"path":"a.ts","size":"1","mtimeMs":1,"names":"","citing":[]}',
    '{"path":"a.ts","size":1,"mtimeMs":1,"names":"","citing":[null]}',
    '{"path":"a.ts","size":1,"mtimeMs":1,"names":"","citing":[{"line":"1","character":0,"text":"x"}]}',
    '{"path":"a.ts","size":1,"mtimeMs":1,"names":"","citing":{}}',
  ])('leaves out the line %s', async (line) => {
    const folder = testFolder('lintel-log');
    await appendCode(folder, [entry('b.ts', 2)]);
    appendFileSync(codeLogFile(folder), `${line}\t${crc32(line).toString(36)}\n`);
    await appendCode(folder, [entry('c.ts', 3)]);
    expect(await read(folder)).toEqual({ 'b.ts': [2], 'c.ts': [3] });
  });

  it('reads a line only when it is complete, and goes on behind one that never will be', async () => {
    const folder = testFolder('lintel-log');
    const reader = new CodeLogReader(folder);
    await appendCode(folder, [entry('a.ts', 1)]);
    await reader.read();
    appendFileSync(codeLogFile(folder), '{"path":"torn.ts","si');
    expect((await reader.read())?.changes ?? []).toEqual([]);
    await appendCode(folder, [entry('b.ts', 2)]);
    expect(held(await reader.read())).toEqual({ 'b.ts': [2] });
    expect(await read(folder)).toEqual({ 'a.ts': [1], 'b.ts': [2] });
  });

  test.each([
    '',
    'no json\n',
    '{"schema":2}\n',
    '{"schema":1,"id":"x"}\n',
    '{"schema":2,"id":7}\n',
    '\0'.repeat(500),
    '{"schema":2,"id":"x"',
  ])('that begins with %j is made anew', async (start) => {
    const folder = testFolder('lintel-log');
    writeFileSync(codeLogFile(folder), start);
    expect(await read(folder)).toEqual({});
    await appendCode(folder, [entry('a.ts', 1)]);
    expect(await read(folder)).toEqual({ 'a.ts': [1] });
  });

  it('cut off anywhere holds what was written before, and takes what is written after', async () => {
    const folder = temporaryFolder('lintel-log');
    try {
      await appendCode(folder.path, [entry('a.ts', 1), entry('b.ts', 2)]);
      const whole = readFileSync(codeLogFile(folder.path));
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (length) => {
          writeFileSync(codeLogFile(folder.path), whole);
          truncateSync(codeLogFile(folder.path), length);
          const before = await read(folder.path);
          expect([{}, { 'a.ts': [1] }, { 'a.ts': [1], 'b.ts': [2] }]).toContainEqual(before);
          await appendCode(folder.path, [entry('c.ts', 3)]);
          const after = await read(folder.path);
          expect(after['c.ts']).toEqual([3]);
          for (const path of Object.keys(before)) expect(after[path]).toEqual(before[path]);
        }),
        { numRuns: 60 },
      );
    } finally {
      folder.remove();
    }
  });

  it('is read alike from its start and while it grows, whatever is written', async () => {
    const path = fc.constantFrom('a.ts', 'b.ts', 'c.ts');
    const change = fc.oneof(
      path.map((each) => ({ path: each, gone: true as const })),
      fc.tuple(path, fc.uint8Array({ maxLength: 4 })).map(([each, names]) => entry(each, ...names)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 6 }), async (batches) => {
        const folder = temporaryFolder('lintel-log');
        try {
          const reader = new CodeLogReader(folder.path);
          const news: CodeNews = { restarted: true, changes: [] };
          const all = [...news.changes];
          for (const batch of batches) {
            await appendCode(folder.path, batch);
            all.push(...((await reader.read())?.changes ?? []));
          }
          expect(held({ restarted: true, changes: all })).toEqual(await read(folder.path));
        } finally {
          folder.remove();
        }
      }),
      { numRuns: 40 },
    );
  });

  it('where it cannot be written says so to a person', async () => {
    const folder = testFolder('lintel-log');
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(appendCode(file, [entry('a.ts', 1)])).rejects.toMatchObject({ code: 'index-read-only' });
    await expect(compactCode(file, [])).rejects.toMatchObject({ code: 'index-read-only' });
    await expect(startCode(file)).rejects.toMatchObject({ code: 'index-read-only' });
  });

  it('takes the place of a folder of its name', async () => {
    const folder = testFolder('lintel-log');
    await mkdir(join(codeLogFile(folder), 'x'), { recursive: true });
    expect(await read(folder)).toEqual({});
    await appendCode(folder, [entry('a.ts', 1)]);
    expect(await read(folder)).toEqual({ 'a.ts': [1] });
  });

  it('is replaced by a new one when that is complete, and not before', async () => {
    const folder = testFolder('lintel-log');
    await appendCode(folder, [entry('a.ts', 1), entry('b.ts', 2)]);
    const reader = new CodeLogReader(folder);
    await reader.read();
    const log = await startCode(folder);
    await log.append([entry('a.ts', 7)]);
    expect(await reader.read()).toBeUndefined();
    await log.append([entry('c.ts', 3)]);
    await log.publish();
    expect(held(await reader.read())).toEqual({ 'a.ts': [7], 'c.ts': [3] });
  });

  it('believes no line of which a bit was flipped', async () => {
    const folder = testFolder('lintel-log');
    await appendCode(folder, [{ ...entry('a.ts', 1), citing: [{ line: 3, character: 0, text: '// ADR-0007' }] }]);
    const whole = readFileSync(codeLogFile(folder));
    const [good] = (await new CodeLogReader(folder).read())?.changes ?? [];
    for (let at = whole.indexOf(10) + 1; at < whole.length; at++) {
      for (const bit of [0, 1, 5]) {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        writeFileSync(codeLogFile(folder), bytes);
        for (const change of (await new CodeLogReader(folder).read())?.changes ?? []) expect(change).toEqual(good);
      }
    }
  });

  it('leaves no temporary file behind, and grows only by what is added', async () => {
    const folder = testFolder('lintel-log');
    await appendCode(folder, [entry('a.ts', 1)]);
    const { size } = statSync(codeLogFile(folder));
    await appendCode(folder, [entry('a.ts', 1)]);
    expect(statSync(codeLogFile(folder)).size).toBeLessThan(2 * size);
    await compactCode(folder, [entry('a.ts', 1)]);
    expect(statSync(codeLogFile(folder)).size).toBe(size);
    rmSync(codeLogFile(folder));
    expect(await read(folder)).toEqual({});
  });
});
