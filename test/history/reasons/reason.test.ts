import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutTrailers } from '../../../server/history/reasons/prose.ts';
import { commitReason, reasonOf } from '../../../server/history/reasons/reason.ts';
import { sentencesOf } from '../../../server/history/reasons/sentences.ts';

const reason = (message: string): string | undefined => reasonOf(message)?.sentence;

describe('the reason in a message', () => {
  it.each([
    [
      'a cause',
      'Check the quota first\n\nSnapshots fail halfway because the quota is only checked by the volume service.',
      /^Snapshots fail halfway because/,
    ],
    [
      'a problem before the change',
      'Use one query\n\nCurrently we load every edition, which is slow and runs out of memory.\nThis adds a single query.',
      /^Currently we load every edition/,
    ],
    [
      'a sentence over several lines',
      'Sort refs\n\nOther clients do not sort the file, so we cannot rely on the order\nof its entries and have to sort it ourselves.',
      /^Other clients .* order of its entries .* ourselves\.$/,
    ],
    ['a short sentence that begins with because', 'Retry\n\nBecause the broker restarts.', /^Because the broker restarts\.$/],
    ['a subject that complains', 'Fix data corruption when the disk is full', /^Fix data corruption/],
    [
      'an item of a list',
      'Move the lookup\n\n- The old lookup fails when the host is gone because its cache is never cleared.',
      /^The old lookup fails/,
    ],
  ])('is told from %s', (_, message, expected) => {
    expect(reason(message)).toMatch(expected);
  });

  it.each([
    ['only says what was done', 'Add a page for contacts'],
    ['has trailers only', 'Add a page\n\nSigned-off-by: Ada <ada@example.org>\nReviewed-by: Bob <bob@example.org>\nChange-Id: I0123456789'],
    ['points to an issue', 'Add a page\n\nFixes #12\nCloses: https://example.org/issues/12'],
    ['lists squashed commits', 'Add a page (#12)\n\n* fix lint\n\n* address review comments\n\n* wip'],
    [
      'is a template with its boxes',
      'Add a page (#12)\n\n<!-- Please describe why this is needed because we want to know. -->\n\n## Checklist\n- [x] I have added tests because they are required\n- [ ] docs',
    ],
    [
      'was written by a bot',
      'Bump left-pad from 1.0.0 to 1.0.1\n\nBumps [left-pad](https://example.org) from 1.0.0 to 1.0.1.\n\nSigned-off-by: dependabot[bot] <support@github.com>',
    ],
    ['names co-authors', 'Embed tab (#3583)\n\nCo-authored-by: Ada <ada@example.org>\nCo-authored-by: Bob <bob@example.org>'],
    ['is empty', ''],
  ])('is quiet where it %s', (_, message) => {
    expect(reason(message)).toBeUndefined();
  });

  it('is the sentence before a conclusion, together with it', () => {
    const message =
      'Compress by default\n\nThe new format is substantially faster at the same size.\nHence, add support for it, because it makes a better default.';
    const found = reasonOf(message) ?? expect.fail('found none');
    expect(found.sentence).toBe(
      'The new format is substantially faster at the same size. Hence, add support for it, because it makes a better default.',
    );
    expect(message.slice(found.start, found.end).replace('\n', ' ')).toBe(found.sentence);
  });

  it('is not what is said in passing', () => {
    const aside = 'Other than that, some errors are now wrong because they are handled elsewhere.';
    expect(reason(`Expose flags\n\n${aside}\nReads fail during a pause because scripts count as writes.`)).toMatch(/^Reads fail/);
  });

  it('ignores Windows line endings, and what goes on below a dropped item', () => {
    const message =
      'Add a page (#12)\r\n\r\n- [x] I updated the documentation because it was wrong and\r\n  it fails otherwise\r\n\r\nSigned-off-by: Ada <ada@example.org>\r\n';
    expect(sentencesOf(message).map(({ text }) => text)).toEqual(['Add a page (#12)']);
  });

  it('has the place of its sentence in the message', () => {
    const body = 'First this.\n\nThe old order fails when two hosts start at once, because both take the lock.\n';
    const found = commitReason({ subject: 'Take the lock first', body });
    expect(found?.span).toEqual({ start: { line: 4, character: 0 }, end: { line: 4, character: 77 } });
  });

  it('of a message of a megabyte is found at its beginning, without reading the rest', () => {
    const message = `Cut the log\n\nThe log grows without bound because nobody deletes it, which fills the disk.\n\n${'x y z. '.repeat(150_000)}`;
    expect(reason(message)).toMatch(/^The log grows/);
  });
});

describe('the sentences of a message', () => {
  it('do not end at abbreviations, and end at two spaces before a lower-case word', () => {
    const message = 'Subject\n\nUse a map, e.g. the one of the cache.  various others fail.';
    expect(sentencesOf(message).map(({ text }) => text)).toEqual([
      'Subject',
      'Use a map, e.g. the one of the cache.',
      'various others fail.',
    ]);
  });

  it('are verbatim parts of any message but for white space, in order and within it', () => {
    const line = fc.constantFrom(
      '',
      'Because it fails.',
      '- item one',
      '  wrapped on',
      '    code()',
      'Fixes #12',
      '```',
      '<!-- hidden',
      '-->',
      'Ünïcode 😀. Next!',
      '\tTab',
      'a: b',
      '* x',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string()), { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), (rows, end) => {
        const message = rows.join(end);
        let last = 0;
        for (const { text, start, end: until, isSubject } of sentencesOf(message)) {
          expect(start).toBeGreaterThanOrEqual(isSubject ? 0 : last);
          expect(until).toBeLessThanOrEqual(message.length);
          if (!isSubject) {
            expect(message.slice(start, until).replace(/\s+/g, '')).toContain(text.replace(/\s+/g, '').slice(0, 5));
            last = until;
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a body without its trailers', () => {
  it.each([
    ['Why not.\n\nSigned-off-by: Ada <a@b.c>\nCc: Bob <b@b.c>\n', 'Why not.'],
    ['Why not.\n\n(cherry picked from commit 0123456)\n\nReviewed-by: Bob <b@b.c>', 'Why not.'],
    ['Signed-off-by: Ada <a@b.c>', ''],
    ['Note: this stays.', 'Note: this stays.'],
    ['', ''],
  ])('of %j is %j', (body, text) => {
    expect(withoutTrailers(body)).toBe(text);
  });
});
