import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../server/model/document.ts';
import { StoreUnusable } from '../../server/store/failure.ts';
import { compileFilter, oneOf, quote } from '../../server/store/filter.ts';
import { decodeHead, encodeHead, parseObject } from '../../server/store/head.ts';
import { pathsColumn, pathsOf } from '../../server/store/row.ts';

const FOLDER = '/cache/shop';
const HEAD = { id: 'a', kind: 'guide', sha: '', title: '', format: 'markdown', contentHash: 'x', links: [], findings: [] };

describe('the changed paths of a commit in one column', () => {
  it('come back as they were, but for line feeds, which git quotes', () => {
    const path = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !text.includes('\n'));
    fc.assert(fc.property(fc.array(path, { maxLength: 5 }), (paths) => void expect(pathsOf({ paths: pathsColumn(paths) })).toEqual(paths)));
  });
});

describe('the stored head of a document', () => {
  it.each<[string, string]>([
    ['is not JSON', '{"id"'],
    ['is a number', '7'],
    ['is null', 'null'],
    ['is empty', ''],
    ['lacks a field', JSON.stringify({ ...HEAD, title: undefined })],
    ['has a field of another type', JSON.stringify({ ...HEAD, sha: 7 })],
    ['has no list of links', JSON.stringify({ ...HEAD, links: {} })],
    ['has no list of findings', JSON.stringify({ ...HEAD, findings: null })],
  ])('means that the store is damaged where it %s', (_name, json) => {
    const decode = () => decodeHead(json, FOLDER);
    expect(decode).toThrow(StoreUnusable);
    expect(decode).toThrow('The index in /cache/shop cannot be used: its rows are not what was written. It will be rebuilt.');
  });

  it('survives any flipped character without any other error', () => {
    const json = JSON.stringify(HEAD);
    fc.assert(
      fc.property(fc.nat(json.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, letter) => {
        try {
          expect(decodeHead(`${json.slice(0, at)}${letter}${json.slice(at + 1)}`, FOLDER).kind).toBeTypeOf('string');
        } catch (error) {
          expect(error).toBeInstanceOf(StoreUnusable);
        }
      }),
    );
  });

  it('is equal for equal documents only, whatever their titles and texts are', () => {
    const document = fc.record({ title: fc.string({ unit: 'grapheme' }), text: fc.string({ unit: 'grapheme' }) }).map(
      ({ title, text }): Document => ({
        id: 'a.md',
        kind: 'guide',
        sha: 'f00d',
        title,
        format: 'markdown',
        sections: [
          { heading: '', level: 0, headingPath: [], text, span: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } },
        ],
        links: [],
        findings: [],
      }),
    );
    fc.assert(
      fc.property(document, document, (one, other) => {
        const same = one.title === other.title && one.sections[0]?.text === other.sections[0]?.text;
        expect(encodeHead(one) === encodeHead(other)).toBe(same);
        expect(decodeHead(encodeHead(one), FOLDER).title).toBe(one.title);
      }),
    );
  });

  it('may be any object where no document is expected', () => expect(parseObject('{"a": 1}', FOLDER)).toEqual({ a: 1 }));
});

describe('a filter as a condition', () => {
  it.each<[string, Parameters<typeof compileFilter>[0], string | undefined]>([
    ['is nothing for no filter', undefined, undefined],
    ['is nothing for a filter without conditions', {}, undefined],
    ['is nothing for the root', { path: '' }, undefined],
    ['has a list of kinds', { kinds: ['decision', 'guide'] }, "kind IN ('decision', 'guide')"],
    ['leaves out undated documents where a day is given', { since: '2024-01-01' }, "date <> '' AND date >= '2024-01-01'"],
    [
      'has both ends of a time',
      { since: '2024-01-01', until: '2024-02-01' },
      "date <> '' AND date >= '2024-01-01' AND date <= '2024-02-01'",
    ],
  ])('%s', (_name, filter, expected) => expect(compileFilter(filter)).toBe(expected));

  it('has a path as file, as folder, and among the changed paths of commits', () =>
    expect(compileFilter({ path: 'src' })).toBe(
      "(path = 'src' OR starts_with(path, 'src/') OR contains(paths, '\nsrc\n') OR contains(paths, '\nsrc/'))",
    ));

  it('matches nothing for an empty list', () => expect(oneOf('kind', [])).toBe('false'));

  it('never lets a text end its quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '"', '\\', 'a', ';', '-', '\n') }), (text) => {
        const quoted = quote(text);
        expect(quoted.startsWith("'") && quoted.endsWith("'")).toBe(true);
        expect(quoted.slice(1, -1).replaceAll("''", '')).not.toContain("'");
        expect(quoted.slice(1, -1).replaceAll("''", "'")).toBe(text);
      }),
    );
  });
});
