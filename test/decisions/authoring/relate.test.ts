import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { linkTarget, linkTo, namedOf, supersedes, withStatus } from '../../../server/decisions/authoring/relate.ts';
import { frontValue, inCaseOf, readText, statusSlot, yamlValue } from '../../../server/decisions/authoring/slots.ts';
import { applyEdits, editsOf, type Splice } from '../../../server/text/edits.ts';

const OLD = namedOf(readText('docs/adr/0001-use-ropes.md', '# 1. Use ropes\n'));
const written = (path: string, text: string, splices: readonly Splice[]): string => applyEdits(path, text, editsOf(path, text, splices));

describe('a link to a record', () => {
  test.each([
    ['docs/adr/0002-b.md', 'body', '[1. Use ropes](0001-use-ropes.md)'],
    ['docs/adr/0002-b.md', 'front', '[ADR-0001](0001-use-ropes.md)'],
    ['docs/adr/0002-b.rst', 'body', '`1. Use ropes <0001-use-ropes.md>`_'],
    ['docs/adr/0002-b.adoc', 'field', 'link:0001-use-ropes.md[1. Use ropes]'],
    ['docs/rfcs/b/README.md', 'section', '[1. Use ropes](../../adr/0001-use-ropes.md)'],
  ] as const)('from %s in the %s is %s', (from, form, expected) => {
    expect(linkTo(from, OLD, form)).toBe(expected);
  });

  it('names an RFC as one, and a record without a number by its file', () => {
    const rfc = namedOf(readText('rfcs/0012-mail/README.md', '# RFC 12: Mail\n'));
    expect(linkTo('rfcs/0013-post/README.md', rfc, 'front')).toBe('[RFC-0012](../0012-mail/README.md)');
    const dated = namedOf(readText('adr/keep-orders.md', '# Keep orders\n'));
    expect(linkTo('adr/b.md', dated, 'front')).toBe('[keep-orders](keep-orders.md)');
    expect(linkTo('adr/b.md', dated, 'field')).toBe('[keep-orders](keep-orders.md)');
    expect(linkTo('adr/b.md', dated, 'body')).toBe('[Keep orders](keep-orders.md)');
  });

  it('is one link whatever the title contains', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('[', ']', '(', ')', '|', '`', '<', '>', 'a', ' '), maxLength: 20 }), (heading) => {
        const named = { ...OLD, heading };
        const link = linkTo('docs/adr/0002-b.md', named, 'table');
        expect(link.replace(/\\[[\]|]/g, '')).toMatch(/^\[[^[\]|]*\]\(0001-use-ropes\.md\)$/);
        expect(linkTo('docs/adr/0002-b.rst', named, 'body').match(/[`<>]/g)).toEqual(['`', '<', '>', '`']);
        expect(linkTo('docs/adr/0002-b.adoc', named, 'body').match(/\]/g)).toHaveLength(1);
      }),
    );
  });

  it('decodes to the relative path, and has no character that ends a link', () => {
    const fileName = fc.string({
      unit: fc.constantFrom('a', ' ', '(', ')', '<', '#', '?', '%', '[', '"', '\\', 'é'),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(fileName, (name) => {
        const target = linkTarget('docs/adr/0001-a.md', `docs/adr/${name}.md`);
        expect(decodeURIComponent(target)).toBe(`${name}.md`);
        expect(target).not.toMatch(/[\s()<>[\]"'`\\?#]/);
      }),
    );
  });
});

describe('the back link of a successor', () => {
  test.each([
    ['front matter', '---\nstatus: accepted\n---\n# B\n', '---\nstatus: accepted\nsupersedes: 0001-use-ropes.md\n---\n# B\n'],
    [
      'a section',
      '# B\n\n## Status\n\nAccepted\n\n## Context\n',
      '# B\n\n## Status\n\nAccepted\n\nSupersedes [1. Use ropes](0001-use-ropes.md)\n\n## Context\n',
    ],
    ['a field', '# B\n\n* Status: accepted\n', '# B\n\n* Status: accepted\n* Supersedes: [1. Use ropes](0001-use-ropes.md)\n'],
    ['a field in capitals', '# B\n\nSTATUS: Accepted\n', '# B\n\nSTATUS: Accepted\nSUPERSEDES: [1. Use ropes](0001-use-ropes.md)\n'],
    [
      'the head of a table of two columns',
      '# B\n\n| Status | Accepted |\n|---|---|\n',
      '# B\n\n| Status | Accepted |\n|---|---|\n| Supersedes | [1. Use ropes](0001-use-ropes.md) |\n',
    ],
    [
      'a table of three columns, which a row would break',
      '# B\n\n| Status | Accepted | 2024 |\n|---|---|---|\n',
      '# B\n\nSupersedes [1. Use ropes](0001-use-ropes.md).\n\n| Status | Accepted | 2024 |\n|---|---|---|\n',
    ],
    ['nothing', '# B\n\nText.\n', '# B\n\nSupersedes [1. Use ropes](0001-use-ropes.md).\n\nText.\n'],
  ])('is written where %s states the status', (_, text, expected) => {
    const path = 'docs/adr/0002-b.md';
    expect(written(path, text, supersedes(readText(path, text), OLD))).toBe(expected);
  });

  it('has the line ending of its file', () => {
    const text = '# B\r\n\r\n## Status\r\n\r\nAccepted\r\n';
    const changed = written('docs/adr/0002-b.md', text, supersedes(readText('docs/adr/0002-b.md', text), OLD));
    expect(changed.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});

describe('a status for a record that states none', () => {
  test.each([
    ['---\ntitle: B\n---\n# B\n', '---\nstatus: Proposed\ntitle: B\n---\n# B\n'],
    ['# B\n\nText.\n', '# B\n\nStatus: Proposed\n\nText.\n'],
    ['Text.\n', 'Status: Proposed\n\nText.\n'],
  ])('in %j is added where readers find it', (text, expected) => {
    expect(written('adr/b.md', text, [withStatus(readText('adr/b.md', text), 'Proposed')])).toBe(expected);
  });
});

describe('the place of a status', () => {
  test.each([
    ['---\nstatus: accepted\n---\n# A\n', 'front'],
    ['---\ntags: [Accepted]\n---\n# A\n', 'tag'],
    ['# A\n\n## Status\n\nAccepted\n', 'section'],
    ['# A\n\n**Status:** Accepted\n', 'field'],
    ['# A\n\n| Status | Accepted |\n|---|---|\n', 'table'],
    ['# A\n\n![Accepted](https://img.shields.io/badge/status-accepted-green)\n', 'tag'],
    ['# A\n', undefined],
  ])('in %j has the form %s', (text, form) => {
    expect(statusSlot(readText('docs/adr/0001-a.md', text))?.form).toBe(form);
  });
});

describe('a value of front matter', () => {
  it('is read back by YAML as it was written', () => {
    const value = fc.string({
      unit: fc.constantFrom('a', ':', ' ', '#', '-', '[', '"', "'", '1', '&', '*', '|', 'yes', 'null'),
      minLength: 1,
    });
    fc.assert(
      fc.property(value, (text) => {
        expect(parse(`key: ${yamlValue(text)}`)).toEqual({ key: text });
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['status: "old"', 'status: "a \\"b\\""'],
    ["status: 'old'", `status: 'a "b"'`],
    ['status: old', 'status: a "b"'],
  ])('replaces that of %s with its quotes', (text, expected) => {
    const start = text.indexOf('old');
    expect(written('a.md', text, [frontValue(text, start, start + 3, 'a "b"')])).toBe(expected);
  });

  test.each([
    ['ACCEPTED', 'SUPERSEDED'],
    ['Accepted', 'Superseded'],
    ['accepted', 'superseded'],
    ['✅ Accepted', 'Superseded'],
    ['A', 'Superseded'],
    ['', 'superseded'],
  ])('has the letter case of "%s": %s', (like, expected) => {
    expect(inCaseOf(like, 'superseded')).toBe(expected);
  });
});
