import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { folders, placeFrom, splitPlace } from '../../server/cli/place.ts';
import { printable } from '../../server/cli/terminal.ts';
import { didYouMean, distance, suggest } from '../../server/text/suggest.ts';

describe('the distance of two words', () => {
  it('counts insertions, deletions, replacements and swaps of neighbours', () => {
    expect(distance('search', 'search')).toBe(0);
    expect(distance('serach', 'search')).toBe(1);
    expect(distance('why', 'whyy')).toBe(1);
    expect(distance('', 'abc')).toBe(3);
    expect(distance('index', 'status')).toBeGreaterThan(3);
  });

  it('is symmetric, zero only for equal words, and at most the longer length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, b) === 0).toBe(a === b);
        expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});

describe('a suggestion', () => {
  const commands = ['index', 'search', 'why', 'status', 'doctor'];

  it('is the near word, also for a beginning of it', () => {
    expect(suggest('stauts', commands)).toBe('status');
    expect(suggest('doc', commands)).toBe('doctor');
    expect(suggest('SEARCH', commands)).toBe('search');
  });

  it('is absent where nothing is near', () => {
    expect(suggest('deploy', commands)).toBeUndefined();
    expect(didYouMean('x', commands)).toBe('');
  });
});

describe('FILE:LINE', () => {
  it.each([
    ['src/a.ts', { file: 'src/a.ts' }],
    ['src/a.ts:12', { file: 'src/a.ts', line: 12 }],
    ['src/a.ts:12:7', { file: 'src/a.ts', line: 12 }],
    ['src/a.ts:12:', { file: 'src/a.ts', line: 12 }],
    ['C:\\shop\\a.ts', { file: 'C:\\shop\\a.ts' }],
    ['C:\\shop\\a.ts:12', { file: 'C:\\shop\\a.ts', line: 12 }],
    ['c:/shop/a.ts:12:7', { file: 'c:/shop/a.ts', line: 12 }],
    ['C:12', { file: 'C:12' }],
    ['a:b.ts', { file: 'a:b.ts' }],
    ['a\nb.ts:12', { file: 'a\nb.ts', line: 12 }],
  ])('%s is read as %j', (written, expected) => {
    expect(splitPlace(written)).toEqual(expected);
  });

  it('gives back any file and line that were joined', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w./ -]{2,40}$/), fc.nat(), (file, line) => {
        expect(splitPlace(`${file}:${line}`)).toEqual({ file, line });
      }),
    );
  });
});

describe('a place on the command line', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'lintel-place-'));
  const root = join(scratch, 'shop');
  mkdirSync(root);
  symlinkSync(root, join(scratch, 'link'));
  afterAll(() => rmSync(scratch, { recursive: true }));

  it.each([
    ['one\n', 2, '1 line'],
    ['one\r\ntwo', 2, '2 lines'],
    ['one\rtwo\rthree', 3, '3 lines'],
    ['', 1, '1 line'],
  ])('in a file that holds %j may be any of its lines, and no line after them', (text, count, lines) => {
    writeFileSync(join(root, 'a.ts'), text);
    expect(placeFrom(`a.ts:${count}`, root, root)).toEqual({ path: 'a.ts', line: count - 1 });
    for (const beyond of [count + 1, 99_999])
      expect(() => placeFrom(`a.ts:${beyond}`, root, root)).toThrow(`a.ts has ${lines}; there is no line ${beyond}.`);
  });

  it('that is not there is looked for in two folders only where they are two', () => {
    expect(folders(root, root)).toBe(root);
    expect(folders(`${root}/`, root)).toBe(root);
    expect(folders(join(scratch, 'link'), root)).toBe(root);
    expect(folders(scratch, root)).toBe(`${scratch} or ${root}`);
    expect(folders('/not/there', root)).toBe(`/not/there or ${root}`);
  });
});

describe('text of a repository on a terminal', () => {
  it('holds no controls, whatever the repository wrote', () => {
    const nasty = fc.array(fc.constantFrom('\u001b[31m', '\u001b]0;x\u0007', '\u009b2J', '\r', '\n', '\u202e', 'word', 'é', '👩‍🚀'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          nasty.map((parts) => parts.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          expect(/[\p{Cc}\p{Bidi_Control}]/u.test(printable(text))).toBe(false);
        },
      ),
    );
  });

  it('keeps ordinary words as they are', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zäöü]+( [a-z0-9.,:;-]+)*$/), (text) => {
        expect(printable(text)).toBe(text);
      }),
    );
  });
});
