import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAsciidoc } from '../../../server/knowledge/markup/asciidoc.ts';
import { fieldsNamed, fieldsOf } from '../../../server/knowledge/markup/fields.ts';
import { readMarkdown } from '../../../server/knowledge/markup/markdown.ts';
import type { Outline } from '../../../server/knowledge/markup/outline.ts';
import { readRst } from '../../../server/knowledge/markup/rst.ts';

const shown = (outline: Outline): string[] =>
  fieldsOf(outline).map(({ name, start, end }) => `${name} = ${outline.text.slice(start, end)}`);
const check = (text: string, expected: readonly string[]): void => expect(shown(readMarkdown(text))).toEqual(expected);

describe('a field at the top of a markdown record', () => {
  it.each<[string, string, string[]]>([
    ['is a line', 'Status: Accepted', ['status = Accepted']],
    ['is an item', '- Status: Accepted\n* Date: 2021-06-05', ['status = Accepted', 'date = 2021-06-05']],
    ['may be bold, with the colon inside or outside', '**Status:** Accepted\n**Date**: 2021', ['status = Accepted', 'date = 2021']],
    ['may be bold without a colon', '**Status** Accepted', ['status = Accepted']],
    ['may have several words in its name', 'Decision Status: Accepted', ['decision status = Accepted']],
    ['may have hyphens and underscores in its name', 'superseded-by: 9\nADR_Status: ok', ['superseded by = 9', 'adr status = ok']],
    ['may be quoted', '> Status: Accepted', ['status = Accepted']],
    ['may be in a heading', '## Status: Accepted', ['status = Accepted']],
    ['may have an equals sign, a dash or a wide colon', 'Status = a\nDate – b\n\nState：c', ['status = a', 'date = b', 'state = c']],
    ['may have its value on the next line', 'Status:\nAccepted\nmore', ['status = Accepted']],
    ['may come after an icon', '✅ Status: Accepted', ['status = Accepted']],
    ['with an empty value is none', 'Status:\n\nAccepted', []],
    ['does not begin with a bracket', '[Status]: x y', []],
    ['is not in a fence', '```\nStatus: Accepted\n```', []],
    ['is not a sentence about one in a code span', '`status: accepted` is set by the tool', []],
  ])('%s', (_name, text, expected) => check(text, expected));

  it.each<[string, string, string[]]>([
    ['names and values in rows', '| Status | Accepted |\n|---|---|\n| Date | 2021 |', ['status = Accepted', 'date = 2021']],
    [
      'names above values',
      '| Status | Date | Owner |\n|---|---|---|\n| Accepted | 2021 | Ann |',
      ['status = Accepted', 'date = 2021', 'owner = Ann'],
    ],
    ['two names above two values', '| Status | Date |\n|---|---|\n| Accepted | 2021 |', ['status = Accepted', 'date = 2021']],
    [
      'more than two columns in several rows, by the first two',
      '| a | b | c |\n|---|---|---|\n| d | e | f |\n| g | h | i |',
      ['a = b', 'd = e', 'g = h'],
    ],
  ])('is a cell of a table with %s', (_name, text, expected) => {
    check(text, expected);
    expect(fieldsOf(readMarkdown(text)).every(({ table }) => table)).toBe(true);
  });

  it('is not below the fortieth line', () => {
    check(`${'\n'.repeat(38)}Status: Accepted`, ['status = Accepted']);
    check(`${'\n'.repeat(45)}Status: Accepted`, []);
  });

  it('is found by any of several names, in text order', () => {
    const fields = fieldsOf(readMarkdown('Date: 1\nStatus: 2\nState: 3'));
    expect(fieldsNamed(fields, ['state', 'date']).map(({ name }) => name)).toEqual(['date', 'state']);
  });
});

describe('a field in other markup', () => {
  it.each<[string, Outline, string[]]>([
    ['of a field list', readRst(':Status: Accepted\n:Date: 2021'), ['status = Accepted', 'date = 2021']],
    ['of a list table', readRst('.. list-table::\n\n   * - Status\n     - Accepted\n'), ['status = Accepted']],
    ['of columns', readRst('====== ========\nStatus Accepted\n====== ========\nDate    2021\n====== ========'), ['date = 2021']],
    ['of attributes', readAsciidoc('= T\n:status: accepted\n:revdate: 2021'), ['status = accepted', 'revdate = 2021']],
    ['of a table in AsciiDoc', readAsciidoc('|===\n|Status |Accepted\n|==='), ['status = Accepted']],
  ])('is that %s', (_name, outline, expected) => expect(shown(outline)).toEqual(expected));
});

describe('the fields of any text', () => {
  it('lie within it, in order, with a normal name', () => {
    const line = fc.array(fc.constantFrom('Status', ':', ' ', '|', '-', '**', '`', 'a', '=', '\n', '>', '#', '\r\n', '---|---'), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(line, (parts) => {
        const text = parts.join('');
        let at = 0;
        for (const { name, start, end } of fieldsOf(readMarkdown(text))) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(name).toMatch(/^(?:[a-z]+(?: [a-z]+)*)?$/);
          at = start;
        }
      }),
    );
  });
});
