import { describe, expect, it } from 'vitest';
import type { Place, SearchQuery } from '../../server/model/answer.ts';
import { EngineError } from '../../server/model/errors.ts';
import { CURRENT, fakeEngine, hitWith, recordWith } from '../support/engine.ts';
import { runInMemory } from './in-memory.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';

describe('--at REV', () => {
  it('asks a search for the commit, and JSON says which it was', async () => {
    const asked: SearchQuery[] = [];
    const engine = fakeEngine({
      search: async (query) => {
        asked.push(query);
        return { hits: [hitWith()], index: CURRENT, at: SHA };
      },
    });
    const { code, out } = await runInMemory(['search', 'ropes', '--at', 'v1.2.0', '--json'], engine);
    expect(code).toBe(0);
    expect(asked).toMatchObject([{ text: 'ropes', at: 'v1.2.0' }]);
    expect(JSON.parse(out)).toMatchObject({ at: SHA, hits: [{ title: 'Use ropes' }] });
  });

  it('asks what governed a file that may be gone, and does not ask what a record reaches now', async () => {
    const asked: Place[] = [];
    const engine = fakeEngine({
      why: async (place) => {
        asked.push(place);
        return { governing: [hitWith()], probable: [], related: [], index: CURRENT, at: SHA };
      },
      reach: () => expect.fail('What a record reaches is known of now only.'),
    });
    const { code, out } = await runInMemory(['why', 'src/gone.ts:12', '--at', SHA, '--json'], engine);
    expect(code).toBe(0);
    expect(asked).toEqual([{ path: 'src/gone.ts', line: 11, at: SHA }]);
    expect(JSON.parse(out)).toMatchObject({ at: SHA, governing: [{ title: 'Use ropes' }] });
  });

  it('says of a line which decisions govern its whole file', async () => {
    const governing = [hitWith(), hitWith({ id: 'b.md', title: 'Oil the hinges', wholeFile: true })];
    const engine = fakeEngine({ why: async () => ({ governing, probable: [], related: [], index: CURRENT, at: SHA }) });
    const { out } = await runInMemory(['why', 'src/gone.ts:12', '--at', SHA], engine);
    const lines = out.split('\n').filter((line) => line.includes('for the whole file'));
    expect(lines).toEqual([expect.stringContaining('Oil the hinges')]);
  });

  it('lists the decisions of the commit', async () => {
    const asked: (string | undefined)[] = [];
    const list = async (at?: string) => {
      asked.push(at);
      return [recordWith()];
    };
    const engine = fakeEngine({ authoring: { list } });
    const { code, out } = await runInMemory(['decisions', 'list', '--at', 'v1.2.0'], engine);
    expect({ code, asked }).toEqual({ code: 0, asked: ['v1.2.0'] });
    expect(out).toContain('Use ropes');
  });

  it('refuses a commit that the repository does not have, with code 2', async () => {
    const unknown = async () => {
      throw new EngineError(
        'unknown-commit',
        'The repository /shop has no commit v9. Use the sha of a commit, or the name of a branch or tag.',
      );
    };
    const engine = fakeEngine({ search: unknown, why: unknown, authoring: { list: unknown } });
    for (const args of [
      ['search', 'ropes'],
      ['why', 'src/relay.ts'],
      ['decisions', 'list'],
    ]) {
      const { code, out, err } = await runInMemory([...args, '--at', 'v9'], engine);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('The repository /shop has no commit v9.');
    }
  });

  it.each([
    [['why', '--changed', '--at', 'v1'], 'Use only one of --changed and --at.'],
    [['why', 'a.ts', '--as-of', 'b', '--at', 'v1'], 'Use only one of --at and --as-of.'],
    [['why', '../a.ts', '--at', 'v1'], '../a.ts is outside the repository /shop.'],
    [['why', 'a.ts:0', '--at', 'v1'], 'Lines are counted from 1.'],
    [['decisions', 'show', '7', '--at', 'v1'], '--at: use it with "lintel decisions list".'],
    [['search', 'refund', '--kind', 'test', '--at', 'v1'], '--at: end-to-end tests are known only as they are now.'],
  ])('says what does not go with it: %j', async (args, message) => {
    const { code, err } = await runInMemory(args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
