import { describe, expect, it, test } from 'vitest';
import { type MarkdownString, type ThemeIcon, TreeItemCollapsibleState } from 'vscode';
import { groupItem, hitItem, noticeItem, reasonItem, replacementItem } from '../../extension/why/items.ts';
import { OPEN_DOCUMENT, type WireHit } from '../../protocol/index.ts';
import { EVIDENCE_KINDS, evidenceOf, hitWith, spanAt } from '../support/engine.ts';

const CURRENT = { sha: 'a'.repeat(40), behind: 0 };
const URI = 'file:///shop/docs/adr/0001-use-ropes.md';

const wire = (own: Partial<WireHit> = {}): WireHit => ({ ...hitWith(), uri: URI, ...own });
const tooltipOf = (hit: WireHit, behind = 0): string => (hitItem(hit, { ...CURRENT, behind }).tooltip as MarkdownString).value;
const iconOf = (hit: WireHit): ThemeIcon => hitItem(hit, CURRENT).iconPath as ThemeIcon;

describe('the row of a document in Why this code', () => {
  it('shows the strongest reason beside the title, without marks of Markdown', () => {
    const item = hitItem(wire({ evidence: [evidenceOf('scoped', { explanation: 'names `relay` here' }), evidenceOf('cited')] }), CURRENT);
    expect(item).toMatchObject({ label: 'Use ropes', description: 'names relay here', contextValue: 'hit decision' });
  });

  it('can be accepted or rejected where it is a decision that probably governs, and so can all of them from the row above', () => {
    expect(hitItem(wire(), CURRENT, true).contextValue).toBe('hit decision probable');
    expect(groupItem({ id: 'probable', hits: [wire()], more: [] }).contextValue).toBe('group probable');
    expect(groupItem({ id: 'governing', hits: [wire()], more: [] }).contextValue).toBe('group');
  });

  it('says "similar" in place of a reason when nothing but likeness supports the document, and mutes its icon', () => {
    const similar = wire({ evidence: [evidenceOf('similar'), evidenceOf('matched')] });
    expect(hitItem(similar, CURRENT).description).toBe('similar');
    expect(iconOf(similar).color?.id).toBe('descriptionForeground');
    expect(iconOf(wire()).color).toBeUndefined();
  });

  test.each<[Partial<WireHit>, string]>([
    [{ status: 'accepted' }, 'because of cited'],
    [{ status: 'superseded' }, 'Superseded · because of cited'],
    [{ status: 'unknown' }, 'Unknown status · because of cited'],
    [{ kind: 'guide', status: 'proposed' }, 'because of cited'],
    [{ kind: 'commit' }, '012345678 · because of cited'],
    [{ evidence: [] }, 'similar'],
  ])('with %j is described as "%s"', (own, expected) => {
    expect(hitItem(wire(own), CURRENT).description).toBe(expected);
  });

  test.each<[Partial<WireHit>, string]>([
    [{ status: 'accepted' }, 'law'],
    [{ status: 'superseded' }, 'history'],
    [{ status: 'deprecated' }, 'history'],
    [{ status: 'rejected' }, 'circle-slash'],
    [{ status: 'proposed' }, 'question'],
    [{ kind: 'commit' }, 'git-commit'],
    [{ kind: 'specification', status: 'rejected' }, 'symbol-interface'],
    [{ kind: 'guide' }, 'book'],
  ])('with %j has the icon %s', (own, icon) => {
    expect(iconOf(wire(own)).id).toBe(icon);
  });

  it('can be opened out only when there is something below it', () => {
    expect(hitItem(wire(), CURRENT).collapsibleState).toBe(TreeItemCollapsibleState.Collapsed);
    expect(hitItem(wire({ evidence: [evidenceOf('similar')] }), CURRENT).collapsibleState).toBe(TreeItemCollapsibleState.None);
  });

  it('opens the document, and reads its kind, title and reason to a screen reader', () => {
    const hit = wire();
    const item = hitItem(hit, CURRENT);
    expect(item.command).toMatchObject({ command: 'lintel.openHit', arguments: [hit] });
    expect(item.accessibilityInformation?.label).toBe('Decision, Use ropes, because of cited');
  });
});

describe('the tooltip of a document', () => {
  it('has kind, status, day, place and every reason', () => {
    const text = tooltipOf(
      wire({ status: 'accepted', date: '2024-05-11T10:00:00Z', evidence: [evidenceOf('cited'), evidenceOf('scoped')] }),
    );
    expect(text).toContain('**Use ropes**\n\nDecision · Accepted · 2024\\-05\\-11\n\n');
    expect(text).toContain('$(location) docs\\/adr\\/0001\\-use\\-ropes\\.md');
    expect(text).toContain('$(link) because of cited\n\n$(link) because of scoped');
    expect(text).toContain('> We use ropes\\.');
  });

  it('names successors by their titles, or by their ids when the titles are not known', () => {
    const successor = { id: 'docs/adr/0002-use-nets.md', title: 'Use nets', uri: URI, span: spanAt(0) };
    const old = wire({ supersededBy: [successor.id] });
    expect(tooltipOf({ ...old, successors: [successor] })).toContain('Superseded by Use nets');
    expect(tooltipOf(old)).toContain('Superseded by docs\\/adr\\/0002\\-use\\-nets\\.md');
  });

  it('treats every text of the repository as text: no link, no icon and no HTML gets through', () => {
    const hostile = '[x](command:evil) $(trash) <img src=x> **b**';
    const text = tooltipOf(
      wire({ title: hostile, snippet: `${hostile}\n${hostile}`, evidence: [evidenceOf('cited', { explanation: hostile })] }),
    );
    expect(text).not.toMatch(/[^\\]\]\(command|[^\\]\$\(trash|[^\\]<img/);
    expect(text.match(/\\\[x\\\]\\\(command\\:evil\\\)/g)).toHaveLength(4);
    // An escaped dollar sign would still begin an icon in the HTML.
    expect(text.match(/&#36;\\\(trash\\\)/g)).toHaveLength(4);
  });

  it('breaks lines between words only: no space is made non-breaking', () => {
    const text = tooltipOf(wire({ title: 'Use  long\tropes', snippet: 'We use\u2003ropes. https://a.b www.c.d e@f.g' }));
    expect(text).toContain('**Use long ropes**');
    expect(text).not.toMatch(/&nbsp;|\u00a0/);
    expect(text).toContain('https\\:\\/\\/a\\.b www\\.c\\.d e\\@f\\.g');
  });

  it('says when the index is behind, and nothing about it when it is current', () => {
    expect(tooltipOf(wire(), 1)).toContain('The index is 1 change behind the repository\\.');
    expect(tooltipOf(wire())).not.toContain('behind');
  });

  it('has no quotation when there is no snippet', () => {
    expect(tooltipOf(wire({ snippet: '' }))).not.toContain('---');
  });
});

describe('the row of a reason', () => {
  const CODE = 'file:///shop/src/a.ts';
  const reason = (...[kind, own]: Parameters<typeof evidenceOf>) => reasonItem({ document: wire(), evidence: evidenceOf(kind, own) }, CODE);

  test.each(EVIDENCE_KINDS)('of kind %s has an icon and is read to a screen reader', (kind) => {
    const item = reason(kind);
    expect((item.iconPath as ThemeIcon).id).not.toBe('');
    expect(item.accessibilityInformation?.label).toBe(`Reason, because of ${kind}`);
  });

  it('opens the passage of the document before the lines of the code', () => {
    const both = reason('scoped', { documentSpan: spanAt(7, 0, 4), codeSpan: spanAt(2) });
    expect(both.command).toMatchObject({ command: OPEN_DOCUMENT, arguments: [{ uri: URI, range: spanAt(7, 0, 4) }] });
  });

  it('opens the commit that it is about', () => {
    const { command } = reason('explained-by');
    expect(command).toMatchObject({ command: 'lintel.openHit', arguments: [{ kind: 'commit', sha: 'c'.repeat(40) }] });
  });

  it('opens the lines of code that it is about, unless the view knows no file', () => {
    expect(reason('cited', { codeSpan: spanAt(3) }).command).toMatchObject({ arguments: [{ uri: CODE, range: spanAt(3) }] });
    const lost = reasonItem({ document: wire(), evidence: evidenceOf('cited', { codeSpan: spanAt(3) }) }, undefined);
    expect(lost.command).toBeUndefined();
  });

  it('opens nothing when it points nowhere', () => {
    expect(reason('neighbour').command).toBeUndefined();
  });
});

describe('the other rows of Why this code', () => {
  it('count the documents of a group and say what the group is', () => {
    for (const id of ['governing', 'file', 'related', 'commits', 'specifications'] as const) {
      const item = groupItem({ id, hits: [wire(), wire()], more: [] });
      expect(item).toMatchObject({ id, description: '2', contextValue: 'group', collapsibleState: TreeItemCollapsibleState.Expanded });
      expect(String(item.tooltip)).toMatch(/\.$/);
      expect(item.accessibilityInformation?.label).toBe(`${String(item.label)}, 2`);
    }
  });

  it('name a successor with its status unless it is accepted, and open it', () => {
    const successor = { id: 'b.md', title: 'Use nets', uri: URI, span: spanAt(4) };
    expect(replacementItem({ replaces: wire(), successor: { ...successor, status: 'accepted' } }).description).toBe('replaces it');
    const proposed = replacementItem({ replaces: wire(), successor: { ...successor, status: 'proposed' } });
    expect(proposed.description).toBe('replaces it · Proposed');
    expect(proposed.tooltip).toBe('"Use ropes" was superseded by "Use nets".');
    expect(proposed.command).toMatchObject({ command: OPEN_DOCUMENT, arguments: [{ uri: URI, range: spanAt(4) }] });
  });

  it('show notices as one muted line, and one under another in the tooltip', () => {
    const item = noticeItem({ sentences: ['Git is missing.', 'The index is old.'] });
    expect(item).toMatchObject({
      label: '',
      description: 'Git is missing. The index is old.',
      tooltip: 'Git is missing.\n\nThe index is old.',
    });
  });
});
