import { describe, expect, it, test } from 'vitest';
import {
  askOutcome,
  type ChatOutcome,
  draftOutcome,
  followupsOf,
  foundOutcome,
  listOutcome,
  whyOutcome,
} from '../../extension/chat/parts.ts';
import { hostOf } from '../../extension/models/answer-keys.ts';
import { hidingLog, Secrets } from '../../extension/models/hidden.ts';
import type { AskResult, WireAskAnswer } from '../../protocol/ask.ts';
import type { WireKindred, WireRecord } from '../../protocol/authoring.ts';
import type { WireHit } from '../../protocol/index.ts';
import { hitWith, recordWith } from '../support/engine.ts';

const URI = 'file:///shop/docs/adr/0014-outbox.md';
const SHA = 'abcdef0123456789abcdef0123456789abcdef01';
const ANSWER: WireAskAnswer = {
  question: 'Why?',
  verdict: 'supported',
  spans: [
    {
      id: 's1',
      text: 'We use an **outbox**.',
      documentId: 'a',
      kind: 'decision',
      path: 'docs/adr/0014-outbox.md',
      uri: URI,
      startLine: 12,
      endLine: 12,
      title: 'Outbox',
      number: '0014',
      status: 'accepted',
    },
    { id: 's2', text: 'Relay', documentId: SHA, kind: 'commit', sha: SHA, startLine: 1, endLine: 1, title: 'Relay events' },
  ],
  replaced: [],
  searched: { records: 3, specifications: 0, guides: 0, commits: 9 },
  index: { sha: SHA, behind: 0 },
  notes: [],
};
const resultOf = (own: Partial<WireAskAnswer> = {}): AskResult => ({ repositories: [{ name: 'shop', answer: { ...ANSWER, ...own } }] });

const text = ({ parts }: ChatOutcome): string =>
  parts.map((part) => (part.kind === 'markdown' ? part.text : part.kind === 'place' ? `<${part.title}>` : `(${part.title})`)).join('');
const places = ({ parts }: ChatOutcome) => parts.flatMap((part) => (part.kind === 'place' ? [part.place] : []));
const wireRecord = (own: Partial<WireRecord> = {}): WireRecord => ({ ...recordWith(), uri: URI, ...own });

describe('an answer of @lintel', () => {
  it('is the verdict and the lines, each with a place that can be opened', () => {
    const outcome = askOutcome('Why?', resultOf());
    expect(outcome.outcome).toBe('answered');
    expect(text(outcome)).toBe(
      '\n\n**Supported: these lines hold what the question asks for.**\n\n> We use an \\*\\*outbox\\*\\*.\n>\n> \\[1\\] <0014 Outbox> · docs/adr/0014-outbox.md:12 · Accepted\n\n> Relay\n>\n> \\[2\\] <Relay events> · abcdef012:1',
    );
    expect(places(outcome)).toEqual([
      { uri: URI, sha: '', span: { start: { line: 11, character: 0 }, end: { line: 11, character: 21 } } },
      { sha: SHA, span: { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } } },
    ]);
  });

  it('says plainly that nothing is recorded, with what was searched, and quotes nothing', () => {
    const outcome = askOutcome('Why?', resultOf({ verdict: 'not-recorded', spans: [] }));
    expect(outcome.outcome).toBe('not-recorded');
    expect(text(outcome)).toContain('**Not recorded: nothing that was searched answers this. That does not mean it is not so.**');
    expect(text(outcome)).toContain('Searched: 3 decisions, 9 commits.');
    expect(places(outcome)).toEqual([]);
  });

  it('has the sentences of a model above the lines, each with the numbers of its quotes', () => {
    const sentences = [
      {
        text: 'An [outbox](x) it is.',
        quotes: [
          { spanId: 's1', quote: 'We use' },
          { spanId: 's2', quote: 'Relay' },
        ],
      },
    ];
    const said = text(askOutcome('Why?', resultOf({ model: { name: 'Small', sentences } })));
    expect(said).toContain('An \\[outbox\\](x) it is. \\[1\\]\\[2\\]');
    expect(said).toContain('*Worded by Small. Every sentence has a quote that was found in the lines below.*');
    expect(said.indexOf('it is.')).toBeLessThan(said.indexOf('> We use'));
  });

  it('says what kept a repository or a model from answering', () => {
    expect(text(askOutcome('Why?', { repositories: [{ name: 'shop', failure: 'It is gone.' }] }))).toContain('No answer: It is gone.');
    expect(askOutcome('Why?', { repositories: [] }).outcome).toBe('nothing');
    expect(text(askOutcome('Why?', resultOf({ notes: ['The language model Small was not used: it refused.'] })))).toContain('it refused.');
  });

  it('never lets a text of the repository be a mark of Markdown', () => {
    const spans = ANSWER.spans.slice(0, 1).map((span) => ({ ...span, text: '[run](command:x)\n<img src=x> `a`' }));
    expect(text(askOutcome('Why?', resultOf({ spans })))).toContain('> \\[run\\](command:x)\n> \\<img src=x\\> \\`a\\`');
  });
});

describe('@lintel /why', () => {
  const INDEX = { sha: '', behind: 0 };
  it('shows what governs, with the reasons and the sentence that decides', () => {
    const hit: WireHit = { ...hitWith(), uri: URI };
    const outcome = whyOutcome('src/a.ts:3', { governing: [hit], probable: [], related: [], index: INDEX, notices: ['Shallow.'] });
    const said = text(outcome);
    expect(said).toContain('**What governs src/a.ts:3:**\n\n#### Governing\n\n- <Use ropes>');
    expect(said).toContain('\n  - because of cited\n\n  > We use ropes.');
    expect(said).toContain('Shallow.');
    expect(places(outcome)[0]).toMatchObject({ uri: URI, span: hit.span });
  });

  it('says plainly where no decision governs', () => {
    expect(text(whyOutcome('src/a.ts', { governing: [], probable: [], related: [], index: INDEX }))).toBe(
      '**Not recorded: no decision governs src/a.ts. That does not mean there is no reason.**',
    );
  });
});

describe('@lintel /decisions', () => {
  it('lists those in force, and says how many there are', () => {
    const all = [
      wireRecord({ title: 'A' }),
      wireRecord({ title: 'B', status: 'rejected' }),
      wireRecord({ title: 'C', supersededBy: ['x'] }),
    ];
    expect(text(listOutcome(all))).toBe('**1 decisions in force, of 3 in all:**\n\n- <1 A> · 2024-03-01');
    const many = Array.from({ length: 40 }, () => wireRecord());
    expect(text(listOutcome(many))).toContain('The first 30 of 40 decisions in force, of 40 in all:');
    expect(listOutcome([]).outcome).toBe('nothing');
  });

  it('finds by words, or says that nothing matches', () => {
    expect(text(foundOutcome('ropes', [{ ...hitWith(), uri: URI }]))).toContain('Decisions for "ropes":');
    expect(foundOutcome('x', [])).toMatchObject({ outcome: 'not-recorded' });
  });
});

describe('@lintel /draft', () => {
  const KIN: WireKindred = {
    kinship: 'conflict',
    record: wireRecord(),
    sentence: 'The same was rejected before.',
    decides: 'We use *ropes*.',
  };

  it('shows the records to read first, and writes nothing but by its button', () => {
    const outcome = draftOutcome('src/a.ts:3', { kindred: [KIN] }, { draft: 1 });
    const said = text(outcome);
    expect(said).toContain('nothing is written until you choose the button');
    expect(said).toContain('- **Conflict**: <1 Use ropes>\n  - The same was rejected before.\n\n  > We use \\*ropes\\*.');
    expect(said).toContain('The draft starts from src/a.ts:3.');
    expect(outcome.parts.at(-1)).toEqual({
      kind: 'button',
      command: 'lintel.newDecision',
      title: 'Write the Draft',
      argument: { draft: 1 },
    });
  });

  it('says that no record is about it, or why there can be no draft', () => {
    expect(text(draftOutcome('x', { kindred: [] }, {}))).toContain('No record is about this yet.');
    expect(draftOutcome('x', { refused: 'There is no index yet.' }, {})).toEqual({
      outcome: 'failed',
      parts: [{ kind: 'markdown', text: 'There is no index yet.' }],
    });
  });
});

test.each([
  ['not-recorded', ['decisions', 'draft']],
  ['answered', ['decisions']],
  ['list', ['why']],
  ['failed', []],
  ['draft', []],
] as const)('after an answer that is %s, it is useful to ask %j', (outcome, commands) => {
  expect(followupsOf(outcome, 'x').map(({ command }) => command)).toEqual(commands);
});

describe('the key for answers', () => {
  test.each([
    ['api.example.com', 'api.example.com'],
    ['https://API.example.com/v1', 'api.example.com'],
    ['http://localhost:11434/v1', 'localhost:11434'],
    ['https://api.example.com:443/v1', 'api.example.com'],
    ['', undefined],
    ['a b', undefined],
    ['https://me:secret@api.example.com', undefined],
  ])('is kept for the host of "%s"', (written, host) => {
    expect(hostOf(written)).toBe(host);
  });

  it('is in no line of the log, not even as JSON', () => {
    const lines: unknown[] = [];
    const log: Parameters<typeof hidingLog>[0] = Object.assign(Object.create(null), {
      trace: (...given: unknown[]) => void lines.push(given),
      logLevel: 1,
    });
    const secrets = new Secrets();
    secrets.add('se"cret-key');
    secrets.add('abc');
    const hiding = hidingLog(log, secrets);
    hiding.trace(`Result: ${JSON.stringify({ key: 'se"cret-key' })}`, 'se"cret-key abc', 5);
    expect(lines).toEqual([['Result: {"key":"***"}', '*** abc', 5]]);
    expect(hiding.logLevel).toBe(1);
  });
});
