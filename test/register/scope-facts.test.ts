import { describe, expect, it } from 'vitest';
import { scopeOf } from '../../server/register/scopes.ts';
import { treeOf } from '../../server/workspace/tree.ts';
import { indexedRecord } from '../support/register.ts';
import { wordsBetween } from '../support/text.ts';

const FILES = [
  'src/orders/relay.ts',
  'src/orders/port.ts',
  'src/mail/relay.ts',
  'lib/one.py',
  'lib/a/x.ts',
  'lib/b/x.ts',
  'lib/c/x.ts',
  'lib/d/x.ts',
  'lib/e/x.ts',
];
const tree = treeOf(FILES);
const textWith = (prose: string, front = ''): string => `${front}# Decide\n\n## Decision\n\n${prose}\n`;
const scopeIn = (prose: string, front = '') => scopeOf(indexedRecord('docs/adr/0001-x.md', textWith(prose, front)), tree);

describe('the scope of a record', () => {
  it.each([
    ['`one.py`', ['lib/one.py'], []],
    ['src/orders/relay.ts', ['src/orders/relay.ts'], []],
    ['`relay.ts`', ['src/orders/relay.ts', 'src/mail/relay.ts'], []],
    ['src/orders/', [], ['src/orders']],
    ['./src/orders', [], ['src/orders']],
    ['`x.ts` is in five places', [], []],
    ['src alone', [], []],
    ['docs/adr/0001-x.md', [], []],
  ])('of a record with %j is the files %j and the folders %j', (prose, files, folders) => {
    const scope = scopeIn(prose);
    expect([[...scope.files.keys()], [...scope.folders.keys()]]).toEqual([files, folders]);
  });

  it('says where each of them is written, the first place counts', () => {
    const prose = 'First `src/orders/relay.ts`.\nAgain src/orders/relay.ts and src/mail/ too.';
    const scope = scopeIn(prose);
    const text = textWith(prose);
    const file = scope.files.get('src/orders/relay.ts');
    const folder = scope.folders.get('src/mail');
    expect(file && [file.names, file.span.start.line]).toEqual(['src/orders/relay.ts', 4]);
    expect(folder && wordsBetween(text, folder.span)).toBe('src/mail/');
  });

  it('has the patterns of the front matter, each with a matcher', () => {
    const { patterns } = scopeIn('Nothing.', '---\napplies-to:\n  - src/orders/**\n  - ./lib/*.py\n---\n');
    expect(patterns.map(({ pattern }) => pattern)).toEqual(['src/orders/**', './lib/*.py']);
    expect(patterns.map(({ matcher }) => FILES.filter((path) => matcher.match(path) !== undefined))).toEqual([
      ['src/orders/relay.ts', 'src/orders/port.ts'],
      ['lib/one.py'],
    ]);
  });

  it('of a record without text and front matter is empty', () => {
    const scope = scopeIn('');
    expect([scope.patterns.length, scope.files.size, scope.folders.size]).toEqual([0, 0, 0]);
  });
});
