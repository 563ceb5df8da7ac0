import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableForm, tableRows } from '../../../server/knowledge/markup/asciidoc-table.ts';
import { readRecord } from '../../../server/knowledge/records/record.ts';

const facts = (path: string, text: string): readonly unknown[] => {
  const { title, status, date } = readRecord({ path, text, sha: '' });
  return [title, status?.value, date];
};
const asciidoc = (body: string): readonly unknown[] => facts('docs/adr/0007-x.adoc', `= Use Kafka\n\n${body}`);
const markdown = (body: string): readonly unknown[] => facts('docs/adr/0007-x.md', `# Use Kafka\n\n${body}`);
const rst = (body: string): readonly unknown[] => facts('docs/adr/0007-x.rst', `Use Kafka\n=========\n\n${body}`);
const EXPECTED = ['Use Kafka', 'accepted', '2020-01-02'];

describe('status and day are read from an AsciiDoc', () => {
  it.each([
    ['table with one cell a line', '[cols="2"]\n|===\n| Status\n| Accepted :lock:\n\n| Created\n| 2020-01-02\n|===\n'],
    ['table with a pair a line', '[cols="1,3"]\n|===\n|Status |Accepted\n|Date |2020-01-02\n|===\n'],
    ['table with a column of headings', '[cols="1h,1"]\n|===\n|Status\n|Accepted\n\n|Date\n|2020-01-02\n|===\n'],
    ['table with all cells on a line', '[cols="2*"]\n|===\n|Status |Accepted |Date |2020-01-02\n|===\n'],
    ['table with a row of headings', '[%header,cols=3*]\n|===\n|Status |Date |By\n\n|Accepted |2020-01-02 |Me\n|===\n'],
    ['table whose first line says how many columns it has', '|===\n|Status |Date |By\n\n|Accepted\n|2020-01-02\n|Me\n|===\n'],
    ['table with styles of cells', '[cols="h,a"]\n|===\ns|Status a|Accepted\nh|Date a|2020-01-02\n|===\n'],
    ['table with a cell over two columns', '[cols="2"]\n|===\n2+|Metadata\n|Status |Accepted\n|Date |2020-01-02\n|===\n'],
    ['table with a table in a cell', '[cols="1,1a"]\n|===\n|Status |\n!===\n!Accepted\n!===\n|Date |2020-01-02\n|===\n'],
    ['table with values on lines of their own', '[cols="1,1"]\n|===\n|Status |\nAccepted\n|Date |\n2020-01-02\n|===\n'],
    ['table of comma-separated values', '[format=csv,cols=2]\n|===\nStatus,"Accepted"\nDate,2020-01-02\n|===\n'],
    ['table between commas', ',===\nStatus,Accepted\nDate,2020-01-02\n,===\n'],
    ['definition list', 'Status:: Accepted\nDate:: 2020-01-02\n'],
    ['definition list with values below', 'Status::\n  Accepted\nDate::\n  2020-01-02\n'],
    ['bullet list', '* Status: Accepted\n* Date: 2020-01-02\n'],
  ])('%s', (_name, body) => expect(asciidoc(body)).toEqual(EXPECTED));

  it('document with attributes, underlined titles, or the headings of Markdown', () => {
    expect(facts('docs/adr/0007-x.adoc', '= Use Kafka\n:status: accepted\n:date: 2020-01-02\n\n== Decision\n')).toEqual(EXPECTED);
    const underlined = 'Use Kafka\n=========\n\nStatus\n------\n\nAccepted\n\nDate\n----\n2020-01-02\n';
    expect(facts('docs/adr/0007-x.adoc', underlined)).toEqual(EXPECTED);
    expect(facts('docs/adr/0007-x.adoc', underlined.replace(/^(.+)\n=+$/m, '# $1').replace(/^(.+)\n-+$/gm, '## $1'))).toEqual(EXPECTED);
  });

  it('listing is not read', () => expect(asciidoc('----\nStatus:: Accepted\n----\n')[1]).toBeUndefined());
});

describe('the rows of an AsciiDoc table', () => {
  const text = '| a \\| b\n|c 2+|d\n';
  it('have cells in order, and their offsets are within the text in any form', () => {
    expect(
      tableRows(text, 0, text.length, tableForm('[cols=2]', '|===')).map((row) => row.map(({ start, end }) => text.slice(start, end))),
    ).toEqual([['a \\| b', 'c'], ['d']]);
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('|', '!', '=', '\n', ' ', 'a', '3', '*', '+', '.', ',', '"') }),
        fc.string(),
        (body, attributes) => {
          for (const mark of ['|===', ',===', ':===']) {
            for (const { start, end } of tableRows(body, 0, body.length, tableForm(attributes, mark)).flat()) {
              expect(start).toBeLessThanOrEqual(end);
              expect(end).toBeLessThanOrEqual(body.length);
            }
          }
        },
      ),
    );
  });

  it('are read in time in proportion to the text', () => {
    const started = performance.now();
    for (const body of ['|'.repeat(1e6), '999*|a '.repeat(1e5), '\n'.repeat(1e6), '"'.repeat(1e5), '<'.repeat(1e6)]) {
      for (const mark of ['|===', ',===']) tableRows(body, 0, body.length, tableForm('[cols="99*"]', mark));
    }
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('status and day are read from', () => {
  it.each([
    ['a table of keys and values', '| Key | Value |\n|---|---|\n| Status | Accepted |\n| Date | 2020-01-02 |\n'],
    ['a table without a header', '| | |\n|---|---|\n| **Status** | Accepted |\n| **Date** | 2020-01-02 |\n'],
    ['a header and one row', '| Status | Date | By |\n|---|---|---|\n| Accepted | 2020-01-02 | Me |\n'],
    ['a definition list', 'Status\n: Accepted\n\nDate\n: 2020-01-02\n'],
    ['bold labels above their values', '**Status**\nAccepted\n\n**Date**\n2020-01-02\n'],
    [
      'an HTML table',
      '<table>\n<tr>\n<th>Status</th>\n<td> Accepted </td>\n</tr><tr><td><b>Date</b></td><td>2020-01-02</td></tr></table>\n',
    ],
    ['an HTML definition list', '<dl>\n<dt>Status</dt><dd>Accepted</dd>\n<dt>Date</dt><dd>2020-01-02</dd>\n</dl>\n'],
  ])('Markdown with %s', (_name, body) => expect(markdown(body)).toEqual(EXPECTED));

  it.each([
    ['a field list', ':Status: Accepted\n:Date: 2020-01-02\n'],
    ['a definition list', 'Status\n  Accepted\n\nDate\n  2020-01-02\n'],
    ['a list-table', '.. list-table::\n\n   * - Status\n     - Accepted\n   * - Date\n     - 2020-01-02\n'],
    [
      'a list-table with a header',
      '.. list-table::\n   :header-rows: 1\n\n   * - Status\n     - Date\n     - By\n   * - Accepted\n     - 2020-01-02\n     - me\n',
    ],
    [
      'a grid table',
      '+--------+------------+\n| Status | Accepted   |\n+--------+------------+\n| Date   | 2020-01-02 |\n+--------+------------+\n',
    ],
    ['a simple table', '======  ==========\nStatus  Accepted\nDate    2020-01-02\n======  ==========\n'],
  ])('reStructuredText with %s', (_name, body) => expect(rst(body)).toEqual(EXPECTED));
});
