import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOwners } from '../../server/workspace/owners.ts';
import { moduleFile, packageFolders } from '../../server/workspace/packages.ts';
import { insideOf, touchesConfiguration } from '../../server/workspace/paths.ts';
import { treeOf } from '../../server/workspace/tree.ts';
import { filesInMemory } from '../support/workspace.ts';

const FILES = [
  'README.md',
  'services/orders/package.json',
  'services/orders/src/outbox.ts',
  'services/orders/internal/outbox/outbox.go',
  'services/billing/src/outbox.ts',
  'python/shop/orders/outbox.py',
  'python/shop/orders/__init__.py',
];
const tree = treeOf(FILES);

describe('the tree of a repository', () => {
  it('counts the files below a folder, at every depth', () => {
    expect(
      ['services', 'services/orders', 'services/orders/src', 'python', 'serv', 'README.md'].map((folder) => tree.filesBelow(folder)),
    ).toEqual([4, 3, 1, 2, 0, 0]);
  });

  it('finds files by the end of their path, at whole segments', () => {
    expect(tree.filesNamed('orders/src/outbox.ts', 3)).toEqual(['services/orders/src/outbox.ts']);
    expect(tree.filesNamed('src/outbox.ts', 3)).toEqual(['services/orders/src/outbox.ts', 'services/billing/src/outbox.ts']);
    expect(tree.filesNamed('box.ts', 3)).toEqual([]);
  });

  it('finds nothing by a name that too many files have, unless it is the whole path of one', () => {
    expect(tree.filesNamed('outbox.ts', 1)).toEqual([]);
    expect(treeOf(['a.ts', 'x/a.ts', 'y/a.ts']).filesNamed('a.ts', 2)).toEqual(['a.ts']);
  });

  it('has every file and finds it by every end of its path, whatever the names', () => {
    const name = fc.stringMatching(/^[a-z._-]{1,6}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
          { maxLength: 20 },
        ),
        (paths) => {
          const made = treeOf(paths);
          expect(made.size).toBe(paths.length);
          for (const path of paths) {
            expect(made.has(path)).toBe(true);
            const parts = path.split('/');
            for (let skipped = 0; skipped < parts.length; skipped++)
              expect(made.filesNamed(parts.slice(skipped).join('/'), paths.length)).toContain(path);
          }
        },
      ),
    );
  });
});

describe('the name of a package or module', () => {
  it.each<[string, readonly string[]]>([
    ['@shop/orders', ['services/orders']],
    ['@shop/billing', []],
    ['example.org/services/orders/internal/outbox', ['services/orders/internal/outbox']],
    ['shop.orders', ['python/shop/orders']],
    ['com.example.shop.orders', ['python/shop/orders']],
    ['orders', []],
    ['services/orders', []],
    ['', []],
  ])('%s means the folders %j', (name, folders) => {
    expect(packageFolders(name, tree)).toEqual(folders);
  });

  it('means a file where the last segment is one', () => {
    expect(moduleFile('shop.orders.outbox', tree)).toBe('python/shop/orders/outbox.py');
    expect(moduleFile('shop.orders.none', tree)).toBeUndefined();
  });
});

describe('a path as somebody writes it', () => {
  it.each<[string, string | undefined]>([
    ['src/a.ts', 'src/a.ts'],
    ['./src/a.ts', 'src/a.ts'],
    ['src\\a.ts', 'src/a.ts'],
    ['/shop/src/a.ts', 'src/a.ts'],
    ['/shop', undefined],
    ['', undefined],
    ['..', undefined],
    ['../other/a.ts', undefined],
    ['/shopping/a.ts', undefined],
    ['..a/b.ts', '..a/b.ts'],
  ])('%j is inside of the repository as %j', (written, inner) => {
    expect(insideOf('/shop', written)).toBe(inner);
  });

  it.each<[string, boolean]>([
    ['lintel.yaml', true],
    ['lintel.yml', true],
    ['services/a/.gitignore', true],
    ['docs\\.adr-dir', true],
    ['.log4brains.yml', true],
    ['lintel.yaml.bak', false],
    ['docs/mylintel.yaml', false],
    ['src/a.ts', false],
  ])('%s decides which files are documents: %s', (path, expected) => {
    expect(touchesConfiguration(['src/b.ts', path])).toBe(expected);
  });
});

describe('the owners of a path', () => {
  const ownersOf = async (files: Readonly<Record<string, string>>, path: string) =>
    (await readOwners(filesInMemory(files), treeOf(Object.keys(files))))?.(path);

  it('are those of the first CODEOWNERS in the order in which forges look', async () => {
    const files = { CODEOWNERS: '* @root', '.github/CODEOWNERS': '* @forge', 'docs/CODEOWNERS': '* @docs' };
    expect(await ownersOf(files, 'src/a.ts')).toEqual(['@forge']);
    expect(await ownersOf({ CODEOWNERS: '* @root', 'docs/CODEOWNERS': '* @docs' }, 'src/a.ts')).toEqual(['@root']);
  });

  it('are those of the last rule that names the path', async () => {
    expect(await ownersOf({ CODEOWNERS: '* @all\n/src/ @code @more\n' }, 'src/a.ts')).toEqual(['@code', '@more']);
  });

  it('are unknown where there is no CODEOWNERS, or the listed file cannot be read', async () => {
    expect(await ownersOf({ 'a.ts': '' }, 'a.ts')).toBeUndefined();
    expect(await readOwners(filesInMemory({}), treeOf(['CODEOWNERS']))).toBeUndefined();
  });
});
