import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git, writeFiles } from '../support/git.ts';
import { testRepository } from '../support/repository.ts';
import { openEditor } from './editor.ts';
import { GOOD, GOOD_PATH, record, until } from './support.ts';

const CITING = 'src/hoist.ts';
const FILES = 10_000;
const NEW = 'docs/adr/0002-use-winches.md';

describe('a server whose work tree changes under it', () => {
  it('answers right while 10,000 files are checked out, and knows them afterwards', { timeout: 600_000 }, async () => {
    const { root } = testRepository({ ...GOOD, [CITING]: '// ADR-0001\nexport const hoist = 1;\n' });
    git(root, ['checkout', '--quiet', '-b', 'large']);
    const many = Array.from({ length: FILES }, (_, at) => [`lib/d${at % 100}/f${at}.ts`, at % 1_000 === 0 ? '// ADR-0002\n' : '']);
    writeFiles(root, { ...Object.fromEntries(many), [NEW]: record(2, 'Use winches') });
    git(root, ['add', '--all']);
    git(root, ['commit', '--quiet', '--message', 'Many files']);
    git(root, ['checkout', '--quiet', '-']);
    expect(existsSync(join(root, NEW))).toBe(false);
    const editor = await openEditor(root);
    editor.open(CITING);
    git(root, ['checkout', '--quiet', 'large']);
    const told = editor.changed(['.git/HEAD', NEW, ...many.slice(0, 2_000).map(([path = '']) => path)]);
    let isDone = false;
    void told.finally(() => {
      isDone = true;
    });
    let asked = 0;
    do {
      expect(await editor.hover(CITING, 'ADR-0001')).toContain('Use ropes');
      expect((await editor.why(CITING, 1)).governing.map(({ id }) => id)).toContain(GOOD_PATH);
      asked += 1;
    } while (!isDone);
    await told;
    expect(asked).toBeGreaterThan(0);
    editor.open('lib/d0/f0.ts');
    expect(await editor.hover('lib/d0/f0.ts', 'ADR-0002')).toContain('Use winches');
    git(root, ['checkout', '--quiet', '-']);
    await editor.changed(['.git/HEAD']);
    expect((await editor.why(CITING, 1)).governing.map(({ id }) => id)).toEqual([GOOD_PATH]);
  });

  it('says that its folder is gone, lives on, and answers once the folder is back', { timeout: 300_000 }, async () => {
    const files = { ...GOOD, [CITING]: '// ADR-0001\nexport const hoist = 1;\n' };
    const { root } = testRepository(files);
    const editor = await openEditor(root);
    editor.open(CITING);
    expect(await editor.hover(CITING, 'ADR-0001')).toContain('Use ropes');
    rmSync(root, { recursive: true });
    await editor.changed([GOOD_PATH, CITING], 3).catch(() => undefined);
    // What is open is still answered about, or there is an error; the server does not end.
    await editor.why(CITING, 1).catch(() => undefined);
    const told = await editor.index().then(
      () => '',
      (error: unknown) => String(error),
    );
    const { statuses, logs } = editor.client;
    expect(JSON.stringify([told, logs])).toMatch(/no longer exists|is not a folder/);
    // Not "ready".
    await until(() => {
      const [shown] = statuses.at(-1)?.repositories ?? [];
      return shown?.state === 'failed' && /no longer exists/.test(shown.notices.join());
    });
    expect(editor.client.child.exitCode).toBeNull();
    writeFiles(root, files);
    await until(async () => {
      await editor.changed([GOOD_PATH, CITING]).catch(() => undefined);
      return (await editor.why(CITING, 1)).governing.some(({ id }) => id === GOOD_PATH);
    });
  });
});
