import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFrontMatter } from '../../../server/knowledge/markup/front-matter.ts';
import { readRecord } from '../../../server/knowledge/records/record.ts';
import { lineIndex } from '../../../server/text/lines.ts';

const read = (text: string) => readFrontMatter(text, lineIndex(text));
const entriesOf = (text: string) =>
  Object.fromEntries((read(text)?.entries ?? []).map(({ key, values }) => [key, values.map((value) => value.text)]));
const facts = (text: string): readonly unknown[] => {
  const { title, status, date, findings } = readRecord({ path: 'docs/adr/0007-x.md', text, sha: '' });
  return [title, status?.value, date, findings.filter(({ rule }) => rule === 'broken-front-matter').length];
};
const EXPECTED = ['Use Kafka', 'accepted', '2020-01-02', 0];
const BODY = '# Use Kafka\n\n## Decision\n\nKafka.\n';

describe('status and day are read from front matter', () => {
  it.each([
    ['in TOML between plus signs', `+++\ntitle = "Use Kafka"\nstatus = "Accepted"\ndate = 2020-01-02\n+++\n${BODY}`],
    ['in TOML with a language', `---toml\nstatus = 'accepted' # really\ndate = "2020-01-02"\n---\n${BODY}`],
    ['in TOML with line ends of Windows', `+++\r\nstatus = "accepted"\r\ndate = 2020-01-02\r\n+++\r\n${BODY}`],
    ['in JSON with a language', `---json\n{\n\t"status": "accepted",\n\t"date": "2020-01-02"\n}\n---\n${BODY}`],
    ['in JSON between semicolons', `;;;\n{ "status": "accepted", "date": "2020-01-02" }\n;;;\n${BODY}`],
    ['in JSON without braces', `;;;\n"status": "accepted",\n"date": "2020-01-02"\n;;;\n${BODY}`],
    ['in comments', `<!-- status: accepted -->\n<!-- date: 2020-01-02 -->\n${BODY}`],
    ['in a comment of several lines', `<!--\nstatus: accepted\ndate: 2020-01-02\n-->\n\n${BODY}`],
    ['in a comment below the title', '# Use Kafka\n\n<!-- Status: "Accepted"\nDate: 2020-01-02 -->\n\n## Decision\n\nKafka.\n'],
  ])('%s', (_name, text) => expect(facts(text)).toEqual(EXPECTED));

  it.each([
    ['a status in the text', `<!-- status: proposed -->\n# Use Kafka\n\nStatus: Accepted\nDate: 2020-01-02\n\n## Decision\n\nKafka.\n`],
    [
      'a section on the status',
      `<!-- status: proposed -->\n# Use Kafka\n\nDate: 2020-01-02\n\n## Status\n\nAccepted\n\n## Decision\n\nKafka.\n`,
    ],
  ])('in a comment only where there is not %s', (_name, text) => expect(facts(text)).toEqual(EXPECTED));

  it.each([
    ['a comment of a template', `<!-- status: proposed | accepted | rejected -->\n${BODY}`],
    ['a comment of prose', `<!--\nstatus: accepted\nThis is how a record is written.\n-->\n${BODY}`],
    ['a comment below the text', `# Use Kafka\n\nWords.\n\n<!-- status: accepted -->\n`],
    ['text between two lines of plus signs', `+++\nNo keys.\n+++\n${BODY}`],
  ])('but not in %s', (_name, text) => expect(facts(text)).toEqual(['Use Kafka', undefined, undefined, 0]));
});

describe('front matter in TOML', () => {
  it('has strings, arrays over several lines, inline tables, and tables that are keys', () => {
    const text =
      '+++\ntags = [\n  "a, b", # first\n  \'c\',\n]\nsuperseded_by = ["ADR-8"]\nlong = """\nx\ny"""\nquoted = "say \\"so\\""\nnumber = 0007\nat = 2020-01-02 10:00:00\nby = { name = "Me", mail = "m@x" }\n[extra]\nstatus = "draft"\n+++\n# T\n';
    expect(entriesOf(text)).toEqual({
      tags: ['a, b', 'c'],
      'superseded-by': ['ADR-8'],
      long: ['x\ny'],
      quoted: ['say "so"'],
      number: ['0007'],
      at: ['2020-01-02 10:00:00'],
      by: ['Me', 'm@x'],
      extra: ['draft'],
    });
    expect(read(text)?.findings).toEqual([]);
    expect(text.slice(read(text)?.bodyStart)).toBe('# T\n');
  });

  it('that is broken has its other lines, and a finding names the first bad one', () => {
    const text = '+++\nstatus = "accepted"\ntitle = "open\ndate = 2020-01-02\n+++\n';
    expect(entriesOf(text)).toMatchObject({ status: ['accepted'], date: ['2020-01-02'] });
    expect(read(text)?.findings.map(({ message }) => message)).toEqual(['Line 2 of the front matter is not valid TOML. Quote its value.']);
  });
});

it('front matter in JSON that is broken is not read, and a finding says so', () => {
  expect(read(';;;\n{ "a": "x", }\n;;;\n')).toMatchObject({
    entries: [],
    findings: [{ message: expect.stringMatching(/^The front matter is not valid JSON/) }],
  });
});

it('values in each form of front matter have their places in the text', () => {
  for (const text of [
    '+++\na = "x y"\nb = [1, \'z\']\n+++\n',
    '---json\n{"a": "x y", "b": [1, "z"]}\n---\n',
    ';;;\n"a": "x y", "b": [1, "z"]\n;;;\n',
  ]) {
    expect(read(text)?.entries.flatMap(({ values }) => values.map(({ start, end }) => text.slice(start, end)))).toEqual(['x y', '1', 'z']);
  }
});

it('any text between these lines is read without an exception, with values inside the text', () => {
  const part = fc.constantFrom(
    'a',
    ' = ',
    '"',
    "'",
    '"""',
    '[',
    ']',
    '{',
    '}',
    ',',
    '#',
    '\n',
    '\\',
    ': ',
    '1',
    '[x]\n',
    'k = "v"\n',
    '\t',
    '\r\n',
  );
  const fences = fc.constantFrom(['+++', '+++'], ['---toml', '---'], ['---json', '---'], [';;;', ';;;'], ['<!--', '-->']);
  fc.assert(
    fc.property(fences, fc.array(part, { maxLength: 60 }), ([open, close], parts) => {
      const text = `${open}\n${parts.join('')}\n${close}\n# T\n`;
      readRecord({ path: 'docs/adr/0007-x.md', text, sha: '' });
      for (const { values } of read(text)?.entries ?? []) {
        for (const { start, end } of values) expect(0 <= start && start <= end && end <= text.length).toBe(true);
      }
    }),
  );
});
