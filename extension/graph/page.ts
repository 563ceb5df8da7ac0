import * as vscode from 'vscode';
import { escapeHtml } from '../html.ts';
import { type PageParts, pageStart } from '../page.ts';
import type { GraphStrings } from '../webview/graph/messages.ts';

const strings = (): GraphStrings => ({
  label: vscode.l10n.t('Decision graph'),
  help: vscode.l10n.t(
    'Arrow keys go from record to record, Enter opens one and Ctrl+Enter opens it to the side. Plus, minus and 0 change the size, and letters look for a record.',
  ),
  find: vscode.l10n.t('Find a record'),
  notFound: vscode.l10n.t('No record is called so.'),
  zoomIn: vscode.l10n.t('Zoom In'),
  zoomOut: vscode.l10n.t('Zoom Out'),
  fit: vscode.l10n.t('Show All'),
  open: vscode.l10n.t('Open'),
  records: vscode.l10n.t('{0} records'),
  bounded: vscode.l10n.t('{0} of {1} records, those that others refer to first'),
  legend: vscode.l10n.t('Legend'),
  says: {
    supersedes: vscode.l10n.t('Supersedes {0}'),
    amends: vscode.l10n.t('Amends {0}'),
    cites: vscode.l10n.t('Cites {0}'),
  },
  isSaid: {
    supersedes: vscode.l10n.t('Superseded by {0}'),
    amends: vscode.l10n.t('Amended by {0}'),
    cites: vscode.l10n.t('Cited by {0}'),
  },
  kinds: {
    supersedes: vscode.l10n.t('supersedes'),
    amends: vscode.l10n.t('amends'),
    cites: vscode.l10n.t('cites'),
  },
  inPart: vscode.l10n.t('{0} (in part)'),
  noEdges: vscode.l10n.t('No record refers to it, and it refers to none.'),
});

/** HTML of the decision graph. Its content security policy allows only its own script and style; what records say is only ever inserted as text. */
export const graphPage = (page: PageParts): string => {
  const text = strings();
  const key = (kind: 'supersedes' | 'amends' | 'cites'): string =>
    `<li><svg class="sample" viewBox="0 0 34 10" aria-hidden="true"><path class="edge ${kind}" d="M1 5H26"></path><path class="head ${kind}" d="M26 1l7 4-7 4z"></path></svg>${escapeHtml(text.kinds[kind])}</li>`;
  return `${pageStart(page, text)}
<header>
<h1 class="hidden">${escapeHtml(text.label)}</h1>
<div class="tools" role="toolbar" aria-label="${escapeHtml(text.label)}">
<input id="find" type="text" role="searchbox" autocomplete="off" spellcheck="false" aria-label="${escapeHtml(text.find)}" placeholder="${escapeHtml(text.find)}">
<button type="button" id="out" title="${escapeHtml(text.zoomOut)}" aria-label="${escapeHtml(text.zoomOut)}">−</button>
<button type="button" id="in" title="${escapeHtml(text.zoomIn)}" aria-label="${escapeHtml(text.zoomIn)}">+</button>
<button type="button" id="fit">${escapeHtml(text.fit)}</button>
</div>
<p id="count"></p>
<ul class="legend" aria-label="${escapeHtml(text.legend)}">${key('supersedes')}${key('amends')}${key('cites')}</ul>
</header>
<main>
<p id="help" class="hidden">${escapeHtml(text.help)}</p>
<div id="live" class="hidden" role="status" aria-live="polite"></div>
<div id="nothing" hidden></div>
<div id="canvas" role="group" aria-label="${escapeHtml(text.label)}" aria-describedby="help"><div id="world"></div></div>
</main>
<footer id="details" hidden></footer>
<script nonce="${page.nonce}" src="${escapeHtml(page.script)}"></script>
</body>
</html>`;
};
