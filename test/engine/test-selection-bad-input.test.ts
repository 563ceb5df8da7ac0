import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openEngine } from '../../server/engine/engine.ts';
import type { DiffRequest, TestSelection } from '../../server/model/selection.ts';
import { testFolder } from '../support/folder.ts';
import { git } from '../support/git.ts';
import { type MadeRepository, makeRepository } from '../support/repository.ts';

const SUBJECTS = ['address', 'basket', 'checkout', 'invoice', 'newsletter', 'returns', 'search', 'voucher'];
const FILES = {
  'e2e/playwright.config.ts': "export default { testDir: './tests' };\n",
  ...Object.fromEntries(
    SUBJECTS.flatMap((subject) => [
      [
        `e2e/tests/${subject}.spec.ts`,
        `import { test } from '@playwright/test';\ntest('${subject} works', async ({ page }) => {\n  await page.getByText('Your ${subject} is here').click();\n});\n`,
      ],
      [`web/${subject}.tsx`, `export const ${subject} = () => <p>Your ${subject} is here</p>;\n`],
    ]),
  ),
  'bin/run.sh': 'echo shop\n',
  'web/the "old" größe.tsx': 'export const old = () => <p>Your voucher is old</p>;\n',
  'web/logo.png': '\0PNG\x01\x02',
};

let made: MadeRepository;
beforeEach(() => {
  made = makeRepository(FILES);
  return made.remove;
});
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(made.root, path)), { recursive: true });
  writeFileSync(join(made.root, path), text);
};
const select = async (diff: DiffRequest = { of: 'work-tree' }, folder = made.root): Promise<TestSelection> => {
  const engine = await openEngine({ folder, indexFolder: join(testFolder(), 'index') });
  onTestFinished(() => engine.dispose());
  return engine.selectTests({ diff });
};
const chosen = ({ selected }: TestSelection): readonly string[] => selected.map(({ item }) => item.path);
const roles = ({ paths }: TestSelection): readonly string[] => paths.map(({ role, path }) => `${role} ${path}`);

const SURE = { verdict: 'run-selected' };

describe('end-to-end tests are selected', () => {
  it('for files with spaces, quotes and letters of other languages in their names, from the work tree and from a patch', async () => {
    const path = 'web/the "old" größe.tsx';
    write(path, 'export const old = () => <p>Your voucher is new</p>;\n');
    const patch = git(made.root, ['diff']);
    for (const found of [await select(), await select({ of: 'patch', text: patch })]) {
      expect(roles(found)).toEqual([`mapped ${path}`]);
      expect(chosen(found)[0]).toBe('e2e/tests/voucher.spec.ts');
    }
  });

  it('for a file that only got another name, by both names', async () => {
    renameSync(join(made.root, 'web/basket.tsx'), join(made.root, 'web/cart.tsx'));
    git(made.root, ['add', '-A']);
    const found = await select({ of: 'staged' });
    expect(roles(found)).toEqual(['mapped web/cart.tsx']);
    expect(chosen(found)[0]).toBe('e2e/tests/basket.spec.ts');
  });

  it('for nothing where only permissions changed, or a picture that no test compares', async () => {
    chmodSync(join(made.root, 'bin/run.sh'), 0o755);
    write('web/logo.png', '\0PNG\x03');
    const text = git(made.root, ['diff', '--binary']);
    for (const found of [await select(), await select({ of: 'patch', text })]) {
      expect(found).toMatchObject({ ...SURE, selected: [] });
      expect(roles(found)).toEqual(['inert bin/run.sh', 'inert web/logo.png']);
    }
  });

  it('at a detached head, and in a shallow clone, which has no commit to learn from', async () => {
    write('web/basket.tsx', 'export const basket = () => <p>Your bag is here</p>;\n');
    git(made.root, ['commit', '-qam', 'Two']);
    git(made.root, ['checkout', '-q', '--detach']);
    expect(chosen(await select({ of: 'range', from: 'HEAD~1', to: 'HEAD' }))[0]).toBe('e2e/tests/basket.spec.ts');
    const shallow = join(testFolder(), 'shallow');
    git(made.root, ['clone', '-q', '--depth', '1', `file://${made.root}`, shallow]);
    await expect(select({ of: 'branch', base: 'HEAD~1' }, shallow)).rejects.toMatchObject({ code: 'unknown-commit' });
    writeFileSync(join(shallow, 'web/basket.tsx'), 'export const basket = () => <p>Your trolley is here</p>;\n');
    const found = await select({ of: 'work-tree' }, shallow);
    expect(chosen(found)[0]).toBe('e2e/tests/basket.spec.ts');
    expect(found.notices.join()).toContain('more tests are selected to be safe');
  });

  it('where neither the configuration of the runner nor lintel.yaml can be read', async () => {
    write('e2e/playwright.config.ts', 'export default { testDir: \n');
    write('lintel.yaml', 'tests: [\n');
    git(made.root, ['add', '-A']);
    git(made.root, ['commit', '-qm', 'Break']);
    write('web/basket.tsx', 'export const basket = () => <p>Your bag is here</p>;\n');
    const found = await select();
    expect(found.suite).toBe(SUBJECTS.length);
    expect(chosen(found)[0]).toBe('e2e/tests/basket.spec.ts');
  });
});

describe('all end-to-end tests run', () => {
  it('for a file with the marks of a merge that is not finished', async () => {
    const text = '<<<<<<< HEAD\nexport const a = 1;\n=======\nexport const a = 2;\n>>>>>>> other\n';
    write('web/basket.tsx', text);
    const found = await select();
    expect(found.verdict).toBe('run-all');
    expect(found.cause).toContain('It holds the marks of a merge');
  });

  it.each([
    ['words', 'hello\n'],
    ['bytes', '\0PNG\x01\x02'],
    ['JSON', '{"files": []}'],
  ])('for a patch that is none, such as %s: that is not the same as an empty one', async (_, text) => {
    const found = await select({ of: 'patch', text });
    expect(found.verdict).toBe('run-all');
    expect(found.cause).toBe('The difference cannot be read as a whole: the text is no patch as "git diff" writes it.');
    expect(found.selected).toHaveLength(SUBJECTS.length);
    expect(await select({ of: 'patch', text: '\n' })).toMatchObject({ ...SURE, selected: [] });
  });
});
