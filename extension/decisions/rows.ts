import * as vscode from 'vscode';
import type { WireRecord } from '../../protocol/authoring.ts';
import { OPEN_DOCUMENT, type OpenDocumentArgument } from '../../protocol/index.ts';
import { statusName } from '../names.ts';
import { markdownText } from '../why/markdown-text.ts';
import { recordIcon } from '../why/record-icon.ts';

/** What the view puts records together by. */
export const GROUPINGS = ['status', 'folder', 'year'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** The decisions of one repository. */
export interface RepositoryDecisions {
  readonly name: string;
  readonly decisions: readonly WireRecord[];
}

/** Records under one heading. */
export interface RecordGroup {
  /** What they have in common: a status, a folder, or a year; empty where the record does not say. */
  readonly key: string;
  readonly records: readonly WireRecord[];
}

/** A row of the view. */
export type DecisionNode =
  | { readonly kind: 'repository'; readonly of: RepositoryDecisions }
  | { readonly kind: 'group'; readonly of: RecordGroup; readonly by: Grouping; readonly repository: string }
  | { readonly kind: 'record'; readonly record: WireRecord }
  | { readonly kind: 'rest'; readonly id: string; readonly count: number };

/** Records that a group shows; a longer list nobody reads, and trees of many thousand rows are slow. */
export const MOST_IN_GROUP = 500;

/** Proposals first, because they wait for somebody; what is no longer in force last. */
const STATUS_ORDER = ['proposed', 'accepted', 'unknown', '', 'deprecated', 'rejected', 'superseded'];

/** A record that another replaced is superseded, whatever its own text still says. */
export const statusOf = ({ status, supersededBy }: WireRecord): string => (supersededBy.length > 0 ? 'superseded' : (status ?? ''));

const keyOf = (record: WireRecord, by: Grouping): string => {
  switch (by) {
    case 'status':
      return statusOf(record);
    case 'folder':
      return record.path.split('/').slice(0, -1).join('/');
    case 'year':
      return /^\d{4}/.exec(record.date ?? '')?.[0] ?? '';
  }
};

const compareKeys = (by: Grouping, a: string, b: string): number => {
  if (by === 'status') return STATUS_ORDER.indexOf(a) - STATUS_ORDER.indexOf(b);
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  return by === 'year' ? b.localeCompare(a) : a.localeCompare(b);
};

/** Newest first; records without a date last, by path from the highest number down. */
const newestFirst = (a: WireRecord, b: WireRecord): number =>
  (b.date ?? '').localeCompare(a.date ?? '') || b.path.localeCompare(a.path, 'en', { numeric: true });

const byPath = (a: WireRecord, b: WireRecord): number => a.path.localeCompare(b.path, 'en', { numeric: true });

/** The records in groups, in the order in which the view shows them. */
export const groupsOf = (decisions: readonly WireRecord[], by: Grouping): readonly RecordGroup[] => {
  const groups = new Map<string, WireRecord[]>();
  for (const record of decisions) {
    const key = keyOf(record, by);
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups]
    .sort(([a], [b]) => compareKeys(by, a, b))
    .map(([key, records]) => ({ key, records: records.sort(by === 'folder' ? byPath : newestFirst) }));
};

/** The rows below one, or those at the top. A single repository, and a single group, need no row of their own. */
export const rowsBelow = (node: DecisionNode | undefined, repositories: readonly RepositoryDecisions[], by: Grouping): DecisionNode[] => {
  if (node === undefined) {
    const [only] = repositories;
    if (only && repositories.length === 1) return groupRows(only, by);
    return repositories.map((of) => ({ kind: 'repository', of }));
  }
  if (node.kind === 'repository') return groupRows(node.of, by);
  return node.kind === 'group' ? recordRows(node) : [];
};

const recordRows = ({ of, by, repository }: Extract<DecisionNode, { kind: 'group' }>): DecisionNode[] => {
  const rows: DecisionNode[] = of.records.slice(0, MOST_IN_GROUP).map((record) => ({ kind: 'record', record }));
  const count = of.records.length - rows.length;
  return count <= 0 ? rows : [...rows, { kind: 'rest', id: groupId(repository, by, of), count }];
};

const groupId = (repository: string, by: Grouping, { key }: RecordGroup): string => `${repository}\0${by}\0${key}`;

const groupRows = ({ name, decisions }: RepositoryDecisions, by: Grouping): DecisionNode[] =>
  groupsOf(decisions, by).map((of) => ({ kind: 'group', of, by, repository: name }));

/** The heading of a group. */
export const groupName = ({ key }: RecordGroup, by: Grouping): string => {
  if (by === 'status') return key === '' ? vscode.l10n.t('Without a status') : statusName(key);
  if (key !== '') return key;
  return by === 'year' ? vscode.l10n.t('Without a date') : vscode.l10n.t('In the root folder');
};

const UNITS = [
  ['year', 365.25],
  ['month', 30.44],
  ['day', 1],
] as const;

/** How long ago a day was, in words: "2 years ago"; empty for what is no day. */
export const ageOf = (date: string | undefined, now: number): string => {
  const time = Date.parse((date ?? '').slice(0, 10));
  if (Number.isNaN(time)) return '';
  const days = Math.floor((now - time) / 86_400_000);
  const [unit, length] = UNITS.find(([, least]) => Math.abs(days) >= least) ?? (['day', 1] as const);
  return new Intl.RelativeTimeFormat(vscode.env.language, { numeric: 'auto' }).format(-Math.trunc(days / length), unit);
};

/** The number as the file has it, and the title: "0014 Transactional outbox". */
export const recordLabel = ({ title, path, number, numberLabel }: WireRecord): string => {
  const written = /^\d+(?=\D)/.exec(path.split('/').at(-1) ?? '')?.[0];
  const shown = numberLabel ?? (written !== undefined && Number(written) === Number(number) ? written : number);
  return shown === undefined || title.startsWith(shown) ? title : `${shown} ${title}`;
};

/** A record in short: title, status, day and owners and, once it is known, what it decides. */
export const recordTooltip = (record: WireRecord, sentence = ''): vscode.MarkdownString => {
  const { path, status, statusText, date, owners = [], supersededBy } = record;
  const isReplaced = supersededBy.length > 0 && status !== 'superseded';
  const facts = [
    statusText ?? (status === undefined ? '' : statusName(status)),
    isReplaced ? statusName('superseded') : '',
    date ?? '',
    owners.join(' '),
  ];
  const quote = sentence.split('\n').map((line) => `> ${markdownText(line)}`);
  const parts = [
    `**${markdownText(recordLabel(record))}**`,
    facts
      .filter((part) => part !== '')
      .map(markdownText)
      .join(' · '),
    sentence === '' ? '' : quote.join('\n'),
    markdownText(path),
  ];
  return new vscode.MarkdownString(parts.filter((part) => part !== '').join('\n\n'));
};

const recordItem = (record: WireRecord, now: number): vscode.TreeItem => {
  const { uri, status, date, owners = [] } = record;
  const label = recordLabel(record);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  const age = ageOf(date, now);
  item.id = record.id + uri;
  item.description = [age, owners.join(' ')].filter((part) => part !== '').join(' · ');
  item.iconPath = new vscode.ThemeIcon(recordIcon(record.supersededBy.length > 0 ? 'superseded' : status));
  item.contextValue = 'record';
  // The tooltip comes when it is asked for: `resolveTreeItem` adds what the record decides.
  item.accessibilityInformation = {
    label: [label, status === undefined ? '' : statusName(status), age].filter((part) => part !== '').join(', '),
  };
  const argument: OpenDocumentArgument = { uri };
  item.command = { command: OPEN_DOCUMENT, title: vscode.l10n.t('Open'), arguments: [argument] };
  return item;
};

/** The row below a group that is too long to be shown. */
const restItem = (id: string, count: number): vscode.TreeItem => {
  const item = new vscode.TreeItem(vscode.l10n.t('{0} more: search for them', count));
  item.id = `${id}\0rest`;
  item.iconPath = new vscode.ThemeIcon('search');
  item.command = { command: 'lintel.search', title: vscode.l10n.t('Open'), arguments: [] };
  return item;
};

/** A row as the editor shows it. @param now milliseconds since 1970 */
export const decisionItem = (node: DecisionNode, now: number): vscode.TreeItem => {
  if (node.kind === 'record') return recordItem(node.record, now);
  if (node.kind === 'rest') return restItem(node.id, node.count);
  if (node.kind === 'repository') {
    const item = new vscode.TreeItem(node.of.name, vscode.TreeItemCollapsibleState.Expanded);
    item.description = String(node.of.decisions.length);
    item.contextValue = 'repository';
    return item;
  }
  const { of, by, repository } = node;
  const name = groupName(of, by);
  const isOver = by === 'status' && ['deprecated', 'rejected', 'superseded'].includes(of.key);
  const item = new vscode.TreeItem(name, isOver ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded);
  item.id = groupId(repository, by, of);
  const waits = by === 'status' && of.key === 'proposed';
  item.description = waits ? vscode.l10n.t('{0}, waiting for a decision', of.records.length) : String(of.records.length);
  item.contextValue = 'group';
  item.accessibilityInformation = { label: `${name}, ${item.description}` };
  return item;
};
