import { describe, expect, it } from 'vitest';
import { decidingSentence, mayDecide } from '../../../server/history/mining/deciding.ts';
import { groupByTopic, topicWords } from '../../../server/history/mining/topics.ts';

const decided = (message: string): string | undefined => {
  const found = decidingSentence(message);
  return found && `${found.kind}: ${found.sentence.text}`;
};

describe('the sentence of a message that decides', () => {
  it.each([
    ['net: switch from `log` to `tracing` (#1455)', 'replaced'],
    ['Replace the Kafka client with NATS JetStream', 'replaced'],
    ['Drop support for Ruby 2.1 and 2.2 (#6560)', 'dropped'],
    ['Remove Python 2.6 support', 'dropped'],
    ['Stop using /dev/null to find out the length', 'dropped'],
    ['chore(eslint): migrate to ESLint 9 flat config', 'replaced'],
    ['Ban snapshot-creating commands from transactions', 'rule'],
    ['Enforce Style/FrozenStringLiteralComment', 'rule'],
    ['Adopt OpenTelemetry for all services', 'adopted'],
    ['Use pnpm instead of yarn', 'replaced'],
  ])('is the subject in "%s"', (subject, kind) => {
    expect(decided(subject)).toBe(`${kind}: ${subject}`);
  });

  it('is found in the body, and one that says that it was decided is surer than the subject', () => {
    const message =
      'Switch the locks to files\n\nThe old locks were lost.\nWe decided to keep them in files, because\nevery host can read those.\n\nSigned-off-by: A <a@b.c>\n';
    expect(decided(message)).toBe('decided: We decided to keep them in files, because every host can read those.');
    expect(decided('Tidy up\n\nFrom now on, every service writes its own outbox.')).toBe(
      'rule: From now on, every service writes its own outbox.',
    );
  });

  it.each([
    'Replace getFoo() with getBar()',
    'Add a cache',
    'Fix the crash when the list is empty',
    'Parse headers\n\nThe value requires a colon, and the length is decided later.',
    'Distinguish ids\n\nA component id records what sources we chose, giving us enough to compare them.',
    'Release early\n\nIt is breaking, but we decided to let it slide.',
    'fix: required label not being translated',
  ])('is none in "%s"', (message) => {
    expect(decided(message)).toBeUndefined();
  });

  it('keeps the place of the sentence in the message', () => {
    const message = 'Tidy up\n\nSome words.\nWe agreed to use one queue\nfor everything. More.';
    const { sentence } = decidingSentence(message) ?? expect.fail('found none');
    expect(message.slice(sentence.start, sentence.end)).toBe('We agreed to use one queue\nfor everything.');
  });

  it('is not looked for in what machines, merges and reverts write', () => {
    const author = 'Ann';
    for (const subject of ['Merge branch x', 'Revert "Switch to NATS"', 'Bump react to 19', 'chore(deps): migrate to v3', 'Fix typos'])
      expect(mayDecide({ subject, author }), subject).toBe(false);
    expect(mayDecide({ subject: 'Switch to NATS', author: 'renovate[bot]' })).toBe(false);
    expect(mayDecide({ subject: 'Switch to NATS', author })).toBe(true);
  });
});

describe('topics', () => {
  const words = (text: string) => topicWords(text);

  it('are words that say something, as they are written', () => {
    expect([...topicWords('the old Kafka client with NATS for all services').values()]).toEqual(['Kafka', 'NATS']);
  });

  it('join what names the same thing, and leave the rest alone', () => {
    const groups = groupByTopic(['from Kafka to NATS', 'NATS JetStream', 'locks in files', 'the locks'], words);
    expect(groups).toEqual([
      { word: 'NATS', items: ['from Kafka to NATS', 'NATS JetStream'] },
      { items: ['locks in files'] },
      { items: ['the locks'] },
    ]);
  });

  it('put everything in one group at most', () => {
    const items = ['NATS and GraphQL', 'NATS', 'GraphQL'];
    expect(
      groupByTopic(items, words)
        .flatMap((group) => group.items)
        .sort(),
    ).toEqual([...items].sort());
  });
});
