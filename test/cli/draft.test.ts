import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyRepository, type SampleRepository, temporaryFolder } from '../lsp/sample-repository.ts';
import { chatServer, plainly } from '../support/chat-server.ts';
import { fakeEngine, recordWith } from '../support/engine.ts';
import { runInMemory } from './in-memory.ts';
import { lintel } from './run.ts';

const record = (title: string, status: string, rest: string): string =>
  `# ${title}\n\n## Status\n\n${status}\n\n## Context\n\nIt is so.\n\n${rest}\n\n## Consequences\n\nSome.\n`;
const MESSAGE =
  'Relay events through Kafka\n\nWe need a log that can be read again, because the billing service loses events when it restarts.';

let shop: SampleRepository;
let cache: string;
let sha: string;
beforeAll(() => {
  cache = temporaryFolder();
  shop = emptyRepository();
  shop.write(
    'docs/adr/0001-send-events-through-nats.md',
    record(
      '1. Send events through NATS',
      'Accepted',
      '## Considered Options\n\n- NATS\n- Kafka\n\n## Decision\n\nWe send events through NATS. The relay in `src/relay.ts` publishes them.',
    ),
  );
  shop.write(
    'docs/adr/0002-no-moment.md',
    record('2. Format dates without Moment', 'Accepted', '## Considered Options\n\n- Intl\n\n## Decision\n\nWe format dates with Intl.'),
  );
  shop.write(
    'lintel.yaml',
    'gate:\n  constraints:\n    - record: docs/adr/0002-no-moment.md\n      paths: [src/**]\n      forbid: ["from \'moment*\'"]\n',
  );
  shop.write('src/relay.ts', '// ADR-0001: events go through NATS.\nexport const relay = 1;\n');
  shop.commit('Begin');
  shop.write('src/kafka.ts', 'export const broker = 9092;\n');
  sha = shop.commit(MESSAGE);
});
afterAll(() => shop.remove());

const at = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  lintel(args, { folder: shop.root, cache, environment });
const draft = (title: string, ...options: readonly string[]) => at(['decisions', 'new', title, '--dry-run', ...options]);
/** The lines that a patch adds. */
const added = (patch: string): string =>
  patch
    .split('\n')
    .filter((line) => line.startsWith('+') && !line.startsWith('+++'))
    .map((line) => line.slice(1))
    .join('\n');

describe('lintel decisions new', () => {
  it('shows the conflicting records before a word is written, and what is not known as questions', async () => {
    const { code, stdout, stderr } = await draft('Relay events through Kafka', '--from', sha);
    expect(code).toBe(0);
    expect(stderr).toContain('Read before you write:\n  conflict  1 Send events through NATS  docs/adr/0001-send-events-through-nats.md\n');
    expect(stderr).toContain('Lists "Kafka" among its options, and chose another one.');
    const text = added(stdout);
    expect(text).toContain(
      `Commits:\n\n- \`${sha.slice(0, 10)}\` Relay events through Kafka. It says why: "We need a log that can be read again, because the billing service loses events when it restarts."\n`,
    );
    expect(text).toContain(`Changed in ${sha}:\n\n- \`src/kafka.ts\` (added)\n`);
    expect(text).toContain('+export const broker = 9092;');
    expect(text).toContain('Decisions to weigh:\n\n- [1. Send events through NATS](0001-send-events-through-nats.md)'.replace('1. ', ''));
    expect(text).toContain('## Considered Options\n\nOpen question: which other options were considered');
    expect(text).toContain('## Consequences\n\nOpen question: what follows from this');
    expect(text).not.toContain('why is this needed');
  });

  it('drafts from a range, from lines of code and from what is not committed', async () => {
    const range = added((await draft('Read events again', '--from', 'HEAD~1..HEAD')).stdout);
    expect(range).toContain('Relay events through Kafka. It says why: "We need');
    const lines = await draft('Relay twice', '--lines', 'src/relay.ts:1-2');
    expect(added(lines.stdout)).toContain(
      '`src/relay.ts`, lines 1 to 2:\n\n```ts\n// ADR-0001: events go through NATS.\nexport const relay = 1;\n```\n',
    );
    expect(added(lines.stdout)).toContain('Open question: why is this needed?\n');
    expect(lines.stderr).toMatch(/exception {2}1 Send events through NATS .*\n +Governs src\/relay\.ts/);
    shop.write('src/relay.ts', "import moment from 'moment';\n// ADR-0001: events go through NATS.\nexport const relay = 1;\n");
    try {
      const changes = await draft('Show dates as Moment does', '--changes');
      expect(changes.stderr).toContain('conflict   2 Format dates without Moment');
      expect(changes.stderr).toContain(`Forbids "from 'moment*'" by rule, and src/relay.ts:1 has it.`);
      expect(added(changes.stdout)).toContain('Changed in the work tree:\n\n- `src/relay.ts` (changed)\n');
    } finally {
      shop.git('checkout', '--', 'src/relay.ts');
    }
  });

  it.each([
    [['--from', 'nowhere'], 'The repository has no commit "nowhere".'],
    [['--from', 'HEAD..nowhere'], 'The repository has no commit "nowhere".'],
    [['--from', 'HEAD..HEAD'], 'There are no commits in HEAD..HEAD.'],
    [['--from', '--output=x'], '--from'],
    [['--from', 'HEAD', '--changes'], 'Use either --from or --changes.'],
    [['--lines', 'src/relay.ts'], 'is not PATH:LINE or PATH:FIRST-LAST'],
    [['--lines', 'src/relay.ts:90'], 'has no such lines'],
    [['--lines', 'src/gone.ts:1'], 'has no such lines'],
  ])('says what is wrong with %j, and writes nothing', async (options, message) => {
    const { code, stdout, stderr } = await draft('Pack boxes', ...options);
    expect({ code: code !== 0, stdout }).toEqual({ code: true, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('lets a language model word what was read, with the commit behind it, and drops what it made up', async () => {
    const quote = 'the billing service loses events when it restarts';
    const server = await chatServer(
      plainly(
        JSON.stringify({
          context: [
            { claim: 'The billing service loses events when it restarts.', spanId: 'c1', quote },
            { claim: 'Kafka is faster than NATS.', spanId: 'c1', quote: 'Kafka is faster than NATS' },
          ],
          options: [],
          consequences: [{ claim: 'It costs three nodes.', spanId: 'r1', quote: 'It costs three nodes.' }],
        }),
      ),
    );
    const environment = { LINTEL_ANSWERS_ENDPOINT: server.base, LINTEL_ANSWERS_MODEL: 'small' };
    const made = await at(['decisions', 'new', 'Relay events through Kafka', '--from', sha, '--dry-run'], environment);
    const silent = await at(['decisions', 'new', 'Relay events through Kafka', '--from', sha, '--dry-run', '--no-model'], environment);
    await server.close();
    const text = added(made.stdout);
    expect(text).toContain(`(commit \`${sha.slice(0, 10)}\`)\n`);
    expect(text).not.toMatch(/faster|three nodes/);
    expect(text).toContain('Open question: what follows from this');
    expect(made.stderr).toContain('Each sentence was checked in its source.');
    expect(server.requests).toHaveLength(1);
    const sent = JSON.parse(server.requests[0]?.body.messages[1]?.content ?? '');
    expect(sent.examples).toHaveLength(2);
    expect(sent.spans.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(['w1', 'c1', 'd1', 'r1']));
    expect(silent.stderr).not.toContain('language model');
  });

  it('says so where the language model is dead, and drafts all the same', async () => {
    const dead = await chatServer(() => undefined);
    await dead.close();
    const environment = { LINTEL_ANSWERS_ENDPOINT: dead.base, LINTEL_ANSWERS_MODEL: 'small' };
    const { code, stdout, stderr } = await at(['decisions', 'new', 'Pack boxes', '--from', sha, '--dry-run'], environment);
    expect(code).toBe(0);
    expect(stderr).toContain(`The language model small at ${dead.host} was not used: it cannot be reached (ECONNREFUSED).`);
    expect(added(stdout)).toContain('Relay events through Kafka. It says why');
  });

  it('tells the records as JSON, too, and writes the record that git then has', async () => {
    const { code, stdout } = await at(['decisions', 'new', 'Relay events through Kafka', '--from', sha, '--json']);
    expect(code).toBe(0);
    const told = JSON.parse(stdout);
    expect(told).toMatchObject({
      path: 'docs/adr/0003-relay-events-through-kafka.md',
      kindred: [{ kinship: 'conflict', record: { path: 'docs/adr/0001-send-events-through-nats.md' } }],
    });
    const file = join(shop.root, told.path);
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain('Proposed');
    writeFileSync(file, '');
    shop.git('clean', '-fdq');
  });
});

describe('a conflict, on a terminal', () => {
  const engineThat = (wrote: string[]) =>
    fakeEngine({
      root: '/shop',
      authoring: {
        kindred: async () => [{ kinship: 'conflict', record: recordWith(), sentence: 'The same was rejected before.' }],
        newDecision: async ({ title }) => {
          wrote.push(title);
          const START = { line: 0, character: 0 };
          return { edits: [], path: 'docs/adr/0002-use-ropes.md', selection: { start: START, end: START } };
        },
        apply: async () => undefined,
      },
    });

  it.each([
    ['a person says no', { key: async () => undefined, ask: async () => false }, []],
    ['a person says yes', { key: async () => undefined, ask: async () => true }, ['Use ropes']],
    ['nobody is there', { ask: async () => expect.fail('asked') }, ['Use ropes']],
  ])('keeps the record from being written or not: %s', async (_, terminal, expected) => {
    const wrote: string[] = [];
    const { code, err } = await runInMemory(['decisions', 'new', 'Use ropes'], engineThat(wrote), terminal);
    expect(code).toBe(0);
    expect(err).toContain('conflict  1 Use ropes');
    expect(wrote).toEqual(expected);
    if (expected.length === 0) expect(err).toContain('Nothing was written.');
  });
});
