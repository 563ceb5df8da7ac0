import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRepository } from '../../server/git/index.ts';
import { filesOnDisk, type WorkspaceFiles } from '../../server/workspace/files.ts';
import { temporaryFolder, testFolder } from '../support/folder.ts';
import { git, writeFiles } from '../support/git.ts';
import { testRepository } from '../support/repository.ts';
import { filesInMemory } from '../support/workspace.ts';

const FILES = {
  'README.md': '# Shop\n',
  'docs/adr/0001-use-ropes.md': '# Use ropes\n',
  'docs/adr/0002-use-winches.md': '# Use winches\n',
  'src/lift.ts': 'größe();\n',
};

/** What a caller can ask of a workspace, as plain data: the twins must answer alike. */
const answersOf = async (files: WorkspaceFiles) => ({
  listing: await files.list(),
  whole: await files.read('src/lift.ts'),
  beginning: await files.read('README.md', 4),
  cutInsideALetter: await files.read('src/lift.ts', 3),
  missing: await files.read('src/none.ts'),
  folder: await files.read('src'),
  many: await files.readMany(['src/lift.ts', 'none', 'README.md'], 4),
  names: await files.namesIn('docs/adr'),
  namesAtTheRoot: await files.namesIn(''),
  namesOfNone: await files.namesIn('docs/none'),
  exists: ['src/lift.ts', 'src', 'docs/adr', 'docs/ad', 'src/lift'].map((path) => [path, files.exists(path)]),
  stampOfNone: await files.stamp('docs/none'),
  stampOfFolder: await files.stamp('docs'),
});

describe('the files of a workspace', () => {
  const folder = temporaryFolder('lintel-files');
  beforeAll(() => writeFiles(folder.path, FILES));
  afterAll(folder.remove);

  it('are the same on disk and in memory, for every question', async () => {
    expect(await answersOf(filesOnDisk(folder.path, undefined))).toEqual(await answersOf(filesInMemory(FILES)));
  });

  it('are read in order, however many there are', async () => {
    const many = Object.fromEntries(Array.from({ length: 45 }, (_, i) => [`many/${i}.txt`, `text ${i}`]));
    const root = testFolder();
    writeFiles(root, many);
    expect(await filesOnDisk(root, undefined).readMany(Object.keys(many), 100)).toEqual(Object.values(many));
  });

  it('on disk have another stamp once they are written, and none once they are gone', async () => {
    const root = testFolder();
    const files = filesOnDisk(root, undefined);
    const write = (text: string) => writeFileSync(join(root, 'a.txt'), text);
    write('one');
    const before = await files.stamp('a.txt');
    expect(await files.stamp('a.txt')).toBe(before);
    write('longer');
    expect(await files.stamp('a.txt')).not.toBe(before);
    rmSync(join(root, 'a.txt'));
    expect(await files.stamp('a.txt')).toBe('');
  });

  it('in memory have another stamp once they are written', async () => {
    const texts = { 'a.txt': 'one' };
    const files = filesInMemory(texts);
    const before = await files.stamp('a.txt');
    texts['a.txt'] = 'two';
    expect(await files.stamp('a.txt')).not.toBe(before);
  });

  it('without git are those that .gitignore leaves, and without folders of packages', async () => {
    const root = testFolder();
    writeFiles(root, { '.gitignore': 'out/\n', 'a.ts': '', 'out/b.ts': '', 'node_modules/c.ts': '' });
    expect((await filesOnDisk(root, undefined).list()).files).toEqual(['.gitignore', 'a.ts']);
  });

  it('with git are those that git lists, new ones among them', async () => {
    const { root } = testRepository({ 'a.ts': 'a();\n', '.gitignore': '*.log\n' });
    writeFiles(root, { 'b.ts': 'b();\n', 'c.log': 'noise' });
    const { files, notices } = await filesOnDisk(root, await openRepository(root)).list();
    expect([[...files].sort(), notices]).toEqual([['.gitignore', 'a.ts', 'b.ts'], []]);
  });

  it('of a bare repository are read at HEAD where many are asked for, and not at all one by one', async () => {
    const { root } = testRepository({ 'a.ts': 'abcdef\n', 'b.ts': 'b\n' });
    const bare = join(testFolder(), 'bare.git');
    git(root, ['clone', '--quiet', '--bare', root, bare]);
    const files = filesOnDisk(bare, await openRepository(bare));
    expect(await files.readMany(['a.ts', 'none.ts', 'b.ts'], 3)).toEqual(['abc', undefined, 'b\n']);
    expect(await files.read('a.ts')).toBeUndefined();
  });

  it('stop being listed when the caller gives up', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    mkdirSync(join(folder.path, 'docs'), { recursive: true });
    await expect(filesOnDisk(folder.path, undefined).list(signal)).rejects.toThrow('enough');
    await expect(filesInMemory(FILES).list(signal)).rejects.toThrow('enough');
  });

  it('do not reject because of a link that leads in a circle', async () => {
    const root = testFolder();
    symlinkSync('circle', join(root, 'circle'));
    const files = filesOnDisk(root, undefined);
    expect([await files.read('circle'), await files.stamp('circle'), files.exists('circle'), await files.namesIn('circle')]).toEqual([
      undefined,
      '',
      false,
      [],
    ]);
  });
});
