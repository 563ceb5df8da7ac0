// Slow: texts of a megabyte.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownersOf, parseCodeowners, readCodeowners } from '../../server/knowledge/codeowners.ts';
import { readAsyncApi } from '../../server/knowledge/specs/asyncapi.ts';
import { readGherkin } from '../../server/knowledge/specs/gherkin.ts';
import { readGraphql } from '../../server/knowledge/specs/graphql.ts';
import { parseJson } from '../../server/knowledge/specs/json.ts';
import { readJsonSchema } from '../../server/knowledge/specs/json-schema.ts';
import { readOpenApi } from '../../server/knowledge/specs/openapi.ts';
import { tokenizeProto } from '../../server/knowledge/specs/proto-tokens.ts';
import { readProtobuf } from '../../server/knowledge/specs/protobuf.ts';
import type { Tree } from '../../server/knowledge/specs/tree.ts';
import type { Document } from '../../server/model/document.ts';
import type { Position, Span } from '../../server/model/span.ts';

const READERS = {
  'openapi.yaml': readOpenApi,
  'openapi.json': readOpenApi,
  'events.yaml': readAsyncApi,
  'order.proto': readProtobuf,
  'schema.graphql': readGraphql,
  'order.schema.json': readJsonSchema,
  'pay.feature': readGherkin,
  CODEOWNERS: readCodeowners,
} as const;

const WORDS = [
  ...'{}[]()<>:;,=|#@"\'`-?&*!%\\/ \t\r\n'.split(''),
  ...[
    'openapi: 3.0.0\n',
    'paths:\n',
    '  /a:\n',
    '    get:\n',
    'asyncapi: 2.0.0\n',
    'channels:\n',
    '"$ref": "#/a"',
    '&a ',
    '*a',
    '<<: *a\n',
    '|\n',
    '---\n',
  ],
  ...[
    'message A {\n',
    'service B {',
    'rpc C (D) returns (E)',
    'package a.b;',
    'oneof x {',
    '/*',
    '*/',
    '// c\n',
    'option (a) = {',
    'group ',
  ],
  ...['type A {', 'Query', '"""', 'union X = ', 'extend ', 'a(b: C = 1): [D!]!'],
  ...['Feature: a\n', 'Scenario: b\n', 'Given c\n', '@t\n', '| a |\n', 'Examples:\n', 'Rule: r\n', '# language: de\n', '"""\n'],
  ...['__proto__', 'constructor', '0x1F', '1e999', '\u0000', '\uFEFF', '\uD800', '😀', 'é', '~', 'null'],
];

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 120 }).map((words) => words.join('')),
  fc.json({ maxDepth: 6 }),
);

const before = (a: Position, b: Position): boolean => a.line < b.line || (a.line === b.line && a.character <= b.character);

/** Every span lies in the text and does not run backwards. */
const expectInside = (text: string, span: Span): void => {
  const lines = text.split(/\r\n|\n|\r/);
  expect(before(span.start, span.end)).toBe(true);
  for (const { line, character } of [span.start, span.end]) {
    expect(line).toBeLessThan(lines.length);
    expect(character).toBeLessThanOrEqual(lines[line]?.length ?? -1);
  }
};

const expectSound = (document: Document, text: string): void => {
  for (const section of document.sections) {
    expectInside(text, section.span);
    expect(section.headingPath.at(-1) ?? '').toBe(section.heading);
  }
  for (const problem of document.findings) {
    expectInside(text, problem.span);
    expect(problem.message).not.toBe('');
  }
  expect(document.title.trim()).not.toBe('');
  const size = document.sections.reduce((sum, section) => sum + section.text.length, 0);
  expect(size).toBeLessThanOrEqual(text.length * 3 + 70_000);
};

describe('every reader', () => {
  for (const [path, read] of Object.entries(READERS)) {
    it(`makes a sound document of any text as ${path}`, () => {
      fc.assert(
        fc.property(hostile, (text) => {
          const document = read({ path, text, sha: '' });
          expectSound(document, text);
          expect(read({ path, text, sha: '' })).toEqual(document);
        }),
        { numRuns: 300 },
      );
    });
  }
});

// A quadratic reader would run into the time limit of the test with all of these.
const LONG = 60_000;
const repeated = (unit: string): string => unit.repeat(Math.ceil(LONG / unit.length));
const UNITS = [
  '[',
  '{',
  '(',
  '- ',
  '? ',
  ': ',
  '{"a":',
  '[[1],',
  '"',
  '"\\"',
  "'",
  '/*',
  '//',
  '*',
  '&a ',
  '#',
  '@a\n',
  '@a\n#\n',
  ' ',
  '\n',
  '\r',
  '\\',
];
const NESTED = [
  'message A {\n',
  'oneof a {\n',
  'service A { rpc B (C) returns (D) { ',
  'option a = {',
  'type A { a(b: [',
  'Rule: a\n@t\n',
  '"""\n',
  'a:\n',
  'x{',
];

describe('every reader takes input made to hurt', () => {
  for (const [path, read] of Object.entries(READERS)) {
    // These two share the parser of the OpenAPI reader.
    if (path !== 'events.yaml' && path !== 'order.schema.json')
      it(`reads long and deep repetitions as ${path}`, () => {
        for (const unit of [...UNITS, ...NESTED]) {
          const text = repeated(unit);
          const document = read({ path, text, sha: '' });
          expect(document.path).toBe(path);
          expect(document.sections.length).toBeLessThanOrEqual(20_000);
        }
      });

    it(`reads a line of a million characters as ${path}`, () => {
      const text = `Feature: a # "${'word '.repeat(200_000)}"`;
      const document = read({ path, text, sha: '' });
      expect(document.sections.some((section) => section.text.includes('word word'))).toBe(true);
    });
  }

  it('does not unfold an alias bomb', () => {
    const levels = Array.from(
      { length: 60 },
      (_, level) => `b${level + 1}: &b${level + 1} {properties: {x: *b${level}, y: *b${level}, z: *b${level}}}`,
    );
    const schemas = Array.from({ length: 2_000 }, (_, index) => `    S${index}: *b60`);
    const text = ['openapi: 3.0.0', 'b0: &b0 {type: string}', ...levels, 'components:', '  schemas:', ...schemas, ''].join('\n');
    const document = readOpenApi({ path: 'a.yaml', text, sha: '' });
    expect(document.sections.length).toBeGreaterThan(1);
    expectSound(document, text);
    expect(document.findings.map((problem) => problem.rule)).toContain('too-many-parts');
  });

  it('does not repeat a large operation for every path that shares it', () => {
    const paths = Array.from({ length: 5_000 }, (_, index) => `  /p${index}: *shared`);
    const text = ['openapi: 3.0.0', `shared: &shared { get: { description: "${'long '.repeat(10_000)}" } }`, 'paths:', ...paths, ''].join(
      '\n',
    );
    const document = readOpenApi({ path: 'a.yaml', text, sha: '' });
    expectSound(document, text);
    expect(document.sections[1]?.heading).toBe('GET /p0');
  });

  it('reads 10,000 levels as plain text and says so', () => {
    for (const [path, text] of [
      ['a.yaml', `openapi: ${'['.repeat(10_000)}${']'.repeat(10_000)}`],
      ['a.json', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
      ['a.yaml', `${'- '.repeat(10_000)}a`],
    ] as const) {
      const document = readOpenApi({ path, text, sha: '' });
      expect(document.findings).toMatchObject([{ rule: 'too-deep', severity: 'error' }]);
      expect(document.sections).toMatchObject([{ heading: '', text }]);
    }
    const deep = `type A { a: ${'['.repeat(10_000)}B${']'.repeat(10_000)} }`;
    expect(readGraphql({ path: 'a.graphql', text: deep, sha: '' }).findings).toMatchObject([{ rule: 'too-deep' }]);
  });

  it('still reads nesting as people write it', () => {
    const text = `{"a":${'{"b":['.repeat(60)}1${']}'.repeat(60)},"title":"Deep"}`;
    expect(readJsonSchema({ path: 'a.json', text, sha: '' })).toMatchObject({ title: 'Deep', findings: [] });
  });

  it('refuses owner patterns that would be matched for ever', () => {
    const rules = parseCodeowners(`${'*a'.repeat(40)}b @mallory\n${'**/'.repeat(40)}x @mallory\n* @all\n`.split('\n').reverse().join('\n'));
    expect(ownersOf(rules, `${'a'.repeat(200)}/${'a/'.repeat(100)}c`)).toEqual(['@all']);
  });
});

const plain = (tree: Tree): unknown => {
  if (tree.kind === 'scalar') return tree.value;
  if (tree.kind === 'list') return tree.items.map(plain);
  return tree.entries.map((entry) => [entry.key, plain(entry.value)]);
};

const entriesOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(entriesOf);
  return typeof value === 'object' && value !== null ? Object.entries(value).map(([key, item]) => [key, entriesOf(item)]) : value;
};

describe('the JSON reader', () => {
  it('agrees with JSON.parse on every JSON text, and gives each node the place of its own text', () => {
    const check = (text: string, tree: Tree): void => {
      expect(entriesOf(JSON.parse(text.slice(tree.start, tree.end)))).toEqual(plain(tree));
      if (tree.kind === 'list') for (const item of tree.items) check(text, item);
      if (tree.kind === 'map') {
        for (const entry of tree.entries) {
          expect(JSON.parse(text.slice(entry.keyRange.start, entry.keyRange.end))).toBe(entry.key);
          check(text, entry.value);
        }
      }
    };
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const tree = parseJson(text);
        expect(tree).toBeDefined();
        if (tree) check(text, tree);
      }),
    );
  });

  it('takes exactly what JSON.parse takes', () => {
    const isJson = (text: string): boolean => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '1',
      '-',
      '01',
      '1.',
      '.5',
      'true',
      'nul',
      'null',
      ' ',
      '\n',
      '\\',
      '\\u12',
      "'",
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        expect(parseJson(text) !== undefined).toBe(isJson(text));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('the protobuf tokenizer', () => {
  it('gives tokens that do not overlap and leave out nothing but white space', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        let at = 0;
        for (const token of tokenizeProto(text)) {
          expect(text.slice(token.start, token.end)).toBe(token.text);
          expect([...text.slice(at, token.start)].every((letter) => letter.charCodeAt(0) <= 32)).toBe(true);
          at = token.end;
        }
        expect([...text.slice(at)].every((letter) => letter.charCodeAt(0) <= 32)).toBe(true);
      }),
    );
  });
});
