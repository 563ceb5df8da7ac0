import * as vscode from 'vscode';
import { escapeHtml } from '../html.ts';
import { kindName, statusName } from '../names.ts';
import { type PageParts, pageStart } from '../page.ts';
import type { ViewStrings } from '../webview/search/messages.ts';

/** Filter values, in display order. */
const KINDS = ['decision', 'specification', 'guide', 'commit', 'test'] as const;
const STATUSES = ['accepted', 'proposed', 'superseded', 'deprecated', 'rejected'] as const;

const strings = (): ViewStrings => ({
  label: vscode.l10n.t('Search decisions, specifications and commits'),
  placeholder: vscode.l10n.t('Search by keyword or meaning'),
  help: vscode.l10n.t(
    'Press Down Arrow to go to the results, Enter to open a result at the matching passage, Ctrl+Enter to open it to the side, Shift+Enter in the search box to ask for an answer, and Escape to return to the search box.',
  ),
  kinds: vscode.l10n.t('Kind'),
  statuses: vscode.l10n.t('Status'),
  results: vscode.l10n.t('Results'),
  kind: Object.fromEntries(KINDS.map((kind) => [kind, kindName(kind)])),
  kindPlural: {
    decision: vscode.l10n.t('Decisions'),
    specification: vscode.l10n.t('Specs'),
    guide: vscode.l10n.t('Guides'),
    commit: vscode.l10n.t('Commits'),
    test: vscode.l10n.t('Tests'),
  },
  status: Object.fromEntries([...STATUSES, 'unknown'].map((status) => [status, statusName(status)])),
  starting: vscode.l10n.t('Starting…'),
  searching: vscode.l10n.t('Searching…'),
  indexing: vscode.l10n.t('Indexing this repository for the first time…'),
  indexingPercent: vscode.l10n.t('Indexing this repository for the first time: {0}%'),
  ready: vscode.l10n.t('Ask in your own words, for example "why are prices in cents" or "who may call the payment service".'),
  noRecords: vscode.l10n.t(
    'No decision records, specifications or commits found. Lintel looks for records in folders such as docs/decisions or doc/adr.',
  ),
  noDecisions: vscode.l10n.t(
    'This repository has no decision records yet. Lintel looks for them in folders such as docs/decisions or doc/adr. Specifications and commits can be searched all the same.',
  ),
  noFolder: vscode.l10n.t('Open a folder to search its decisions.'),
  notGit: vscode.l10n.t('Not a git repository: commits and history are not available.'),
  dead: vscode.l10n.t('Lintel is not running.'),
  failed: vscode.l10n.t('The index could not be built. See the log for details.'),
  error: vscode.l10n.t('Search failed: {0}'),
  none: vscode.l10n.t('No results for "{0}".'),
  noneFiltered: vscode.l10n.t('No results for "{0}" with these filters.'),
  filters: vscode.l10n.t('Filters'),
  filtersOn: vscode.l10n.t('Filters, {0} on'),
  showGraph: vscode.l10n.t('Show Decision Graph'),
  moreRecords: vscode.l10n.t('{0} more in Decisions'),
  clearFilters: vscode.l10n.t('Clear Filters'),
  weak: vscode.l10n.t('Nothing matches "{0}" well. The closest:'),
  copy: vscode.l10n.t('+1 copy'),
  copies: vscode.l10n.t('+{0} copies'),
  one: vscode.l10n.t('1 result for "{0}"'),
  many: vscode.l10n.t('{0} results for "{1}"'),
  more: vscode.l10n.t('Show More'),
  supersededBy: vscode.l10n.t('Superseded by {0}'),
  tryAgain: vscode.l10n.t('Try Again'),
  openLog: vscode.l10n.t('Open Log'),
  restart: vscode.l10n.t('Restart'),
  learn: vscode.l10n.t('Get Started'),
  newDecision: vscode.l10n.t('New Decision'),
  ask: vscode.l10n.t('Ask'),
  askTitle: vscode.l10n.t('Answer this question with the lines that say it (Shift+Enter)'),
  answer: vscode.l10n.t('Answer'),
  asking: vscode.l10n.t('Looking for the lines that answer this…'),
  wording: vscode.l10n.t('A language model is putting the lines into sentences…'),
  askFailed: vscode.l10n.t('No answer: {0}'),
  copyAnswer: vscode.l10n.t('Copy as Markdown'),
  copied: vscode.l10n.t('Copied the answer with its citations.'),
  closeAnswer: vscode.l10n.t('Close Answer'),
});

const toggles = (label: string, group: string, values: readonly string[], names: Readonly<Record<string, string>>): string =>
  `<div class="filters" role="group" aria-label="${escapeHtml(label)}">${values
    .map(
      (value) =>
        `<button type="button" class="toggle" data-${group}="${value}" aria-pressed="false">${escapeHtml(names[value] ?? value)}</button>`,
    )
    .join('')}</div>`;

/** HTML of the Search view. Its content security policy allows only its own script and style; repository text is only ever inserted as text nodes. */
export const searchPage = (page: PageParts): string => {
  const text = strings();
  return `${pageStart(page, text)}
<main>
<h1 class="hidden">${escapeHtml(text.label)}</h1>
<form id="form" role="search" aria-label="${escapeHtml(text.label)}">
<div class="ask">
<input id="query" type="text" role="searchbox" autocomplete="off" spellcheck="false" aria-label="${escapeHtml(text.label)}" aria-describedby="help" placeholder="${escapeHtml(text.placeholder)}">
<button type="button" id="ask" title="${escapeHtml(text.askTitle)}">${escapeHtml(text.ask)}</button>
<button type="button" id="funnel" aria-expanded="false" aria-controls="filters" title="${escapeHtml(text.filters)}" aria-label="${escapeHtml(text.filters)}"><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M1.5 3h13v1h-13zm2.5 4h8v1H4zm2.5 4h3v1h-3z"></path></svg></button>
</div>
<p id="help" class="hidden">${escapeHtml(text.help)}</p>
<div id="filters" class="folded">
${toggles(text.kinds, 'kind', KINDS, text.kindPlural)}
${toggles(text.statuses, 'status', STATUSES, text.status)}
</div>
</form>
<div id="busy" aria-hidden="true"></div>
<div id="live" class="hidden" role="status" aria-live="polite"></div>
<div id="answer-live" class="hidden" role="status" aria-live="polite"></div>
<section id="answer" aria-labelledby="answer-title" hidden>
<h2 id="answer-title">${escapeHtml(text.answer)}</h2>
<div id="answer-body"></div>
</section>
<div id="state"></div>
<ul id="results" role="list" aria-label="${escapeHtml(text.results)}" hidden></ul>
<button type="button" id="more" class="secondary" hidden>${escapeHtml(text.more)}</button>
</main>
<script nonce="${page.nonce}" src="${escapeHtml(page.script)}"></script>
</body>
</html>`;
};
