import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromView, ShownAnswer, ToView, ViewStrings } from '../../extension/webview/search/messages.ts';

/** As much of an element as the answer needs. */
class Element {
  readonly tag: string;
  children: Element[] = [];
  readonly attributes: Record<string, string> = {};
  readonly #listeners: ((event: object) => void)[] = [];
  #text = '';
  className = '';
  type = '';
  hidden = true;

  constructor(tag: string) {
    this.tag = tag;
  }

  set textContent(text: string) {
    this.#text = text;
    this.children = [];
  }

  get textContent(): string {
    return this.#text + this.children.map((child) => child.textContent).join('');
  }

  append(...children: Element[]): void {
    this.children.push(...children);
  }

  replaceChildren(...children: Element[]): void {
    this.textContent = '';
    this.children = children;
  }

  setAttribute(name: string, value: string): void {
    this.attributes[name] = value;
  }

  addEventListener(_: string, listener: (event: object) => void): void {
    this.#listeners.push(listener);
  }

  click(keys: object = {}): void {
    for (const listener of this.#listeners) listener({ ctrlKey: false, metaKey: false, ...keys });
  }

  all(tag: string): Element[] {
    return [...(this.tag === tag ? [this] : []), ...this.children.flatMap((child) => child.all(tag))];
  }

  texts(tag: string): string[] {
    return this.all(tag).map(({ textContent }) => textContent);
  }
}

interface Pane {
  readonly ask: (question: string) => void;
  readonly keepFor: (text: string) => void;
  readonly receive: (message: ToView) => void;
  readonly shown: () => ShownAnswer | undefined;
  readonly restore: (answer: ShownAnswer) => void;
}
type Create = (elements: object, strings: ViewStrings, post: (message: FromView) => void, changed: () => void) => Pane;
// Not a plain import: pages are checked with the types of a browser, tests with those of Node.
const { createAnswerPane } = await vi.importActual<{ readonly createAnswerPane: Create }>('../../extension/webview/search/answer.ts');

const STRINGS = {
  asking: 'Looking…',
  askFailed: 'No answer: {0}',
  tryAgain: 'Try Again',
  copyAnswer: 'Copy as Markdown',
  copied: 'Copied.',
  closeAnswer: 'Close Answer',
} as unknown as ViewStrings;

const PLACE = {
  kind: 'decision',
  sha: '',
  title: 'Outbox',
  snippet: '<b>We</b>',
  span: { start: { line: 1, character: 0 }, end: { line: 1, character: 9 } },
} as const;
const ANSWER: ShownAnswer = {
  question: 'Why?',
  parts: [
    {
      repository: 'shop',
      verdict: 'supported',
      sentence: 'Supported.',
      spans: [{ text: '<b>We</b>', title: 'Outbox', facts: 'o.md:2 · Accepted', place: PLACE }],
      replaced: [{ text: 'Replaced: Kafka by Outbox', place: { ...PLACE, title: 'Kafka' } }],
      facts: ['A note.'],
    },
  ],
  markdown: '**Why?**',
};

let section: Element;
let body: Element;
let live: Element;
let pane: Pane;
let posted: FromView[];
const lastId = (): number => Math.max(0, ...posted.map((message) => (message.type === 'ask' ? message.id : 0)));
const answered = (): void => {
  pane.ask('Why?');
  pane.receive({ type: 'answer', id: lastId(), answer: ANSWER });
};
const buttonOf = (label: string): Element =>
  body.all('button').find(({ textContent }) => textContent.includes(label)) ?? expect.fail(label);

beforeEach(() => {
  vi.stubGlobal('document', {
    createElement: (tag: string) => new Element(tag),
    createElementNS: (_: string, tag: string) => new Element(tag),
  });
  [section, body, live] = [new Element('section'), new Element('div'), new Element('div')];
  posted = [];
  pane = createAnswerPane(
    { section, body, live },
    STRINGS,
    (message) => posted.push(message),
    () => undefined,
  );
});
afterEach(() => void vi.unstubAllGlobals());

describe('the answer above the results', () => {
  it('says that it is being looked for, in the page and to screen readers', () => {
    pane.ask('Why?');
    expect(posted).toEqual([{ type: 'ask', id: 1, question: 'Why?' }]);
    expect([section.hidden, section.attributes['aria-busy'], live.textContent]).toEqual([false, 'true', 'Looking…']);
    expect(body.texts('p')).toEqual(['Looking…']);
    expect(pane.shown()).toBeUndefined();
  });

  it('shows verdict, lines as text, citations, what was replaced and notes', () => {
    answered();
    expect(section.attributes['aria-busy']).toBe('false');
    expect(live.textContent).toBe('Supported.');
    expect(body.texts('h3')).toEqual(['shop']);
    expect(body.texts('blockquote')).toEqual(['<b>We</b>']);
    expect(body.texts('p')).toEqual(['Supported.', 'A note.']);
    expect(body.texts('button')).toEqual(['Outboxo.md:2 · Accepted', 'Replaced: Kafka by Outbox', 'Copy as Markdown', 'Close Answer']);
    expect(pane.shown()).toBe(ANSWER);
  });

  it('opens a citation, to the side with Ctrl, and copies the Markdown', () => {
    answered();
    buttonOf('o.md:2').click();
    buttonOf('Replaced').click({ ctrlKey: true });
    buttonOf('Copy').click();
    expect(posted.slice(1)).toEqual([
      { type: 'openPlace', place: PLACE, beside: false },
      { type: 'openPlace', place: { ...PLACE, title: 'Kafka' }, beside: true },
      { type: 'copy', text: '**Why?**' },
    ]);
    expect(live.textContent).toBe('Copied.');
  });

  it('goes away with another question, and cancels the one that is being looked for', () => {
    pane.ask('Why?');
    pane.keepFor('Why?');
    expect(section.hidden).toBe(false);
    pane.keepFor('Why not?');
    expect(section.hidden).toBe(true);
    expect(posted.at(-1)).toEqual({ type: 'cancelAsk' });
    pane.receive({ type: 'answer', id: 1, answer: ANSWER });
    expect(section.hidden).toBe(true);
  });

  it('goes away without canceling anything once it is there', () => {
    answered();
    buttonOf('Close').click();
    expect([section.hidden, body.children, pane.shown()]).toEqual([true, [], undefined]);
    expect(posted).toHaveLength(1);
  });

  it('is that of the last question, whichever arrives first', () => {
    pane.ask('Old?');
    pane.ask('Why?');
    pane.receive({ type: 'askFailed', id: 1, message: 'Late.' });
    expect(body.texts('p')).toEqual(['Looking…']);
    pane.receive({ type: 'answer', id: 2, answer: ANSWER });
    expect(live.textContent).toBe('Supported.');
  });

  it('says why there is none, and asks again on request', () => {
    pane.ask('Why?');
    pane.receive({ type: 'askFailed', id: 1, message: 'It costs $& more.' });
    expect(live.textContent).toBe('No answer: It costs $& more.');
    buttonOf('Try Again').click();
    expect(posted.at(-1)).toEqual({ type: 'ask', id: 2, question: 'Why?' });
  });

  it('is there again when the page is loaded again', () => {
    pane.restore(ANSWER);
    expect([section.hidden, pane.shown()]).toEqual([false, ANSWER]);
    pane.keepFor('Why?');
    expect(section.hidden).toBe(false);
    expect(posted).toEqual([]);
  });
});
