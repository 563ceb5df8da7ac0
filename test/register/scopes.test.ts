import { describe, expect, it, test } from 'vitest';
import { scopedEvidence } from '../../server/decisions/governing/scoped.ts';
import { scopeOf } from '../../server/register/scopes.ts';
import { moduleFile, packageFolders } from '../../server/workspace/packages.ts';
import { treeOf } from '../../server/workspace/tree.ts';
import { indexedRecord, recordHead } from '../support/register.ts';

const FILES = [
  'docs/adr/0001-x.md',
  'packages/orders/package.json',
  'packages/orders/src/relay.ts',
  'packages/orders/src/deep/port.ts',
  'packages/billing/src/relay.ts',
  'internal/outbox/outbox.go',
  'app/services/outbox.py',
  'app/services/__init__.py',
  'src/main/java/com/shop/orders/OutboxRelay.java',
  'src/main/java/com/shop/orders/Order.java',
  'README.md',
];
const tree = treeOf(FILES);

const scope = (text: string, front = '') =>
  scopeOf(indexedRecord('docs/adr/0001-x.md', `${front}# 1. Decide\n\n## Decision\n\n${text}\n`), tree);
const evidence = (text: string, path: string, front = '') => {
  const found = scopedEvidence(scope(text, front), path, tree);
  return found && `${found.form} ${found.explanation}`;
};

describe('what a record says that it is about', () => {
  test.each([
    ['We change `packages/orders/src/relay.ts`.', 'packages/orders/src/relay.ts', 'file names `packages/orders/src/relay.ts`'],
    ['We change orders/src/relay.ts.', 'packages/orders/src/relay.ts', 'file names `orders/src/relay.ts`'],
    ['The `packages/orders` folder.', 'packages/orders/src/deep/port.ts', 'folder names the folder `packages/orders`'],
    ['The package `@shop/orders` sends.', 'packages/orders/src/relay.ts', 'package names the package `@shop/orders`'],
    [
      'Use `example.org/shop/internal/outbox`.',
      'internal/outbox/outbox.go',
      'package names the package `example.org/shop/internal/outbox`',
    ],
    ['The module `app.services.outbox`.', 'app/services/outbox.py', 'file names `app.services.outbox`'],
    ['The package `com.shop.orders`.', 'src/main/java/com/shop/orders/Order.java', 'package names the package `com.shop.orders`'],
    [
      'The class `com.shop.orders.OutboxRelay`.',
      'src/main/java/com/shop/orders/OutboxRelay.java',
      'file names `com.shop.orders.OutboxRelay`',
    ],
  ])('is found in %j', (text, path, expected) => {
    expect(evidence(text, path)).toBe(expected);
  });

  test.each([
    ['The package `@shop/billing` has no manifest.', 'packages/billing/src/relay.ts'],
    ['The value `config.orders` is no module.', 'packages/orders/src/relay.ts'],
    ['See docs/adr/0001-x.md.', 'docs/adr/0001-x.md'],
    ['The module app.services.outbox without a code span.', 'app/services/outbox.py'],
    ['We speak of src and of relay.', 'packages/orders/src/relay.ts'],
  ])('is not found in %j', (text, path) => {
    expect(evidence(text, path)).toBeUndefined();
  });

  test.each(['applies-to', 'appliesTo', 'paths', 'scope', 'files', 'components', 'affects', 'globs', 'modules', 'packages'])(
    'may stand in the front matter under %s',
    (key) => {
      expect(evidence('Nothing.', 'packages/orders/src/relay.ts', `---\n${key}:\n  - packages/orders/**\n---\n`)).toBe(
        'pattern its front matter applies it to `packages/orders/**`',
      );
      expect(evidence('Nothing.', 'packages/billing/src/relay.ts', `---\n${key}: packages/orders\n---\n`)).toBeUndefined();
    },
  );

  it('never governs by its folder or package alone, and says less the more files there are', () => {
    const named = scopedEvidence(scope('`packages/orders`'), 'packages/orders/src/relay.ts', tree);
    expect(named?.weight).toBeGreaterThan(0);
    expect(named?.weight).toBeLessThanOrEqual(0.4);
    const wide = scopedEvidence(scope('`com/shop` and src/main'), 'src/main/java/com/shop/orders/Order.java', tree);
    expect(wide?.weight).toBeLessThanOrEqual(0.4);
  });

  it('costs little where a record names every path', () => {
    const files = Array.from({ length: 20_000 }, (_, n) => `src/module${n % 200}/file${n}.ts`);
    const everything = scopeOf(
      indexedRecord('docs/adr/0002-all.md', `# All\n\n${files.map((file) => `- \`${file}\``).join('\n')}\n`),
      treeOf(files),
    );
    expect(everything.files.size).toBeLessThanOrEqual(2_000);
  });
});

describe('the weight of a named folder', () => {
  it('falls with the size of the folder', () => {
    const path = 'packages/orders/src/relay.ts';
    const deep = scopedEvidence(scope('packages/orders/src'), path, tree)?.weight ?? 0;
    const wide = scopedEvidence(scope('`packages/orders`'), path, tree)?.weight ?? 0;
    expect(deep).toBeGreaterThan(wide);
    expect(wide).toBeGreaterThan(0);
  });
});

describe('the folder of a package', () => {
  test.each([
    ['@shop/orders', ['packages/orders']],
    ['@shop/nothing', []],
    ['@/orders', []],
    ['example.org/shop/internal/outbox', ['internal/outbox']],
    ['example.org/other/thing', []],
    ['com.shop.orders', ['src/main/java/com/shop/orders']],
    ['packages/orders', []],
    ['', []],
    ['.', []],
    ['orders', []],
  ])('%j is %j', (name, folders) => {
    expect(packageFolders(name, tree)).toEqual(folders);
  });

  it('and the file of a module, where there is just one', () => {
    expect(moduleFile('app.services.outbox', tree)).toBe('app/services/outbox.py');
    expect(moduleFile('shop.orders.OutboxRelay', tree)).toBe('src/main/java/com/shop/orders/OutboxRelay.java');
    expect(moduleFile('nothing.there', tree)).toBeUndefined();
  });
});

describe('a pattern of wildcards alone', () => {
  const scoped = (...targets: readonly string[]) => {
    const links = targets.map((target) => ({
      kind: 'applies-to' as const,
      target,
      span: { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } },
    }));
    const head = recordHead('docs/adr/0001-x.md', 'X', { links });
    const document = { ...indexedRecord('docs/adr/0001-x.md', '# X\n'), head };
    return scopedEvidence(scopeOf(document, tree), 'src/main/java/com/shop/orders/OutboxRelay.java', tree);
  };

  it.each(['**', '*', '**/*', '/**', '**/*.*', './**/', '{*,**}'])(
    'such as %j is no reason to govern, although it holds everywhere',
    (pattern) => {
      const evidence = scoped(pattern);
      expect(evidence?.form ?? 'folder').toBe('folder');
      expect(evidence?.weight ?? 0).toBeLessThan(0.2);
    },
  );

  it('gives way to a pattern that names something, wherever that stands', () => {
    expect(scoped('**', 'src/**')).toMatchObject({ form: 'pattern', names: 'src/**' });
    expect(scoped('**/*.java', '**')).toMatchObject({ form: 'pattern', names: '**/*.java' });
    expect(scoped('**')).toMatchObject({ explanation: 'its front matter applies it to everything (`**`)' });
    expect(scoped('lib/**')).toBeUndefined();
  });
});
