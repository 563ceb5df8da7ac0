import * as vscode from 'vscode';
import {
  type EvidenceKind,
  numberedTitle,
  OPEN_DOCUMENT,
  type OpenDocumentArgument,
  type WireHit,
  type WireIndexPosition,
  type WireRange,
} from '../../protocol/index.ts';
import { shortSha } from '../citation.ts';
import { kindName, statusName } from '../names.ts';
import type { Openable } from '../open.ts';
import { behindText } from '../status-item.ts';
import { childrenOf, type Group, type GroupId, isOnlySimilar, type More, type Notice, type Reason, type Replacement } from './groups.ts';
import { markdownText } from './markdown-text.ts';
import { recordIcon } from './record-icon.ts';

const groupName = (id: GroupId): string => {
  switch (id) {
    case 'governing':
      return vscode.l10n.t('Governing Decisions');
    case 'file':
      return vscode.l10n.t('Governing the Whole File');
    case 'probable':
      return vscode.l10n.t('Probably Governing');
    case 'related':
      return vscode.l10n.t('Related');
    case 'commits':
      return vscode.l10n.t('Commits');
    case 'specifications':
      return vscode.l10n.t('Specifications');
  }
};

const groupHelp = (id: GroupId): string => {
  switch (id) {
    case 'governing':
      return vscode.l10n.t(
        'Decisions that apply to this code: the code cites them, they name it, someone linked them, or two kinds of evidence agree.',
      );
    case 'file':
      return vscode.l10n.t('Decisions that apply to the file as a whole, and so to these lines, too.');
    case 'probable':
      return vscode.l10n.t(
        'Decisions that probably apply to this code. Accept or Reject settles it for this file, for all selected rows at once.',
      );
    case 'related':
      return vscode.l10n.t('Worth reading, but not known to govern this code. Similar text alone is not enough.');
    case 'commits':
      return vscode.l10n.t('Commits that last changed these lines, followed by commits that changed this file.');
    case 'specifications':
      return vscode.l10n.t('Specifications of the endpoint, message or type in this code, followed by similar specifications.');
  }
};

export const groupItem = ({ id, hits, more }: Group): vscode.TreeItem => {
  const item = new vscode.TreeItem(groupName(id), vscode.TreeItemCollapsibleState.Expanded);
  item.id = id;
  item.description = String(hits.length + more.length);
  item.tooltip = groupHelp(id);
  item.contextValue = id === 'probable' ? 'group probable' : 'group';
  // Without it, screen readers say the tooltip instead of the name.
  item.accessibilityInformation = accessibleLabel(groupName(id), String(hits.length + more.length));
  return item;
};

/** The row that unfolds what is weakly related. */
export const moreItem = ({ group, folded }: More): vscode.TreeItem => {
  const item = new vscode.TreeItem(vscode.l10n.t('{0} more, weakly related', folded.length), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${group} more`;
  item.iconPath = new vscode.ThemeIcon('ellipsis', new vscode.ThemeColor('descriptionForeground'));
  item.tooltip = vscode.l10n.t('Only their text is similar to the code.');
  return item;
};

const iconName = ({ kind, status }: Pick<WireHit, 'kind' | 'status'>): string => {
  if (kind === 'commit') return 'git-commit';
  if (kind === 'specification') return 'symbol-interface';
  if (kind === 'guide') return 'book';
  if (kind === 'test') return 'beaker';
  return recordIcon(status);
};

/** Documents that are only similar get a muted icon, in addition to the word "similar". */
const themeIcon = (hit: WireHit): vscode.ThemeIcon =>
  isOnlySimilar(hit)
    ? new vscode.ThemeIcon(iconName(hit), new vscode.ThemeColor('descriptionForeground'))
    : new vscode.ThemeIcon(iconName(hit));

/** The status, unless it is `accepted`. */
const unusualStatus = (hit: WireHit): string[] =>
  hit.kind !== 'decision' || hit.status === undefined || hit.status === 'accepted' ? [] : [statusName(hit.status)];

const tooltip = (hit: WireHit, index: WireIndexPosition): vscode.MarkdownString => {
  const facts = [
    kindName(hit.kind),
    ...(hit.status === undefined ? [] : [statusName(hit.status)]),
    ...(hit.date === undefined ? [] : [hit.date.slice(0, 10)]),
  ].join(' · ');
  const successors = hit.successors?.map(numberedTitle) ?? hit.supersededBy;
  const paragraphs = [
    `**${markdownText(numberedTitle(hit))}**`,
    markdownText(facts),
    `$(location) ${markdownText(hit.path ?? shortSha(hit.sha))}`,
    ...(successors.length === 0 ? [] : [`$(history) ${markdownText(vscode.l10n.t('Superseded by {0}', successors.join(', ')))}`]),
    ...hit.evidence.map(({ explanation }) => `$(link) ${markdownText(withoutCodeMarks(explanation))}`),
    ...(hit.snippet === ''
      ? []
      : [
          '---',
          hit.snippet
            .split('\n')
            .map((line) => `> ${markdownText(line)}`)
            .join('\n'),
        ]),
    ...(index.behind === 0 ? [] : [`$(info) ${markdownText(behindText(index.behind))}`]),
  ];
  return new vscode.MarkdownString(paragraphs.join('\n\n'), true);
};

/** Text next to the title: an unusual status, the commit id, and the strongest reason. */
const description = (hit: WireHit): string => {
  const reason = isOnlySimilar(hit) ? vscode.l10n.t('similar') : hit.evidence[0]?.explanation;
  const commit = hit.kind === 'commit' ? [shortSha(hit.sha)] : [];
  return [...unusualStatus(hit), ...commit, ...(reason === undefined ? [] : [withoutCodeMarks(reason)])].join(' · ');
};

/** Removes Markdown code marks, which tree items would show literally. */
const withoutCodeMarks = (explanation: string): string => explanation.replaceAll('`', '');

const accessibleLabel = (...parts: readonly string[]): vscode.AccessibilityInformation => ({
  label: parts.filter((part) => part !== '').join(', '),
});

/** @param isProbable whether the document is a decision that probably governs, which can be accepted or rejected */
export const hitItem = (hit: WireHit, index: WireIndexPosition, isProbable = false): vscode.TreeItem => {
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(numberedTitle(hit), childrenOf(hit).length > 0 ? Collapsed : None);
  item.description = description(hit);
  item.tooltip = tooltip(hit, index);
  item.iconPath = themeIcon(hit);
  item.contextValue = isProbable ? `hit ${hit.kind} probable` : `hit ${hit.kind}`;
  item.command = { command: 'lintel.openHit', title: vscode.l10n.t('Open'), arguments: [hit] };
  item.accessibilityInformation = accessibleLabel(kindName(hit.kind), numberedTitle(hit), item.description);
  return item;
};

const EVIDENCE_ICONS: Readonly<Record<EvidenceKind, string>> = {
  cited: 'quote',
  scoped: 'target',
  declared: 'person',
  neighbour: 'folder',
  'changed-together': 'git-commit',
  'explained-by': 'git-commit',
  similar: 'sparkle',
  matched: 'link',
};

/** Opens the passage, the commit, or the lines of code that the reason refers to. */
const commandOf = ({ document, evidence }: Reason, code: string | undefined): vscode.Command | undefined => {
  const title = vscode.l10n.t('Open');
  const openRange = (uri: string, range: WireRange): vscode.Command => ({ command: OPEN_DOCUMENT, title, arguments: [{ uri, range }] });
  if (evidence.documentSpan !== undefined && document.uri !== undefined) return openRange(document.uri, evidence.documentSpan);
  if ('sha' in evidence) {
    const commit: Openable = { kind: 'commit', sha: evidence.sha, title: document.title, span: document.span, snippet: '' };
    return { command: 'lintel.openHit', title, arguments: [commit] };
  }
  if (evidence.codeSpan !== undefined && code !== undefined) return openRange(code, evidence.codeSpan);
  return undefined;
};

/** @param code URI of the file that the view is about */
export const reasonItem = (reason: Reason, code: string | undefined): vscode.TreeItem => {
  const { evidence } = reason;
  const item = new vscode.TreeItem(withoutCodeMarks(evidence.explanation));
  item.tooltip = withoutCodeMarks(evidence.explanation);
  item.iconPath = new vscode.ThemeIcon(EVIDENCE_ICONS[evidence.kind]);
  item.contextValue = 'reason';
  const command = commandOf(reason, code);
  if (command !== undefined) item.command = command;
  item.accessibilityInformation = accessibleLabel(vscode.l10n.t('Reason'), withoutCodeMarks(evidence.explanation));
  return item;
};

export const replacementItem = ({ replaces, successor }: Replacement): vscode.TreeItem => {
  const item = new vscode.TreeItem(numberedTitle(successor));
  const status = successor.status === undefined || successor.status === 'accepted' ? [] : [statusName(successor.status)];
  item.description = [vscode.l10n.t('replaces it'), ...status].join(' · ');
  item.tooltip = vscode.l10n.t('"{0}" was superseded by "{1}".', numberedTitle(replaces), numberedTitle(successor));
  item.iconPath = new vscode.ThemeIcon('arrow-right');
  item.contextValue = 'replacement';
  item.command = {
    command: OPEN_DOCUMENT,
    title: vscode.l10n.t('Open'),
    arguments: [{ uri: successor.uri, range: successor.span } satisfies OpenDocumentArgument],
  };
  item.accessibilityInformation = accessibleLabel(numberedTitle(successor), item.description);
  return item;
};

/** A muted line: the text is a description, because themes show descriptions weaker than labels. */
export const noticeItem = ({ sentences }: Notice): vscode.TreeItem => {
  const item = new vscode.TreeItem('');
  item.description = sentences.join(' ');
  item.tooltip = sentences.join('\n\n');
  item.iconPath = new vscode.ThemeIcon('info', new vscode.ThemeColor('descriptionForeground'));
  item.contextValue = 'notice';
  item.accessibilityInformation = accessibleLabel(...sentences);
  return item;
};
