import { cpSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { INDEX_SCHEMA } from '../../server/store/state.ts';
import { testFolder } from '../support/folder.ts';
import { writeFiles } from '../support/git.ts';
import { testRepository } from '../support/repository.ts';
import { lintel, type Outcome } from './cli.ts';
import { contentsOf, freshContents, GOOD, GOOD_PATH, indexHere, record, testIndexFolder } from './support.ts';

const OTHERWISE = pathToFileURL(join(import.meta.dirname, 'otherwise.ts')).href;
const HOUR = 3_600_000;
const NEW = 'docs/adr/0002-use-winches.md';

interface Place {
  readonly root: string;
  readonly indexFolder: string;
}

const place = async (files: Readonly<Record<string, string>> = GOOD): Promise<Place> => {
  const { root } = testRepository(files);
  const indexFolder = testIndexFolder(root);
  await indexHere({ root, indexFolder });
  return { root, indexFolder };
};

/** Runs the command line in a process for which something is otherwise: see `otherwise.ts`. */
const run = ({ root, indexFolder }: Place, args: readonly string[], otherwise: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
  lintel(args, { folder: root, indexFolder, fromSource: true, environment: { NODE_OPTIONS: `--import ${OTHERWISE}`, ...otherwise } });

describe('a clock that was set back by an hour', () => {
  const back = { LINTEL_TEST_CLOCK: String(-HOUR) };

  it('hides no change that was written since', async () => {
    const here = await place({ ...GOOD, [NEW]: record(2, 'Use winches') });
    writeFiles(here.root, { [NEW]: record(2, 'Use cranes') });
    const before = new Date(Date.now() - HOUR);
    utimesSync(join(here.root, NEW), before, before);
    const { code, stdout } = await run(here, ['search', 'cranes', '--json'], back);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Use cranes') });
    expect(await contentsOf(here.indexFolder)).toEqual(await freshContents(here.root));
  });

  it('keeps nobody from taking the lock of a process that was killed, nor from rebuilding', async () => {
    const here = await place();
    const lock = join(here.indexFolder, 'writer.lock');
    // No process has this number: it is above the largest that Linux gives.
    writeFileSync(lock, JSON.stringify({ pid: 2 ** 30, host: hostname(), since: new Date().toISOString(), token: 'dead' }));
    expect(await run(here, ['index', '--full'], back)).toMatchObject({ code: 0 });
    expect(readdirSync(here.indexFolder)).not.toContain('writer.lock');
    expect(await contentsOf(here.indexFolder)).toEqual(await freshContents(here.root));
  });
});

describe('two versions of Lintel that use one index in turn', () => {
  it('both answer right, say that they rebuilt it, and leave one index', async () => {
    const here = await place();
    for (const [schema, by] of [
      [INDEX_SCHEMA + 1, 'an older version'],
      [INDEX_SCHEMA, 'a newer version'],
      [INDEX_SCHEMA + 1, 'an older version'],
    ] as const) {
      const { code, stdout, stderr } = await run(here, ['search', 'hemp', '--json'], { LINTEL_TEST_SCHEMA: String(schema) });
      expect({ code, stdout, stderr }).toEqual({
        code: 0,
        stdout: expect.stringContaining(GOOD_PATH),
        stderr: expect.stringContaining(`The index was rebuilt because it was made by ${by} of Lintel.`),
      });
      expect(readdirSync(here.indexFolder).filter((name) => name.startsWith('lance') || name === 'next.json')).toHaveLength(1);
    }
  });
});

const filesOf = (folder: string, part: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    return entry.isFile() && path.includes(part) ? [path] : [];
  });

/** Cuts every file of an index whose path contains a part. */
const cut = (folder: string, part: string, bytes: number): void => {
  for (const path of filesOf(folder, part)) truncateSync(path, bytes);
};

describe('a damaged index that is asked as it is', () => {
  it.each([
    ['whose data is cut', /damaged/, (folder: string) => cut(folder, '/data/', 100)],
    ['whose filter is empty', /damaged/, (folder: string) => cut(folder, 'bitmap_page_lookup', 0)],
    ['whose state is garbage', /index\.json is not JSON/, (folder: string) => writeFileSync(join(folder, 'index.json'), '{')],
    ['whose table is gone', /table is missing/, (folder: string) => rmSync(join(folder, 'lance'), { recursive: true })],
    ['of another version', /older version/, (folder: string) => writeFileSync(join(folder, 'index.json'), '{"schema":0}')],
  ])('%s answers with an error that says why, and not with nothing', async (_, why, damage) => {
    const sound = await place({ ...GOOD, 'src/a.ts': '// ADR-0001\nlift();\n' });
    const indexFolder = testIndexFolder(sound.root, testFolder('lintel-damaged'));
    cpSync(sound.indexFolder, indexFolder, { recursive: true });
    damage(indexFolder);
    const before = filesOf(indexFolder, '');
    for (const args of [
      ['search', 'hemp', '--no-update', '--json'],
      ['why', 'src/a.ts:1', '--no-update', '--json'],
    ]) {
      const { code, stdout, stderr } = await run({ root: sound.root, indexFolder }, args);
      expect({ code, stdout, stderr }, args.join(' ')).toEqual({
        code: 3,
        stdout: '',
        stderr: expect.stringMatching(/^lintel: The index cannot be used because .*Run "lintel index"\.$/m),
      });
      expect(stderr).toMatch(why);
    }
    expect(filesOf(indexFolder, '')).toEqual(before);
  });
});
