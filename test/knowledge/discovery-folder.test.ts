import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFolder } from '../../server/knowledge/discovery/discovery.ts';
import { testFolder } from '../support/folder.ts';
import { withoutRights } from './rights.ts';

describe('listFolder', () => {
  const folderWith = async (files: Readonly<Record<string, string>>): Promise<string> => {
    const root = testFolder();
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    return root;
  };

  it('lists files in order, without what .gitignore files exclude and what is never of use', async () => {
    const root = await folderWith({
      '.gitignore': '*.log\n/build\nsecret/\n!keep.log\n',
      'a.md': '',
      'b.log': '',
      'keep.log': '',
      'build/x.md': '',
      'src/build/y.md': '',
      'secret/z.md': '',
      'node_modules/p/README.md': '',
      '.git/HEAD': '',
      'sub/.gitignore': '!b.log\nlocal.md\n',
      'sub/b.log': '',
      'sub/local.md': '',
      'sub/deep/local.md': '',
      'local.md': '',
    });
    const { files, notices } = await listFolder(root);
    expect(files).toEqual(['.gitignore', 'a.md', 'keep.log', 'local.md', 'src/build/y.md', 'sub/.gitignore', 'sub/b.log']);
    expect(notices).toEqual([]);
  });

  it('says which .gitignore file has more rules than are followed', async () => {
    const rules = (count: number) => Array.from({ length: count }, (_, at) => `f${at}.md\n`).join('');
    const root = await folderWith({ '.gitignore': rules(2_000), 'sub/.gitignore': rules(2_001), 'sub/f0.md': '', 'sub/f2000.md': '' });
    const { files, notices } = await listFolder(root);
    expect(files).toEqual(['.gitignore', 'sub/.gitignore', 'sub/f2000.md']);
    expect(notices).toEqual([expect.stringMatching(/^"sub\/\.gitignore" has more rules than Lintel follows .*2,000/)]);
  });

  it('does not follow symbolic links: not in circles, not out of the folder', async () => {
    const outside = await folderWith({ 'secret.md': '' });
    const root = await folderWith({ 'docs/a.md': '' });
    await symlink(root, join(root, 'docs/again'));
    await symlink('loop', join(root, 'loop'));
    await symlink(outside, join(root, 'out'));
    await symlink(join(outside, 'secret.md'), join(root, 'out.md'));
    expect((await listFolder(root)).files).toEqual(['docs/a.md']);
  });

  it('leaves out a folder that cannot be read and says which', async () => {
    const root = await folderWith({ 'a.md': '', 'closed/b.md': '', 'open/c.md': '' });
    const { files, notices } = await withoutRights(join(root, 'closed'), () => listFolder(root));
    expect(files).toEqual(['a.md', 'open/c.md']);
    expect(notices).toEqual(['The folder "closed/" could not be read (EACCES) and is skipped.']);
  });

  it('shortens a path that nobody could read in a notice', async () => {
    const long = `${'a'.repeat(120)}${'c'.repeat(120)}`;
    const root = await folderWith({ 'a.md': '', [`${long}/b.md`]: '' });
    const { notices } = await withoutRights(join(root, long), () => listFolder(root));
    expect(notices).toEqual([`The folder "${'a'.repeat(100)}...${'c'.repeat(99)}/" could not be read (EACCES) and is skipped.`]);
  });

  it('stops at a limit and says so', async () => {
    const root = await folderWith(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}.md`, ''])));
    const { files, notices } = await listFolder(root, { limit: 20 });
    expect(files).toHaveLength(20);
    expect(notices).toEqual(['This folder has more than 20 files; the rest are skipped. Exclude files you do not need in .gitignore.']);
  });

  it('ends with the reason of the signal', async () => {
    const root = await folderWith({ 'a.md': '' });
    await expect(listFolder(root, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });

  it('gives nothing and a notice for a folder that is none', async () => {
    const root = await folderWith({ 'a.md': '' });
    expect(await listFolder(join(root, 'a.md'))).toEqual({
      files: [],
      notices: ['The folder "." could not be read (ENOTDIR) and is skipped.'],
    });
  });
});
