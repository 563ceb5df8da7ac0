import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { documentsOf } from '../../server/identifiers/schemas/config/tree.ts';
import type { Tree } from '../../server/knowledge/specs/tree.ts';

/** What a tree holds, as plain values. */
function held(tree: Tree): unknown {
  if (tree.kind === 'list') return tree.items.map(held);
  if (tree.kind === 'map') return Object.fromEntries(tree.entries.map(({ key, value }) => [key, held(value)]));
  return typeof tree.value === 'string' ? tree.value.replace(/\s+/g, ' ').trim() : tree.value;
}
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, each: unknown) => (typeof each === 'string' ? each.replace(/\s+/g, ' ').trim() : each));

const SAMPLES: readonly string[] = [
  'a: 1\nb: two\nc:\n  d: true\n  e: ~\n',
  'a:\n- b: 1\n  c: 2\n- d\ne:\n  - - f\n    - g\n  - h: i\n',
  'a: "x: # y"\nb: \'it\'\'s\'\n"c d": e # comment\nf: http://localhost:80/x#y\n',
  'a: |\n  b: c\n\n  - d\ne: >-\n  folded\n  text\nf: g\n',
  'a: [b, "c", {d: e, f: [g]}]\nh: {i: j, k: [1, 2]}\nl: [\n  m,\n  n:8080\n]\no: p\n',
  'a: some words\n  that go on\n  below\nb: c\n',
  'a:\n  words on\n  their own\nb: c\n',
  '---\na: 1\n---\nb: 2\n...\n',
  '# comment\n\na: # comment\n  b: c\n  # comment\n\n  d: e\n',
  'a: !Sub x\nb: &anchor\n  c: d\n',
  'a: 1\r\nb:\r\n  - c: d\r\n    e: f\r\n',
  '- a: 1\n\n  b: 2\n-\n  c: 3\n',
  'a: "b \\\n  c\\\n  d"\n',
  'a: [!GetAtt b.Arn, !Ref c]\n',
  '{"a": [1, true, null, "x\\u0041\\n"], "b": {}}\n',
];

describe('YAML is read as the yaml package reads it', () => {
  it.each(SAMPLES)('%j', (text) => {
    const expected = parseAllDocuments(text, { logLevel: 'silent' });
    expect(documentsOf(text, false).map(held)).toEqual((Array.isArray(expected) ? expected : []).map((document) => plain(document.toJS())));
  });
});

describe('YAML that the yaml package writes', () => {
  const word = fc.oneof(
    fc.stringMatching(/^[A-Za-z][\w ./@-]{0,20}$/),
    fc.constantFrom(
      '',
      ' a',
      'a ',
      'a: b',
      'a #b',
      '# a',
      '- a',
      '"a"',
      "it's",
      '{a}',
      '[a',
      '*a',
      '&a',
      '!a',
      'null',
      'true',
      '~',
      '12',
      '1.5',
      'a:',
      '?',
      '|',
      '>',
      '%a',
      '@a',
      'é 漢',
      'http://a/b#c',
    ),
  );
  const scalar = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null));
  const key = fc.oneof(fc.stringMatching(/^[A-Za-z_][\w.-]{0,12}$/), fc.constantFrom('a b', 'a/b', '12', '$ref', 'x-y', 'on', "it's"));
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      scalar,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    ),
  }));
  const document = fc.oneof(fc.array(value, { minLength: 1, maxLength: 4 }), fc.dictionary(key, value, { minKeys: 1, maxKeys: 5 }));
  const how = fc.record({
    indent: fc.constantFrom(2, 4),
    indentSeq: fc.boolean(),
    collectionStyle: fc.constantFrom('any' as const, 'flow' as const),
    defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const),
    lineWidth: fc.constantFrom(0, 80),
  });

  it('is read as what was written, in each of its styles', () => {
    fc.assert(
      fc.property(document, how, (written, options) => {
        const text = stringify(written, options);
        expect([text, documentsOf(text, false).map(held)]).toEqual([text, [plain(written)]]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('JSON is read', () => {
  it('as JSON.parse reads it, whatever is in it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value, undefined, 1);
        const [tree] = documentsOf(text, true);
        expect(tree && held(tree)).toEqual(plain(JSON.parse(text)));
      }),
    );
  });

  it.each([
    ['with comments and commas too many', '{ // a\n "a": 1, /* b */ "b": [2,],\n}', { a: 1, b: [2] }],
    ['with a key that has no value yet', '{"a": , "b": 2}', { a: null, b: 2 }],
    ['with a string that is not closed', '{"a": "x\n, "b": 2}', { a: 'x', b: 2 }],
    ['with brackets that are not closed', '{"a": {"b": [1, {"c": 2', { a: { b: [1, { c: 2 }] } }],
  ])('%s', (_, text, value) => {
    const [tree] = documentsOf(text, true);
    expect(tree && held(tree)).toEqual(value);
  });
});

describe('YAML that somebody is typing', () => {
  it.each([
    ['has a quotation mark that is not closed', 'a: "x\nb: y\nc: "z"\n', { a: 'x', b: 'y', c: 'z' }],
    ['has a key without a colon', 'a: 1\nb\nc: 2\n', { a: '1 b', c: 2 }],
    ['has a template', 'a: {{ .Values.a }}\n{{- if .x }}\nb: c\n{{- end }}\n', { a: '{{ .Values.a }}', b: 'c {{- end }}' }],
  ])('%s', (name, text, value) => {
    const [tree] = documentsOf(text, false);
    const found = (tree && held(tree)) as Record<string, unknown>;
    // What is wrong may be read in any way; what follows it may not be lost.
    for (const key of Object.keys(value).slice(1)) expect(Object.keys(found), name).toContain(key);
  });
});

describe('any text', () => {
  const piece = fc.constantFrom(
    '- ',
    'a: ',
    '\n',
    '  ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '|',
    '>',
    '#',
    '&a ',
    '*a',
    '!t ',
    ',',
    ':',
    '---\n',
    'x',
  );
  it('is read without a failure, and every place lies in it', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 80 }), fc.boolean(), (pieces, json) => {
        const text = pieces.join('');
        const walk = (tree: Tree): void => {
          expect(tree.start).toBeGreaterThanOrEqual(0);
          expect(tree.start).toBeLessThanOrEqual(text.length);
          if (tree.kind === 'list') tree.items.forEach(walk);
          if (tree.kind === 'map') for (const { value } of tree.entries) walk(value);
        };
        documentsOf(text, json).forEach(walk);
      }),
    );
  });

  it.each([
    ['[', true],
    ['{"a":', true],
    ['- ', false],
    ['{a: [', false],
  ])('that nests 100,000 times %j does not exhaust the stack', (open, json) => {
    expect(() => documentsOf(open.repeat(100_000), json)).not.toThrow();
  });
});
