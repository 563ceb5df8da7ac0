import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitEnvironment } from '../../server/git/environment.ts';
import { blame, discoverRepository, isIgnored, listFiles, readDiff, readLog, workingTreeChanges } from '../../server/git/index.ts';
import { failureNotice } from '../../server/git/log-failure.ts';
import { runGit, streamGit } from '../../server/git/process.ts';
import { testFolder } from '../support/folder.ts';
import { commitFiles, git, writeFiles } from '../support/git.ts';
import { opened, startRepository, wholeLog } from './support.ts';

const pipe = (path: string): void => {
  execFileSync('mkfifo', [path]);
};

/** A repository with one commit, and what Lintel says of it. */
const repository = (): string => {
  const root = startRepository();
  commitFiles(root, 'first', { 'a.txt': 'one\n' });
  return root;
};

const noticeOf = async (folder: string): Promise<string> => {
  const { notice } = (await discoverRepository(folder)) as { readonly notice?: string };
  return notice ?? '';
};

describe('where a repository may be', () => {
  it('is refused where core.worktree names a folder above, beside or below the one that was opened', async () => {
    for (const place of ['../../..', '../..', '../../other', '../sub', '/']) {
      const root = join(testFolder(), 'parent/evil');
      mkdirSync(join(root, 'sub'), { recursive: true });
      mkdirSync(join(root, '../other'));
      git(root, ['init', '--quiet']);
      commitFiles(root, 'first', { 'a.txt': 'one\n' });
      git(root, ['config', 'core.worktree', place]);
      expect([place, await noticeOf(root)]).toEqual([place, expect.stringContaining('core.worktree')]);
    }
  });

  it('may be the one that core.worktree names, as in a submodule', async () => {
    const root = repository();
    git(root, ['config', 'core.worktree', '..']);
    expect((await opened(root)).root).toBe(root);
  });

  it('is refused where a ".git" file or link leads to the repository of another folder', async () => {
    const other = repository();
    const folder = testFolder();
    writeFileSync(join(folder, '.git'), `gitdir: ${join(other, '.git')}\n`);
    expect(await noticeOf(folder)).toContain(`which is the repository of ${other}`);
    rmSync(join(folder, '.git'));
    symlinkSync(join(other, '.git'), join(folder, '.git'));
    expect(await noticeOf(folder)).toContain(`which is the repository of ${other}`);
  });

  it('is refused where a ".git" file leads to the linked work tree of another folder', async () => {
    const other = repository();
    const linked = join(testFolder(), 'linked');
    git(other, ['worktree', 'add', '--quiet', linked]);
    const folder = testFolder();
    cpSync(join(linked, '.git'), join(folder, '.git'));
    expect(await noticeOf(folder)).toContain(`which is the repository of ${linked}`);
    expect((await opened(linked)).root).toBe(linked);
  });

  it('is refused where "commondir" takes objects and settings from somebody else', async () => {
    const other = repository();
    const root = repository();
    writeFileSync(join(root, '.git/commondir'), `${join(other, '.git')}\n`);
    expect(await noticeOf(root)).toContain('takes its objects and settings from');
  });

  it('may have its git folder elsewhere, and a linked work tree may have been moved', async () => {
    const separate = join(testFolder(), 'separate.git');
    const root = join(testFolder(), 'tree');
    mkdirSync(root);
    git(root, ['init', '--quiet', `--separate-git-dir=${separate}`]);
    commitFiles(root, 'first', { 'a.txt': 'one\n' });
    expect(await opened(root)).toMatchObject({ root, gitDir: separate });
    const linked = join(testFolder(), 'linked');
    git(root, ['worktree', 'add', '--quiet', linked]);
    renameSync(linked, `${linked}-moved`);
    expect((await opened(`${linked}-moved`)).root).toBe(`${linked}-moved`);
  });

  it('may be bare and lie in the work tree of another one, without running what its configuration names', async () => {
    const root = repository();
    const bare = join(root, 'vendor/evil');
    git(root, ['clone', '--quiet', '--bare', root, bare]);
    const witness = join(testFolder(), 'witness');
    appendFileSync(join(bare, 'config'), `[core]\n\tfsmonitor = "touch ${witness}"\n\thooksPath = hooks\n`);
    expect(await opened(bare)).toMatchObject({ root: bare, bare: true });
    expect((await wholeLog(await opened(bare))).length).toBe(1);
    expect(existsSync(witness)).toBe(false);
    expect((await opened(join(root, 'vendor'))).root).toBe(root);
  });

  it('is not an empty ".git" folder', async () => {
    const root = repository();
    mkdirSync(join(root, 'sub/.git'), { recursive: true });
    expect((await opened(join(root, 'sub'))).root).toBe(root);
  });
});

describe.skipIf(process.platform === 'win32')('what git would read for ever', () => {
  it.each([
    'config',
    'HEAD',
    'index',
    'packed-refs',
    'info/attributes',
    'info/exclude',
    'objects/info/alternates',
    'config.worktree',
    'shallow',
  ])('is found before git opens it, as a pipe and as a device: .git/%s', async (name) => {
    const root = repository();
    const path = join(root, '.git', name);
    const others = join(testFolder(), 'saved');
    if (existsSync(path)) renameSync(path, others);
    mkdirSync(join(path, '..'), { recursive: true });
    pipe(path);
    expect(await noticeOf(root)).toContain(`${path} is not a regular file`);
    rmSync(path);
    symlinkSync('/dev/zero', path);
    expect(await noticeOf(root)).toContain(`${path} is not a regular file`);
  });

  it('is found in included files, also in those that an included file includes', async () => {
    const root = repository();
    pipe(join(root, '.git/pipe'));
    writeFileSync(join(root, '.git/second'), '[includeIf "onbranch:**"]\n\tpath = pipe\n');
    git(root, ['config', 'include.path', 'second']);
    expect(await noticeOf(root)).toContain('pipe is not a regular file, and ');
  });

  it('costs the blame where blame.ignoreRevsFile names it, with a sentence that says so', async () => {
    const root = repository();
    pipe(join(root, 'pipe'));
    writeFileSync(join(testFolder(), 'list'), '');
    for (const value of ['/dev/zero', 'pipe', '~/list', join(testFolder(), '..')]) {
      git(root, ['config', 'blame.ignoreRevsFile', value]);
      const { lines, badList } = await blame(await opened(root), 'a.txt', { first: 0, last: 0 });
      expect([value, lines, badList]).toEqual([
        value,
        [],
        expect.stringContaining(`blame.ignoreRevsFile in its git configuration names ${value}`),
      ]);
    }
    writeFileSync(join(root, 'list'), '');
    git(root, ['config', 'blame.ignoreRevsFile', 'list']);
    expect((await blame(await opened(root), 'a.txt', { first: 0, last: 0 })).lines.length).toBe(1);
  });

  it('is not waited for in any folder where it has the name of an ignore file or an attributes file: it is an empty one', async () => {
    const root = repository();
    commitFiles(root, 'second', { 'docs/old/b.txt': 'one\n', 'docs/.gitignore': '*.log\n' });
    for (const name of ['docs/old/.gitignore', 'docs/old/.gitattributes', '.gitattributes']) pipe(join(root, name));
    writeFiles(root, { 'docs/old/b.txt': 'two\n', 'docs/old/c.txt': 'new\n', 'docs/old/d.log': 'ignored\n' });
    const tree = await opened(root);
    const [files, changes, ignored, lines, difference] = await Promise.all([
      listFiles(tree),
      workingTreeChanges(tree),
      isIgnored(tree, ['docs/old/c.txt', 'docs/old/d.log']),
      blame(tree, 'docs/old/b.txt', { first: 0, last: 0 }),
      readDiff(tree, 'work-tree'),
    ]);
    expect(files).toEqual(['a.txt', 'docs/.gitignore', 'docs/old/b.txt', 'docs/old/c.txt']);
    expect(changes).toEqual(['docs/old/b.txt', 'docs/old/c.txt']);
    expect([...ignored]).toEqual(['docs/old/d.log']);
    expect(lines.lines.length).toBe(1);
    expect(difference.files.map(({ path }) => path)).toEqual(['docs/old/b.txt']);
  });

  it('ends at the limit of time where nothing else finds it, with a sentence that names the command', async () => {
    const root = repository();
    pipe(join(root, '.gitignore'));
    await expect(runGit(root, ['ls-files', '--others', '--exclude-standard'], { within: 300 })).rejects.toThrow(
      /^"git ls-files" took more than 0\.3 seconds and was stopped\./,
    );
    const stream = streamGit(root, ['ls-files', '--others', '--exclude-standard'], { within: 300 });
    await expect(stream.next()).rejects.toThrow(/^"git ls-files" printed nothing for 0\.3 seconds and was stopped\./);
  });
});

describe('a filter', () => {
  it('that is configured after the repository was opened, also by an included file, does not run', async () => {
    const root = repository();
    commitFiles(root, 'second', { '.gitattributes': '*.txt filter=a=b\n' });
    const tree = await opened(root);
    const witness = join(testFolder(), 'witness');
    const filter = `[filter "a=b"]\n\tclean = "touch ${witness}; cat"\n`;
    writeFileSync(join(root, '.git/more'), '');
    git(root, ['config', 'include.path', 'more']);
    await workingTreeChanges(tree);
    for (const file of ['more', 'config']) {
      appendFileSync(join(root, '.git', file), filter);
      writeFileSync(join(root, 'a.txt'), 'two\n');
      expect(await workingTreeChanges(tree)).toContain('a.txt');
      await blame(tree, 'a.txt', { first: 0, last: 0 });
      expect([file, existsSync(witness)]).toEqual([file, false]);
    }
  });

  it('of a configuration with too many of them costs what git says of the work tree, not the history', async () => {
    const root = repository();
    const filters = Array.from({ length: 600 }, (_, index) => `[filter "f${index}"]\n\tclean = "false"\n`);
    appendFileSync(join(root, '.git/config'), filters.join(''));
    const tree = await opened(root);
    await expect(workingTreeChanges(tree)).rejects.toThrow('names so many programs that they cannot be switched off');
    expect((await readDiff(tree, 'work-tree')).unreadable).toEqual([
      { reason: 'git-failed', message: expect.stringContaining('cannot be switched off one by one') },
    ]);
    expect((await blame(tree, 'a.txt', { first: 0, last: 0 })).badList).toContain('cannot be switched off one by one');
    expect((await wholeLog(tree)).length).toBe(1);
    expect(await listFiles(tree)).toEqual(['a.txt']);
  });

  it('of the user runs, as Git LFS has to', async () => {
    const root = repository();
    commitFiles(root, 'second', { '.gitattributes': '*.txt filter=mine\n' });
    const own = join(testFolder(), 'config');
    writeFileSync(own, '[filter "mine"]\n\tclean = "echo one"\n');
    const before = { ...process.env };
    process.env.GIT_CONFIG_GLOBAL = own;
    try {
      writeFileSync(join(root, 'a.txt'), 'two\n');
      expect(await workingTreeChanges(await opened(root))).toEqual([]);
    } finally {
      process.env = before;
    }
  });
});

describe('the environment', () => {
  it('keeps the settings that it gives to git, without those that run programs or move the work tree', () => {
    const given = ['safe.directory', 'core.fsmonitor', 'FILTER.x.Clean', 'core.worktree', 'core.quotePath', 'credential.helper'];
    const inherited = { PATH: '', GIT_CONFIG_COUNT: '7' } as NodeJS.ProcessEnv;
    for (const [index, key] of given.entries())
      Object.assign(inherited, { [`GIT_CONFIG_KEY_${index}`]: key, [`GIT_CONFIG_VALUE_${index}`]: 'v' });
    const environment = gitEnvironment([{ key: 'filter.a=b.clean', value: '' }], true, inherited);
    expect(environment).toMatchObject({
      GIT_CONFIG_COUNT: '3',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_KEY_1: 'core.quotePath',
      GIT_CONFIG_KEY_2: 'filter.a=b.clean',
      GIT_CONFIG_VALUE_2: '',
    });
    expect(environment).not.toHaveProperty('GIT_CONFIG_KEY_3');
    for (const count of ['', 'x', '-1', '1e9']) expect(gitEnvironment([], true, { GIT_CONFIG_COUNT: count }).GIT_CONFIG_COUNT).toBe('0');
  });

  it('with a git that is too old, or that is none, leaves the commits out and says what to do', () => {
    for (const [answer, sentence] of [
      ['git version 2.30.2', 'Git 2.30.2 is too old: Lintel needs git 2.31 or newer'],
      ['hello', 'Git of an unknown version is too old'],
    ]) {
      const folder = testFolder();
      writeFiles(folder, { git: `#!/bin/sh\necho ${answer}\n` });
      chmodSync(join(folder, 'git'), 0o755);
      const room = new URL('../../server/git/index.ts', import.meta.url).href;
      const script = `const git = await import(${JSON.stringify(room)}); console.log(JSON.stringify(await git.discoverRepository(process.cwd())));`;
      const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
        cwd: repository(),
        env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, NODE_NO_WARNINGS: '1' },
      });
      expect(JSON.parse(printed.toString()).notice).toContain(sentence);
    }
  });
});

describe('a log that git fails to read', () => {
  it('is explained as missing objects only where git says so, else by the words of git', () => {
    expect(failureNotice(`error: Could not read ${'1f'.repeat(20)}\n`)).toContain('Some objects are missing');
    expect(failureNotice('fatal: unable to read 1f3a\n')).toContain('Some objects are missing');
    expect(failureNotice("fatal: could not read orderfile '/x'\n")).not.toContain('missing');
    expect(failureNotice('fatal: bad config line 3 in file .git/config\n')).toContain('(bad config line 3 in file .git/config)');
    expect(failureNotice('')).toContain('(it gives no reason)');
  });

  it('ends with the words of git where no commit can be read, instead of trying all of them', async () => {
    const root = repository();
    const tree = await opened(root);
    const shas = Array.from({ length: 150 }, () => git(root, ['rev-parse', 'HEAD']));
    git(root, ['config', 'diff.algorithm', 'nonsense']);
    const read = async () => {
      for await (const _ of readLog(tree, { commits: shas }));
    };
    await expect(read()).rejects.toThrow(/^Git cannot read the log: .*diff\.algorithm/);
  });
});
