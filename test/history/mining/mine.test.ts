import { afterAll, describe, expect, it } from 'vitest';
import { openRepository } from '../../../server/git/index.ts';
import { mineDecisions } from '../../../server/history/mining/mine.ts';
import { makeRepository } from '../../support/repository.ts';

const filesWith = (text: string, count = 6): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/part${index}.ts`, `${text} ${index};\n`]));

const WHY = 'The Kafka cluster fails every week because nobody knows how to run it.';

describe('mineDecisions', () => {
  const made = makeRepository(
    { 'README.md': '# Shop\n' },
    {
      commits: [
        { message: 'Send events through Kafka\n', files: filesWith('kafka') },
        { message: `Replace Kafka with NATS in all services\n\n${WHY}\n`, files: filesWith('nats') },
        { message: 'Drop support for Kafka topics in NATS bridges\n', files: filesWith('bridge') },
        { message: 'Switch to tabs\n', files: { 'src/one.ts': 'one\n' } },
        { message: 'Adopt records\n', files: { ...filesWith('recorded'), 'docs/adr/0001-use-records.md': '# 1. Use records\n' } },
      ],
    },
  );
  afterAll(() => made.remove());
  const repository = async () => (await openRepository(made.root)) ?? expect.fail('no repository');

  it('lists commits that decide for many files by topic, with sentence, reason and files', async () => {
    const { topics, read, more } = await mineDecisions(await repository(), {}, { isRecord: (path) => path.startsWith('docs/adr/') });
    expect({ read, more }).toEqual({ read: 6, more: 0 });
    expect(topics).toHaveLength(1);
    expect(topics[0]?.topic).toBe('NATS');
    expect(topics[0]?.commits).toMatchObject([
      { kind: 'dropped', sentence: 'Drop support for Kafka topics in NATS bridges', files: 6 },
      {
        kind: 'replaced',
        sentence: 'Replace Kafka with NATS in all services',
        reason: WHY,
        files: 6,
        paths: ['src/part0.ts', 'src/part1.ts', 'src/part2.ts', 'src/part3.ts', 'src/part4.ts'],
      },
    ]);
  });

  it('leaves out what comes before a commit or a day, and what is beyond the limit', async () => {
    const all = await mineDecisions(await repository());
    expect(all.topics.map(({ commits }) => commits.length)).toEqual([2, 1]);
    expect(await mineDecisions(await repository(), { limit: 1 })).toMatchObject({ more: 1 });
    expect(await mineDecisions(await repository(), { since: 'HEAD~1' })).toMatchObject({ read: 1 });
    expect(await mineDecisions(await repository(), { since: '2999-01-01' })).toMatchObject({ read: 0, topics: [] });
  });

  it('refuses a commit that is not there, and names that git would take for options', async () => {
    for (const since of ['nowhere', '--all', 'a..b'])
      await expect(mineDecisions(await repository(), { since })).rejects.toMatchObject({ code: 'unknown-commit' });
  });

  it('can be cancelled', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(mineDecisions(await repository(), {}, { signal })).rejects.toThrow('enough');
  });
});
