import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { shownAnswer } from '../../extension/search/answer.ts';
import type { AskResult, WireAnswerSpan, WireAskAnswer } from '../../protocol/ask.ts';

const SHA = 'abcdef0123456789abcdef0123456789abcdef01';
const SPAN: WireAnswerSpan = {
  id: 's1',
  text: 'We use an outbox table,\nin the same transaction.',
  documentId: 'docs/adr/0014-outbox.md',
  kind: 'decision',
  path: 'docs/adr/0014-outbox.md',
  uri: 'file:///shop/docs/adr/0014-outbox.md',
  startLine: 12,
  endLine: 13,
  title: 'Transactional outbox',
  number: '0014',
  status: 'accepted',
  date: '2024-05-11T10:00:00Z',
};
const COMMIT: WireAnswerSpan = {
  id: 's2',
  text: 'Relay events',
  documentId: SHA,
  kind: 'commit',
  sha: SHA,
  startLine: 3,
  endLine: 3,
  title: 'Relay',
};
const answer = (own: Partial<WireAskAnswer> = {}): WireAskAnswer => ({
  question: 'Why?',
  verdict: 'supported',
  spans: [SPAN, COMMIT],
  replaced: [],
  searched: { records: 23, specifications: 2, guides: 6, commits: 1 },
  index: { sha: SHA, behind: 0 },
  notes: [],
  ...own,
});
const resultOf = (...answers: readonly WireAskAnswer[]): AskResult => ({
  repositories: answers.map((one, index) => ({ name: `shop${index}`, answer: one })),
});
const onlyPart = (own: Partial<WireAskAnswer> = {}) => shownAnswer('Why?', resultOf(answer(own))).parts[0] ?? expect.fail();

describe('an answer in the Search view', () => {
  it('is the verdict in words and the lines, each with its title, place, status and date', () => {
    const { repository, verdict, sentence, spans, facts } = onlyPart();
    expect({ repository, verdict, sentence, facts }).toEqual({
      repository: '',
      verdict: 'supported',
      sentence: 'Supported: these lines hold what the question asks for.',
      facts: [],
    });
    expect(spans.map(({ text, title, facts: of }) => [text, title, of])).toEqual([
      [SPAN.text, '0014 Transactional outbox', 'docs/adr/0014-outbox.md:12-13 · Accepted · 2024-05-11'],
      ['Relay events', 'Relay', 'abcdef012:3'],
    ]);
  });

  it('opens a file at exactly these lines, and a commit by its id', () => {
    const places = onlyPart().spans.map(({ place }) => place);
    expect(places[0]).toEqual({
      kind: 'decision',
      sha: '',
      title: 'Transactional outbox',
      uri: SPAN.uri,
      snippet: SPAN.text,
      span: { start: { line: 11, character: 0 }, end: { line: 12, character: 24 } },
    });
    expect(places[1]).toMatchObject({ kind: 'commit', sha: SHA, snippet: 'Relay events' });
    expect(places[1]).not.toHaveProperty('uri');
  });

  test.each([
    [{ by: [{ title: 'NATS', number: '3', path: 'n.md' }], since: '2024-02-01T00:00:00Z' }, 'Replaced: 2 Kafka by 3 NATS, 2024-02-01'],
    [
      {
        by: [
          { title: 'NATS', path: 'n.md' },
          { title: 'Bus', path: 'b.md' },
        ],
      },
      'Replaced: 2 Kafka by NATS, Bus',
    ],
    [{ by: [] }, 'Not in force: 2 Kafka (Superseded)'],
  ])('names what was replaced: %j', (own, expected) => {
    const record = { title: 'Kafka', number: '2', path: 'k.md', uri: 'file:///shop/k.md', status: 'superseded', ...own } as const;
    const [replaced] = onlyPart({ replaced: [record] }).replaced;
    expect(replaced?.text).toBe(expected);
    expect(replaced?.place).toMatchObject({ kind: 'decision', uri: 'file:///shop/k.md' });
  });

  test.each([
    [{ sha: SHA, behind: 0 }, 'The index is current: commit abcdef012.'],
    [{ sha: '', behind: 0 }, 'The index is current.'],
    [{ sha: SHA, behind: 2 }, 'The index is 2 changes behind the repository.'],
  ])('that is not recorded says what was searched and how current it is: %j', (index, current) => {
    const part = onlyPart({ verdict: 'not-recorded', spans: [], index, notes: ['Commits were not read.'] });
    expect(part.sentence).toMatch(/^Not recorded: .*does not mean it is not so\.$/);
    expect(part.facts).toEqual(['Searched: 23 decisions, 8 specifications and guides, 1 commit.', current, 'Commits were not read.']);
  });

  it('says that its lines may be old where the index is behind', () => {
    expect(onlyPart({ index: { sha: SHA, behind: 1 } }).facts).toEqual(['The index is 1 change behind the repository.']);
  });

  it('says that nothing was searched where there is no index, and not that nothing is recorded', () => {
    const searched = { records: 0, specifications: 0, guides: 0, commits: 0 };
    const part = onlyPart({ verdict: 'not-recorded', spans: [], searched, notes: ['There is no index yet: nothing was searched.'] });
    expect(part).toMatchObject({
      verdict: 'nothing',
      sentence: 'Nothing was searched: there is no index yet, or nothing in it.',
      facts: [],
    });
  });

  it('of several repositories begins with the one that answers, and tells which cannot be asked', () => {
    const { repositories } = resultOf(answer({ verdict: 'not-recorded', spans: [] }), answer({ verdict: 'partly' }), answer());
    const { parts } = shownAnswer('Why?', { repositories: [{ name: 'broken', failure: 'It is locked.' }, ...repositories] });
    expect(parts.map(({ repository, verdict }) => [repository, verdict])).toEqual([
      ['shop2', 'supported'],
      ['shop1', 'partly'],
      ['shop0', 'not-recorded'],
      ['broken', 'failed'],
    ]);
    expect(parts[3]?.sentence).toBe('No answer: It is locked.');
  });
});

describe('an answer as Markdown', () => {
  it('has question, verdict, quotes with their citations, and what was replaced', () => {
    const by = [{ title: 'Outbox', path: 'o.md' }];
    const replaced = [{ title: 'Two_phase commit', path: 't.md', uri: 'file:///t.md', status: 'superseded', by } as const];
    expect(shownAnswer('Why an *outbox*\ntable?', resultOf(answer({ replaced, notes: ['A note.'] }))).markdown).toBe(
      [
        '**Why an \\*outbox\\* table?**',
        'Supported: these lines hold what the question asks for.',
        '> We use an outbox table,\n> in the same transaction.\n>\n> — 0014 Transactional outbox · docs/adr/0014-outbox.md:12-13 · Accepted · 2024-05-11',
        '> Relay events\n>\n> — Relay · abcdef012:3',
        '- Replaced: Two\\_phase commit by Outbox',
        'A note.\n',
      ].join('\n\n'),
    );
  });

  it('keeps whatever is quoted, titled or asked inside of its place', () => {
    const piece = fc.string({ unit: fc.constantFrom('*', '`', '[', ']', '<', '>', '#', '\n', ' ', 'a', '\\') });
    fc.assert(
      fc.property(piece, piece, piece, (question, title, text) => {
        const { markdown } = shownAnswer(question, resultOf(answer({ spans: [{ ...SPAN, title, text }] })));
        const quoted = markdown.split('\n').filter((line) => line.startsWith('>'));
        expect(quoted).toHaveLength(text.split('\n').length + 2);
        expect(markdown.split('\n')[0]).toMatch(/^\*\*(?:[^*`[\]<>\\]|\\.)*\*\*$/);
      }),
    );
  });
});
