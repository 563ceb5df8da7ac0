import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sectionBuilder } from '../../../server/knowledge/specs/source.ts';
import {
  entriesOf,
  get,
  itemsOf,
  labelled,
  languageOf,
  nestsTooDeep,
  parseTree,
  referencedNames,
  referenceName,
  type Tree,
  textAt,
  textOf,
} from '../../../server/knowledge/specs/tree.ts';

const parse = (text: string, language: 'yaml' | 'json' = 'yaml') => {
  const builder = sectionBuilder({ path: `x.${language}`, text, sha: '' });
  const tree = parseTree(text, language, builder);
  return { tree, rules: builder.document('x', undefined).findings.map(({ rule }) => rule) };
};

const plain = (tree: Tree | undefined): unknown => {
  if (tree === undefined) return undefined;
  if (tree.kind === 'scalar') return tree.value;
  return tree.kind === 'list' ? tree.items.map(plain) : Object.fromEntries(tree.entries.map(({ key, value }) => [key, plain(value)]));
};

describe('YAML as a tree', () => {
  it.each<[string, string, unknown]>([
    ['has scalars of their types', 'a: 1\nb: true\nc: null\nd: x\ne:\n', { a: 1, b: true, c: null, d: 'x', e: null }],
    ['has lists and maps', 'a:\n  - 1\n  - b: 2\n', { a: [1, { b: 2 }] }],
    ['has flow style', 'a: {b: [1, 2]}', { a: { b: [1, 2] } }],
    ['has keys as text', '200: ok\ntrue: yes\n', { 200: 'ok', true: 'yes' }],
    ['has block scalars', 'a: |\n  x\n  y\n', { a: 'x\ny\n' }],
    ['follows aliases', 'a: &n {b: 1}\nc: *n\n', { a: { b: 1 }, c: { b: 1 } }],
    ['reads an alias of a node around it as null', 'a: &n\n  b: *n\n', { a: { b: null } }],
    ['is the first of several documents', 'a: 1\n---\nb: 2\n', { a: 1 }],
    ['is nothing where the file is empty', '', undefined],
    ['is nothing where there are only comments', '# only\n', undefined],
  ])('%s', (_name, text, expected) => expect(plain(parse(text).tree)).toEqual(expected));

  it('keeps both of two equal keys, and the first is the one that is found', () => {
    const { tree, rules } = parse('a: 1\na: 2\n');
    expect(entriesOf(tree).map(({ key }) => key)).toEqual(['a', 'a']);
    expect(textAt(tree, 'a')).toBe('1');
    expect(rules).toEqual([]);
  });

  it('treats __proto__ as a key like any other', () => expect(textAt(parse('__proto__: x\n').tree, '__proto__')).toBe('x'));

  it('has the range of every key and value', () => {
    const text = 'info:\n  title: "Shop"\n  tags: [a, b]\n';
    const info = get(parse(text).tree, 'info');
    const slice = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
    expect(entriesOf(info).map(({ keyRange, value }) => [slice(keyRange), slice(value)])).toEqual([
      ['title', '"Shop"'],
      ['tags', '[a, b]'],
    ]);
    expect(itemsOf(get(info, 'tags')).map(slice)).toEqual(['a', 'b']);
  });

  it('reports a fault and still has what is around it', () => {
    const { tree, rules } = parse('a: 1\nb: [1, 2\nc: 3\n');
    expect(rules.length).toBeGreaterThan(0);
    expect(new Set(rules)).toEqual(new Set(['broken-yaml']));
    expect(textAt(tree, 'a')).toBe('1');
  });

  it('gives every node a range within the text, for any text', () => {
    const pieces = fc.array(
      fc.constantFrom('a', ': ', '- ', '\n', '  ', '{', '}', '[', ']', ',', '&x ', '*x', '"', '#', '? ', '|', '!!set '),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        let steps = 2_000;
        const check = (node: Tree): void => {
          if (--steps < 0) return;
          expect(node.start).toBeGreaterThanOrEqual(0);
          expect(node.end).toBeGreaterThanOrEqual(node.start);
          expect(node.end).toBeLessThanOrEqual(text.length);
          for (const item of itemsOf(node)) check(item);
          for (const entry of entriesOf(node)) check(entry.value);
        };
        const { tree } = parse(text);
        if (tree !== undefined) check(tree);
      }),
    );
  });
});

describe('JSON as a tree', () => {
  it('is read with comments, which are reported', () => {
    const { tree, rules } = parse('{"a": 1 // one\n}', 'json');
    expect(rules.every((rule) => rule === 'broken-json')).toBe(true);
    expect(entriesOf(tree).map(({ key }) => key)).toEqual(['a']);
  });

  it('is the same tree as YAML', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 3 }).filter((value) => typeof value === 'object' && value !== null),
        (value) => {
          const text = JSON.stringify(value);
          expect(parse(text, 'json').rules).toEqual([]);
          expect(plain(parse(text, 'yaml').tree)).toEqual(plain(parse(text, 'json').tree));
        },
      ),
    );
  });
});

describe('nesting is too deep', () => {
  it.each<[string, string, boolean]>([
    ['from 201 brackets', '['.repeat(201), true],
    ['not at 200', '['.repeat(200), false],
    ['not where brackets are closed', '[]'.repeat(10_000), false],
    ['from 101 indicators in a row', `${'- '.repeat(101)}a`, true],
    ['not at a hundred', `${'- '.repeat(100)}a`, false],
    ['from an indentation of more than 400', `${' '.repeat(401)}a: 1`, true],
    ['not in the indentation of a comment', `${' '.repeat(401)}# a`, false],
    ['not in a line of text with many spaces', `a${' '.repeat(401)}b`, false],
  ])('%s', (_name, text, expected) => expect(nestsTooDeep(text)).toBe(expected));

  it('so such a file has no tree and one finding', () => {
    expect(parse('['.repeat(5_000))).toEqual({ tree: undefined, rules: ['too-deep'] });
  });
});

describe('small readings of a tree', () => {
  it.each([
    ['#/components/schemas/Order', 'Order'],
    ['other.yaml#/Order', 'Order'],
    ['schemas/order.json', 'order'],
    ['order.yaml', 'order'],
    ['#/paths/~1orders~1{id}', '/orders/{id}'],
    ['#/a/b~0c', 'b~c'],
    ['Order', 'Order'],
    ['a/', 'a/'],
  ])('the name of the reference %s is %s', (reference, name) => expect(referenceName(reference)).toBe(name));

  it('the text of a scalar is trimmed, and that of anything else is absent', () => {
    const { tree } = parse('a: "  x "\nb: ""\nc: null\nd: [1]\ne: 0\n');
    expect(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => textAt(tree, key))).toEqual(['x', undefined, undefined, undefined, '0', undefined]);
    expect(textOf(undefined)).toBeUndefined();
  });

  it('the names that a node refers to are distinct, in order, and not those of examples', () => {
    const { tree } = parse('a: {$ref: "#/B"}\nb: [{$ref: "#/A"}, {$ref: "#/B"}]\nexample: {$ref: "#/C"}\n');
    expect(referencedNames(tree)).toEqual(['B', 'A']);
  });

  it('a label has only the values that are there', () => {
    expect(labelled('tags', ['a', undefined, '', 'b'])).toBe('tags: a, b');
    expect(labelled('tags', [undefined])).toBeUndefined();
  });

  it.each([
    ['a.json', 'x', 'json'],
    ['a.JSONC', 'x', 'json'],
    ['a.yml', '{', 'yaml'],
    ['a.avsc', ' {"a": 1}', 'json'],
    ['a.avsc', 'a: 1', 'yaml'],
  ])('%s with %j is %s', (path, text, language) => expect(languageOf(path, text)).toBe(language));
});
