import * as vscode from 'vscode';
import type { WireHit, WireIndexPosition } from '../protocol/index.ts';
import { shortSha } from './citation.ts';
import { kindName, statusName } from './search-page.ts';
import { behindText } from './status-item.ts';
import type { Group, GroupId } from './why-groups.ts';

const groupName = (id: GroupId): string => {
  switch (id) {
    case 'governing':
      return vscode.l10n.t('Governing Decisions');
    case 'specifications':
      return vscode.l10n.t('Specifications');
    case 'nearby':
      return vscode.l10n.t('Nearby Decisions');
    case 'commits':
      return vscode.l10n.t('Commits');
    case 'similar':
      return vscode.l10n.t('Similar');
  }
};

const groupHelp = (id: GroupId): string => {
  switch (id) {
    case 'governing':
      return vscode.l10n.t('Decisions that this code cites, or that name this code.');
    case 'specifications':
      return vscode.l10n.t('Specifications and guides that belong to this code.');
    case 'nearby':
      return vscode.l10n.t('Decisions recorded for this part of the repository. They may or may not concern this line.');
    case 'commits':
      return vscode.l10n.t('Commits that changed this code and say why.');
    case 'similar':
      return vscode.l10n.t('Texts on a similar subject. Likeness alone never makes a decision govern.');
  }
};

export const groupItem = ({ id, hits }: Group): vscode.TreeItem => {
  const item = new vscode.TreeItem(
    groupName(id),
    id === 'similar' ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded,
  );
  item.id = id;
  item.description = String(hits.length);
  item.tooltip = groupHelp(id);
  item.contextValue = 'group';
  return item;
};

const iconOf = (hit: WireHit): vscode.ThemeIcon => {
  if (hit.kind === 'commit') return new vscode.ThemeIcon('git-commit');
  if (hit.kind === 'specification') return new vscode.ThemeIcon('symbol-interface');
  if (hit.kind === 'guide') return new vscode.ThemeIcon('book');
  switch (hit.status) {
    case 'superseded':
    case 'deprecated':
      return new vscode.ThemeIcon('history');
    case 'rejected':
      return new vscode.ThemeIcon('circle-slash');
    case 'proposed':
      return new vscode.ThemeIcon('question');
    default:
      return new vscode.ThemeIcon('law');
  }
};

/** A status is worth a word where it is not the expected one. */
const remarkable = (hit: WireHit): string[] =>
  hit.kind !== 'decision' || hit.status === undefined || hit.status === 'accepted' ? [] : [statusName(hit.status)];

const tooltip = (hit: WireHit, index: WireIndexPosition): vscode.MarkdownString => {
  const text = new vscode.MarkdownString('', true);
  const facts = [
    kindName(hit.kind),
    ...(hit.status === undefined ? [] : [statusName(hit.status)]),
    ...(hit.date === undefined ? [] : [hit.date.slice(0, 10)]),
  ].join(' · ');
  text.appendMarkdown('**').appendText(hit.title).appendMarkdown('**\n\n').appendText(facts);
  text.appendMarkdown('\n\n$(location) ').appendText(hit.path ?? shortSha(hit.sha));
  if (hit.supersededBy.length > 0) {
    text.appendMarkdown('\n\n$(history) ').appendText(vscode.l10n.t('Superseded by {0}', hit.supersededBy.join(', ')));
  }
  for (const { explanation } of hit.evidence) text.appendMarkdown('\n\n$(link) ').appendText(explanation);
  if (hit.snippet !== '') {
    text.appendMarkdown('\n\n---\n\n');
    for (const line of hit.snippet.split('\n')) text.appendMarkdown('> ').appendText(line).appendMarkdown('\n');
  }
  if (index.behind > 0) text.appendMarkdown('\n\n$(info) ').appendText(behindText(index.behind));
  return text;
};

export const hitItem = (hit: WireHit, index: WireIndexPosition): vscode.TreeItem => {
  const item = new vscode.TreeItem(hit.title);
  const reason = hit.evidence[0]?.explanation;
  const description = [...remarkable(hit), ...(reason === undefined ? [] : [reason])].join(' · ');
  item.description = description;
  item.tooltip = tooltip(hit, index);
  item.iconPath = iconOf(hit);
  item.contextValue = `hit ${hit.kind}`;
  item.command = { command: 'lintel.openHit', title: vscode.l10n.t('Open'), arguments: [hit] };
  item.accessibilityInformation = { label: [kindName(hit.kind), hit.title, description].filter((part) => part !== '').join(', ') };
  return item;
};
