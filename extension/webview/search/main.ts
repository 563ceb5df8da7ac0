import type { WireHit } from '../../../protocol/index.ts';
import type { Summary } from '../../summary.ts';
import { renderHit } from './hit.ts';
import type { FromView, ToView, ViewCommand, ViewStrings } from './messages.ts';

interface ViewState {
  readonly query: string;
  readonly kinds: readonly string[];
  readonly statuses: readonly string[];
  readonly hits: readonly WireHit[];
}

declare const acquireVsCodeApi: () => {
  postMessage(message: FromView): void;
  getState(): ViewState | undefined;
  setState(state: ViewState): void;
};

/** Milliseconds without a key before a search starts. */
const PAUSE = 150;
/** Milliseconds after a key during which a person is taken to be typing. */
const TYPING = 1_000;
const PAGE = 20;
const MOST = 200;

const api = acquireVsCodeApi();
const element = <E extends HTMLElement>(id: string): E => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element "${id}".`);
  return found as E;
};
const strings = JSON.parse(document.body.dataset.strings ?? '{}') as ViewStrings;
const form = element<HTMLFormElement>('form');
const input = element<HTMLInputElement>('query');
const results = element<HTMLUListElement>('results');
const more = element<HTMLButtonElement>('more');
const state = element('state');
const live = element('live');
const toggles = [...document.querySelectorAll<HTMLButtonElement>('.toggle')];

let summary: Summary | undefined;
let hits: readonly WireHit[] = [];
let asked = 0;
let answered: { readonly query: string; readonly filtered: boolean; readonly behind: readonly string[] } | undefined;
let failure: string | undefined;
let limit = PAGE;
let timer: ReturnType<typeof setTimeout> | undefined;
let lastKey = 0;

const fill = (template: string, ...values: readonly (string | number)[]): string =>
  template.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)] ?? ''));

const pressed = (group: 'kind' | 'status'): string[] =>
  toggles.flatMap((toggle) => {
    const value = toggle.dataset[group];
    return value !== undefined && toggle.getAttribute('aria-pressed') === 'true' ? [value] : [];
  });

const remember = (): void => api.setState({ query: input.value, kinds: pressed('kind'), statuses: pressed('status'), hits });

const rows = (): HTMLButtonElement[] => [...results.querySelectorAll<HTMLButtonElement>('.open')];

const open = (hit: WireHit, beside: boolean): void => api.postMessage({ type: 'open', hit, beside });

const button = (label: string, action: () => void): HTMLButtonElement => {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = label;
  made.addEventListener('click', action);
  return made;
};
const commandButton = (label: string, command: ViewCommand) => button(label, () => api.postMessage({ type: 'command', command }));

const clearFilters = (): void => {
  for (const toggle of toggles) toggle.setAttribute('aria-pressed', 'false');
  input.focus();
  search();
};

/** What stands where the results would be, or above them: one or two sentences, and the buttons that help. */
const message = (): { text: readonly string[]; actions: readonly HTMLButtonElement[]; alert?: boolean } => {
  const notGit = summary?.git === false ? [strings.notGit] : [];
  switch (summary?.phase) {
    case undefined:
    case 'starting':
      return { text: [strings.starting], actions: [] };
    case 'dead':
      return {
        text: [strings.dead],
        actions: [commandButton(strings.restart, 'lintel.restartServer'), commandButton(strings.openLog, 'lintel.openLog')],
        alert: true,
      };
    case 'failed':
      return {
        text: [strings.failed, ...summary.notices],
        actions: [commandButton(strings.tryAgain, 'lintel.reindex'), commandButton(strings.openLog, 'lintel.openLog')],
        alert: true,
      };
    case 'noFolder':
      return { text: [strings.noFolder], actions: [] };
    case 'indexing':
      return {
        text: [summary.percent === undefined ? strings.indexing : fill(strings.indexingPercent, summary.percent), ...notGit],
        actions: [],
      };
    case 'noRecords':
      return { text: [strings.noRecords, ...notGit], actions: [commandButton(strings.learn, 'lintel.openWalkthrough')] };
    case 'ready':
      break;
  }
  if (failure !== undefined)
    return { text: [fill(strings.error, failure)], actions: [commandButton(strings.openLog, 'lintel.openLog')], alert: true };
  if (answered === undefined) {
    if (input.value.trim() === '') return { text: [strings.ready, ...notGit], actions: [] };
    return { text: hits.length > 0 ? [] : [strings.searching], actions: [] };
  }
  if (hits.length > 0) return { text: [...answered.behind, ...notGit], actions: [] };
  return answered.filtered
    ? { text: [fill(strings.noneFiltered, answered.query)], actions: [button(strings.clearFilters, clearFilters)] }
    : { text: [fill(strings.none, answered.query), ...answered.behind, ...notGit], actions: [] };
};

const renderState = (): void => {
  const { text, actions, alert } = message();
  state.replaceChildren(
    ...text.map((sentence) => {
      const line = document.createElement('p');
      line.textContent = sentence;
      return line;
    }),
    ...actions,
  );
  state.classList.toggle('alert', alert === true);
  document.body.classList.toggle('indexing', summary?.busy === true);
  const searchable = summary?.phase === 'ready';
  results.hidden = !searchable || hits.length === 0;
  more.hidden = results.hidden || hits.length < limit || limit >= MOST;
};

/** Says a change to a screen reader, once. */
const announce = (text: string): void => {
  if (live.textContent !== text) live.textContent = text;
};

const renderHits = (): void => {
  results.replaceChildren(...hits.map((hit, index) => renderHit(hit, index, strings, open)));
  rows().forEach((row, index) => {
    row.tabIndex = index === 0 ? 0 : -1;
  });
};

const focusRow = (index: number): void => {
  const all = rows();
  const target = all[Math.max(0, Math.min(index, all.length - 1))];
  if (target === undefined) return;
  for (const row of all) row.tabIndex = row === target ? 0 : -1;
  target.focus();
  target.closest('.hit')?.scrollIntoView({ block: 'nearest' });
};

const stop = (): void => {
  clearTimeout(timer);
  timer = undefined;
  document.body.classList.remove('searching');
};

/** Asks now. An empty question withdraws the running one. */
function search(): void {
  stop();
  asked += 1;
  failure = undefined;
  remember();
  const query = input.value.trim();
  if (query === '') {
    api.postMessage({ type: 'cancel' });
    hits = [];
    answered = undefined;
    announce('');
    renderHits();
    renderState();
    return;
  }
  document.body.classList.add('searching');
  renderState();
  api.postMessage({ type: 'search', id: asked, query, kinds: pressed('kind'), statuses: pressed('status'), limit });
}

const searchSoon = (): void => {
  lastKey = Date.now();
  clearTimeout(timer);
  limit = PAGE;
  timer = setTimeout(search, PAUSE);
};

const receive = (said: ToView): void => {
  switch (said.type) {
    case 'summary': {
      const before = summary;
      summary = said.summary;
      renderState();
      if (summary.phase !== 'ready') announce(message().text.join(' '));
      // A finished run may have changed the answer; so ask again, without taking the results away meanwhile.
      const finished = summary.phase === 'ready' && !summary.busy && (before === undefined || before.phase !== 'ready' || before.busy);
      if (finished && timer === undefined && input.value.trim() !== '') search();
      return;
    }
    case 'results':
      if (said.id !== asked) return;
      stop();
      hits = said.hits;
      answered = {
        query: input.value.trim(),
        filtered: pressed('kind').length + pressed('status').length > 0,
        behind: said.behind === '' ? [] : [said.behind],
      };
      remember();
      keepFocus(renderHits);
      renderState();
      announce(
        hits.length === 0
          ? message().text.join(' ')
          : hits.length === 1
            ? fill(strings.one, answered.query)
            : fill(strings.many, hits.length, answered.query),
      );
      return;
    case 'error':
      if (said.id !== asked) return;
      stop();
      hits = [];
      failure = said.message;
      renderHits();
      renderState();
      announce(fill(strings.error, said.message));
      return;
    case 'focus':
      if (said.query !== undefined) {
        input.value = said.query;
        limit = PAGE;
        search();
      }
      input.focus();
      // Whoever types at once after the key that leads here would lose the first letters to the selection.
      if (Date.now() - lastKey > TYPING) input.select();
      return;
  }
};

/** Renders the list anew without throwing the reader out of it: whoever stands on the third result still does. */
function keepFocus(render: () => void): void {
  const at = rows().indexOf(document.activeElement as HTMLButtonElement);
  render();
  if (at >= 0) (rows().length > 0 ? () => focusRow(at) : () => input.focus())();
}

form.addEventListener('submit', (event) => event.preventDefault());
input.addEventListener('input', searchSoon);
input.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown') {
    event.preventDefault();
    focusRow(0);
  } else if (event.key === 'Escape' && input.value !== '') {
    event.preventDefault();
    input.value = '';
    search();
  } else if (event.key === 'Enter' && !event.isComposing) {
    event.preventDefault();
    const first = hits[0];
    const current = timer === undefined && answered?.query === input.value.trim() && !document.body.classList.contains('searching');
    if (current && first !== undefined) open(first, event.ctrlKey || event.metaKey);
    else search();
  }
});
results.addEventListener('keydown', (event) => {
  const at = rows().indexOf(document.activeElement as HTMLButtonElement);
  if (at < 0) return;
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => focusRow(at + 1),
    ArrowUp: () => (at === 0 ? input.focus() : focusRow(at - 1)),
    Home: () => focusRow(0),
    End: () => focusRow(rows().length - 1),
    Escape: () => {
      input.focus();
      input.select();
    },
  };
  const move = moves[event.key];
  if (move === undefined) return;
  event.preventDefault();
  move();
});
for (const toggle of toggles) {
  toggle.addEventListener('click', () => {
    toggle.setAttribute('aria-pressed', toggle.getAttribute('aria-pressed') === 'true' ? 'false' : 'true');
    limit = PAGE;
    search();
  });
}
more.addEventListener('click', () => {
  const next = hits.length;
  limit = Math.min(MOST, limit + PAGE);
  focusRow(next - 1);
  search();
});
window.addEventListener('message', (event: MessageEvent<ToView>) => receive(event.data));

const before = api.getState();
if (before !== undefined) {
  input.value = before.query;
  for (const toggle of toggles) {
    const on = before.kinds.includes(toggle.dataset.kind ?? '') || before.statuses.includes(toggle.dataset.status ?? '');
    toggle.setAttribute('aria-pressed', String(on));
  }
  hits = before.hits;
  renderHits();
}
renderState();
api.postMessage({ type: 'ready' });
