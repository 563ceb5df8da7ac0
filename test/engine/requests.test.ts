import { describe, expect, it, vi } from 'vitest';
import { createRequests, existsIn } from '../../server/engine/requests.ts';
import type { View } from '../../server/engine/view.ts';
import { StoreUnusable } from '../../server/store/failure.ts';
import { treeOf } from '../../server/workspace/tree.ts';
import { filesInMemory } from '../support/workspace.ts';

const ROOT = '/repository';
const DAMAGE = new StoreUnusable('damaged', 'its files are damaged', '/index');

/** A view by name; the requests under test only pass it on. */
const viewOf = (name: string): View => ({ version: name.length, log: name }) as never;

/** Requests over views that come in this order, the last one for ever. */
const requestsOver = (views: readonly (View | undefined)[], files: Readonly<Record<string, string>> = {}) => {
  let asked = 0;
  const next = async () => views[Math.min(asked++, views.length - 1)];
  const reopen = vi.fn(async () => undefined);
  const noteReadable = vi.fn();
  const read = vi.fn(filesInMemory(files).read);
  const requests = createRequests({
    root: ROOT,
    files: () => ({ ...filesInMemory(files), read }),
    views: { current: next, light: next, reopen },
    runner: { noteReadable },
  });
  return { requests, reopen, noteReadable, read };
};

describe('an answer', () => {
  it('is given from the newest view, and the runner learns that the index could be read', async () => {
    const { requests, noteReadable } = requestsOver([viewOf('first'), viewOf('second')]);
    expect(await requests.answer(async (view) => view?.log)).toBe('first');
    expect(await requests.answer(async (view) => view?.log)).toBe('second');
    expect(noteReadable.mock.calls).toEqual([[true], [true]]);
  });

  it('is given without a view where there is none, and the runner learns so', async () => {
    const { requests, noteReadable } = requestsOver([undefined]);
    expect(await requests.answer(async (view) => view === undefined)).toBe(true);
    expect(noteReadable.mock.calls).toEqual([[false]]);
  });

  it('is tried once more from a new view where the index broke in the middle', async () => {
    const { requests, reopen } = requestsOver([viewOf('old'), viewOf('new')]);
    const work = vi.fn(async (view: View | undefined) => {
      if (String(view?.log) === 'old') throw DAMAGE;
      return view?.log;
    });
    expect(await requests.answer(work)).toBe('new');
    expect([work.mock.calls.length, reopen.mock.calls.length]).toEqual([2, 1]);
  });

  it('is not tried a third time', async () => {
    const { requests } = requestsOver([viewOf('old')]);
    const work = vi.fn(() => Promise.reject(DAMAGE));
    await expect(requests.answer(work)).rejects.toBe(DAMAGE);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('rejects at once for any other failure, and keeps the index open', async () => {
    const { requests, reopen } = requestsOver([viewOf('old')]);
    const work = vi.fn(() => Promise.reject(new TypeError('ours')));
    await expect(requests.answer(work)).rejects.toThrow('ours');
    expect([work.mock.calls.length, reopen.mock.calls.length]).toEqual([1, 0]);
  });
});

describe('an answer about a place', () => {
  const FILES = { 'src/lift.ts': '// ADR-0001\nlift();\n' };
  const textAt = (place: Parameters<ReturnType<typeof createRequests>['fileAt']>[0], files = FILES) =>
    requestsOver([viewOf('v')], files).requests.answerAt(place, 'absent', async (_, { file, place: { path } }) => `${path}: ${file.text}`);

  it.each<[string, { path: string; text?: string }, string]>([
    ['relative to the root', { path: 'src/lift.ts' }, 'src/lift.ts: // ADR-0001\nlift();\n'],
    ['as an absolute path', { path: `${ROOT}/src/lift.ts` }, 'src/lift.ts: // ADR-0001\nlift();\n'],
    ['with a dot before it', { path: './src/lift.ts' }, 'src/lift.ts: // ADR-0001\nlift();\n'],
    ['with backslashes', { path: 'src\\lift.ts' }, 'src/lift.ts: // ADR-0001\nlift();\n'],
    ['with the text of the editor', { path: 'src/lift.ts', text: 'lower();' }, 'src/lift.ts: lower();'],
    ['of an editor with nothing in it', { path: 'src/lift.ts', text: '' }, 'src/lift.ts: '],
    ['that is not there', { path: 'src/none.ts' }, 'src/none.ts: '],
    ['outside of the repository', { path: '/elsewhere/a.ts', text: 'a' }, '/elsewhere/a.ts: a'],
  ])('has the path and the text of a file %s', async (_, place, expected) => {
    expect(await textAt(place)).toBe(expected);
  });

  it('has a text without byte order mark, and none where the file is binary', async () => {
    expect(await textAt({ path: 'a.ts', text: '\uFEFFa' })).toBe('a.ts: a');
    expect(await textAt({ path: 'a.ts', text: 'a\0b' })).toBe('a.ts: ');
  });

  it('is the given one where there is no index, without reading the file', async () => {
    const { requests, read } = requestsOver([undefined], FILES);
    expect(await requests.answerAt({ path: 'src/lift.ts' }, 'absent', async () => 'present')).toBe('absent');
    expect(read).not.toHaveBeenCalled();
  });

  it('gets the same file, parsed once, for the same text', async () => {
    const { requests } = requestsOver([viewOf('v')], FILES);
    expect(await requests.fileAt({ path: 'src/lift.ts' })).toBe(await requests.fileAt({ path: `${ROOT}/src/lift.ts` }));
    expect(await requests.fileAt({ path: 'src/lift.ts', text: 'other' })).not.toBe(await requests.fileAt({ path: 'src/lift.ts' }));
  });

  it('is not worked out once the caller gave up', async () => {
    const { requests } = requestsOver([viewOf('v')], FILES);
    const work = vi.fn(async () => 'present');
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(requests.answerAt({ path: 'src/lift.ts' }, 'absent', work, signal)).rejects.toThrow('enough');
    expect(work).not.toHaveBeenCalled();
  });
});

describe('a path of the repository', () => {
  const tree = treeOf(['docs/adr/0001.md']);
  const view = { register: { tree } } as never;

  it.each<[string, boolean]>([
    ['docs/adr/0001.md', true],
    ['docs/adr', true],
    ['docs', true],
    ['ignored/out.txt', true],
    ['docs/adr/0002.md', false],
    ['doc', false],
  ])('%s is there by git or on disk: %s', (path, expected) => {
    expect(existsIn(filesInMemory({ 'ignored/out.txt': '' }), view)(path)).toBe(expected);
  });

  it('is looked for on disk alone where there is no index', () => {
    expect(existsIn(filesInMemory({ 'a.ts': '' }), undefined)('a.ts')).toBe(true);
    expect(existsIn(filesInMemory({}), undefined)('docs')).toBe(false);
  });
});
