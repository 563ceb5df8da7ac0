import { describe, expect, it, test } from 'vitest';
import { type KinQuestion, kindredOf, optionsOf } from '../../../server/decisions/authoring/kindred.ts';
import { readText } from '../../../server/decisions/authoring/slots.ts';
import type { KindredRecord } from '../../../server/model/authoring.ts';
import { type Files, registerOfFiles } from '../../support/register.ts';

const record = (title: string, status = 'Accepted', rest = ''): string =>
  `# ${title}\n\n## Status\n\n${status}\n\n## Context\n\nIt is so.\n\n${rest}`;

const NATS = record(
  'Send events through NATS',
  'Accepted',
  '## Considered Options\n\n* NATS JetStream: small\n* Apache Kafka (three nodes)\n* **RabbitMQ**\n\n## Decision Outcome\n\nChosen option: "NATS JetStream", because Kafka needs three nodes.\n',
);
const FILES: Files = {
  'docs/adr/0001-keep-orders-in-postgresql.md': record('Keep orders in PostgreSQL'),
  'docs/adr/0002-nats.md': NATS,
  'docs/adr/0003-cache-in-redis.md': record('Cache prices in Redis', 'Rejected'),
  'docs/adr/0004-sign-urls.md': record('Sign the URLs of pictures', 'Proposed'),
  'docs/adr/0005-mail.md': record('Send mail through Postmark', 'Superseded by [6](0006-ses.md)'),
  'docs/adr/0006-ses.md': record('Send mail with SES', 'Accepted\n\nSupersedes [5](0005-mail.md)'),
  'docs/adr/0007-no-orm.md': record('Do not use an ORM'),
};
const REGISTER = registerOfFiles(FILES);
const NATS_ID = 'docs/adr/0002-nats.md';

const kindred = (title: string, own: Partial<KinQuestion> = {}): readonly KindredRecord[] =>
  kindredOf(
    {
      title,
      near: [],
      governing: [],
      broken: [],
      decides: (id) => (id === NATS_ID ? 'Chosen option: "NATS JetStream", because Kafka needs three nodes.' : undefined),
      textOf: (id) => (FILES[id] === undefined ? undefined : readText(id, FILES[id])),
      ...own,
    },
    REGISTER,
  );
const said = (title: string, own: Partial<KinQuestion> = {}): string[] =>
  kindred(title, own).map(({ kinship, record: { path }, sentence }) => `${kinship} ${path.slice('docs/adr/'.length, -3)} ${sentence}`);

describe('the records to read before another one is written', () => {
  test.each([
    [
      'Keep the orders in PostgreSQL',
      ['duplicate 0001-keep-orders-in-postgresql Its title is the same but for a few words, and it is in force.'],
    ],
    ['Sign URLs of the pictures', ['duplicate 0004-sign-urls Its title is the same but for a few words, and it is proposed.']],
    ['Cache prices in Redis', ['conflict 0003-cache-in-redis The same was rejected before.']],
    ['Send mail through Postmark', ['conflict 0005-mail The same was decided before, and replaced by "Send mail with SES".']],
    ['Use an ORM', ['conflict 0007-no-orm Its title says the opposite, and it is in force.']],
    ['Pack boxes by hand', []],
    ['Keep orders in files', []],
  ])('for "%s" are %j by their titles', (title, expected) => {
    expect(said(title)).toEqual(expected);
  });

  it('are a conflict where the new title takes up an option that was not chosen, and only where it is told which one was', () => {
    const near = [NATS_ID];
    expect(said('Send events through Apache Kafka', { near })).toEqual([
      'conflict 0002-nats Lists "Apache Kafka" among its options, and chose another one.',
    ]);
    expect(said('Publish by RabbitMQ', { near })).toEqual([
      'conflict 0002-nats Lists "RabbitMQ" among its options, and chose another one.',
    ]);
    expect(said('Run NATS JetStream in a cluster', { near })).toEqual(['near 0002-nats Its text is alike.']);
    const untold = {
      near,
      decides: () => 'We take the smallest one.',
      textOf: () => readText(NATS_ID, NATS.replace('# Send events through NATS', '# Broker')),
    };
    expect(said('Publish by RabbitMQ', untold)).toEqual(['near 0002-nats Its text is alike.']);
  });

  it('are an exception where they govern the code, a conflict where a rule of theirs is broken, and each is there once, the closest first', () => {
    const own: Partial<KinQuestion> = {
      near: ['docs/adr/0006-ses.md', NATS_ID, 'docs/adr/0001-keep-orders-in-postgresql.md'],
      governing: [{ id: NATS_ID, place: 'src/relay.ts:3-9' }],
      broken: [{ id: 'docs/adr/0007-no-orm.md', forbidden: "from 'orm*'", place: 'src/a.ts:1' }],
    };
    expect(said('Pack boxes by hand', own)).toEqual([
      'conflict 0007-no-orm Forbids "from \'orm*\'" by rule, and src/a.ts:1 has it.',
      'exception 0002-nats Governs src/relay.ts:3-9: follow it, supersede it, or say why this is an exception.',
      'near 0006-ses Its text is alike.',
      'near 0001-keep-orders-in-postgresql Its text is alike.',
    ]);
    expect(kindred('Pack boxes by hand', own)[1]).toMatchObject({
      decides: 'Chosen option: "NATS JetStream", because Kafka needs three nodes.',
    });
  });

  it('that are only near are three at most, and say what replaced them', () => {
    const near = Object.keys(FILES).slice(1);
    expect(said('Pack boxes by hand', { near })).toHaveLength(3);
    expect(said('Pack boxes by hand', { near: ['docs/adr/0005-mail.md', 'docs/adr/gone.md'] })).toEqual([
      'near 0005-mail Its text is alike. It was replaced by "Send mail with SES".',
    ]);
  });
});

describe('the options of a record', () => {
  test.each([
    [
      'items',
      '## Considered Options\n\n- Kafka\n- [NATS](https://nats.io) - small\n\n## Decision Outcome\n\n- no option\n',
      ['Kafka', 'NATS'],
    ],
    ['numbers', '## Options\n\n1. Option A: files\n2. A database, later\n', ['files', 'A database']],
    ['headings', '## Alternatives\n\n### Kafka\n\nText - with a dash.\n\n### NATS\n\n## Notes\n', ['Kafka', 'NATS']],
    ['German items', '## Betrachtete Optionen\n\n* Kafka\n', ['Kafka']],
    ['nothing', '## Context\n\n- Kafka\n', []],
  ])('are read from %s', (_, text, expected) => {
    expect(optionsOf(readText('docs/adr/0001-x.md', `# X\n\n${text}`))).toEqual(expected);
  });
});
