import { describe, expect, it } from 'vitest';
import { readRecord } from '../../server/knowledge/records/record.ts';
import { catalogueOf } from '../../server/register/catalogue.ts';
import { findCitations, readCitations } from '../../server/register/citations/citations.ts';

const record = (path: string, title: string) => readRecord({ path, text: `# ${title}\n\n## Status\n\nAccepted\n`, sha: '' });

const KAFKA = 'docs/decisions/0003-use-kafka-for-events.md';
const KEYS = 'docs/decisions/0007-idempotency-keys-for-payments.md';
const EXPIRY = 'services/inventory/docs/adr/0007_reservation_expiry.rst';
const catalogue = catalogueOf([
  record(KAFKA, '3. Use Kafka for events'),
  record(KEYS, '7. Idempotency keys for payments'),
  record(EXPIRY, 'Expiry of reservations'),
  record('docs/decisions/0060-go-interfaces.md', '60. Go interfaces'),
  record('docs/decisions/0061-peer-to-peer-scope.md', '61. Scope of peer to peer'),
  record('docs/decisions/0062-smoke-flows-in-the-browser.md', '62. Smoke flows in the browser'),
  record('docs/rfcs/0002-click-and-collect/README.md', 'Click and collect'),
  record('storefront/docs/decisions/0004-css-modules.md', 'CSS modules'),
  record('apps/admin/docs/decisions/0004-one-page.md', 'One page'),
]);
const targets = (text: string, from = 'services/orders/src/pay.ts', renamed?: (path: string) => string | undefined): string[][] =>
  findCitations(text, catalogue, from, 'shop/market', renamed).map((citation) => citation.targets.map((target) => target.record.path));
const texts = (text: string): string[] => findCitations(text, catalogue, 'a.ts', 'shop/market').map((citation) => citation.text);

describe('forms of a citation', () => {
  it.each([
    ['ADR-0003'],
    ['ADR 003'],
    ['ADR003'],
    ['ADR-3'],
    ['(See ADR 3.)'],
    ['@ADR(3)'],
    ['ADR #3'],
    ['adr/0003'],
    ['adr-0003'],
    ['see decision 3'],
    ['decision record 3: kafka carries events'],
    ['``docs/decisions/0003-use-kafka-for-events.md``'],
    ['[3](../../../docs/decisions/0003-use-kafka-for-events.md)'],
    ['https://github.com/shop/market/blob/main/docs/decisions/0003-use-kafka-for-events.md'],
    ['0003-use-kafka-for-events'],
    ['use_kafka_for_events'],
  ])('%s', (text) => {
    expect(targets(text)).toEqual([[KAFKA]]);
  });

  it('keeps the end of an anchor, whose words are no part of it', () => {
    for (const text of ['ADR-0062 §smoke-flows', 'ADR-062#smoke-flows-in-ci', 'docs/decisions/0062-smoke-flows-in-the-browser.md#ci']) {
      const [found, ...others] = readCitations(text, catalogue, { from: 'a.ts' });
      expect(others).toEqual([]);
      expect(found?.anchorEnd).toBe(text.length);
      expect(found?.end).toBe(text.search(/ ?§|#/));
      expect(found?.targets.map((target) => target.record.number)).toEqual(['62']);
    }
    expect(readCitations('ADR-0062 is § free', catalogue, { from: 'a.ts' })[0]?.anchorEnd).toBeUndefined();
  });

  it('reads lists of a plural or with a slash, and no count behind a number', () => {
    expect(texts('ADRs 60 and 61')).toEqual(['ADRs 60', '61']);
    expect(texts('ADRs 3, 60 and 0061')).toEqual(['ADRs 3', '60', '0061']);
    expect(texts('ADR-60/61')).toEqual(['ADR-60', '61']);
    expect(texts('ADR-60 and ADR-61')).toEqual(['ADR-60', 'ADR-61']);
    expect(texts('ADR 60, 61 items')).toEqual(['ADR 60']);
    expect(texts('RFC 2 and ADR 3')).toEqual(['RFC 2', 'ADR 3']);
  });

  it('takes no version, variable or decision of any kind for a record', () => {
    expect(texts('MADR 4.0, ADR 3.1, adr3, adr_3, XADR-3, ADR-3x')).toEqual([]);
    expect(texts('we took 3 decisions; decision 3 of the list; decision 99')).toEqual([]);
    expect(texts('README.md and index.md')).toEqual([]);
  });
});

describe('a number that several records bear', () => {
  const number = (text: string, from: string): string[] => targets(text, from)[0] ?? [];

  it('means the record of the package at hand', () => {
    expect(number('ADR-0007', 'services/inventory/app/stock.py')).toEqual([EXPIRY]);
  });

  it('means no record of a sibling', () => {
    expect(number('ADR-0007', 'services/orders/src/pay.ts')).toEqual([KEYS]);
    expect(number('ADR-0007', 'storefront/web/pay.ts')).toEqual([KEYS]);
  });

  it('is ambiguous where the file belongs to all: tests, deployment', () => {
    expect(number('ADR-0007', 'e2e/repeat.ts')).toEqual([KEYS, EXPIRY]);
    expect(number('ADR-0004', 'services/orders/a.ts')).toEqual([
      'apps/admin/docs/decisions/0004-one-page.md',
      'storefront/docs/decisions/0004-css-modules.md',
    ]);
  });

  it('means the one that two words of its line or of the next speak of', () => {
    expect(number('ADR-0007: idempotency of payments', 'e2e/a.ts')).toEqual([KEYS]);
    expect(number('// ADR-0007:\n// every reservation has an expiry', 'e2e/a.ts')).toEqual([EXPIRY]);
  });

  it('stays ambiguous for one word, for words of both, and for names of files', () => {
    expect(number('ADR-0007 keys', 'e2e/a.ts')).toHaveLength(2);
    expect(number('ADR-0007 payments keys, reservation expiry', 'e2e/a.ts')).toHaveLength(2);
    expect(number('ADR-0007 in src/reservation/expiry.ts', 'e2e/a.ts')).toHaveLength(2);
    expect(number('ADR-0007\n\n\n// reservation expiry', 'e2e/a.ts')).toHaveLength(2);
  });
});

describe('a path that is gone', () => {
  const found = (text: string, renamed?: (path: string) => string | undefined) =>
    readCitations(text, catalogue, { from: 'a.ts', renamed }).map(({ moved, targets: all }) => [
      moved,
      all.map(({ record }) => record.path),
    ]);

  it('is followed by git first, then by its name, then by the words of its name', () => {
    const renamed = (path: string) => (path === 'docs/adr/0001-brokers.md' ? KAFKA : undefined);
    expect(found('docs/adr/0001-brokers.md', renamed)).toEqual([['renamed', [KAFKA]]]);
    expect(found('docs/adr/0003-use-kafka-for-events.md')).toEqual([['same-name', [KAFKA]]]);
    expect(found('docs/adr/0033-use-kafka-for-events.md')).toEqual([['same-slug', [KAFKA]]]);
    expect(found(KAFKA)).toEqual([[undefined, [KAFKA]]]);
  });

  it('is none where git moved it to something that is no record', () => {
    expect(found('docs/adr/0001-brokers.md', () => 'notes/brokers.txt')).toEqual([[undefined, []]]);
  });

  it('never counts as the number in it', () => {
    expect(found('docs/adr/0003-paint-the-walls.md')).toEqual([[undefined, []]]);
  });
});

describe('records of other repositories', () => {
  const owners = (text: string, home?: string): (string | undefined)[] =>
    readCitations(text, catalogue, { from: 'a.ts', home }).map(({ foreign }) => foreign);

  it.each([
    ['ADR 031 of cosmos-sdk', 'cosmos-sdk'],
    ['ADR 3 of `cosmos/cosmos-sdk`', 'cosmos/cosmos-sdk'],
    ['ADR-031 from Tendermint', 'Tendermint'],
    ["the provider's ADR-0031", 'provider'],
    ['cosmos/sdk#ADR-7', 'cosmos/sdk'],
    ['ADR-3 (https://gitlab.com/group/project/-/blob/main/adr/3.md)', 'group/project'],
    ['ADR-3\nhttps://docs.example.org/adr/3', 'docs.example.org'],
    ["see upstream's ADR 3", 'upstream'],
    ['Ported from upstream ADR-0003.', 'upstream'],
    ['ADR-3 of upstream', 'upstream'],
    ['ADR-0003 (the broker) in the upstream', 'upstream'],
    ['ADR-3 (https://github.com/shop/market-data/blob/main/doc/adr/0003.md)', 'shop/market-data'],
  ])('are told by the text: %s', (text, owner) => {
    expect(owners(text, 'shop/market')).toEqual([owner]);
    expect(findCitations(text, catalogue, 'a.ts', 'shop/market')).toEqual([]);
  });

  it.each([
    'ADR-3 of the market',
    'ADR 3 of shop/market',
    'ADR-3 in Section 2',
    'ADR-3 in src/a.ts',
    'See ADR-3',
    "Kafka's ADR-3",
    'ADR-3\n\n\nhttps://github.com/a/b/blob/main/adr/3.md',
    'Merge upstream. ADR-3',
    'the upstream-proxy ADR-3',
    'ADR-3 in upstream/a.ts',
    'upstream: ADR-3',
  ])('are not read into %j', (text) => {
    expect(owners(text, 'shop/market')).toEqual([undefined]);
  });

  it.each([
    ['https://github.com/shop/catalogue/blob/main/docs/decisions/0003-use-kafka-for-events.md', 0],
    ['https://github.com/somebody/market/blob/main/docs/decisions/0003-use-kafka-for-events.md', 1],
    ['https://gitlab.com/shop/market/-/blob/main/docs/decisions/0003-use-kafka-for-events.md', 1],
    ['https://docs.example.org/docs/decisions/0003-use-kafka-for-events.md', 1],
  ])('are meant by an address of a repository of another name, with a path of ours too: %s', (address, count) => {
    expect(findCitations(address, catalogue, 'a.ts', 'shop/market')).toHaveLength(count);
  });

  it.each([
    ['raven ADR-003', 'raven'],
    ["Raven's ADR-3", 'Raven'],
    ['framed as data - raven-bus ADR-003', 'raven-bus'],
    ['Kafka ADR-3', undefined],
    ['events, ADR-3', undefined],
    ['market ADR-3', undefined],
    ['(see ADR-3)', undefined],
    ['implements ADR-3', undefined],
    ['Accepted ADR-3', undefined],
    ['raven ADR-9999', undefined],
  ])('may be meant by a name before the number: %s', (text, qualifier) => {
    expect(readCitations(text, catalogue, { from: 'a.ts', home: 'shop/market' }).map((found) => found.qualifier)).toEqual([qualifier]);
  });
});
