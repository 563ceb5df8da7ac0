import { icon, span } from './hit.ts';
import type { AnswerPart, AnswerPlace, FromView, ShownAnswer, ShownSpan, ShownWording, ToView, ViewStrings } from './messages.ts';

interface Elements {
  readonly section: HTMLElement;
  readonly body: HTMLElement;
  /** Read out when the answer changes. */
  readonly live: HTMLElement;
}

/** The answer above the results. */
export interface AnswerPane {
  /** Asks now, and forgets the question before. */
  readonly ask: (question: string) => void;
  /** The box holds this text now: an answer to another question goes away, and one that is being looked for is canceled. */
  readonly keepFor: (text: string) => void;
  readonly receive: (message: Extract<ToView, { readonly type: 'answer' | 'askFailed' }>) => void;
  /** What is shown; `undefined` while there is none. */
  readonly shown: () => ShownAnswer | undefined;
  readonly restore: (answer: ShownAnswer) => void;
}

const button = (label: string, className: string, action: (event: MouseEvent) => void): HTMLButtonElement => {
  const created = document.createElement('button');
  created.type = 'button';
  created.className = className;
  created.textContent = label;
  created.addEventListener('click', action);
  return created;
};

const sentence = (text: string, className: string): HTMLParagraphElement => {
  const line = document.createElement('p');
  line.className = className;
  line.textContent = text;
  return line;
};

/** @param changed what is shown is another answer now, or none */
export const createAnswerPane = (
  { section, body, live }: Elements,
  strings: ViewStrings,
  post: (message: FromView) => void,
  changed: () => void,
): AnswerPane => {
  let id = 0;
  let question: string | undefined;
  let isAsking = false;
  let answer: ShownAnswer | undefined;

  const open = (place: AnswerPlace, event: MouseEvent): void => post({ type: 'openPlace', place, beside: event.ctrlKey || event.metaKey });

  const renderSpan = ({ text, title, facts, place }: ShownSpan): HTMLElement => {
    const quote = document.createElement('blockquote');
    quote.textContent = text;
    const source = button('', 'source', (event) => open(place, event));
    source.append(icon({ kind: place.kind }), span('name', title), span('place', facts));
    const caption = document.createElement('figcaption');
    caption.append(source);
    const figure = document.createElement('figure');
    figure.append(quote, caption);
    return figure;
  };

  /** The sentences of a model, each with numbers that open its quotes. */
  const renderWording = ({ by, sentences }: ShownWording, spans: readonly ShownSpan[]): HTMLElement[] => [
    ...sentences.map(({ text, spans: quoted }) => {
      const line = sentence(`${text} `, 'worded');
      for (const index of quoted) {
        const cited = spans[index];
        if (cited === undefined) continue;
        const link = button(`[${index + 1}]`, 'quoted', (event) => open(cited.place, event));
        link.title = `${cited.title} · ${cited.facts}`;
        line.append(link);
      }
      return line;
    }),
    sentence(by, 'fact'),
  ];

  const renderPart = ({ repository, verdict, sentence: said, worded, spans, replaced, facts }: AnswerPart): HTMLElement[] => {
    const heading = document.createElement('h3');
    heading.textContent = repository;
    return [
      ...(repository === '' ? [] : [heading]),
      sentence(said, `verdict ${verdict}`),
      ...(worded ? renderWording(worded, spans) : []),
      ...spans.map(renderSpan),
      ...replaced.map(({ text, place }) => button(text, 'replaced', (event) => open(place, event))),
      ...facts.map((fact) => sentence(fact, 'fact')),
    ];
  };

  const show = (said: string, ...elements: readonly HTMLElement[]): void => {
    section.hidden = elements.length === 0;
    section.setAttribute('aria-busy', String(isAsking));
    body.replaceChildren(...elements);
    live.textContent = said;
    changed();
  };

  const close = (): void => {
    if (question === undefined) return;
    if (isAsking) post({ type: 'cancelAsk' });
    id += 1;
    question = undefined;
    isAsking = false;
    answer = undefined;
    show('');
  };

  const actions = (...buttons: readonly HTMLButtonElement[]): HTMLElement => {
    const row = document.createElement('div');
    row.className = 'actions';
    row.append(...buttons, button(strings.closeAnswer, 'plain', close));
    return row;
  };

  const restore = (given: ShownAnswer): void => {
    answer = given;
    question = given.question;
    const copy = button(strings.copyAnswer, 'plain', () => {
      post({ type: 'copy', text: given.markdown });
      live.textContent = strings.copied;
    });
    const wording = isAsking ? [sentence(strings.wording, 'fact')] : [];
    show(given.parts.map((part) => part.sentence).join(' '), ...wording, ...given.parts.flatMap(renderPart), actions(copy));
  };

  const ask = (asked: string): void => {
    id += 1;
    question = asked;
    isAsking = true;
    answer = undefined;
    show(strings.asking, sentence(strings.asking, 'verdict'), actions());
    post({ type: 'ask', id, question: asked });
  };

  return {
    ask,
    keepFor: (text) => {
      if (text !== question) close();
    },
    receive: (message) => {
      if (message.id !== id || !isAsking) return;
      isAsking = message.type === 'answer' && message.wording === true;
      if (message.type === 'answer') {
        restore(message.answer);
        return;
      }
      const said = strings.askFailed.replace('{0}', () => message.message);
      const asked = question ?? '';
      show(said, sentence(said, 'verdict failed'), actions(button(strings.tryAgain, 'plain', () => ask(asked))));
    },
    shown: () => answer,
    restore,
  };
};
