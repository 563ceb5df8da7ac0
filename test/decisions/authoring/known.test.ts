import { describe, expect, it } from 'vitest';
import type { Known } from '../../../server/decisions/authoring/known.ts';
import { draftOf, type Wish } from '../../../server/decisions/authoring/new-decision.ts';
import { readText } from '../../../server/decisions/authoring/slots.ts';
import { recordWith } from '../../support/engine.ts';
import { MADR, materialOf, NYGARD, SHAPES, type Shape } from './shapes.ts';

const NOTHING: Known = { commits: [], left: 0, weigh: [], sentences: { context: [], options: [], consequences: [] }, explained: false };
const SHA = 'abcdef0123456789abcdef0123456789abcdef01';
const WHY = 'Open question: why is this needed?';
const OPTIONS = 'Open question: which other options were considered, and why were they not chosen?';
const CONSEQUENCES = 'Open question: what follows from this, and for whom?';

const draft = (shape: Shape, known: Partial<Known>, wish: Partial<Wish> = {}): string =>
  draftOf(materialOf(shape), {
    title: 'Pack boxes by hand',
    status: 'proposed',
    today: '2026-11-21',
    known: { ...NOTHING, ...known },
    ...wish,
  }).text;

describe('a draft', () => {
  it('holds questions where nothing is known, in the sections of the repository', () => {
    expect(draft(MADR, {})).toMatch(
      new RegExp(
        `## Context and Problem Statement\n\n${WHY.replace('?', '\\?')}\n\n## Considered Options\n\n${OPTIONS.replace('?', '\\?')}\n\n## Decision Outcome\n\n### Consequences\n\n${CONSEQUENCES.replace('?', '\\?')}\n$`,
      ),
    );
  });

  it('puts a question into the context where the repository has no section for it', () => {
    const text = draft(NYGARD, {});
    expect(text).toContain(`## Context\n\n${WHY}\n\n${OPTIONS}\n\n## Decision\n`);
    expect(text).toContain(`## Consequences\n\n${CONSEQUENCES}\n`);
  });

  it.each(SHAPES.map((shape) => [shape.name, shape] as const))(
    'in the form of %s is read back as a record without findings',
    (_, shape) => {
      const text = draft(shape, {
        commits: [{ sha: SHA, subject: 'Pack boxes', reason: 'The machine breaks them.' }],
        weigh: [{ kinship: 'conflict', record: recordWith({ path: 'docs/adr/0001-use-ropes.md' }), sentence: 'It is so.' }],
      });
      const { document } = readText(materialOf(shape).newest[0]?.path ?? 'docs/adr/9.md', text);
      expect(document).toMatchObject({ title: 'Pack boxes by hand', status: { value: 'proposed' } });
    },
  );

  it('quotes commits with the sentence that says why, and then does not ask it', () => {
    const commits = [
      { sha: SHA, subject: 'Pack boxes', reason: 'The machine\nbreaks them.' },
      { sha: '1'.repeat(40), subject: 'Buy boxes!' },
    ];
    const text = draft(MADR, { commits, left: 3 });
    expect(text).toContain(
      'Commits:\n\n- `abcdef0123` Pack boxes. It says why: "The machine breaks them."\n- `1111111111` Buy boxes!\n- and 3 more\n',
    );
    expect(text).not.toContain('why is this needed');
    expect(draft(MADR, { commits: commits.slice(1) })).toContain(`${WHY} The messages of the commits do not say it.`);
  });

  it('does not ask why where a person said it, and names the records to weigh', () => {
    const weigh = [
      { kinship: 'exception', record: recordWith({ path: 'docs/decisions/0001-use-ropes.md' }), sentence: 'Governs a.ts.' },
    ] as const;
    const text = draft(MADR, { explained: true, weigh }, { because: 'The carrier wants it.' });
    expect(text).toContain('The carrier wants it.\n\nDecisions to weigh:\n\n- [Use ropes](0001-use-ropes.md): Governs a.ts.\n');
    expect(text).not.toContain('why is this needed');
  });

  it('has sentences with what they are taken from, and still asks why', () => {
    const sentence = (text: string, ...sources: Known['sentences']['context'][number]['sources']) => [{ text, sources }];
    const text = draft(MADR, {
      sentences: {
        context: sentence('Boxes break.', { kind: 'commit', sha: SHA }, { kind: 'file', path: 'src/a.ts' }),
        options: sentence('A better machine.', { kind: 'record', path: 'docs/decisions/0001-x.md', title: 'X' }),
        consequences: sentence('It is slow.', { kind: 'words' }),
      },
    });
    expect(text).toContain(`Boxes break. (commit \`abcdef0123\`, \`src/a.ts\`)\n\n${WHY}\n`);
    expect(text).toContain('## Considered Options\n\nA better machine. ([X](0001-x.md))\n');
    expect(text).toContain('### Consequences\n\nIt is slow.\n');
  });
});
