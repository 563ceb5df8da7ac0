import { describe, expect, it } from 'vitest';
import { readAsciidoc } from '../../../server/knowledge/markup/asciidoc.ts';
import { readRst } from '../../../server/knowledge/markup/rst.ts';
import { rowsOf, shapeOf } from './support.ts';

const rst = (text: string, expected: readonly string[]): void => expect(shapeOf(readRst(text))).toEqual(expected);
const asciidoc = (text: string, expected: readonly string[]): void => expect(shapeOf(readAsciidoc(text))).toEqual(expected);

describe('a reStructuredText heading', () => {
  it.each<[string, string, string[]]>([
    ['is underlined', 'Use Kafka\n=========\n\nText.', ['# Use Kafka', 'paragraph: Text.']],
    ['has the level at which its style first appeared', 'A\n--\n\nB\n~~\n\nC\n--\n\nD\n^^', ['# A', '## B', '# C', '### D']],
    ['may have a line above, which is a style of its own', '==\nA\n==\n\nB\n==', ['# A', '## B']],
    ['may have an underline that is too short, from four characters', 'Use Kafka for events\n====', ['# Use Kafka for events']],
    ['is none with an underline of three below a longer title', 'Use Kafka\n===', ['paragraph: Use Kafka ===']],
    ['is none within a paragraph', 'a line\nUse Kafka\n=========', ['paragraph: a line Use Kafka =========']],
    ['loses roles and literals', ':doc:`Use Kafka <0007>` ``now``\n===============================', ['# Use Kafka now']],
  ])('%s', (_name, text, expected) => rst(text, expected));

  it('spans both its lines, and its words alone', () => {
    const text = '.. comment\n\n====\n Use\n====\n';
    const [heading] = readRst(text).headings;
    expect(text.slice(heading?.start, heading?.end)).toBe('====\n Use\n====');
    expect(text.slice(heading?.textStart, heading?.textEnd)).toBe('Use');
  });
});

describe('reStructuredText blocks', () => {
  it.each<[string, string, string[]]>([
    ['are items with any mark', '- a\n* b\n#. c\n(1) d\n2) e', ['item: a', 'item: b', 'item: c', 'item: d', 'item: e']],
    ['are fields, one each', ':Status: Accepted\n:Date: 2021-06-05', ['item: :Status: Accepted', 'item: :Date: 2021-06-05']],
    ['leave out a literal block', 'Run::\n\n   # No\n\nText.', ['paragraph: Run::', 'paragraph: Text.']],
    [
      'leave out code, pictures and comments',
      '.. code-block:: sh\n\n   ls\n\n.. image:: a.png\n\n.. a comment\n   goes on\n\nText.',
      ['paragraph: Text.'],
    ],
    ['contain the words of a note', '.. note:: Superseded by\n   ADR 9.\n\nText.', ['paragraph: Superseded by ADR 9.', 'paragraph: Text.']],
    ['contain the words below a warning', '.. warning::\n\n   Old.', ['paragraph: Old.']],
  ])('%s', (_name, text, expected) => rst(text, expected));

  it.each<[string, string, string[]]>([
    ['a grid', '+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+', ['1: | a | b |', '1: | 1 | 2 |']],
    ['columns', '==== ====\na    b\n==== ====\n1    2\n==== ====', ['1: a b', '1: 1 2']],
    ['a list', '.. list-table::\n   :header-rows: 1\n\n   * - a\n     - b\n   * - 1\n     - 2\n\nText.', ['1: - a - b', '1: - 1 - 2']],
  ])('are the rows of a table drawn as %s', (_name, text, expected) => expect(rowsOf(readRst(text))).toEqual(expected));

  it('know the targets of names', () => {
    const { definitions } = readRst('.. _Kafka: 0007.rst\n.. _`two words`: b.rst\n.. _kafka: later.rst\n.. _here:\n');
    expect([...definitions]).toEqual([
      ['kafka', '0007.rst'],
      ['two words', 'b.rst'],
    ]);
  });
});

describe('AsciiDoc', () => {
  it.each<[string, string, string[]]>([
    ['has headings of one to six marks', '= Use Kafka\n\n== Status\n\n====== Six', ['# Use Kafka', '## Status', '###### Six']],
    ['needs a space after the marks of a heading', '==Status', ['paragraph: ==Status']],
    ['has attributes, one block each', '= T\n:status: accepted\n:date: 2021', ['# T', 'item: :status: accepted', 'item: :date: 2021']],
    ['has items of every depth', '* a\n** b\n. c\n- d\n1. e', ['item: a', 'item: b', 'item: c', 'item: d', 'item: e']],
    ['hides listings, literals and comments', '----\n== No\n----\n....\nno\n....\n// no\n////\nno\n////\nText.', ['paragraph: Text.']],
    ['hides what follows a listing that is never closed', 'a\n\n----\n== No', ['paragraph: a']],
    ['does not close a listing with the mark of another block', '----\n....\n== No\n----\nText.', ['paragraph: Text.']],
    ['joins the lines of a paragraph', 'a\nb\n\nc', ['paragraph: a b', 'paragraph: c']],
  ])('%s', (_name, text, expected) => asciidoc(text, expected));

  it('has rows between the marks of a table, with the lines that continue them', () => {
    const text = '|===\n|Status |Date\n\n|Accepted\n2021\n|===\n\n|===\n|x\n|===';
    expect(rowsOf(readAsciidoc(text))).toEqual(['1: Status |Date', '1: Accepted 2021', '2: x']);
  });
});
