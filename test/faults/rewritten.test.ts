import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { commitFiles, git, writeFiles } from '../support/git.ts';
import { testRepository } from '../support/repository.ts';
import { lintel } from './cli.ts';
import { type Editor, openEditor } from './editor.ts';
import { GOOD, GOOD_PATH, record, testIndexFolder } from './support.ts';

const CODE = 'src/lift.ts';
const TEXT = '// ADR-0001\nexport const lift = 1;\n';
const SECOND = `${TEXT}\nexport const lower = 2;\n`;

const made = (): string => {
  const { root } = testRepository({ ...GOOD, [CODE]: TEXT });
  commitFiles(root, 'Lower loads as well', { [CODE]: SECOND });
  return root;
};

/** Titles of the commits that explain a line, or that changed its file. */
const commitsAt = async (editor: Editor, line: number): Promise<string[]> =>
  (await editor.why(CODE, line)).related.filter(({ kind }) => kind === 'commit').map(({ title }) => title);
const blamedAt = async (editor: Editor, line: number): Promise<string[]> =>
  (await editor.why(CODE, line)).related
    .filter(({ kind, evidence }) => kind === 'commit' && evidence.some((item) => item.kind === 'explained-by'))
    .map(({ title }) => title);

const forget = (root: string): void => {
  git(root, ['reflog', 'expire', '--expire=now', '--all']);
  git(root, ['gc', '--quiet', '--prune=now']);
};

describe('history that is rewritten between two requests', () => {
  const ways: readonly (readonly [string, (root: string) => void, readonly string[]])[] = [
    [
      'amended',
      (root) => git(root, ['commit', '--quiet', '--amend', '-m', 'Lower loads gently']),
      ['Lower loads gently', 'Start the project'],
    ],
    [
      'rebased',
      (root) => {
        git(root, ['checkout', '--quiet', '-b', 'other', 'HEAD~1']);
        commitFiles(root, 'Paint the crane', { 'src/paint.ts': 'export const red = 1;\n' });
        git(root, ['checkout', '--quiet', 'main']);
        git(root, ['rebase', '--quiet', 'other']);
        git(root, ['branch', '--quiet', '-D', 'other']);
      },
      ['Lower loads as well', 'Start the project'],
    ],
    [
      'reset and pushed by force',
      (root) => {
        git(root, ['reset', '--quiet', '--hard', 'HEAD~1']);
        commitFiles(root, 'Lower loads otherwise', { [CODE]: SECOND });
      },
      ['Lower loads otherwise', 'Start the project'],
    ],
  ];

  it.each(ways)('because it was %s, with the old commits collected, is told as it is now, at once', async (_, rewrite, commits) => {
    const root = made();
    const editor = await openEditor(root);
    editor.open(CODE, SECOND);
    expect(await editor.hover(CODE, 'lift')).toContain('Use ropes');
    expect(await commitsAt(editor, 3)).toEqual(['Lower loads as well', 'Start the project']);
    const before = git(root, ['rev-parse', 'HEAD']);
    rewrite(root);
    forget(root);
    expect(git(root, ['rev-parse', 'HEAD'])).not.toBe(before);
    // The index still is of the old history.
    expect(await editor.hover(CODE, 'lift')).toContain('Use ropes');
    expect([...(await commitsAt(editor, 3))].sort()).toEqual([...commits].sort());
    expect(await blamedAt(editor, 3)).toContain(commits[0]);
    await editor.index();
    expect([...(await commitsAt(editor, 3))].sort()).toEqual([...commits].sort());
    expect(await editor.hover(CODE, 'lift')).toContain('Use ropes');
    const { related, governing } = await editor.why(CODE, 1);
    expect(JSON.stringify([related, governing.map(({ evidence }) => evidence)])).not.toContain(before);
    expect(editor.client.logs.filter(({ type }) => type === 1)).toEqual([]);
  });

  it('so that nothing of it is left, answers from the files', async () => {
    const root = made();
    const editor = await openEditor(root);
    editor.open(CODE, SECOND);
    await editor.why(CODE, 3);
    git(root, ['checkout', '--quiet', '--orphan', 'fresh']);
    git(root, ['branch', '--quiet', '-D', 'main']);
    forget(root);
    expect(await editor.hover(CODE, 'lift')).toContain('Use ropes');
    const { governing } = await editor.why(CODE, 1);
    expect(governing.map(({ id }) => id)).toEqual([GOOD_PATH]);
    expect(await commitsAt(editor, 1)).toEqual([]);
    await editor.index();
    expect(await editor.hover(CODE, 'lift')).toContain('Use ropes');
  });
});

describe('blame', () => {
  it('leaves lines alone that are not committed, in a file that is new, edited, or deleted in the meantime', async () => {
    const root = made();
    writeFiles(root, { 'src/new.ts': '// ADR-0001\nexport const fresh = 1;\n' });
    const editor = await openEditor(root);
    editor.open('src/new.ts');
    expect(await editor.hover('src/new.ts', 'fresh')).toContain('Use ropes');
    expect((await editor.why('src/new.ts', 1)).related.filter(({ kind }) => kind === 'commit')).toEqual([]);

    editor.open(CODE, `export const unsaved = 0;\n${'// typed just now\n'.repeat(30)}${SECOND}`);
    expect(await blamedAt(editor, 0)).toEqual([]);
    expect(await blamedAt(editor, 34)).toContain('Lower loads as well');

    rmSync(join(root, CODE));
    expect((await editor.why(CODE, 32)).governing.map(({ id }) => id)).toEqual([GOOD_PATH]);
    await editor.changed([CODE], 3);
    expect((await editor.why(CODE, 32)).governing.map(({ id }) => id)).toEqual([GOOD_PATH]);
    expect((await editor.why('src/never.ts', 3)).governing).toEqual([]);
  });

  it('says of a broken list of ignored commits what is wrong with it, and tells the commits all the same', async () => {
    for (const list of ['not a commit at all\n', `${'f'.repeat(40)}\n`, '\0\u0001']) {
      const root = made();
      writeFileSync(join(root, '.git-blame-ignore-revs'), list);
      const editor = await openEditor(root);
      editor.open(CODE, SECOND);
      const { notices = [], related } = await editor.why(CODE, 3);
      expect(related.map(({ title }) => title)).toContain('Lower loads as well');
      if (!/^f+$/.test(list.trim())) expect(notices.join(' ')).toContain('.git-blame-ignore-revs cannot be used');
    }
  });
});

describe('a shallow clone', () => {
  it('says what is missing in why and in status, and what it has is right', async () => {
    const origin = made();
    const clone = join(testFolder('lintel-clone'), 'clone');
    git(origin, ['clone', '--quiet', '--depth=1', `file://${origin}`, clone]);
    const options = { folder: clone, indexFolder: testIndexFolder(clone) };
    const why = await lintel(['why', `${CODE}:2`], options);
    expect(why.stdout).toContain('Use ropes');
    expect(why.stderr).toMatch(/shallow clone.*git fetch --unshallow/s);
    const status = await lintel(['status'], options);
    expect(`${status.stdout}${status.stderr}`).toContain('The clone is shallow: older commits are missing.');
    const editor = await openEditor(clone);
    editor.open(CODE);
    expect(await editor.hover(CODE, 'lift')).toContain('Use ropes');
    expect((await editor.why(CODE, 1)).notices?.join(' ')).toMatch(/git fetch --unshallow/);
    git(clone, ['fetch', '--quiet', '--unshallow']);
    await editor.index();
    expect(await blamedAt(editor, 1)).toContain('Start the project');
  });
});

describe('a record that is deleted between two requests', () => {
  it('is shown until the index knows, leads nowhere but does no harm, and is then gone', async () => {
    const root = made();
    const others = ['Use hooks', 'Use cranes', 'Use gloves'];
    commitFiles(
      root,
      'Add others',
      Object.fromEntries(others.map((title, at) => [`docs/adr/000${at + 2}-rule.md`, record(at + 2, title)])),
    );
    const editor = await openEditor(root);
    editor.open(CODE, SECOND);
    expect(await editor.hover(CODE, 'lift')).toContain('Use ropes');
    rmSync(join(root, GOOD_PATH));
    await editor.why(CODE, 1);
    await editor.hover(CODE, 'lift');
    await editor.changed([GOOD_PATH], 3);
    expect(await editor.hover(CODE, 'lift')).toBe('');
    expect((await editor.why(CODE, 1)).governing).toEqual([]);
    const problems = await editor.problems(CODE);
    expect(problems.map(({ code }) => code)).toEqual(['cites-nothing']);
    writeFiles(root, GOOD);
    await editor.changed([GOOD_PATH]);
    expect(await editor.hover(CODE, 'lift')).toContain('Use ropes');
    expect(await editor.problems(CODE)).toEqual([]);
  });
});
