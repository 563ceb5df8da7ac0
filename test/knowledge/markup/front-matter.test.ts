import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFrontMatter, valuesOf } from '../../../server/knowledge/markup/front-matter.ts';
import { lineIndex } from '../../../server/text/lines.ts';

const read = (text: string) => readFrontMatter(text, lineIndex(text));
const entriesOf = (text: string): Record<string, string[]> =>
  // The first of several entries counts.
  Object.fromEntries((read(text)?.entries ?? []).toReversed().map(({ key, values }) => [key, values.map((value) => value.text)]));
const messagesOf = (text: string): string[] => (read(text)?.findings ?? []).map(({ message }) => message);

describe('front matter', () => {
  it.each<[string, string, Record<string, string[]>]>([
    ['has scalars', '---\nstatus: accepted\n---\n', { status: ['accepted'] }],
    ['keeps zeros and dates as written', '---\nnumber: 0007\ndate: 2021-06-05\n---\n', { number: ['0007'], date: ['2021-06-05'] }],
    ['has lists in both styles', '---\na: [x, y]\nb:\n  - z\n---\n', { a: ['x', 'y'], b: ['z'] }],
    ['gives all scalars below a key', '---\na:\n  b: x\n  c: [y]\n---\n', { a: ['x', 'y'] }],
    ['writes keys with underscores in one form', '---\nsuperseded_by: 1\n---\n', { 'superseded-by': ['1'] }],
    ['writes keys in camel case in one form', '---\nsupersededBy: 1\n---\n', { 'superseded-by': ['1'] }],
    ['writes keys of several words in one form', '---\nSuperseded By: 1\n---\n', { 'superseded-by': ['1'] }],
    ['unquotes', '---\na: "x: y"\nb: \'z\'\n---\n', { a: ['x: y'], b: ['z'] }],
    ['may end with dots', '---\na: x\n...\nbody', { a: ['x'] }],
    ['may follow blank lines', '\n\n---\na: x\n---\n', { a: ['x'] }],
    ['follows an alias of a scalar', '---\na: &n x\nb: *n\n---\n', { a: ['x'], b: ['x'] }],
    ['does not follow an alias of a list', '---\na: &n [x]\nb: *n\n---\n', { a: ['x'], b: [] }],
    ['may be empty', '---\n---\n# T', {}],
  ])('%s', (_name, text, expected) => expect(entriesOf(text)).toEqual(expected));

  it.each([
    ['a text without it', '# T\n'],
    ['a rule at the top', '---\n\nWords of a preface.\n\n---\n'],
    ['prose between two rules', '---\n\nNote: this is prose.\n\nMore of it.\n\n---\n'],
    ['a single line', '---'],
    ['four dashes', '----\na: x\n----\n'],
    ['no text', ''],
  ])('is not %s', (_name, text) => expect(read(text)).toBeUndefined());

  it('ends where the body starts', () => {
    const text = '\uFEFF---\r\na: x\r\n---\r\n# T\r\n';
    expect(text.slice(read(text)?.bodyStart)).toBe('# T\r\n');
  });

  it('gives the offsets of its values without quotes', () => {
    const text = '---\na: "x"\nb:\n  - y z\nc: >\n  folded\n  text\n---\n';
    const places = read(text)?.entries.flatMap(({ values }) => values.map(({ start, end }) => text.slice(start, end)));
    expect(places).toEqual(['x', 'y z', '>\n  folded\n  text\n']);
  });

  it('answers with the first key that has a value', () => {
    const front = read('---\nstate:\nstatus: accepted\n---\n');
    expect(valuesOf(front, ['status', 'state']).map(({ text }) => text)).toEqual(['accepted']);
    expect(valuesOf(front, ['decision', 'status']).map(({ text }) => text)).toEqual(['accepted']);
    expect(valuesOf(front, ['decision'])).toEqual([]);
    expect(valuesOf(undefined, ['status'])).toEqual([]);
  });
});

describe('front matter with a fault', () => {
  it.each<[string, string, RegExp, Record<string, string[]>]>([
    ['in another language is skipped', '---js\nx: 1\n---\n', /^Front matter in "js" is not supported\. Write it in YAML/, {}],
    [
      'that is never closed has its keys',
      '---\na: x\nb: y\n\n# T\n',
      /^The front matter is never closed\. Add a line with ---/,
      { a: ['x'], b: ['y'] },
    ],
    [
      'that is not YAML has its lines',
      '---\na: [x](y.md)\nb: z\n- w\n---\n',
      /^The front matter is not valid YAML \(.+\)\. Quote/,
      { a: ['[x](y.md)'], b: ['z', 'w'] },
    ],
    [
      'that repeats a key has the first',
      '---\na: x\na: y\n---\n',
      /^The front matter has the key "a" twice; the first one counts/,
      { a: ['x'] },
    ],
  ])('%s, and a finding says why', (_name, text, message, expected) => {
    expect(messagesOf(text)).toEqual([expect.stringMatching(message)]);
    expect(entriesOf(text)).toEqual(expected);
    expect(read(text)?.findings[0]).toMatchObject({ rule: 'broken-front-matter' });
  });

  it('of hundreds of blank lines is not read, because its parser would take quadratic time', () => {
    const text = `---\na: x\n${'\n'.repeat(300)}b: y\n---\n`;
    expect(messagesOf(text)).toEqual([expect.stringContaining('hundreds of blank lines')]);
  });

  it('gives no more than a thousand values', () => {
    const text = `---\na: [${'x,'.repeat(1_500)}x]\nb: y\n---\n`;
    expect(entriesOf(text)).toMatchObject({ b: [] });
    expect(entriesOf(text).a).toHaveLength(1_000);
  });
});

describe('the front matter of any text', () => {
  const parts = fc.array(
    fc.constantFrom(
      '---',
      '\n',
      '\n',
      'a',
      ': ',
      '- ',
      '[',
      ']',
      '{',
      '"',
      "'",
      '&x ',
      '*x',
      '|',
      '>',
      '#',
      '!!js ',
      ' ',
      '\r\n',
      'key: v\n',
      '...',
    ),
    { maxLength: 30 },
  );

  it('has values that lie within it, and a body that is the end of it', () => {
    fc.assert(
      fc.property(parts, (pieces) => {
        const text = `---\n${pieces.join('')}`;
        const front = read(text);
        if (front === undefined) return;
        expect(front.bodyStart).toBeGreaterThan(0);
        expect(front.bodyStart).toBeLessThanOrEqual(text.length);
        for (const { values } of front.entries) {
          for (const { start, end } of values) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(front.bodyStart);
          }
        }
      }),
    );
  });

  it('is a key again for every key and value that it was written with', () => {
    const key = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(fc.dictionary(key, fc.string({ maxLength: 12 }), { minKeys: 1, maxKeys: 5 }), (given) => {
        const text = `---\n${Object.entries(given)
          .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
          .join('')}---\n`;
        const expected = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, [value.trim()]]));
        expect(entriesOf(text)).toEqual(expected);
      }),
    );
  });
});
