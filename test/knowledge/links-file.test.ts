import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLinks } from '../../server/knowledge/links/links.ts';
import { type NewLink, saveLinks, saveTestLink, writeLinks, writeTestLink } from '../../server/knowledge/links/links-file.ts';
import { testFolder } from '../support/folder.ts';
import { withoutRights } from './rights.ts';

const LINK: NewLink = { decision: 'docs/adr/0007-use-kafka.md', code: 'src/a.ts', verdict: 'governs', date: '2026-11-21' };

const written = (text: string | undefined, link: NewLink = LINK): { text: string; done: string } => {
  const answer = writeLinks(text, [link]);
  if ('refused' in answer) throw new Error(answer.refused);
  return { text: answer.text, done: answer.done.join() };
};

describe('writing a link', () => {
  it('creates a file that explains itself', () => {
    const { text, done } = written(undefined);
    expect(done).toBe('added');
    expect(
      text,
    ).toBe(`# Which decision governs which code. Lintel reads this file, and adds to it when you answer "governs" or "does not govern".
# You can edit it: comments and order are preserved. Required fields: decision, code, verdict (governs or does-not-govern).
# Optional fields: symbol, lines, by, date, note. End-to-end tests that cover code are under "tests": test, code, by, date, note.

links:
  - decision: docs/adr/0007-use-kafka.md
    code: src/a.ts
    verdict: governs
    date: 2026-11-21
`);
    expect(readLinks(text).findings).toEqual([]);
  });

  it('adds at the end and leaves comments, order and what it does not know alone', () => {
    const before = `# ours
links:
  # about orders
  - decision: b.md # the old one
    code: src/b.ts
    verdict: governs
    mood: good

  - decision: a.md
    code: "src/a b.ts"
    verdict: does-not-govern
# the end
`;
    const { text } = written(before);
    expect(text.startsWith(before.slice(0, before.indexOf('# the end')))).toBe(true);
    expect(text).toContain('# the end');
    expect(readLinks(text).entries.map(({ decision }) => decision)).toEqual(['b.md', 'a.md', LINK.decision]);
  });

  it('changes only the verdict and the date where somebody spoke of the same place before', () => {
    const before = `links:
  - decision: docs/adr/0007-use-kafka.md # really
    code: src/a.ts
    # since the rewrite
    verdict: does-not-govern
    by: Ada
    date: 2024-01-01
    note: it did not then
  - decision: z.md
    code: src/z.ts
    verdict: governs
`;
    const { text, done } = written(before);
    expect(done).toBe('replaced');
    expect(text).toBe(before.replace('does-not-govern', 'governs').replace('2024-01-01', '2026-11-21'));
  });

  it('keeps the bytes where nothing is new', () => {
    const before = 'links:   [ {decision: docs/adr/0007-use-kafka.md,   code: src/a.ts, verdict: governs} ]   # odd but ours';
    expect(writeLinks(before, [LINK])).toEqual({ text: before, done: ['unchanged'] });
  });

  it('tells a file from a symbol of it and from lines of it', () => {
    let { text } = written(undefined);
    ({ text } = written(text, { ...LINK, symbol: 'publish' }));
    ({ text } = written(text, { ...LINK, lines: { first: 3, last: 9 }, verdict: 'does-not-govern' }));
    ({ text } = written(text, { ...LINK, lines: { first: 11, last: 11 } }));
    expect(readLinks(text).entries).toMatchObject([
      { verdict: 'governs' },
      { symbol: 'publish' },
      { lines: { first: 3, last: 9 }, verdict: 'does-not-govern' },
      { lines: { first: 11, last: 11 } },
    ]);
    expect(written(text, { ...LINK, lines: { first: 11, last: 11 }, verdict: 'does-not-govern' }).done).toBe('replaced');
  });

  it('writes many in one edit, each once, and says what became of each', () => {
    const before = 'links:\n  - decision: b # ours\n    code: src/b.ts\n    verdict: governs\n';
    const links: readonly NewLink[] = [
      LINK,
      { decision: 'b', code: 'src/b.ts', verdict: 'does-not-govern' },
      LINK,
      { ...LINK, code: 'src/c.ts', verdict: 'does-not-govern' },
    ];
    const answer = writeLinks(before, links);
    if ('refused' in answer) throw new Error(answer.refused);
    expect(answer.done).toEqual(['added', 'replaced', 'unchanged', 'added']);
    expect(answer.text).toContain('- decision: b # ours\n    code: src/b.ts\n    verdict: does-not-govern\n');
    expect(readLinks(answer.text).entries.map(({ code, verdict }) => [code, verdict])).toEqual([
      ['src/b.ts', 'does-not-govern'],
      ['src/a.ts', 'governs'],
      ['src/c.ts', 'does-not-govern'],
    ]);
    expect(writeLinks(answer.text, links.slice(0, 3))).toEqual({ text: answer.text, done: ['unchanged', 'unchanged', 'unchanged'] });
  });

  it('knows a record under another name', () => {
    const before = 'links:\n  - decision: ADR-7\n    code: src/a.ts\n    verdict: does-not-govern\n';
    const answer = writeLinks(before, [LINK], (name) => name === 'ADR-7');
    expect(answer).toMatchObject({ done: ['replaced'] });
    expect('text' in answer && readLinks(answer.text).entries).toMatchObject([{ decision: LINK.decision, verdict: 'governs' }]);
  });

  it('keeps line endings and the byte order mark', () => {
    const { text } = written('\uFEFFlinks:\r\n  - decision: b\r\n    code: c\r\n    verdict: governs\r\n');
    expect(text.startsWith('\uFEFFlinks:\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('keeps a list that is not indented', () => {
    const before = 'links:\n- decision: b\n  code: c\n  verdict: governs\n';
    expect(written(before).text.startsWith(before)).toBe(true);
  });

  it('refuses what it cannot read, with the reason and what to do', () => {
    for (const text of [
      'links: [',
      'links: no\n',
      '- a\n',
      'just words\n',
      `links: ${'['.repeat(100_000)}`,
      'links:\n  - decision: "a\n',
    ]) {
      const answer = writeLinks(text, [LINK]);
      expect('refused' in answer ? answer.refused : answer.text, text.slice(0, 20)).toMatch(/was not changed: .*Fix it by hand/s);
    }
  });

  it('adds exactly one entry to any file that can be read, keeps every comment, and does nothing the second time', () => {
    const plain = fc.stringMatching(/^[\p{L}\p{N}./_*-][\p{L}\p{N}./_* -]{0,20}[\p{L}\p{N}]$/u);
    const comment = fc.stringMatching(/^[\p{L}\p{N} ]{1,12}$/u).map((words) => `#c ${words.trim()}`);
    const value = fc.oneof(plain, fc.string({ maxLength: 20 }));
    const entry = fc.record({ decision: value, code: value, verdict: fc.constantFrom('governs', 'does-not-govern'), note: value, comment });
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 6 }),
        comment,
        value,
        value,
        fc.constantFrom('governs' as const, 'does-not-govern' as const),
        (entries, tail, decision, code, verdict) => {
          const before = `links:\n${entries.map((one) => `  ${one.comment}\n  - decision: ${JSON.stringify(one.decision)}\n    code: ${JSON.stringify(one.code)}\n    note: ${JSON.stringify(one.note)}\n    verdict: ${one.verdict}\n`).join('')}${tail}\n`;
          const answer = writeLinks(before, [{ decision, code, verdict }]);
          if ('refused' in answer) throw new Error(answer.refused);
          const known = entries.findLast((one) => one.decision === decision && one.code === code);
          const expected = known
            ? entries.map((one) => (one === known ? { ...one, verdict } : one))
            : [...entries, { decision, code, verdict }];
          const given = (one: { decision: string; code: string }): boolean => one.decision !== '' && one.code !== '';
          const read = readLinks(answer.text).entries;
          // What no field may hold was there before, and is left alone.
          const valid = expected.filter(given).map((one) => [one.decision, one.code, one.verdict]);
          expect(read.map((one) => [one.decision, one.code, one.verdict])).toEqual(
            expect.arrayContaining(valid.filter(([, path]) => (path ?? '').split('*').length < 5)),
          );
          for (const line of [...entries.map((one) => one.comment), tail]) expect(answer.text).toContain(line.trim());
          expect(writeLinks(answer.text, [{ decision, code, verdict }])).toEqual({ text: answer.text, done: ['unchanged'] });
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('saving a link', () => {
  it('writes the file, with its folder, and leaves nothing else behind', async () => {
    const root = testFolder();
    expect(await saveLinks(root, [LINK])).toMatchObject({ done: ['added'] });
    expect(await saveLinks(root, [LINK])).toMatchObject({ done: ['unchanged'] });
    expect(await saveLinks(root, [{ ...LINK, verdict: 'does-not-govern' }])).toMatchObject({ done: ['replaced'] });
    expect(await readdir(join(root, '.lintel'))).toEqual(['links.yaml']);
    expect(readLinks(await readFile(join(root, '.lintel/links.yaml'), 'utf8')).entries).toMatchObject([{ verdict: 'does-not-govern' }]);
  });

  it('never writes through a symbolic link', async () => {
    const outside = testFolder();
    const folderLink = testFolder();
    await symlink(outside, join(folderLink, '.lintel'));
    expect(await saveLinks(folderLink, [LINK])).toMatchObject({ refused: expect.stringContaining('symbolic link') });
    const fileLink = testFolder();
    await mkdir(join(fileLink, '.lintel'));
    await writeFile(join(outside, 'precious'), 'links:\n');
    await symlink(join(outside, 'precious'), join(fileLink, '.lintel/links.yaml'));
    expect(await saveLinks(fileLink, [LINK])).toMatchObject({ refused: expect.stringContaining('symbolic link') });
    expect(await readdir(outside)).toEqual(['precious']);
    expect(await readFile(join(outside, 'precious'), 'utf8')).toBe('links:\n');
  });

  it('leaves a file alone that it does not understand', async () => {
    const root = testFolder();
    await mkdir(join(root, '.lintel'));
    await writeFile(join(root, '.lintel/links.yaml'), 'links: [ oh');
    expect(await saveLinks(root, [LINK])).toMatchObject({ refused: expect.stringContaining('not valid YAML') });
    expect(await readFile(join(root, '.lintel/links.yaml'), 'utf8')).toBe('links: [ oh');
    expect(await readdir(join(root, '.lintel'))).toEqual(['links.yaml']);
  });

  it('rejects where the folder cannot be written', async () => {
    const root = join(testFolder(), 'repository');
    await mkdir(root);
    await expect(withoutRights(root, () => saveLinks(root, [LINK]))).rejects.toThrow(/EACCES|EPERM/);
  });
});

describe('writing a link between a test and code', () => {
  const TEST = { test: 'e2e/cart.spec.ts', code: 'src/cart/**', date: '2026-11-27', note: 'missed once' };
  const textOf = (before: string | undefined, link = TEST): string => {
    const answer = writeTestLink(before, link);
    if ('refused' in answer) throw new Error(answer.refused);
    return answer.text;
  };

  it('goes into a list of its own, which leaves the links of decisions alone', () => {
    const before = 'links:\n  # ours\n  - decision: 7\n    code: src/a.ts\n    verdict: governs\n';
    const after = textOf(before);
    expect(after).toBe(`${before}tests:\n  - test: e2e/cart.spec.ts\n    code: src/cart/**\n    date: 2026-11-27\n    note: missed once\n`);
    expect(readLinks(after)).toMatchObject({ findings: [], entries: [{ decision: '7' }], tests: [TEST] });
  });

  it('is written once, and its note is replaced', () => {
    const once = textOf(undefined);
    expect(writeTestLink(once, TEST)).toEqual({ text: once, done: ['unchanged'] });
    expect(readLinks(textOf(once, { ...TEST, note: 'twice' })).tests).toEqual([{ ...TEST, note: 'twice' }]);
  });

  it('refuses a list that is none', () => {
    expect(writeTestLink('tests: 7\n', TEST)).toEqual({ refused: expect.stringContaining('"tests:" followed by a list') });
  });

  it('reaches the file of the repository', async () => {
    const root = testFolder();
    expect(await saveTestLink(root, TEST)).toMatchObject({ done: ['added'] });
    expect(readLinks(await readFile(join(root, '.lintel/links.yaml'), 'utf8')).tests).toEqual([TEST]);
  });
});
