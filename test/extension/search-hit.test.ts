import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import type { ViewStrings } from '../../extension/webview/search/messages.ts';
import type { WireHit } from '../../protocol/index.ts';
import { hitWith } from '../support/engine.ts';

/** As much of an element as a row needs. */
class Element {
  readonly tag: string;
  readonly children: (Element | string)[] = [];
  readonly dataset: Record<string, string> = {};
  readonly attributes: Record<string, string> = {};
  readonly listeners: Record<string, (event: object) => void> = {};
  className = '';
  id = '';
  title = '';
  type = '';

  constructor(tag: string) {
    this.tag = tag;
  }

  set textContent(text: string) {
    this.children.splice(0, this.children.length, text);
  }

  get textContent(): string {
    return this.children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('');
  }

  append(...children: (Element | string)[]): void {
    this.children.push(...children);
  }

  setAttribute(name: string, value: string): void {
    this.attributes[name] = value;
  }

  addEventListener(name: string, listener: (event: object) => void): void {
    this.listeners[name] = listener;
  }

  all(is: (element: Element) => boolean): Element[] {
    const below = this.children.flatMap((child) => (typeof child === 'string' ? [] : child.all(is)));
    return is(this) ? [this, ...below] : below;
  }

  /** The text of the first element of this class. */
  textOf(name: string): string | undefined {
    return this.all(({ className }) => className === name || className.startsWith(`${name} `))[0]?.textContent;
  }
}

const STRINGS = {
  kind: { decision: 'Decision' },
  status: { accepted: 'Accepted' },
  supersededBy: 'Superseded by {0}',
} as unknown as ViewStrings;
type Open = (hit: WireHit, beside: boolean) => void;
type RenderHit = (hit: WireHit, index: number, strings: ViewStrings, open: Open) => unknown;
// Not a plain import: pages are checked with the types of a browser, tests with those of Node.
const { renderHit } = await vi.importActual<{ readonly renderHit: RenderHit }>('../../extension/webview/search/hit.ts');

const opened = vi.fn<Open>();
const render = (own: Partial<WireHit> = {}, index = 0): Element => renderHit(hitWith(own), index, STRINGS, opened) as Element;

let selecting = false;

beforeEach(() => {
  selecting = false;
  opened.mockClear();
  vi.stubGlobal('document', {
    createElement: (tag: string) => new Element(tag),
    createElementNS: (_: string, tag: string) => new Element(tag),
    documentElement: { lang: 'en-GB' },
  });
  vi.stubGlobal('getSelection', () => ({ isCollapsed: !selecting }));
});
afterEach(() => void vi.unstubAllGlobals());

describe('a result of the Search view', () => {
  it('is a button named by kind and title, described by facts, snippet and reason', () => {
    const row = render({ status: 'accepted', date: '2024-05-11' }, 4);
    const [button] = row.all(({ tag }) => tag === 'button');
    expect(button?.textContent).toBe('Decision: Use ropes');
    expect(button?.attributes['aria-describedby']).toBe('facts-4 text-4 why-4');
    const ids = row.all(({ id }) => id !== '').map(({ id }) => id);
    expect(ids.sort()).toEqual(['facts-4', 'name-4', 'text-4', 'why-4']);
    expect(row.textOf('facts')).toBe('Accepted · 2024-05-11 · docs/adr/0001-use-ropes.md');
    expect(row.title).toBe('Use ropes\nAccepted · 2024-05-11 · docs/adr/0001-use-ropes.md\nbecause of cited');
    expect(row.textOf('why')).toBe('because of cited');
  });

  it('is two lines: the title with the day and a status that is not the usual one, and the passage', () => {
    const shown = (own: Partial<WireHit>): (string | undefined)[] => {
      const row = render({ date: '2024-05-11', ...own });
      return [row.textOf('line'), row.textOf('snippet')];
    };
    expect(shown({ status: 'accepted' })).toEqual(['Decision: Use ropes2024-05-11', 'We use ropes.']);
    expect(shown({ status: 'superseded', number: '0001' })).toEqual(['Decision: 0001 Use ropessuperseded 2024-05-11', 'We use ropes.']);
  });

  test.each(['2024-01-01', '2024-01-01T23:59:00-11:00'])(
    'shows the date %s as the day that the record or the commit says, wherever the reader is',
    (date) => {
      expect(render({ date }).textOf('date')).toBe('2024-01-01');
    },
  );

  it('has a sign of its own for each kind, and for decisions that are not in force', () => {
    const sign = (own: Partial<WireHit>): string => render(own).all(({ tag }) => tag === 'path')[0]?.attributes.d ?? '';
    const signs = (['accepted', 'proposed', 'superseded', 'rejected'] as const).map((status) => sign({ status }));
    expect(new Set([...signs, ...(['guide', 'commit', 'specification'] as const).map((kind) => sign({ kind }))]).size).toBe(7);
    expect(sign({ status: 'deprecated' })).toBe(sign({ status: 'superseded' }));
    expect(sign({ status: 'unknown' })).toBe(sign({ status: 'accepted' }));
    expect(sign({ kind: 'guide', status: 'rejected' })).toBe(sign({ kind: 'guide' }));
  });

  test.each(['last spring', '', '2024', '2024-05'])('shows the date "%s", which is no day, as it is written', (date) => {
    expect(render({ date }).textOf('date')).toBe(date);
  });

  it('shows the abbreviated id of a commit, and no path', () => {
    expect(render({ kind: 'commit', path: 'src/a.ts' }).textOf('path')).toBe('012345678');
  });

  it('shows kinds and statuses that it does not know as they are', () => {
    const row = render({ kind: 'guide', status: 'proposed' });
    expect(row.textOf('hidden')).toBe('guide: ');
    expect(row.textOf('status')).toBe('proposed');
  });

  it('names the files that replaced the document, and nothing when none did', () => {
    expect(render({ supersededBy: ['docs/adr/0002-b.md', 'c.md'] }).textOf('successor')).toBe('Superseded by 0002-b.md, c.md');
    expect(render().textOf('successor')).toBeUndefined();
  });

  it('tells the context menu which result it is on', () => {
    const context: unknown = JSON.parse(render({ title: '"<b>' }).dataset.vscodeContext ?? '');
    expect(context).toMatchObject({ webviewSection: 'hit', hitKind: 'decision', hit: { title: '"<b>' } });
  });
});

describe('the highlights of a snippet', () => {
  const marksIn = (snippet: string, ...highlights: readonly [number, number][]) => {
    const row = render({ snippet, highlights: highlights.map(([start, end]) => ({ start, end })) });
    return { marks: row.all(({ tag }) => tag === 'mark').map(({ textContent }) => textContent), text: row.textOf('snippet') };
  };

  test.each<[string, readonly [number, number][], readonly string[]]>([
    [
      'in order',
      [
        [0, 2],
        [7, 12],
      ],
      ['We', 'ropes'],
    ],
    [
      'in any order',
      [
        [7, 12],
        [0, 2],
      ],
      ['We', 'ropes'],
    ],
    [
      'without one that overlaps',
      [
        [0, 6],
        [3, 12],
      ],
      ['We use'],
    ],
    [
      'without an empty one',
      [
        [3, 3],
        [5, 4],
      ],
      [],
    ],
    [
      'without one outside of the text',
      [
        [7, 99],
        [-1, 2],
      ],
      [],
    ],
    ['up to the end', [[7, 13]], ['ropes.']],
  ])('are marked %s', (_, highlights, expected) => {
    expect(marksIn('We use ropes.', ...highlights)).toEqual({ marks: expected, text: 'We use ropes.' });
  });

  it('keep their offsets although blank lines are left out', () => {
    expect(marksIn('We\n\n  use\n \n ropes.', [13, 18])).toEqual({ marks: ['ropes'], text: 'We\nuse\nropes.' });
  });
});

describe('a click on a result', () => {
  const click = (keys: object) => render().listeners.click?.({ ctrlKey: false, metaKey: false, ...keys });

  test.each([
    [{}, false],
    [{ ctrlKey: true }, true],
    [{ metaKey: true }, true],
  ])('with %j opens it, to the side: %s', (keys, beside) => {
    click(keys);
    expect(opened.mock.calls.map(([hit, side]) => [hit.title, side])).toEqual([['Use ropes', beside]]);
  });

  it('that ends a selection of its text opens nothing', () => {
    selecting = true;
    click({});
    expect(opened).not.toHaveBeenCalled();
  });
});
