import * as vscode from 'vscode';
import { OPEN_DOCUMENT, type OpenDocumentArgument, type WireRange } from '../../protocol/index.ts';
import type { WireReach, WireReachedCode } from '../../protocol/reach.ts';
import { statusName } from '../names.ts';
import { recordIcon } from './record-icon.ts';

/** One place that a record reaches. */
export interface ReachPlace {
  readonly reached: true;
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  /** Absent for folders and patterns. */
  readonly uri?: string;
  readonly range?: WireRange;
}

/** Places under one heading. */
export interface ReachSection {
  readonly section: string;
  readonly places: readonly ReachPlace[];
}

const nameOf = (path: string): string => path.split('/').at(-1) ?? path;
const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');
const lineRange = (line: number): WireRange => ({ start: { line, character: 0 }, end: { line, character: 0 } });

const document = (one: WireReach['replaces'][number] & { readonly span?: WireRange }): ReachPlace => ({
  reached: true,
  label: one.title,
  description: [one.status === undefined ? '' : statusName(one.status), one.path].filter((part) => part !== '').join(' · '),
  icon: recordIcon(one.status),
  uri: one.uri,
  ...(one.span === undefined ? {} : { range: one.span }),
});

const code = ({ path, uri, symbol, lines, isFile }: WireReachedCode): ReachPlace => ({
  reached: true,
  label: isFile ? nameOf(path) : path,
  description: [symbol ?? (lines === undefined ? '' : vscode.l10n.t('line {0}', lines.first + 1)), isFile ? folderOf(path) : '']
    .filter((part) => part !== '')
    .join(' · '),
  icon: isFile ? 'file-code' : 'folder',
  ...(uri === undefined ? {} : { uri }),
  ...(lines === undefined ? {} : { range: lineRange(lines.first) }),
});

/** What a record reaches, in sections; those without anything are left out. */
export const reachSections = (reach: WireReach): readonly ReachSection[] =>
  [
    { section: vscode.l10n.t('Replaced By'), places: reach.replacedBy.map(document) },
    { section: vscode.l10n.t('Replaces'), places: reach.replaces.map(document) },
    {
      section: vscode.l10n.t('Cited in Code'),
      places: reach.cited.map(
        ({ path, uri, span, text }): ReachPlace => ({
          reached: true,
          label: `${nameOf(path)}:${span.start.line + 1}`,
          description: text,
          icon: 'references',
          uri,
          range: span,
        }),
      ),
    },
    { section: vscode.l10n.t('Cited by Documents'), places: reach.citedBy.map(document) },
    { section: vscode.l10n.t('Linked by People'), places: reach.linked.map(code) },
    { section: vscode.l10n.t('Names'), places: reach.named.map(code) },
    {
      section: vscode.l10n.t('Written Together With'),
      places: reach.together.map(
        ({ path, uri, commits }): ReachPlace => ({
          reached: true,
          label: nameOf(path),
          description: [commits === 1 ? vscode.l10n.t('1 commit') : vscode.l10n.t('{0} commits', commits), folderOf(path)]
            .filter((part) => part !== '')
            .join(' · '),
          icon: 'git-commit',
          uri,
        }),
      ),
    },
  ].filter(({ places }) => places.length > 0);

export const sectionItem = ({ section, places }: ReachSection): vscode.TreeItem => {
  const item = new vscode.TreeItem(section, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `reach ${section}`;
  item.description = String(places.length);
  item.contextValue = 'reach';
  return item;
};

export const placeItem = ({ label, description, icon, uri, range }: ReachPlace): vscode.TreeItem => {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.description = description;
  item.tooltip = description;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.accessibilityInformation = { label: `${label}, ${description}` };
  if (uri !== undefined) {
    const argument: OpenDocumentArgument = { uri, ...(range === undefined ? {} : { range }) };
    item.command = { command: OPEN_DOCUMENT, title: vscode.l10n.t('Open'), arguments: [argument] };
  }
  return item;
};
