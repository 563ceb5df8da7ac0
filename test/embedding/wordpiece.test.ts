import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenizer, readVocabulary } from '../../server/embedding/wordpiece.ts';

const PIECES = [
  '[PAD]',
  '[UNK]',
  'get',
  'user',
  '##s',
  'by',
  'id',
  'http',
  'server',
  'un',
  '##like',
  '##ly',
  'a',
  '##a',
  'straße',
  '42',
  'v',
  '##2',
];
const vocabulary = new Map(PIECES.map((piece, id) => [piece, id]));
const tokens = (text: string): string[] =>
  createTokenizer(vocabulary)
    .ids(text)
    .map((id) => PIECES[id] ?? '?');

describe('a text is split into pieces', () => {
  it.each<[string, string, string[]]>([
    ['by words', 'get user', ['get', 'user']],
    ['at marks', 'get_user.by-id', ['get', 'user', 'by', 'id']],
    ['at capitals', 'getUserById', ['get', 'user', 'by', 'id']],
    ['after an acronym', 'HTTPServer', ['http', 'server']],
    ['whatever its case', 'GET User', ['get', 'user']],
    ['of a word, the longest first', 'users unlikely', ['user', '##s', 'un', '##like', '##ly']],
    ['and letters of any alphabet are part of a word', 'straße', ['straße']],
    ['and digits are part of a word', 'v2 42', ['v', '##2', '42']],
    ['or is unknown where a part of a word is', 'userx get', ['[UNK]', 'get']],
    ['or is unknown where it begins with the middle of a word', 'like', ['[UNK]']],
    ['and is empty without letters', ' -_!💥\n', []],
  ])('%s', (_name, text, expected) => expect(tokens(text)).toEqual(expected));

  it('up to a length of 64, above which a word is unknown', () => {
    expect(tokens('a'.repeat(64))).toEqual(['a', ...Array.from({ length: 63 }, () => '##a')]);
    expect(tokens('a'.repeat(65))).toEqual(['[UNK]']);
  });

  it('that are the same when a word comes again, whatever came before it', () => {
    const tokenizer = createTokenizer(vocabulary);
    const word = fc.constantFrom('getUser', 'unlikely', 'HTTPServer', 'x', 'aaa', 'users', 'v2');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (drawn) => {
        expect(tokenizer.ids(drawn.join(' '))).toEqual(drawn.flatMap((each) => createTokenizer(vocabulary).ids(each)));
      }),
    );
  });

  it('in linear time, however long the text is', () => {
    const started = performance.now();
    expect(createTokenizer(vocabulary).ids('aB'.repeat(100_000)).length).toBeGreaterThan(0);
    createTokenizer(vocabulary).ids('A'.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('of the vocabulary, or the first piece where it has none for unknown words', () =>
    expect(createTokenizer(new Map([['a', 5]])).ids('b')).toEqual([0]));
});

describe('the vocabulary of a tokenizer.json', () => {
  const json = (vocab: string): string => `{"model": {"type": "WordPiece", "vocab": ${vocab}}}`;

  it.each<[string, string, [string, number][]]>([
    [
      'with spaces',
      '{"[UNK]": 0, "a": 1}',
      [
        ['[UNK]', 0],
        ['a', 1],
      ],
    ],
    [
      'without spaces',
      '{"[UNK]":0,"a":1}',
      [
        ['[UNK]', 0],
        ['a', 1],
      ],
    ],
    [
      'in several lines',
      '{\n  "[UNK]": 0,\n  "a": 1\n}',
      [
        ['[UNK]', 0],
        ['a', 1],
      ],
    ],
    [
      'with escapes',
      '{"[UNK]": 0, "\\"": 1, "\\u00e4": 2}',
      [
        ['[UNK]', 0],
        ['"', 1],
        ['ä', 2],
      ],
    ],
    [
      'with braces and colons in its pieces',
      '{"[UNK]": 0, "}": 1, ":": 2}',
      [
        ['[UNK]', 0],
        ['}', 1],
        [':', 2],
      ],
    ],
  ])('is read %s', (_name, vocab, expected) => expect([...readVocabulary(json(vocab), 10)]).toEqual(expected));

  it.each<[string, string, RegExp]>([
    ['an id is outside the table', '{"[UNK]": 0, "a": 10}', /"a" an id outside the table/],
    ['an id is negative', '{"[UNK]": 0, "a": -1}', /"a" an id outside the table/],
    ['there is no piece for unknown words', '{"a": 0}', /no \[UNK\]/],
    ['it is empty', '{}', /no \[UNK\]/],
    ['it is a list', '["a"]', /no \[UNK\]/],
  ])('is refused where %s', (_name, vocab, message) => expect(() => readVocabulary(json(vocab), 10)).toThrow(message));

  it.each(['', '{', 'null', '{"model": null}', '[]'])('is refused, not read past its end, in %j', (text) =>
    expect(() => readVocabulary(text, 10)).toThrow(),
  );
});
