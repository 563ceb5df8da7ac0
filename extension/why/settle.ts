import * as vscode from 'vscode';
import type { FeedbackParams } from '../../protocol/authoring.ts';
import type { WhyView } from './view.ts';

type Verdict = FeedbackParams['verdict'];

/** Saves one verdict on decisions about a file, in one edit. */
type Save = (code: vscode.Uri, decisionUris: readonly string[], verdict: Verdict) => Promise<void>;

/**
 * Registers Accept and Reject on decisions that probably govern: the selected rows if the clicked one is among them, else that one. On the row above
 * them, they settle all.
 */
export const settleCommands = (why: WhyView, save: Save): vscode.Disposable => {
  const register = (command: string, verdict: Verdict): vscode.Disposable =>
    vscode.commands.registerCommand(command, async (clicked: unknown, selected?: readonly unknown[]) => {
      const rows = selected?.includes(clicked) ? selected : [clicked];
      const isAll = why.groups.some((group) => group.id === 'probable' && rows.includes(group));
      const decisions = why.probable.filter((hit) => isAll || rows.includes(hit)).flatMap(({ uri }) => uri ?? []);
      if (why.code !== undefined && decisions.length > 0) await save(why.code, decisions, verdict);
    });
  return vscode.Disposable.from(register('lintel.acceptProbable', 'governs'), register('lintel.rejectProbable', 'does-not-govern'));
};
