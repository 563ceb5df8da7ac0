import { describe, expect, it } from 'vitest';
import { EngineError } from '../../server/model/errors.ts';
import type { Mining } from '../../server/model/mining.ts';
import { fakeEngine, spanAt } from '../support/engine.ts';
import { runInMemory } from './in-memory.ts';

const MINED: Mining = {
  topics: [
    {
      topic: 'NATS',
      commits: [
        {
          sha: 'abcdef0123456789abcdef0123456789abcdef01',
          subject: 'Replace "Kafka" with NATS',
          date: '2024-05-06T07:08:09+02:00',
          author: 'Ann',
          kind: 'replaced',
          sentence: 'Replace "Kafka" with NATS',
          span: spanAt(0, 0, 25),
          reason: 'Nobody can run the cluster.',
          files: 7,
          paths: ['src/a.ts', 'src/b.ts'],
        },
      ],
    },
  ],
  read: 12,
  more: 3,
  notices: [],
};

const engineWith = (mine: () => Promise<Mining | { refused: string }>) => fakeEngine({ authoring: { mine } });

describe('lintel decisions mine', () => {
  it('prints proposals with the sentence, the files and the command that begins a record', async () => {
    const { code, out } = await runInMemory(
      ['decisions', 'mine'],
      engineWith(async () => MINED),
    );
    expect(code).toBe(0);
    expect(out).toBe(`Proposals from 12 commits. None of them is a record, and none is in force.

  Replace "Kafka" with NATS
    abcdef012345  2024-05-06  Ann  7 files
    Why: Nobody can run the cluster.
    src/a.ts, src/b.ts and 5 more
    lintel decisions new "Replace Kafka with NATS" --from abcdef012345

3 more topics. See them with --limit 4.
`);
  });

  it('says so where no message decides anything', async () => {
    const nothing = { ...MINED, topics: [], read: 1, more: 0 };
    const { out } = await runInMemory(
      ['decisions', 'mine'],
      engineWith(async () => nothing),
    );
    expect(out).toBe('None of 1 commit says that it decides something for many files.\n');
  });

  it('gives the same to programs, and hands on what was asked', async () => {
    const asked: unknown[] = [];
    const engine = fakeEngine({
      authoring: {
        mine: async (request) => {
          asked.push(request);
          return MINED;
        },
      },
    });
    const { out } = await runInMemory(['decisions', 'mine', '--since', 'v1', '--limit', '5', '--json'], engine);
    expect(JSON.parse(out)).toEqual(MINED);
    expect(asked).toEqual([{ since: 'v1', limit: 5 }]);
  });

  it('refuses what it cannot read', async () => {
    const unknown = engineWith(async () => {
      throw new EngineError('unknown-commit', 'There is no commit "x" in this repository.');
    });
    expect(await runInMemory(['decisions', 'mine', '--since', 'x'], unknown)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--since: There is no commit "x"') as unknown,
    });
    const outside = engineWith(async () => ({ refused: 'This folder is not in a git repository.' }));
    expect(await runInMemory(['decisions', 'mine'], outside)).toMatchObject({ code: 2 });
    expect((await runInMemory(['decisions', 'mine', '--limit', 'many'])).code).toBe(2);
  });
});
