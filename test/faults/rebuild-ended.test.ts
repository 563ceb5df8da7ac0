import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { databaseName } from '../../server/store/leftovers.ts';
import { readState } from '../../server/store/state.ts';
import { limitedDisk, smallDisk } from '../support/disk.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { type MadeRepository, makeRepository } from '../support/repository.ts';
import { lintel } from './cli.ts';
import { contentsOf, GOOD, GOOD_PATH, indexHere, matching, record, testEngine, testIndexFolder } from './support.ts';

const databases = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('lance'));

describe('a rebuild beside an index that ends before its end', () => {
  let made: MadeRepository;
  let sound: TemporaryFolder;
  let contents: string[];
  beforeAll(async () => {
    const rules = Object.fromEntries([2, 3, 4].map((at) => [`docs/adr/000${at}-rule.md`, record(at, `Keep rule ${at}`)]));
    made = makeRepository({ ...GOOD, ...rules, 'src/hoist.ts': '// ADR-0001\nexport const hoist = 1;\n' });
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

  it.each([600, 3_000, 12_000])('by a limit of %i bytes for a file says so and leaves the index as it was', async (bytes) => {
    const disk = limitedDisk(bytes);
    if (!disk) return;
    onTestFinished(disk.remove);
    const indexFolder = copy();
    const before = readFileSync(join(indexFolder, 'index.json'), 'utf8');
    const { code, stderr } = await lintel(['index', '--full'], { folder: made.root, indexFolder, command: disk.command });
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringMatching(/^lintel: .*(is full|too large).*LINTEL_INDEX/m) });
    expect(readFileSync(join(indexFolder, 'index.json'), 'utf8')).toBe(before);
    expect(databases(indexFolder)).toEqual(['lance']);
    expect(await contentsOf(indexFolder)).toEqual(contents);
  });

  it('by a disk without room leaves the room there was, and works when there is more', async ({ skip }) => {
    const disk = smallDisk(24_000_000);
    if ('reason' in disk) return skip(disk.reason);
    onTestFinished(disk.remove);
    if (disk.kind !== 'mounted') return skip('filled up and freed is only a mounted disk; the limits above are for all');
    const indexFolder = join(disk.path, 'index');
    cpSync(sound.path, indexFolder, { recursive: true });
    const engine = await testEngine(made.root, { indexFolder });
    for (const left of [0, 20_000, 60_000]) {
      disk.fill(left);
      await expect(engine.index({ full: true }), `${left} bytes`).rejects.toMatchObject({ code: 'disk-full' });
      expect(databases(indexFolder), `${left} bytes`).toEqual(['lance']);
      expect(await matching(engine, 'hemp'), `${left} bytes`).toEqual([GOOD_PATH]);
    }
    disk.free();
    expect(await engine.index({ full: true })).toMatchObject({ rebuilt: 'you asked for it' });
    expect(await contentsOf(indexFolder)).toEqual(contents);
    const found = await readState(indexFolder);
    expect(databases(indexFolder)).toEqual(found.status === 'present' ? [databaseName(found.state)] : []);
  });
});
