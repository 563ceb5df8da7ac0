import { type Files, type Git, inCode, nygard } from './findings-support.ts';

/** Records of a shop: one superseded, one superseded by two, two with the same number, and the others in force. */
export const RECORDS: Files = {
  'docs/decisions/0001-record-decisions.md': nygard('1. Record decisions'),
  'docs/decisions/0002-kafka-for-events.md': nygard('2. Kafka for events', 'Superseded by [3. NATS for events](0003-nats-for-events.md)'),
  'docs/decisions/0003-nats-for-events.md': nygard('3. NATS for events'),
  'docs/decisions/0004-flags-in-configuration.md': nygard('4. Flags in configuration'),
  'docs/decisions/0004-graphql-for-the-shop.md': nygard('4. GraphQL for the shop'),
  'docs/decisions/0005-sessions-in-redis.md': nygard(
    '5. Sessions in Redis',
    'Superseded by [6. Sessions in PostgreSQL](0006-sessions-in-postgresql.md) and [7. Carts in PostgreSQL](0007-carts-in-postgresql.md)',
  ),
  'docs/decisions/0006-sessions-in-postgresql.md': nygard('6. Sessions in PostgreSQL'),
  'docs/decisions/0007-carts-in-postgresql.md': nygard('7. Carts in PostgreSQL'),
};

export const CODE = 'src/orders/events.ts';

/** Findings in one file of code beside the records. */
export const find = (text: string, past: Git = {}, path = CODE, home?: string) => inCode({ ...RECORDS, [path]: text }, path, past, home);

/** The rules of these findings, in order. */
export const rules = (text: string, past: Git = {}, path = CODE, home?: string): string[] =>
  find(text, past, path, home).map(({ rule }) => rule);
