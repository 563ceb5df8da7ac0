import { describe, expect, it } from 'vitest';
import { EngineError } from '../../server/model/errors.ts';
import { isConflict, StoreUnusable, translate } from '../../server/store/failure.ts';

const FOLDER = '/cache/shop';
const withCode = (code: string): Error => Object.assign(new Error('failed'), { code });

describe('an error of LanceDB or the file system', () => {
  it.each([
    ['a full disk on Linux', new Error('LanceError(IO): No space left on device (os error 28)'), 'disk-full'],
    ['a full disk on Windows', new Error('There is not enough space on the disk. (os error 112)'), 'disk-full'],
    ['a quota', new Error('Disk quota exceeded'), 'disk-full'],
    ['a full disk in Node', new Error('ENOSPC: write'), 'disk-full'],
    ['missing permission', new Error('Permission denied (os error 13)'), 'index-read-only'],
    ['a read-only file system', new Error('Read-only file system'), 'index-read-only'],
    ['missing permission on Windows', new Error('Access is denied.'), 'index-read-only'],
    ['a file where the folder should be', withCode('ENOTDIR'), 'index-read-only'],
    ['a name that is too long', withCode('ENAMETOOLONG'), 'index-read-only'],
    ['a condition that cannot be parsed', new Error('Invalid user input: sql parser error: Expected end'), 'store-failed'],
    ['a column that does not exist', new Error('No field named "nope"'), 'store-failed'],
  ])('such as %s has a code of its own', (_, error, code) => {
    const failure = translate(error, FOLDER);
    expect(failure).toMatchObject({ code, cause: error, message: expect.stringContaining(FOLDER) });
    expect(failure).not.toBeInstanceOf(StoreUnusable);
  });

  it.each([
    ['a Rust panic', new Error('called `Option::unwrap()` on a `None` value')],
    ['a missing file', new Error('Not found: data/0.lance')],
    ['something that is not an error', 'broken'],
    ['nothing', undefined],
  ])('such as %s means that the store is damaged', (_, error) => {
    const failure = translate(error, FOLDER);
    expect(failure).toBeInstanceOf(StoreUnusable);
    expect(failure).toMatchObject({ state: 'damaged', code: 'store-failed', cause: error });
  });

  it('that was translated already stays as it is, and so does an abort', () => {
    const known = new EngineError('index-busy', 'x');
    const unusable = new StoreUnusable('absent', 'it is gone', FOLDER);
    const aborted = new DOMException('x', 'AbortError');
    for (const error of [known, unusable, aborted]) expect(translate(error, FOLDER)).toBe(error);
  });

  it('is shown by its first line, without the paths of the machine that built LanceDB, and not at length', () => {
    const long = `Cut file, /home/runner/lance/src/io.rs:12:5 ${'x'.repeat(500)}\nsecond line`;
    const { message } = translate(new Error(long), FOLDER);
    expect(message).toMatch(/^The index in \/cache\/shop cannot be used: its files are damaged \(Cut file x+\)\. It will be rebuilt\.$/);
    expect(message.length).toBeLessThan(320);
  });

  it.each([
    ['Retryable commit conflict for version 3', true],
    ['Commit conflict for version 3', true],
    ['Too many concurrent writers', true],
    ['Not found: data/0.lance', false],
  ])('is a conflict with another writer or is not: %s', (message, expected) => expect(isConflict(new Error(message))).toBe(expected));
});
