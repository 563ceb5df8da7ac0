import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { EngineError } from '../../server/model/errors.ts';
import { smallDisk } from '../support/disk.ts';
import { type TemporaryFolder, temporaryFolder, testFolder } from '../support/folder.ts';
import { writeFiles } from '../support/git.ts';
import { type MadeRepository, makeRepository, testRepository } from '../support/repository.ts';
import { lintel } from './cli.ts';
import { minding, noRights } from './rights.ts';
import { contentsOf, GOOD, GOOD_PATH, indexHere, matching, record, testEngine, testIndexFolder, until } from './support.ts';

const records = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `docs/adr/${String(at + 2).padStart(4, '0')}-rule.md`,
      record(at + 2, `Keep rule ${at}`, `Rule ${at} of the house holds for room ${at * 7}. `.repeat(20)),
    ]),
  );

/** Every file below a folder. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
const largest = (folder: string, extension: RegExp): string => {
  const files = filesBelow(folder).filter((path) => extension.test(path));
  return files.reduce((most, path) => (statSync(path).size > statSync(most).size ? path : most));
};

const removeBelow = (folder: string, part: string): void => {
  for (const path of filesBelow(folder)) if (path.includes(part)) rmSync(path);
};

const editState = (folder: string, change: Record<string, unknown>): void => {
  const path = join(folder, 'index.json');
  // Without its checksum, as an earlier version wrote it.
  const { sum: _, ...state } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(path, JSON.stringify({ ...state, ...change }));
};

const flip = (path: string): void => {
  const bytes = readFileSync(path);
  for (let at = 100; at < bytes.length - 100; at += 37) bytes[at] = (bytes[at] ?? 0) ^ 0x15;
  writeFileSync(path, bytes);
};

const DAMAGES: readonly (readonly [name: string, damage: (folder: string) => void, reason: RegExp])[] = [
  ['an older version', (folder) => editState(folder, { schema: 0 }), /older version/],
  ['a newer version', (folder) => editState(folder, { schema: 999, files: 'of another shape' }), /newer version/],
  ['another embedding model', (folder) => editState(folder, { fingerprint: 'another:1' }), /embedding model is now static/],
  ['a wrong field in index.json', (folder) => editState(folder, { files: 7 }), /index\.json/],
  ['an index.json of garbage', (folder) => writeFileSync(join(folder, 'index.json'), '\u0000{"schema": 1,'), /index\.json/],
  ['an index.json that is a folder', (folder) => replaceByFolder(join(folder, 'index.json')), /index\.json/],
  ['no index.json', (folder) => rmSync(join(folder, 'index.json')), /index\.json is missing/],
  ['a cut data file', (folder) => truncateSync(largest(folder, /data\/.*\.lance$/), 300), /damaged|not what was written/],
  ['an empty data file', (folder) => truncateSync(largest(folder, /data\/.*\.lance$/), 0), /damaged/],
  ['flipped bytes in a data file', (folder) => flip(largest(folder, /data\/.*\.lance$/)), /damaged|not what was written/],
  ['no manifests', (folder) => removeBelow(folder, '_versions'), /./],
  ['no search indexes', (folder) => removeBelow(folder, '_indices'), /damaged|full-text/],
  ['no table', (folder) => rmSync(join(folder, 'lance'), { recursive: true }), /./],
];

const replaceByFolder = (path: string): void => {
  rmSync(path);
  mkdirSync(path);
};

describe('an index that cannot be used', () => {
  let made: MadeRepository;
  let sound: TemporaryFolder;
  let contents: string[];
  beforeAll(async () => {
    made = makeRepository({ ...GOOD, ...records(30) });
    sound = temporaryFolder('lintel-sound');
    await indexHere({ root: made.root, indexFolder: sound.path });
    contents = await contentsOf(sound.path);
  });
  afterAll(() => {
    made.remove();
    sound.remove();
  });
  const copy = (): string => {
    const folder = testIndexFolder(made.root);
    cpSync(sound.path, folder, { recursive: true });
    return folder;
  };

  it.each(DAMAGES)('is built anew by the next run, which says why: %s', async (_, damage, reason) => {
    const indexFolder = copy();
    damage(indexFolder);
    const report = await indexHere({ root: made.root, indexFolder });
    expect(report.rebuilt ?? '').toMatch(reason);
    expect(await contentsOf(indexFolder)).toEqual(contents);
    expect((await indexHere({ root: made.root, indexFolder })).rebuilt).toBeUndefined();
  });

  it.each(DAMAGES.filter(([name]) => /newer|empty data|no manifests|garbage/.test(name)))(
    'is mended behind the first question, and status says so: %s',
    async (_, damage) => {
      const indexFolder = copy();
      damage(indexFolder);
      const engine = await testEngine(made.root, { indexFolder });
      await engine.search({ text: 'ropes' });
      await until(async () => (await matching(engine, 'hemp')).includes(GOOD_PATH));
      await until(async () => (await engine.status()).state === 'ready');
      const { notices } = await engine.status();
      expect(notices.join('\n')).toMatch(/^The index was rebuilt because .+\.$/m);
    },
  );

  it('is mended while an engine that has it open answers on', async () => {
    const indexFolder = copy();
    const engine = await testEngine(made.root, { indexFolder });
    expect(await matching(engine, 'hemp')).toContain(GOOD_PATH);
    rmSync(join(indexFolder, 'lance'), { recursive: true });
    const other = await testEngine(made.root, { indexFolder });
    expect((await other.index()).rebuilt).toBeDefined();
    expect(await matching(engine, 'hemp')).toContain(GOOD_PATH);
  });

  it('answers on the command line as always while another process rebuilds it', async () => {
    const indexFolder = copy();
    const rebuilding = lintel(['index', '--full'], { folder: made.root, indexFolder });
    const asked = Array.from({ length: 3 }, async (_, at) => {
      await new Promise((later) => setTimeout(later, 200 * at));
      return lintel(['search', 'hemp', '--kind', 'decision', '--json'], { folder: made.root, indexFolder });
    });
    for (const { code, stdout } of await Promise.all(asked))
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(GOOD_PATH) });
    expect((await rebuilding).code).toBe(0);
  });

  it('is reported by the doctor, and repaired by a search on the command line', async () => {
    const indexFolder = copy();
    truncateSync(largest(indexFolder, /data\/.*\.lance$/), 300);
    const doctor = await lintel(['doctor'], { folder: made.root, indexFolder });
    expect(doctor).toMatchObject({ code: 1, stdout: expect.stringMatching(/^FAIL.*index.*damaged.*rebuilt/m) });
    const { code, stdout, stderr } = await lintel(['search', 'ropes', '--json'], { folder: made.root, indexFolder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/The index was rebuilt because/) });
    expect(stdout).toContain(GOOD_PATH);
  });

  it('is rebuilt by "lintel index" even where no document changed', async () => {
    const indexFolder = copy();
    truncateSync(largest(indexFolder, /data\/.*\.lance$/), 300);
    const { code, stdout } = await lintel(['index'], { folder: made.root, indexFolder });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/Rebuilt because its files are damaged/) });
    expect(await contentsOf(indexFolder)).toEqual(contents);
  });
});

describe.skipIf(noRights())('an index folder that cannot be written', () => {
  it('answers from what is there, says so, and is brought up to date once it can be', async () => {
    const made = testRepository(GOOD);
    const indexFolder = testIndexFolder(made.root);
    const run = (...args: string[]) => lintel(args, { folder: made.root, indexFolder, command: minding });
    await indexHere({ root: made.root, indexFolder });
    chmodSync(indexFolder, 0o555);
    writeFiles(made.root, { 'docs/adr/0002-use-winches.md': record(2, 'Use winches') });
    const search = await run('search', 'ropes', '--json');
    expect(search).toMatchObject({ code: 0, stdout: expect.stringContaining(GOOD_PATH) });
    expect(search.stderr).toMatch(/cannot be (read or )?written\. .*LINTEL_INDEX.*answering from the existing index/s);
    expect(search.stderr).not.toMatch(/^\s+at |EACCES/m);
    const index = await run('index');
    expect(index).toMatchObject({ code: 3, stderr: expect.stringMatching(/The index folder .* cannot be (read or )?written\./) });
    expect(await run('doctor')).toMatchObject({ code: 1, stdout: expect.stringMatching(/^FAIL.*index folder/m) });
    chmodSync(indexFolder, 0o755);
    expect((await run('search', 'winches', '--json')).stdout).toContain('0002-use-winches');
  });

  it('says so where it cannot even be made', async () => {
    const made = testRepository(GOOD);
    const parent = testFolder('lintel-parent');
    chmodSync(parent, 0o555);
    const { code, stderr } = await lintel(['index'], {
      folder: made.root,
      indexFolder: join(parent, 'index', 'of-this'),
      command: minding,
    });
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: expect.stringMatching(/cannot be (created|written|read or written)\. .*LINTEL_INDEX/),
    });
  });
});

describe('a full disk', () => {
  it('ends indexing with a clear message, keeps what is there, and goes on when there is room', async ({ skip }) => {
    const disk = smallDisk(48_000_000);
    if ('reason' in disk) return skip(disk.reason);
    onTestFinished(disk.remove);
    if (disk.kind !== 'mounted') return skip('filled up and freed is only a mounted disk; the next test is for all');
    const made = testRepository({ ...GOOD, ...records(100) });
    const indexFolder = join(disk.path, 'index');
    const engine = await testEngine(made.root, { indexFolder });
    await engine.index();
    disk.fill();
    writeFiles(made.root, Object.fromEntries(Object.entries(records(60)).map(([path, text]) => [path, `${text}\nAnd capstans, too.\n`])));
    const failure = await engine.index().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EngineError);
    expect(failure).toMatchObject({ code: 'disk-full', message: expect.stringMatching(/ is full\. .*LINTEL_INDEX/) });
    expect(await matching(engine, 'hemp')).toContain(GOOD_PATH);
    const status = await engine.status();
    expect(status).toMatchObject({ state: 'failed', notices: expect.arrayContaining([expect.stringContaining('is full')]) });
    disk.free();
    expect(await engine.index()).toMatchObject({ cancelled: false });
    expect((await engine.status()).state).toBe('ready');
    expect((await matching(engine, 'capstans')).length).toBe(60);
  });

  it('is reported by the command line, and an index in another folder works', async ({ skip }) => {
    const disk = smallDisk(60_000);
    if ('reason' in disk) return skip(disk.reason);
    onTestFinished(disk.remove);
    const made = testRepository({ ...GOOD, ...records(200) });
    const full = await lintel(['index'], { folder: made.root, indexFolder: testIndexFolder(made.root, disk.path), command: disk.command });
    expect(full).toMatchObject({ code: 3, stderr: expect.stringMatching(/^lintel: .*(is full|too large).*LINTEL_INDEX/m) });
    expect(full.stderr).not.toMatch(/^\s+at /m);
    const elsewhere = await lintel(['search', 'ropes', '--json'], { folder: made.root, indexFolder: testIndexFolder(made.root) });
    expect(elsewhere.stdout).toContain(GOOD_PATH);
  });
});
