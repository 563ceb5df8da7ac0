import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openPublished } from '../../server/store/published/database.ts';
import { publishedPlace } from '../../server/store/published/place.ts';
import { testFolder } from '../support/folder.ts';
import { git } from '../support/git.ts';
import { type ObjectStorage, openObjectStorage } from '../support/object-storage.ts';
import { testRepository } from '../support/repository.ts';
import { lintel, type Outcome } from './cli.ts';
import { record, testIndexFolder } from './support.ts';

const ROPES = 'docs/adr/0001-use-ropes.md';
const FILES = {
  [ROPES]: record(1, 'Use ropes', 'We lift heavy loads with ropes of hemp.'),
  'src/crane.ts': '/** As docs/adr/0001-use-ropes.md says. */\nexport const rope = (): string => "hemp";\n',
};

const storage = async (): Promise<ObjectStorage> => {
  const opened = await openObjectStorage();
  onTestFinished(() => opened.close());
  return opened;
};

/** A clone with a home folder of its own: another person, or a pipeline. */
interface Person {
  readonly root: string;
  readonly run: (...args: readonly string[]) => Promise<Outcome>;
  readonly ids: (...words: readonly string[]) => Promise<string[]>;
  readonly write: (path: string, text: string) => void;
}

function person(origin: string, environment: Readonly<Record<string, string>>): Person {
  const root = join(testFolder(), 'shop');
  git(dirname(root), ['clone', '--quiet', origin, 'shop']);
  git(root, ['remote', 'set-url', 'origin', 'https://example.com/acme/shop.git']);
  git(root, ['config', 'remote.origin.pushurl', origin]);
  git(root, ['config', `url.${origin}.insteadOf`, 'https://example.com/acme/shop.git']);
  const indexFolder = testIndexFolder(root);
  const run = (...args: readonly string[]) => lintel(args, { folder: root, indexFolder, environment });
  return {
    root,
    run,
    async ids(...words) {
      const { stdout, stderr } = await run('search', '--json', ...words);
      if (stdout === '') throw new Error(stderr);
      return (JSON.parse(stdout) as { hits: { id: string }[] }).hits.map(({ id }) => id);
    },
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
  };
}

describe('an index that is published', () => {
  it('is shared by two people with folders of their own, across an update, with their own edits on top', async () => {
    const { root: origin } = testRepository(FILES);
    const { uri, env } = await storage();
    const pipeline = person(origin, env);
    const [anna, ben] = [person(origin, env), person(origin, env)];

    const published = await pipeline.run('publish', uri, '--json');
    expect(published.stderr).not.toContain('lintel:');
    expect(JSON.parse(published.stdout)).toMatchObject({ repository: 'acme/shop', isNew: true });

    for (const one of [anna, ben]) {
      const { stdout } = await one.run('pull', uri);
      expect(stdout).toMatch(/^Pulled the index of acme\/shop .*HEAD.* 0 added, 0 updated, 0 removed\.\n$/);
      expect(await one.ids('ropes', '--no-update')).toContain(ROPES);
    }

    ben.write(ROPES, record(1, 'Use chains', 'We lift heavy loads with chains of steel.'));
    expect((await ben.run('why', 'src/crane.ts:1')).stdout).toContain('Use chains');
    expect((await anna.run('why', 'src/crane.ts:1')).stdout).toContain('Use ropes');

    pipeline.write('docs/adr/0002-oil-the-hinges.md', record(2, 'Oil the hinges', 'We oil every hinge in spring.'));
    git(pipeline.root, ['add', '.']);
    git(pipeline.root, ['commit', '--quiet', '-m', 'Decide about hinges']);
    git(origin, ['fetch', '--quiet', pipeline.root, 'HEAD:refs/heads/next']);
    expect((await pipeline.run('publish', uri)).stdout).toMatch(/^Published the index of acme\/shop/);

    for (const one of [anna, ben]) {
      git(one.root, ['fetch', '--quiet', origin, 'next']);
      git(one.root, ['reset', '--quiet', '--keep', 'FETCH_HEAD']);
      expect((await one.run('pull', uri)).stdout).toContain('which is HEAD');
      expect(await one.ids('hinges', '--no-update')).toContain('docs/adr/0002-oil-the-hinges.md');
    }
    expect((await ben.run('why', 'src/crane.ts:1')).stdout).toContain('Use chains');
    expect((await anna.run('pull', uri)).stdout).toContain('nothing was pulled');
  });

  it('is read although the storage is slow and fails now and then', async () => {
    const { root: origin } = testRepository(FILES);
    const place = await storage();
    const [pipeline, anna] = [person(origin, place.env), person(origin, place.env)];
    let asked = 0;
    place.fault = () => (++asked % 5 === 0 ? { kind: 'refuse', status: 503 } : { kind: 'slow', ms: 20 });
    expect((await pipeline.run('publish', place.uri)).code).toBe(0);
    expect((await anna.run('pull', place.uri)).code).toBe(0);
    expect(await anna.ids('ropes', '--no-update')).toContain(ROPES);
  });

  it('leaves the local index as it was where the storage refuses, cuts answers off, or holds something else', async () => {
    const { root: origin } = testRepository(FILES);
    const place = await storage();
    const [pipeline, anna] = [person(origin, place.env), person(origin, place.env)];
    await pipeline.run('publish', place.uri);
    anna.write('docs/adr/0003-paint-the-crane.md', record(3, 'Paint the crane', 'We paint it yellow.'));
    await anna.run('index');

    const refused = async (): Promise<string> => {
      const { code, stderr } = await anna.run('pull', place.uri, '--force');
      expect(code).toBe(3);
      expect(await anna.ids('crane', '--no-update')).toContain('docs/adr/0003-paint-the-crane.md');
      return stderr;
    };
    place.fault = () => ({ kind: 'refuse', status: 403 });
    expect(await refused()).toContain('refuses access. Check the credentials');
    place.fault = ({ method, key }) => (method === 'GET' && key.includes('/data/') ? { kind: 'cut' } : undefined);
    expect(await refused()).toContain('cannot be read');
    place.fault = () => undefined;
    for (const [key, data] of place.objects)
      if (key.includes('lintel_parts') && key.includes('/data/')) {
        const changed = Buffer.from(data);
        for (let at = 0; at < changed.length >> 1; at++) changed[at] = (changed[at] ?? 0) ^ 0xff;
        place.objects.set(key, changed);
      }
    expect(await refused()).toMatch(/cannot be used|cannot be read/);
  });

  it('is whole where two publish at once, and is not there where a publisher was cut off', async () => {
    const { root: origin } = testRepository(FILES);
    const place = await storage();
    const [one, other, anna] = [person(origin, place.env), person(origin, place.env), person(origin, place.env)];
    place.fault = ({ method, key }) =>
      method === 'PUT' && key.includes('lintel_snapshots') && key.includes('/data/') ? { kind: 'refuse', status: 403 } : undefined;
    expect((await one.run('publish', place.uri)).code).toBe(3);
    expect((await anna.run('pull', place.uri)).stderr).toContain('nothing is published there');
    place.fault = () => undefined;
    const outcomes = await Promise.all([one.run('publish', place.uri), other.run('publish', place.uri)]);
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0]);
    expect((await anna.run('pull', place.uri)).code).toBe(0);
    expect(await anna.ids('ropes', '--no-update')).toContain(ROPES);
  });

  it('is refused by those with another version of Lintel, who are told which', async () => {
    const { root: origin } = testRepository(FILES);
    const folder = testFolder();
    const anna = person(origin, {});
    const add = async (schema: number, fingerprint: string): Promise<void> => {
      const database = await openPublished(publishedPlace(folder, '/'));
      const row = { repository: 'acme/shop', commit: 'a'.repeat(40), madeFrom: 'b'.repeat(64), schema, fingerprint };
      await database.addSnapshot({ ...row, id: `${schema}`, publishedAt: `2026-01-0${Math.min(schema, 9)}` }, '{}');
      database.close();
    };
    const why = async (): Promise<string> => (await anna.run('pull', folder)).stderr;
    await add(1, 'static');
    expect(await why()).toContain('made by an older version of Lintel. Publish it again');
    await add(99, 'static');
    expect(await why()).toContain('made by a newer version of Lintel. Update Lintel');
    expect((await anna.run('pull', folder, '--name', 'acme/other')).stderr).toContain('only acme/shop is');
  });

  it('is not made of a work tree that differs from HEAD, nor of a shallow clone', async () => {
    const { root: origin } = testRepository(FILES, { commits: [{ message: 'Again', files: { 'a.txt': 'a' } }] });
    const folder = testFolder();
    const anna = person(origin, {});
    anna.write(ROPES, record(1, 'Use chains'));
    expect((await anna.run('publish', folder)).stderr).toContain(`differs from HEAD in ${ROPES}. Commit or undo`);
    git(anna.root, ['checkout', '--quiet', '.']);
    anna.write('notes.txt', 'Not indexed.');
    expect((await anna.run('publish', folder)).code).toBe(0);
    const shallow = person(`file://${origin}`, {});
    git(shallow.root, ['fetch', '--quiet', '--depth=1', `file://${origin}`, 'HEAD']);
    expect(readFileSync(join(shallow.root, '.git/shallow'), 'utf8')).not.toBe('');
    expect((await shallow.run('publish', folder)).stderr).toContain('this clone is shallow');
  });

  it('is pulled from where lintel.yaml says only once somebody agreed', async () => {
    const { root: origin } = testRepository({ ...FILES, 'lintel.yaml': 'knowledge:\n  published: ../indexes\n' });
    const anna = person(origin, {});
    const asked = await anna.run('publish');
    expect(asked.code).toBe(3);
    expect(asked.stderr).toContain('lintel.yaml names ../indexes. Nothing was done; agree with --yes.');
    expect((await anna.run('publish', '--yes')).stdout).toContain(join(dirname(anna.root), 'indexes'));
    expect((await anna.run('pull', '--yes', '--force')).stdout).toContain('which is HEAD');
  });
});
