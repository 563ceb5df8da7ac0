import { describe, expect, it } from 'vitest';
import { type FileToRead, readDocument } from '../../server/knowledge/read.ts';
import { wordsOf } from '../../server/retrieval/words.ts';

// What a scan of all regular expressions found to make them begin again at every character, repeated. Linear work on these takes some milliseconds, and
// quadratic work minutes, so the limit is no matter of the machine.
const LENGTH = 150_000;
const MOST_MILLISECONDS = 10_000;
const TOKENS = [
  'A',
  'AA',
  'a',
  '1',
  ' ',
  '\n',
  '\t',
  '*',
  '/',
  '-',
  '=',
  '"',
  '[',
  '](',
  '<',
  '<a ',
  '`',
  '|',
  '.',
  '!',
  ',',
  '_',
  'ADR-1 ',
  'xref:l[k',
  '<!--',
];

const repeated = (token: string): string => token.repeat(Math.ceil(LENGTH / token.length)).slice(0, LENGTH);

const within = (work: () => unknown): void => {
  const started = performance.now();
  work();
  expect(performance.now() - started).toBeLessThan(MOST_MILLISECONDS);
};

const SOURCES: readonly (FileToRead & { readonly wrap: (text: string) => string })[] = [
  {
    path: 'api/x.proto',
    kind: 'specification',
    format: 'protobuf',
    wrap: (text) => `syntax = "proto3";\n/* ${text} */\n// ${text}\nmessage A { string a = 1; }\n`,
  },
  { path: 'x.feature', kind: 'specification', format: 'gherkin', wrap: (text) => `Feature: a\n  Scenario: ${text}\n    Given b\n` },
  { path: 'docs/adr/0002-x.md', kind: 'decision', format: 'markdown', wrap: (text) => `# 2. X\n\n## Decision\n\nIt is ${text} so.\n` },
];

describe('a text of 150,000 characters that repeats', () => {
  it.each(TOKENS)('%j is split into words in time in proportion to it', (token) => {
    within(() => wordsOf(`${repeated(token)} x`));
  });

  for (const { wrap, ...file } of SOURCES)
    it.each(TOKENS)(`%j is read as ${file.format} in time in proportion to it`, (token) => {
      within(() => readDocument({ ...file, text: wrap(repeated(token)), sha: '' }));
    });
});

describe('what the faster patterns find', () => {
  it.each([
    ['HTTPServer', ['http', 'serv']],
    ['parseJSONValue', ['pars', 'json', 'valu']],
    ['ADRs', ['ad', 'rs']],
    ['ABCd', ['ab', 'cd']],
  ])('in %s is as before', (text, words) => {
    expect(wordsOf(text)).toEqual(expect.arrayContaining(words));
  });
});
