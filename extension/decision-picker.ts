import * as vscode from 'vscode';
import type { WireRecord } from '../protocol/authoring.ts';
import { statusName } from './names.ts';

type DecisionItem = vscode.QuickPickItem & { readonly record?: WireRecord };

const itemOf = (record: WireRecord): DecisionItem => ({
  label: `${record.numberLabel ?? record.number ?? ''} ${record.title}`.trim(),
  description: [record.status === undefined ? undefined : statusName(record.status), record.date]
    .filter((part) => part !== undefined)
    .join(' · '),
  detail: record.path,
  record,
});

const separator = (label: string): DecisionItem => ({ label, kind: vscode.QuickPickItemKind.Separator });

/** Newest numbers last, as people count; records without one by path. */
const byNumber = (a: WireRecord, b: WireRecord): number =>
  Number(a.number ?? Number.POSITIVE_INFINITY) - Number(b.number ?? Number.POSITIVE_INFINITY) || (a.path < b.path ? -1 : 1);

/** Lets the user pick a decision: first those that are related to the code, in the order of the Why view, then the others by number. */
export const pickDecision = async (
  decisions: readonly WireRecord[],
  title: string,
  related: readonly string[] = [],
): Promise<WireRecord | undefined> => {
  const first = related.flatMap((path) => decisions.filter((record) => record.path === path));
  const others = decisions.filter((record) => !first.includes(record)).sort(byNumber);
  const items =
    first.length === 0
      ? others.map(itemOf)
      : [
          separator(vscode.l10n.t('related to this code')),
          ...first.map(itemOf),
          separator(vscode.l10n.t('other decisions')),
          ...others.map(itemOf),
        ];
  const chosen = await vscode.window.showQuickPick(items, { title, matchOnDescription: true, matchOnDetail: true });
  return chosen?.record;
};

/** Whether a record is, or may come to be, in force; the others can be neither superseded nor govern code. */
export const isOpen = ({ status, supersededBy }: WireRecord): boolean =>
  status !== 'superseded' && status !== 'rejected' && supersededBy.length === 0;
