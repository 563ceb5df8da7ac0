import { describe, expect, it } from 'vitest';
import { linkTarget, namedOf, supersededBy } from '../../../server/decisions/authoring/relate.ts';
import { type ReadRecord, readText } from '../../../server/decisions/authoring/slots.ts';
import { hasTitle, type Supersession, supersession } from '../../../server/decisions/authoring/supersede.ts';
import { resolveSupersession } from '../../../server/register/successors.ts';
import { applyEdits, editsOf } from '../../../server/text/edits.ts';
import { ASCIIDOC, BRAINS, BULLETS, DATED, MADR, materialOf, NYGARD, RST, recordsOf, SHAPES, type Shape, TABLE, TITLED } from './shapes.ts';

const WISH = { title: 'Pack boxes by hand', today: '2026-11-21' };

interface Done extends Supersession {
  readonly old: ReadRecord;
  readonly next: ReadRecord;
}

const done = (shape: Shape, which = 0): Done => {
  const old = recordsOf(shape)[which] as ReadRecord;
  const result = supersession(old, materialOf(shape), WISH, undefined, true);
  const next = applyEdits(result.path, '', result.edits);
  return { ...result, old: readText(old.path, applyEdits(old.path, old.text, result.edits)), next: readText(result.path, next) };
};

/** The line of a text that says what happened to it. */
const line = ({ text }: ReadRecord, pattern: RegExp): string | undefined => text.split('\n').find((one) => pattern.test(one));

describe('superseding a decision', () => {
  it.each(SHAPES.map((shape) => [shape.name, shape] as const))(
    'in the form of %s is understood from both sides, and done twice changes nothing',
    (_name, shape) => {
      const { old, next, edits } = done(shape);
      expect(edits).toHaveLength(2);
      expect(old.document.status?.value).toBe('superseded');
      expect(next.document.status?.value).toBe('accepted');
      expect(old.document.links.filter(({ kind }) => kind === 'superseded-by').map(({ path }) => path)).toEqual([next.path]);
      expect(next.document.links.filter(({ kind }) => kind === 'supersedes').map(({ path }) => path)).toEqual([old.path]);
      expect([...resolveSupersession([old.document, next.document])]).toEqual([[old.path, [next.path]]]);
      expect([...old.document.findings, ...next.document.findings]).toEqual([]);
      expect(supersession(old, materialOf(shape), WISH, next).edits).toEqual([]);
    },
  );

  it.each(SHAPES.map((shape) => [shape.name, shape] as const))(
    'in the form of %s begins with a proposal that links back and leaves the old record alone',
    (_name, shape) => {
      const old = recordsOf(shape)[0] as ReadRecord;
      const { edits, path, retires } = supersession(old, materialOf(shape), WISH);
      expect({ retires, paths: edits.map((edit) => edit.path) }).toEqual({ retires: false, paths: [path] });
      const next = readText(path, applyEdits(path, '', edits));
      expect(next.document.status?.value).toBe('proposed');
      expect(next.document.links.map(({ kind, path: to }) => [kind, to])).toEqual([['supersedes', old.path]]);
      expect([...resolveSupersession([old.document, next.document])]).toEqual([]);
      // Accepted later, with the same words.
      const later = supersession(old, materialOf(shape), WISH, next, true);
      const accepted = readText(path, applyEdits(path, next.text, later.edits));
      const retired = readText(old.path, applyEdits(old.path, old.text, later.edits));
      expect([accepted.document.status?.value, retired.document.status?.value]).toEqual(['accepted', 'superseded']);
    },
  );

  it('writes the section of Nygard', () => {
    const { old, next } = done(NYGARD);
    expect(old.text).toContain('## Status\n\nSuperseded by [10. Pack boxes by hand](0010-pack-boxes-by-hand.md)\n\n## Context\n\nWhy.');
    expect(next.text).toContain('## Status\n\nAccepted\n\nSupersedes [1. Record decisions](0001-record-decisions.md)\n\n## Context');
  });

  it('writes the front matter of MADR, within its quotes', () => {
    const { old, next } = done(MADR);
    expect(line(old, /^status/)).toBe('status: "superseded by [ADR-0003](0003-pack-boxes-by-hand.md)"');
    expect(line(next, /^supersedes/)).toBe('supersedes: 0001-use-madr.md');
  });

  it('writes bullets, fields of reStructuredText and a bold line in their own dress', () => {
    expect(line(done(BULLETS).next, /upersedes/)).toBe('* Supersedes: [ADR 001: Keep orders](adr-001-keep-orders.md)');
    expect(line(done(RST).next, /upersedes/)).toBe(':Supersedes: `Keep orders <0001_keep_orders.rst>`_');
    expect(line(done(RST).old, /uperseded/)).toBe(':Status: Superseded by `Pack boxes by hand <0003_pack_boxes_by_hand.rst>`_');
    expect(line(done(ASCIIDOC).old, /uperseded/)).toBe('*Status:* Superseded by link:0003-pack-boxes-by-hand.adoc[3. Pack boxes by hand]');
  });

  it('writes a row of a table', () => {
    expect(line(done(TABLE).old, /uperseded/)).toBe(
      '| Status | Superseded by [ADR-0009: Pack boxes by hand](ADR-0009-Pack-Boxes-By-Hand.md) |',
    );
    expect(line(done(TABLE).next, /upersedes/)).toBe('| Supersedes | [ADR-0007: Keep orders](ADR-0007-Keep-Orders.md) |');
  });

  it('links by name where names are dates, and across folders where records have one of their own', () => {
    expect(line(done(BRAINS).old, /uperseded/)).toBe(
      '* Status: superseded by [20261121-pack-boxes-by-hand](20261121-pack-boxes-by-hand.md)',
    );
    expect(line(done(DATED).old, /uperseded/)).toBe('Superseded by [Pack boxes by hand](../2026-11-21-pack-boxes-by-hand/README.md)');
    expect(line(done(TITLED).next, /upersedes/)).toBe('supersedes: ../0001-keep-orders/README.md');
  });

  it('keeps everything else of the old record', () => {
    for (const shape of SHAPES) {
      const before = recordsOf(shape)[0] as ReadRecord;
      const { old } = done(shape);
      expect(old.text.split('\n').filter((one, at) => one !== before.text.split('\n')[at])).toHaveLength(1);
    }
  });

  it('adds the back link to a record that is there already', () => {
    const [first, second] = recordsOf(NYGARD) as [ReadRecord, ReadRecord];
    const { edits, path } = supersession(first, materialOf(NYGARD), { ...WISH, title: 'Keep orders' }, second);
    expect(path).toBe(second.path);
    expect(applyEdits(second.path, second.text, edits)).toContain(
      'Accepted\n\nSupersedes [1. Record decisions](0001-record-decisions.md)\n\n## Context',
    );
    expect(applyEdits(first.path, first.text, edits)).toContain('Superseded by [2. Keep orders](0002-keep-orders.md)');
  });

  it('keeps what a status says besides', () => {
    const old = readText('adr/0002-b.md', '---\nstatus: "accepted; supersedes ADR-0001"\n---\n# B\n');
    const next = readText('adr/0003-c.md', '---\nstatus: accepted\n---\n# C\n');
    const text = applyEdits(old.path, old.text, editsOf(old.path, old.text, supersededBy(old, namedOf(next))));
    expect(text).toContain('status: "superseded by [ADR-0003](0003-c.md); supersedes ADR-0001"');
    expect(
      readText(old.path, text)
        .document.links.map(({ kind }) => kind)
        .sort(),
    ).toEqual(['superseded-by', 'supersedes']);
  });

  it.each([
    [
      'a badge',
      '# B\n\n![Accepted](https://img.shields.io/badge/status-accepted-green) ![2024](https://x/y)\n\n## Context\n',
      'Superseded by [C](0003-c.md) ![2024](https://x/y)',
    ],
    ['a tag', '---\ntags: [api, Accepted]\n---\n# B\n\n## Context\n', 'tags: [api, Superseded]'],
    ['emphasis', '# B\n\n## Status\n\n**Accepted**\n\n## Context\n', '**Superseded by [C](0003-c.md)**'],
    ['an emoji', '# B\n\nStatus: ✅ Accepted - October 2024\n\n## Context\n', 'Status: Superseded by [C](0003-c.md)'],
    ['capitals', '# B\n\nStatus: ACCEPTED\n\n## Context\n', 'Status: SUPERSEDED BY [C](0003-c.md)'],
    ['no status at all', '# B\n\n## Context\n\nWhy.\n', 'Superseded by [C](0003-c.md).'],
    ['single quotes', "---\nstatus: 'accepted'\n---\n# B\n", "status: 'superseded by [ADR-0003](0003-c.md)'"],
  ])('retires a record whose status is %s', (_name, text, expected) => {
    const old = readText('adr/0002-b.md', text);
    const next = readText('adr/0003-c.md', '# C\n');
    const after = readText(old.path, applyEdits(old.path, text, editsOf(old.path, text, supersededBy(old, namedOf(next)))));
    expect(after.text).toContain(expected);
    expect(after.document.status?.value).toBe('superseded');
    expect(after.document.links.filter(({ kind }) => kind === 'superseded-by').map(({ path }) => path)).toEqual([next.path]);
  });

  it('escapes what a title would do to a link, a cell or a value', () => {
    const next = namedOf(readText('adr/0003-c.md', '# Use [x] | "y": z\n'));
    const cell = readText('adr/0002-b.md', '# B\n\n| Status | Accepted |\n|---|---|\n| Date | 2024-01-02 |\n');
    const text = applyEdits(cell.path, cell.text, editsOf(cell.path, cell.text, supersededBy(cell, next)));
    expect(text).toContain('Superseded by [Use \\[x\\] \\| "y": z](0003-c.md) |');
    expect(readText(cell.path, text).document.status?.value).toBe('superseded');
  });
});

describe('a path as a link writes it', () => {
  it('is relative to the folder of the record and safe in a link', () => {
    expect(linkTarget('docs/adr/0001-a.md', 'docs/adr/0002-b.md')).toBe('0002-b.md');
    expect(linkTarget('docs/adr/a/README.md', 'docs/adr/b/README.md')).toBe('../b/README.md');
    expect(linkTarget('0001-a.md', 'docs/0002-b.md')).toBe('docs/0002-b.md');
    expect(linkTarget('docs/0001-a.md', '0002-b.md')).toBe('../0002-b.md');
    expect(linkTarget('a.md', 'my (old) records/0002 b#.md')).toBe('my%20%28old%29%20records/0002%20b%23.md');
  });
});

describe('a title', () => {
  it('is the same whatever its case, its accents and its marks', () => {
    expect(hasTitle({ title: 'Größe zählt' }, '# grosse ZAHLT')).toBe(true);
    expect(hasTitle({ title: 'Other', slug: 'pack-boxes' }, 'Pack boxes')).toBe(true);
    expect(hasTitle({ title: 'Pack boxes' }, 'Pack boxes by hand')).toBe(false);
  });
});

describe('a record that states its status twice', () => {
  const NEXT = { path: 'docs/adr/0008-b.md', title: 'B', number: '8', heading: '8. B' };
  const afterwards = (text: string): string => {
    const path = 'docs/adr/0007-a.md';
    return applyEdits(path, text, editsOf(path, text, supersededBy(readText(path, text), NEXT)));
  };

  it('says in both places that it was superseded', () => {
    expect(afterwards('---\nstatus: accepted\n---\n\n# 7. A\n\n## Status\n\nAccepted\n\n## Context\n\nx\n')).toBe(
      '---\nstatus: superseded by [ADR-0008](0008-b.md)\n---\n\n# 7. A\n\n## Status\n\nSuperseded by [8. B](0008-b.md)\n\n## Context\n\nx\n',
    );
    expect(afterwards('---\nstatus: accepted\n---\n\n# 7. A\n\n- Status: Accepted\n- Date: 2024-05-01\n\n## Context\n\nx\n')).toContain(
      '- Status: Superseded by [8. B](0008-b.md)\n- Date: 2024-05-01',
    );
  });

  it('keeps what it says elsewhere of others', () => {
    const text = '# 7. A\n\n## Status\n\nAccepted\n\n## Context\n\nThe status: accepted by all.\n';
    expect(afterwards(text)).toBe(text.replace('Accepted', 'Superseded by [8. B](0008-b.md)'));
  });
});
