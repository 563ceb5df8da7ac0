import { describe, expect, it } from 'vitest';
import { cleanTitle, type Draft, draftOf, type Wish } from '../../../server/decisions/authoring/new-decision.ts';
import { readText } from '../../../server/decisions/authoring/slots.ts';
import type { FileDiff } from '../../../server/model/diff.ts';
import { ASCIIDOC, BRAINS, BULLETS, DATED, MADR, materialOf, NYGARD, RST, SHAPES, type Shape, TABLE, TITLED } from './shapes.ts';

const WISH: Wish = { title: 'Pack boxes by hand', status: 'proposed', today: '2026-11-21' };
const draft = (shape: Shape, wish: Partial<Wish> = {}, more = {}): Draft => draftOf(materialOf(shape, more), { ...WISH, ...wish });

describe('a new decision', () => {
  it.each(SHAPES.map((shape) => [shape.name, shape] as const))(
    'in the form of %s is read back as a proposed record of today',
    (_name, shape) => {
      const { path, text, selection } = draft(shape);
      const { document } = readText(path, text);
      expect(document.title).toBe('Pack boxes by hand');
      expect(document.status?.value).toBe('proposed');
      expect(document.date).toBe('2026-11-21');
      expect(document.findings).toEqual([]);
      expect(document.links).toEqual([]);
      expect(text.split('\n')[selection.start.line]?.slice(selection.start.character, selection.end.character)).toContain(
        'Pack boxes by hand',
      );
      expect(text).not.toMatch(/Why|What\.|Ada|orders|events/);
      expect(text).toMatch(/[^\n]\n$/);
    },
  );

  it('follows Nygard, with the next number behind the largest', () => {
    expect(draft(NYGARD)).toMatchObject({
      path: 'doc/adr/0010-pack-boxes-by-hand.md',
      text: '# 10. Pack boxes by hand\n\nDate: 2026-11-21\n\n## Status\n\nProposed\n\n## Context\n\n## Decision\n\n## Consequences\n',
    });
  });

  it('follows MADR 4, with its keys, its comment and its quotes for what needs them', () => {
    expect(draft(MADR)).toMatchObject({
      path: 'docs/decisions/0003-pack-boxes-by-hand.md',
      text: '---\n# one of: proposed, accepted\nstatus: proposed\ndate: 2026-11-21\ndecision-makers:\n---\n\n# Pack boxes by hand\n\n## Context and Problem Statement\n\n## Considered Options\n\n## Decision Outcome\n\n### Consequences\n',
    });
  });

  it('follows bullets, a prefix of the file and one of the title', () => {
    expect(draft(BULLETS)).toMatchObject({
      path: 'docs/adr/adr-004-pack-boxes-by-hand.md',
      text: '# ADR 004: Pack boxes by hand\n\n* Status: proposed\n* Deciders:\n* Date: 2026-11-21\n\n## Context and Problem Statement\n\n## Decision Outcome\n',
    });
  });

  it('follows reStructuredText, with an underline as long as the title', () => {
    expect(draft(RST)).toMatchObject({
      path: 'docs/decisions/0003_pack_boxes_by_hand.rst',
      text: 'Pack boxes by hand\n==================\n\n:Status: Proposed\n:Date: 2026-11-21\n\nContext\n-------\n\nDecision\n--------\n',
    });
  });

  it('follows dated folders, and the day as others write it', () => {
    const { path, text } = draft(DATED);
    expect(path).toBe('docs/adr/2026-11-21-pack-boxes-by-hand/README.md');
    expect(text).toContain('Date: 21.11.2026');
    expect(text).not.toMatch(/^# \d/);
  });

  it('fills the template of log4brains and leaves its advice', () => {
    expect(draft(BRAINS)).toMatchObject({
      path: 'docs/adr/20261121-pack-boxes-by-hand.md',
      text: '# Pack boxes by hand\n\n- Status: proposed\n- Deciders: [list everyone involved in the decision] <!-- optional -->\n- Date: 2026-11-21\n\n## Context and Problem Statement\n\n[Describe the context and problem statement.]\n\n## Decision Outcome\n\nChosen option: "[option 1]", because [justification].\n',
    });
  });

  it('follows a table, capitals in the name, and a day with the name of its month', () => {
    expect(draft(TABLE)).toMatchObject({
      path: 'architecture/ADR-0009-Pack-Boxes-By-Hand.md',
      text: '# ADR-0009: Pack boxes by hand\n\n| Field | Value |\n|---|---|\n| Status | Proposed |\n| Date | 21-Nov-2026 |\n| Owner | |\n\n## Background\n\n## Decision\n',
    });
  });

  it('follows a title in front matter, and keeps what every record says', () => {
    expect(draft(TITLED)).toMatchObject({
      path: 'rfcs/0003-pack-boxes-by-hand/README.md',
      text: '---\nlayout: decision\ntitle: "Pack boxes by hand"\ncreated: 2026/11/21\nstate: Proposed\n---\n\n## Motivation\n\n## Proposal\n',
    });
  });

  it('follows AsciiDoc', () => {
    const { path, text } = draft(ASCIIDOC);
    expect(path).toBe('docs/adr/0003-pack-boxes-by-hand.adoc');
    expect(text).toBe('= 3. Pack boxes by hand\n\n*Status:* Proposed\n\n*Date:* 2026-11-21\n\n== Context\n\n== Decision\n');
  });

  it('begins with the least of MADR where there are no records', () => {
    const material = { collections: [], names: materialOf(NYGARD).names, listing: [], newest: [], exists: () => false };
    const { path, text } = draftOf(material, WISH);
    expect(path).toBe('docs/decisions/0001-pack-boxes-by-hand.md');
    expect(text).toContain('---\nstatus: proposed\ndate: 2026-11-21\n---\n\n# Pack boxes by hand\n');
    expect(draftOf({ ...material, firstFolder: 'doc/adr' }, WISH).path).toBe('doc/adr/0001-pack-boxes-by-hand.md');
  });

  it.each([
    [
      'adr-tools',
      '# NUMBER. TITLE\n\nDate: DATE\n\n## Status\n\nSTATUS\n\n## Context\n\nThe issue.\n',
      '# 10. Pack boxes by hand\n\nDate: 2026-11-21\n\n## Status\n\nProposed\n\n## Context\n\nThe issue.\n',
    ],
    [
      'MADR 4',
      '---\n# These are optional.\nstatus: "{proposed | rejected | accepted | deprecated | … | superseded by ADR-0123}"\ndate: {YYYY-MM-DD when the decision was last updated}\ndecision-makers: {list everyone}\n---\n\n# {short title, representative of solved problem and found solution}\n\n## Context and Problem Statement\n\n{Describe the context.}\n',
      '---\n# These are optional.\nstatus: proposed\ndate: 2026-11-21\ndecision-makers: {list everyone}\n---\n\n# 10. Pack boxes by hand\n\n## Context and Problem Statement\n\n{Describe the context.}\n',
    ],
    [
      'MADR 2',
      '# [short title of solved problem and solution]\n\n* Status: [proposed | rejected | accepted | deprecated | superseded by [ADR-0005](0005-example.md)] <!-- optional -->\n* Date: [YYYY-MM-DD when the decision was last updated] <!-- optional -->\n\nTechnical Story: [description] <!-- optional -->\n\n## Context\n',
      '# 10. Pack boxes by hand\n\n* Status: proposed\n* Date: 2026-11-21\n\nTechnical Story: [description] <!-- optional -->\n\n## Context\n',
    ],
    [
      'a place for the number',
      '# ADR-NNNN: Title\n\n**Status:** Proposed | Accepted\n\n## Context\n',
      '# ADR-10: Pack boxes by hand\n\n**Status:** Proposed\n\n## Context\n',
    ],
    [
      'a question as the status',
      '# Title\n\n## Status\n\nWhat is the status, such as proposed, accepted, rejected, deprecated, superseded, etc.?\n\n## Context\n\nWhat is the issue?\n',
      '# 10. Pack boxes by hand\n\n## Status\n\nproposed\n\n## Context\n\nWhat is the issue?\n',
    ],
  ])('fills the template of %s', (_name, template, expected) => {
    expect(draft(NYGARD, {}, { template: readText('doc/adr/template.md', template) }).text).toBe(expected);
  });

  it('puts the title above a template that has no place for it', () => {
    const template = readText('doc/adr/template.md', '---\nstatus: proposed\n---\n\n## Context\n');
    expect(draft(NYGARD, {}, { template }).text).toBe('---\nstatus: proposed\n---\n\n# 10. Pack boxes by hand\n\n## Context\n');
  });

  it('does not use a template of another markup', () => {
    expect(draft(RST, {}, { template: readText('docs/decisions/template.md', '# Title\n\n## Status\n') }).path).toMatch(/\.rst$/);
    expect(draft(RST, {}, { template: readText('docs/decisions/template.md', '# Title\n\n## Status\n') }).text).toContain('=====');
  });

  it('quotes the selected code with its place, in a fence that no code can end', () => {
    const selection = { path: 'src/a.ts', lines: { first: 4, last: 6 }, text: 'const a = `x`;\n```\nend();\n' };
    const { text, path } = draft(NYGARD, { selection });
    expect(text).toContain('## Context\n\n`src/a.ts`, lines 5 to 7:\n\n````ts\nconst a = `x`;\n```\nend();\n````\n\n## Decision');
    expect(readText(path, text).document.sections.map(({ heading }) => heading)).toEqual([
      '10. Pack boxes by hand',
      'Status',
      'Context',
      'Decision',
      'Consequences',
    ]);
    expect(draft(RST, { selection }).text).toContain('``src/a.ts``, lines 5 to 7:\n\n.. code-block:: ts\n\n   const a = `x`;\n');
    expect(draft(ASCIIDOC, { selection }).text).toContain('[source,ts]\n----\nconst a');
  });

  it('names the selected file in a key for paths, where records have one', () => {
    const files = {
      'adr/0001-a.md': '---\nstatus: accepted\napplies-to: [src/**]\n---\n# A\n\n## Context\n',
      'adr/0002-b.md': '---\nstatus: accepted\napplies-to:\n  - lib/**\n  - x\n---\n# B\n\n## Context\n',
    };
    const selection = { path: 'src/a.ts', lines: { first: 4, last: 4 }, text: 'x' };
    expect(draft({ name: 'scoped', files }, { selection }).text).toContain('applies-to: ["src/a.ts"]\n---');
    expect(draft({ name: 'scoped', files }).text).toContain('applies-to: []\n---');
  });

  it('lists what is changed, and the first hunks', () => {
    const removed = { old: { first: 0, last: 0 }, new: { first: 0, last: -1 }, lines: [{ kind: 'removed', text: 'y' }] } as const;
    const added = Array.from({ length: 30 }, () => ({ kind: 'added', text: 'x' }) as const);
    const files: FileDiff[] = [
      { path: 'src/a.ts', change: 'changed', hunks: [{ old: { first: 0, last: -1 }, new: { first: 0, last: 29 }, lines: added }] },
      { path: 'src/b.ts', change: 'added', hunks: [] },
      ...Array.from({ length: 30 }, (_, at): FileDiff => ({ path: `src/c${at}.ts`, change: 'deleted', hunks: [removed] })),
    ];
    const changes = { files, unreadable: [] };
    const { text } = draft(NYGARD, { changes });
    expect(text).toContain('Changed in the work tree:\n\n- `src/a.ts` (changed)\n- `src/b.ts` (added)\n');
    expect(text).toContain('- and 12 more\n');
    expect(text.match(/```diff/g)).toHaveLength(3);
    expect(text).toContain('+x\n…\n```');
  });

  it('never overwrites: a name that is taken gets a number behind it', () => {
    const taken = new Set(['docs/adr/20261121-pack-boxes-by-hand.md', 'docs/adr/20261121-pack-boxes-by-hand-2.md']);
    expect(draft(BRAINS, {}, { exists: (path: string) => taken.has(path) }).path).toBe('docs/adr/20261121-pack-boxes-by-hand-3.md');
  });

  it('needs no more than one record to learn from, and then keeps only headings that any record may have', () => {
    const files = {
      'docs/adr/0001-a.md': '# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nx\n\n## How we painted it blue\n\n## Decision\n\ny\n',
    };
    expect(draft({ name: 'one', files }).text).toBe('# 2. Pack boxes by hand\n\n## Status\n\nProposed\n\n## Context\n\n## Decision\n');
  });

  it('keeps the line endings of the records', () => {
    const files = Object.fromEntries(Object.entries(NYGARD.files).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]));
    const { text } = draft({ name: 'CRLF', files });
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(readText('a.md', text).document.status?.value).toBe('proposed');
  });

  it('makes one line of any title', () => {
    expect(cleanTitle('  # Send\n\tevents \u202e through\u0000 NATS  ')).toBe('Send events through NATS');
    const { text, path } = draft(MADR, { title: 'Use "C:\\temp": {yes} # or <b>no</b>' });
    expect(readText(path, text).document.title).toContain('Use "C:\\temp"');
    const titled = draft(TITLED, { title: 'Say: "no" # to this' });
    expect(readText(titled.path, titled.text).document).toMatchObject({ title: 'Say: "no" # to this', findings: [] });
  });

  it('says a status in words where others show a badge', () => {
    const badge = (title: string): string =>
      `# ${title}\n\n![Accepted](https://img.shields.io/badge/status-accepted-green)\n\n## Context\n\nx\n\n## Decision\n\ny\n`;
    const { text, path } = draft({ name: 'badges', files: { 'adr/0001-a.md': badge('A'), 'adr/0002-b.md': badge('B') } });
    expect(text).toContain('\n\nStatus: Proposed\n\n## Context');
    expect(readText(path, text).document.status?.value).toBe('proposed');
  });
});
