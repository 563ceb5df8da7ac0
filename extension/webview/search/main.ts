import type { WireHit } from '../../../protocol/index.ts';
import type { Summary } from '../../summary.ts';
import { createAnswerPane } from './answer.ts';
import { filters } from './filters.ts';
import { renderHeading, renderHit } from './hit.ts';
import { renderRecords } from './idle.ts';
import type { FromView, RecordList, ShownAnswer, ToView, ViewCommand, ViewStrings } from './messages.ts';

interface ViewState {
  readonly query: string;
  readonly kinds: readonly string[];
  readonly statuses: readonly string[];
  readonly hits: readonly WireHit[];
  readonly filtersOpen?: boolean;
  readonly answer?: ShownAnswer;
}

declare const acquireVsCodeApi: () => {
  postMessage(message: FromView): void;
  getState(): ViewState | undefined;
  setState(state: ViewState): void;
};

/** Delay between the last key and the search. */
const SEARCH_DELAY_MS = 150;
/** How long after a key the user still counts as typing. */
const TYPING_MS = 1_000;
const PAGE_SIZE = 20;
const MAX_RESULTS = 200;

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

let summary: Summary | undefined;
let hits: readonly WireHit[] = [];
let records: readonly RecordList[] = [];
let searchId = 0;
let lastSearch:
  | { readonly query: string; readonly filtered: boolean; readonly weak: boolean; readonly behind: readonly string[] }
  | undefined;
let failure: string | undefined;
let limit = PAGE_SIZE;
let timer: ReturnType<typeof setTimeout> | undefined;
let lastKey = 0;
/** True from Escape on a result until another key: Escape again then keeps the question. */
let cameFromResults = false;
/** What the list was made for; another question begins at its top. */
let listed = '';

const format = (template: string, ...values: readonly (string | number)[]): string =>
  template.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)] ?? ''));

const saveState = (): void => {
  const answer = answerPane.shown();
  api.setState({
    query: input.value,
    kinds: filters.active('kind'),
    statuses: filters.active('status'),
    hits,
    filtersOpen: !filters.isFolded(),
    ...(answer === undefined ? {} : { answer }),
  });
};

const answerPane = createAnswerPane(
  { section: element('answer'), body: element('answer-body'), live: element('answer-live') },
  strings,
  (message) => api.postMessage(message),
  saveState,
);

const rows = (): HTMLButtonElement[] => [...results.querySelectorAll<HTMLButtonElement>('.open')];

const open = (hit: WireHit, beside: boolean): void => api.postMessage({ type: 'open', hit, beside });

const openRecord = (key: string, beside: boolean): void => api.postMessage({ type: 'openRecord', key, beside });

/** Nobody asks anything: the list has all records. */
const isIdle = (): boolean => summary?.phase === 'ready' && input.value.trim() === '' && hits.length === 0;

const openAt = (index: number, beside: boolean): void => {
  const key = rows()[index]?.dataset.key;
  const hit = hits[index];
  if (hit !== undefined) open(hit, beside);
  else if (key !== undefined) openRecord(key, beside);
};

const button = (label: string, action: () => void): HTMLButtonElement => {
  const created = document.createElement('button');
  created.type = 'button';
  created.textContent = label;
  created.addEventListener('click', action);
  return created;
};
const commandButton = (label: string, command: ViewCommand) => button(label, () => api.postMessage({ type: 'command', command }));

const clearFilters = (): void => {
  filters.set([], []);
  filters.label(strings.filters, strings.filtersOn);
  input.focus();
  search();
};

/** What to do in a repository without decisions. */
const firstSteps = (): HTMLButtonElement[] => [
  commandButton(strings.newDecision, 'lintel.newDecision'),
  commandButton(strings.learn, 'lintel.openWalkthrough'),
];

/** Text above the results, or in their place, with the buttons that help. */
const stateMessage = (): { text: readonly string[]; actions: readonly HTMLButtonElement[]; alert?: boolean } => {
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
        text: [summary.percent === undefined ? strings.indexing : format(strings.indexingPercent, summary.percent), ...notGit],
        actions: [],
      };
    case 'noRecords':
      return { text: [strings.noRecords, ...notGit], actions: firstSteps() };
    case 'ready':
      break;
  }
  if (failure !== undefined)
    return { text: [format(strings.error, failure)], actions: [commandButton(strings.openLog, 'lintel.openLog')], alert: true };
  if (lastSearch === undefined) {
    if (input.value.trim() === '') {
      return (summary.counts.decision ?? 0) === 0
        ? { text: [strings.noDecisions, ...notGit], actions: firstSteps() }
        : { text: [strings.ready, ...notGit], actions: [commandButton(strings.showGraph, 'lintel.showDecisionGraph')] };
    }
    return { text: hits.length > 0 ? [] : [strings.searching], actions: [] };
  }
  const weak = lastSearch.weak ? [format(strings.weak, lastSearch.query)] : [];
  if (hits.length > 0) return { text: [...lastSearch.behind, ...notGit, ...weak], actions: [] };
  return lastSearch.filtered
    ? { text: [format(strings.noneFiltered, lastSearch.query)], actions: [button(strings.clearFilters, clearFilters)] }
    : { text: [format(strings.none, lastSearch.query), ...lastSearch.behind, ...notGit], actions: [] };
};

const renderState = (): void => {
  const { text, actions, alert } = stateMessage();
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
  results.hidden = !searchable || rows().length === 0;
  more.hidden = results.hidden || hits.length < limit || limit >= MAX_RESULTS;
};

/** Where nothing matches well, a few results are enough to see that. */
const MOST_CLOSEST = 3;
const closest = (all: readonly WireHit[]): readonly WireHit[] => [...all].sort((a, b) => b.score - a.score).slice(0, MOST_CLOSEST);

/** Announces a change to screen readers, once. */
const announce = (text: string): void => {
  if (live.textContent !== text) live.textContent = text;
};

const renderHits = (): void => {
  const isListing = isIdle();
  results.classList.toggle('idle', isListing);
  results.replaceChildren(
    ...(isListing
      ? renderRecords(records, strings, {
          open: openRecord,
          showAll: () => api.postMessage({ type: 'command', command: 'lintel.decisionsView.focus' }),
        })
      : renderResults()),
  );
  rows().forEach((row, index) => {
    row.tabIndex = index === 0 ? 0 : -1;
  });
};

const renderResults = (): HTMLLIElement[] => {
  const kinds = new Set(hits.map(({ kind }) => kind));
  const isGrouped = kinds.size > 1 && lastSearch?.weak !== true;
  return hits.flatMap((hit, index) => {
    const row = renderHit(hit, index, strings, open);
    const isFirst = hits[index - 1]?.kind !== hit.kind;
    const count = hits.filter(({ kind }) => kind === hit.kind).length;
    return isGrouped && isFirst ? [renderHeading(strings.kindPlural[hit.kind] ?? hit.kind, count), row] : [row];
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

const endSearch = (): void => {
  clearTimeout(timer);
  timer = undefined;
  document.body.classList.remove('searching');
};

/** Searches now. An empty query cancels the running search. */
function search(): void {
  endSearch();
  searchId += 1;
  failure = undefined;
  saveState();
  const query = input.value.trim();
  answerPane.keepFor(query);
  if (query === '') {
    api.postMessage({ type: 'cancel' });
    hits = [];
    lastSearch = undefined;
    announce('');
    renderHits();
    renderState();
    return;
  }
  document.body.classList.add('searching');
  renderState();
  api.postMessage({ type: 'search', id: searchId, query, kinds: filters.active('kind'), statuses: filters.active('status'), limit });
}

/** Asks for an answer, and searches if the results are those of another text. */
const askNow = (): void => {
  const question = input.value.trim();
  input.focus();
  if (question === '') return;
  // What keeps the view from searching stands below the box already.
  if (summary?.phase !== 'ready') {
    announce(stateMessage().text.join(' '));
    return;
  }
  if (timer !== undefined || lastSearch?.query !== question) search();
  window.scrollTo({ top: 0 });
  answerPane.ask(question);
};

const scheduleSearch = (): void => {
  lastKey = Date.now();
  clearTimeout(timer);
  limit = PAGE_SIZE;
  timer = setTimeout(search, SEARCH_DELAY_MS);
};

const receive = (message: ToView): void => {
  switch (message.type) {
    case 'summary': {
      const previous = summary;
      summary = message.summary;
      if (hits.length === 0) keepFocus(renderHits);
      renderState();
      if (summary.phase !== 'ready') announce(stateMessage().text.join(' '));
      // The finished update may have changed the results, so search again and keep the old ones until then.
      const finished =
        summary.phase === 'ready' && !summary.busy && (previous === undefined || previous.phase !== 'ready' || previous.busy);
      if (finished && timer === undefined && input.value.trim() !== '') search();
      return;
    }
    case 'records':
      records = message.groups;
      if (isIdle()) keepFocus(renderHits);
      renderState();
      return;
    case 'results':
      if (message.id !== searchId) return;
      endSearch();
      hits = message.weak ? closest(message.hits) : message.hits;
      lastSearch = {
        query: input.value.trim(),
        filtered: filters.any(),
        weak: message.weak,
        behind: message.behind === '' ? [] : [message.behind],
      };
      saveState();
      keepFocus(renderHits);
      renderState();
      scrollForNewQuestion();
      announce(
        hits.length === 0 || message.weak
          ? stateMessage().text.join(' ')
          : hits.length === 1
            ? format(strings.one, lastSearch.query)
            : format(strings.many, hits.length, lastSearch.query),
      );
      return;
    case 'error':
      if (message.id !== searchId) return;
      endSearch();
      hits = [];
      failure = message.message;
      renderHits();
      renderState();
      announce(format(strings.error, message.message));
      return;
    case 'answer':
    case 'askFailed':
      answerPane.receive(message);
      return;
    case 'focus':
      cameFromResults = false;
      if (message.query !== undefined) {
        input.value = message.query;
        limit = PAGE_SIZE;
        search();
      }
      input.focus();
      // If the user is already typing, selecting the text would make the next key replace it.
      if (Date.now() - lastKey > TYPING_MS) input.select();
      return;
  }
};

/** Another question or filter shows its best results, not where the last one was scrolled to. */
function scrollForNewQuestion(): void {
  const now = JSON.stringify([input.value.trim(), filters.active('kind'), filters.active('status')]);
  if (now !== listed) window.scrollTo({ top: 0 });
  listed = now;
}

/** Renders the list again and keeps the focus on the same row. */
function keepFocus(render: () => void): void {
  const at = rows().indexOf(document.activeElement as HTMLButtonElement);
  render();
  if (at >= 0) (rows().length > 0 ? () => focusRow(at) : () => input.focus())();
}

form.addEventListener('submit', (event) => event.preventDefault());
input.addEventListener('input', scheduleSearch);
input.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') cameFromResults = false;
  if (event.key === 'ArrowDown') {
    event.preventDefault();
    focusRow(0);
  } else if (event.key === 'Escape' && input.value !== '') {
    event.preventDefault();
    if (cameFromResults) return;
    input.value = '';
    search();
  } else if (event.key === 'Enter' && !event.isComposing) {
    event.preventDefault();
    const first = hits[0];
    const current = timer === undefined && lastSearch?.query === input.value.trim() && !document.body.classList.contains('searching');
    if (event.shiftKey) askNow();
    else if (current && first !== undefined) open(first, event.ctrlKey || event.metaKey);
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
      cameFromResults = true;
    },
    // Without the key, Enter is the click of the button.
    ...(event.ctrlKey || event.metaKey ? { Enter: () => openAt(at, true) } : {}),
  };
  const move = moves[event.key];
  if (move === undefined) return;
  event.preventDefault();
  move();
});
document.getElementById('ask')?.addEventListener('click', askNow);
document.getElementById('funnel')?.addEventListener('click', saveState);
filters.onChange(() => {
  filters.label(strings.filters, strings.filtersOn);
  limit = PAGE_SIZE;
  search();
});
more.addEventListener('click', () => {
  const next = hits.length;
  limit = Math.min(MAX_RESULTS, limit + PAGE_SIZE);
  focusRow(next - 1);
  search();
});
window.addEventListener('message', (event: MessageEvent<ToView>) => receive(event.data));

const restored = api.getState();
if (restored !== undefined) {
  input.value = restored.query;
  filters.set(restored.kinds, restored.statuses);
  filters.fold(restored.filtersOpen !== true);
  filters.label(strings.filters, strings.filtersOn);
  hits = restored.hits;
  renderHits();
  if (restored.answer !== undefined) answerPane.restore(restored.answer);
}
renderState();
api.postMessage({ type: 'ready' });
