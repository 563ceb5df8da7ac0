import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../server/engine/engine.ts';
import type { Engine } from '../../server/model/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { makeRepository } from '../support/repository.ts';

const record = (title: string, status: string, decision: string): string =>
  `# ${title}\n\n## Status\n\n${status}\n\n## Context\n\nServices exchange events.\n\n## Decision\n\n${decision}\n`;
const kafka = (status: string): string =>
  record('Use Kafka as message broker', status, 'We use Kafka as the message broker, in `src/relay.ts`.');

const KAFKA = 'docs/adr/0001-use-kafka.md';
const NATS = 'docs/adr/0002-use-nats.md';
const RELAY = 'src/relay.ts';

describe('what was in force at a commit', () => {
  const made = makeRepository(
    {
      [KAFKA]: kafka('Accepted'),
      [RELAY]: '// ADR-0001\nexport const relay = 1;\n',
      'src/gone.ts': '// ADR-0001\nexport const gone = 1;\n',
    },
    {
      commits: [
        { message: 'Name the relay of messages', files: { 'src/name.ts': 'export const name = 1;\n' } },
        {
          message: 'Use NATS as message broker',
          files: {
            [KAFKA]: kafka('Superseded by [ADR-0002](0002-use-nats.md)'),
            [NATS]: record(
              'Use NATS as message broker',
              'Accepted\n\nSupersedes [ADR-0001](0001-use-kafka.md)',
              'We use NATS, in `src/relay.ts`.',
            ),
            [RELAY]: '// ADR-0002\nexport const relay = 2;\n',
            'src/gone.ts': null,
          },
        },
      ],
    },
  );
  const work = temporaryFolder('lintel-past');
  const [first = '', second = ''] = made.shas;
  let engine: Engine;

  beforeAll(async () => {
    engine = await openEngine({ folder: made.root, indexFolder: join(work.path, 'index') });
    await engine.index();
  });
  afterAll(async () => {
    await engine.dispose();
    made.remove();
    work.remove();
  });

  it('is what a search finds: records as they were, and commits up to it', async () => {
    const now = await engine.search({ text: 'message broker' });
    expect(now.hits.map(({ path }) => path)).toContain(NATS);
    expect(now).not.toHaveProperty('at');
    const then = await engine.search({ text: 'message broker', at: second });
    expect(then.at).toBe(second);
    expect(then.hits.find(({ path }) => path === KAFKA)).toMatchObject({ status: 'accepted', sha: second, supersededBy: [] });
    expect(JSON.stringify(then.hits)).not.toContain('NATS');
    const commits = async (at?: string) =>
      (
        await engine.search({ text: 'relay messages NATS broker', filter: { kinds: ['commit'] }, ...(at === undefined ? {} : { at }) })
      ).hits.map(({ title }) => title);
    expect(await commits()).toContain('Use NATS as message broker');
    expect(await commits(second)).toContain('Name the relay of messages');
    expect(await commits(second)).not.toContain('Use NATS as message broker');
    expect(await commits(first)).not.toContain('Name the relay of messages');
  });

  it('is what governs: the file as it was, and the record that it cited then', async () => {
    const now = await engine.why({ path: RELAY, line: 1 });
    expect(now.governing.map(({ path }) => path)).toEqual([NATS]);
    const then = await engine.why({ path: RELAY, line: 1, at: first });
    expect(then.at).toBe(first);
    expect(then.governing.map(({ path, status }) => [path, status])).toEqual([[KAFKA, 'accepted']]);
    expect(JSON.stringify(then)).not.toContain('NATS');
    expect(then.reasons?.map(({ sha }) => sha)).toEqual([first]);
  });

  it('is told of a file that is gone, and of one that was not there yet', async () => {
    expect((await engine.why({ path: 'src/gone.ts', at: first })).governing.map(({ path }) => path)).toEqual([KAFKA]);
    const missing = await engine.why({ path: 'src/name.ts', at: first });
    expect(missing.notices).toContain(`src/name.ts is not in commit ${first.slice(0, 12)}.`);
    const short = await engine.why({ path: RELAY, line: 40, at: first });
    expect(short.notices).toContain(`${RELAY} has no line 41 in commit ${first.slice(0, 12)}.`);
  });

  it('is what the list of decisions has', async () => {
    expect((await engine.authoring.list()).map(({ path, status }) => [path, status])).toEqual([
      [KAFKA, 'superseded'],
      [NATS, 'accepted'],
    ]);
    expect((await engine.authoring.list(first)).map(({ path, status }) => [path, status])).toEqual([[KAFKA, 'accepted']]);
    expect(await engine.authoring.list('HEAD')).toEqual(await engine.authoring.list());
  });

  it.each(['no-such-branch', '--output=x', '', 'a b', `${'0'.repeat(39)}1`])('is refused for the unknown commit "%s"', async (at) => {
    const unknown = { code: 'unknown-commit' };
    await expect(engine.search({ text: 'broker', at })).rejects.toMatchObject(unknown);
    await expect(engine.why({ path: RELAY, at })).rejects.toMatchObject(unknown);
    await expect(engine.authoring.list(at)).rejects.toMatchObject(unknown);
  });
});
