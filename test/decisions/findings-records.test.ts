// Slow: 5,000 records.
import { describe, expect, it } from 'vitest';
import { applied, type Files, inRecords, madr, nygard } from './findings-support.ts';

const problemsAt = async (files: Files, path: string, past = {}) => (await inRecords(files, past)).get(path) ?? [];
const rulesAt = async (files: Files, path: string, past = {}) => (await problemsAt(files, path, past)).map(({ rule }) => rule);

/** Makes the first fix of a rule and expects all records to be silent afterwards. */
const fixed = async (files: Files, path: string, rule: string, past = {}): Promise<Files> => {
  const fix = (await problemsAt(files, path, past)).find((problem) => problem.rule === rule)?.fixes?.[0];
  expect(fix).toBeDefined();
  const after = applied(files, fix ?? { edits: [] });
  const rules = [...(await inRecords(after, past)).values()].flat().map((problem) => problem.rule);
  expect(rules.filter((one) => one === rule)).toEqual([]);
  return after;
};

const OLD = 'docs/adr/0001-kafka-for-events.md';
const NEW = 'docs/adr/0002-nats-for-events.md';
const SUPERSEDES = 'Accepted\n\nSupersedes [1. Kafka for events](0001-kafka-for-events.md)';

describe('a record that supersedes another which does not say so', () => {
  it('is found at its statement, with a fix that edits the other record, which a person has to choose', async () => {
    const files = { [OLD]: nygard('1. Kafka for events'), [NEW]: nygard('2. NATS for events', SUPERSEDES) };
    const [problem] = await problemsAt(files, NEW);
    expect(problem).toMatchObject({
      rule: 'supersedes-without-back-link',
      message: 'This record supersedes record 1 "Kafka for events", which still says "Accepted". Update the status of that record.',
      related: [{ path: OLD, span: { start: { line: 6, character: 0 } } }],
    });
    expect(problem?.fixes?.map(({ preferred }) => preferred)).toEqual([undefined]);
    expect((await fixed(files, NEW, 'supersedes-without-back-link'))[OLD]).toContain(
      '## Status\n\nSuperseded by [2. NATS for events](0002-nats-for-events.md)\n',
    );
  });

  it('is fixed in front matter with the number', async () => {
    const files = { [OLD]: madr('Kafka for events'), [NEW]: madr('NATS for events', 'accepted', 'supersedes: 0001-kafka-for-events.md\n') };
    expect((await fixed(files, NEW, 'supersedes-without-back-link'))[OLD]).toContain('---\nstatus: superseded by ADR-0002\ndate:');
  });

  it.each([
    ['"superseded by [ADR-0009](0009-c.md)"', 'status: superseded by [ADR-0002](0002-nats-for-events.md)\n'],
    ['superseded by 0009-c.md', 'status: superseded by 0002-nats-for-events.md\n'],
    ['superseded by ADR-9', 'status: superseded by ADR-0002\n'],
  ])('is fixed in the form of the other records: %s', async (form, expected) => {
    const files = {
      [OLD]: madr('Kafka for events'),
      [NEW]: madr('NATS for events', 'accepted', 'supersedes: 0001-kafka-for-events.md\n'),
      'docs/adr/0008-b.md': madr('Another matter altogether', form),
      'docs/adr/0009-c.md': madr('The successor of another matter'),
    };
    expect((await fixed(files, NEW, 'supersedes-without-back-link'))[OLD]).toContain(expected);
  });

  it.each([
    ['Superseded by [0009](0009-c.md)', 'Superseded by [0002](0002-nats-for-events.md)'],
    ['Superseded by [ADR-0009](0009-c.md)', 'Superseded by [ADR-0002](0002-nats-for-events.md)'],
    ['Superseded by ADR 9', 'Superseded by ADR 0002'],
    ['Superceded by [The successor](0009-c.md)', 'Superseded by [NATS for events](0002-nats-for-events.md)'],
  ])('is fixed in the form of the other status sections: %s', async (form, expected) => {
    const files = {
      [OLD]: nygard('1. Kafka for events'),
      [NEW]: nygard('2. NATS for events', SUPERSEDES),
      'docs/adr/0008-b.md': nygard('8. Another matter', form),
      'docs/adr/0009-c.md': nygard('9. The successor'),
    };
    expect((await fixed(files, NEW, 'supersedes-without-back-link'))[OLD]).toContain(`\n${expected}\n`);
  });

  it('keeps the dress of the status: bullet, bold, small letters, quotes', async () => {
    for (const [before, after] of [
      ['# 1. Kafka for events\n\n* Status: accepted\n', '* Status: superseded by [2. NATS for events](0002-nats-for-events.md)\n'],
      ['# 1. Kafka for events\n\n**Status**: Accepted\n', '**Status**: Superseded by [2. NATS for events](0002-nats-for-events.md)\n'],
      ['---\nstatus: "accepted"\n---\n# Kafka for events\n', 'status: "superseded by ADR-0002"\n'],
    ] as const) {
      const files = { [OLD]: before, [NEW]: nygard('2. NATS for events', SUPERSEDES) };
      expect((await fixed(files, NEW, 'supersedes-without-back-link'))[OLD]).toContain(after);
    }
  });

  it('has no fix when the other states its status by a badge, a tag, or not at all', async () => {
    for (const text of [
      '# 1. Kafka for events\n\n![Accepted](https://img.shields.io/badge/status-accepted-green)\n',
      '---\ntags: [Accepted]\n---\n# Kafka for events\n',
      '# 1. Kafka for events\n\nWe use Kafka.\n',
    ]) {
      const problems = await problemsAt({ [OLD]: text, [NEW]: nygard('2. NATS for events', SUPERSEDES) }, NEW);
      expect(problems).toMatchObject([{ rule: 'supersedes-without-back-link' }]);
      expect(problems[0]?.fixes).toBeUndefined();
    }
  });

  it('is silent about a proposal, a partial one, a rejected one, and one that names another successor', async () => {
    const silent: Files[] = [
      { [OLD]: nygard('1. Kafka for events'), [NEW]: nygard('2. NATS for events', SUPERSEDES.replace('Accepted', 'Proposed')) },
      { [OLD]: nygard('1. Kafka for events'), [NEW]: nygard('2. NATS for events', 'Accepted\n\nPartially supersedes ADR 1') },
      { [OLD]: nygard('1. Kafka for events', 'Rejected'), [NEW]: nygard('2. NATS for events', SUPERSEDES) },
      {
        [OLD]: nygard('1. Kafka for events', 'Superseded by [3](0003-x.md)'),
        [NEW]: nygard('2. NATS for events', SUPERSEDES),
        'docs/adr/0003-x.md': nygard('3. X'),
      },
    ];
    for (const files of silent) expect(await rulesAt(files, NEW)).toEqual([]);
  });

  it('is silent in a circle', async () => {
    const files = {
      'docs/adr/0001-a.md': nygard('1. First thing', 'Superseded by [2](0002-b.md)\n\nSupersedes [2](0002-b.md)'),
      'docs/adr/0002-b.md': nygard('2. Second thing', 'Superseded by [1](0001-a.md)\n\nSupersedes [1](0001-a.md)'),
    };
    const rules = [...(await inRecords(files)).values()].flat().map(({ rule }) => rule);
    expect(rules).not.toContain('supersedes-without-back-link');
    expect(rules).not.toContain('reversed-in-force');
  });
});

describe('a record that is in force although a later one ends it', () => {
  const reversed = (sentence: string, status = 'Accepted') => ({
    [OLD]: nygard('1. Kafka for events'),
    [NEW]: nygard('2. NATS for events', status, sentence),
  });

  it.each([
    'This reverses the decision of record 1 to run Kafka.',
    'We revoke ADR-0001.',
    'This record overturns [the earlier decision](0001-kafka-for-events.md).',
    'ADR 1 no longer applies.',
    'With it ADR-0001 is hereby revoked.',
    'Kafka was slow. This decision therefore retires ADR-0001, and nothing may use it any more.',
  ])('is found with the sentence: %s', async (sentence) => {
    const files = reversed(sentence);
    const [problem] = await problemsAt(files, OLD);
    expect(problem).toMatchObject({ rule: 'reversed-in-force', related: [{ path: NEW }] });
    const quoted = /says: "(.+)" Mark this record/.exec(problem?.message ?? '')?.[1] ?? '?';
    expect(sentence).toContain(quoted);
    const line = problem?.related?.[0]?.span.start.line ?? 0;
    expect((files[NEW] ?? '').split('\n')[line]).toContain(quoted);
    expect(problem?.fixes?.[0]?.preferred).toBeUndefined();
    expect((await fixed(files, OLD, 'reversed-in-force'))[OLD]).toContain('Superseded by [2. NATS for events](0002-nats-for-events.md)');
  });

  it.each([
    'If Kafka were gone, this would reverse ADR-0001.',
    'We considered whether this reverses ADR-0001.',
    'This replaces parts of ADR-0001.',
    'ADR-0001 was reversed by ADR-0009 in another project.',
    'The team no longer uses Zookeeper; see ADR-0001.',
    'This builds on ADR-0001.',
  ])('is not found in a sentence that says less: %s', async (sentence) => {
    expect(await rulesAt(reversed(sentence), OLD)).not.toContain('reversed-in-force');
  });

  it('is not found for an earlier record, a proposal, options, or a record that is already superseded', async () => {
    expect(await rulesAt(reversed('We revoke ADR-0001.', 'Proposed'), OLD)).toEqual([]);
    const earlier = { [OLD]: nygard('1. Kafka for events', 'Accepted', 'We revoke ADR-0002.'), [NEW]: nygard('2. NATS for events') };
    expect(await rulesAt(earlier, NEW)).toEqual([]);
    const option = {
      [OLD]: nygard('1. Kafka for events'),
      [NEW]: `${nygard('2. NATS for events')}\n## Considered options\n\nWe revoke ADR-0001.\n`,
    };
    expect(await rulesAt(option, OLD)).toEqual([]);
    const done = { ...reversed('We revoke ADR-0001.'), [OLD]: nygard('1. Kafka for events', 'Superseded by [2](0002-nats-for-events.md)') };
    expect(await rulesAt(done, OLD)).toEqual([]);
  });
});

describe('a scope that is gone', () => {
  const files = (scope: string, more = '') => ({
    'docs/adr/0001-a.md': madr('A thing of the orders', 'accepted', `applies-to:\n  - ${scope}\n`, more || 'We do it.'),
    'services/orders/src/outbox.ts': '',
    'services/orders/src/relay.ts': '',
  });
  const PATH = 'docs/adr/0001-a.md';

  it('is found when its folder still exists', async () => {
    const [problem] = await problemsAt(files('services/orders/lib/**'), PATH);
    expect(problem).toMatchObject({ rule: 'scope-gone', severity: 'warning', span: { start: { line: 4, character: 4 } } });
    expect(problem?.message).toContain('services/orders/lib, which does not exist');
  });

  it('is found when some commit had it', async () => {
    const existed = async (path: string) => path === 'legacy/billing/tax';
    expect(await rulesAt(files('legacy/billing/tax/**'), PATH, { existed })).toEqual(['scope-gone']);
    expect(await rulesAt(files('legacy/billing/tax/**'), PATH)).toEqual([]);
  });

  it('is fixed with the path that git moved it to', async () => {
    const renamed = (path: string) => (path === 'services/orders/src/box.ts' ? 'services/orders/src/outbox.ts' : undefined);
    const after = await fixed(files('services/orders/src/box.ts'), PATH, 'scope-gone', { renamed });
    expect(after[PATH]).toContain('  - services/orders/src/outbox.ts\n');
  });

  it('in the text is found only for what git moved, and not when the record names both paths', async () => {
    const renamed = (path: string) => (path === 'services/orders/src/box.ts' ? 'services/orders/src/outbox.ts' : undefined);
    const text = 'The relay in `services/orders/src/box.ts` and in `services/orders/src/never.ts` sends.';
    const after = await fixed(files('services/orders/**', text), PATH, 'scope-gone', { renamed });
    expect(after[PATH]).toContain('`services/orders/src/outbox.ts` and in `services/orders/src/never.ts`');
    const both = 'We rename `services/orders/src/box.ts` to `services/orders/src/outbox.ts`.';
    expect(await rulesAt(files('services/orders/**', both), PATH, { renamed })).toEqual([]);
  });

  it.each([
    'services/orders/**',
    'services/orders/src/*.ts',
    '**/*.ts',
    'orders',
    'https://example.com/a/b',
    'payments, orders',
    'services/{orders,payments}/**',
  ])('is not found for %s', async (scope) => {
    expect(await rulesAt(files(scope), PATH)).toEqual([]);
  });

  it('is not found for a record that is not in force', async () => {
    const gone = { ...files('services/orders/lib/**') };
    gone[PATH] = gone[PATH].replace('accepted', 'rejected');
    expect(await rulesAt(gone, PATH)).toEqual([]);
  });
});

describe('fixes of the older rules', () => {
  it('write a status with a slip of the pen', async () => {
    const files = { [OLD]: nygard('1. Kafka for events', 'Acceptd') };
    expect((await fixed(files, OLD, 'unknown-status'))[OLD]).toContain('\nAccepted\n');
    expect((await problemsAt({ [OLD]: nygard('1. Kafka for events', 'Wobbly') }, OLD))[0]?.fixes).toBeUndefined();
  });

  it('lead a broken link to where git, the words of the name, or the only file of the name is', async () => {
    const link = (target: string) => ({
      [OLD]: nygard('1. Kafka for events', 'Accepted', `See [there](${target}).`),
      [NEW]: nygard('2. NATS for events'),
      'guides/running-brokers.md': '# Running brokers\n',
      'README.md': '# Shop\n',
    });
    const renamed = (path: string) => (path === 'docs/adr/brokers.md' ? 'guides/running-brokers.md' : undefined);
    const proven = (await problemsAt(link('brokers.md#start'), OLD, { renamed }))[0]?.fixes?.[0];
    expect(proven).toMatchObject({ preferred: true, title: 'Update the path to ../../guides/running-brokers.md' });
    for (const [target, now] of [
      ['0009-nats-for-events.md', '0002-nats-for-events.md'],
      ['../running-brokers.md', '../../guides/running-brokers.md'],
      ['./0009-nats-for-events.md', './0002-nats-for-events.md'],
    ] as const) {
      const files = link(target);
      expect((await problemsAt(files, OLD))[0]?.fixes?.[0]?.preferred).toBeUndefined();
      expect((await fixed(files, OLD, 'broken-link'))[OLD]).toContain(`(${now})`);
    }
    for (const target of ['nowhere.md', 'README.md']) expect((await problemsAt(link(target), OLD))[0]?.fixes).toBeUndefined();
  });

  it('take links as the generator of the site takes them', async () => {
    const files = {
      'docs/adr/0001-a.rst': 'A thing\n=======\n\nStatus\n------\n\nAccepted\n\nSee :doc:`the guide </guides/running>`.\n',
      'docs/guides/running.rst': 'Running\n=======\n',
    };
    expect(await rulesAt(files, 'docs/adr/0001-a.rst')).toEqual([]);
  });

  it('name the successor that says it is one', async () => {
    const files = { [OLD]: nygard('1. Kafka for events', 'Superseded'), [NEW]: nygard('2. NATS for events', SUPERSEDES) };
    expect(await rulesAt(files, OLD)).toEqual([]);
    const claimed = { ...files, [NEW]: nygard('2. NATS for events', SUPERSEDES.replace('Accepted', 'Proposed')) };
    expect(await rulesAt(claimed, OLD)).toEqual(['superseded-by-nothing']);
    expect((await fixed(claimed, OLD, 'superseded-by-nothing'))[OLD]).toContain(
      'Superseded by [2. NATS for events](0002-nats-for-events.md)',
    );
  });

  it('point from one equal number to the other', async () => {
    const files = { 'docs/adr/0001-a.md': nygard('1. A thing'), 'docs/adr/0001-b.md': nygard('1. B thing') };
    expect(await problemsAt(files, 'docs/adr/0001-a.md')).toEqual([]);
    expect((await problemsAt(files, 'docs/adr/0001-b.md'))[0]?.related).toEqual([
      {
        path: 'docs/adr/0001-a.md',
        span: { start: { line: 0, character: 5 }, end: { line: 0, character: 12 } },
        message: 'Has the same number.',
      },
    ]);
  });
});

describe('many records', () => {
  it('are looked at together, 5,000 of them, one superseding the other', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, at) => {
        const number = String(at + 1).padStart(4, '0');
        const before = String(at).padStart(4, '0');
        const status = at % 2 === 1 ? `Accepted\n\nSupersedes [${at}](${before}-thing-${before}.md)` : 'Accepted';
        return [`docs/adr/${number}-thing-${number}.md`, nygard(`${at + 1}. Thing ${number}`, status)];
      }),
    );
    const found = await inRecords(files);
    expect(found.size).toBe(2_500);
    expect(found.get('docs/adr/5000-thing-5000.md')?.[0]?.fixes?.[0]?.edits[0]?.path).toBe('docs/adr/4999-thing-4999.md');
  });
});
