import * as vscode from 'vscode';
import type { Server } from './server.ts';

/** Sets a context key for `when` clauses, without waiting: the command returns nothing useful. */
export const setContext = (key: string, value: unknown): void => {
  void vscode.commands.executeCommand('setContext', key, value);
};

/** Things the user did at least once. They complete walkthrough steps and persist across sessions. */
export type Milestone = 'lintel.indexed' | 'lintel.opened' | 'lintel.searched' | 'lintel.askedWhy';
const MILESTONES: readonly Milestone[] = ['lintel.indexed', 'lintel.opened', 'lintel.searched', 'lintel.askedWhy'];

export interface Milestones {
  /** Marks a milestone as reached, permanently. */
  reached(milestone: Milestone): void;
  has(milestone: Milestone): boolean;
  /**
   * Opens the walkthrough with the reached steps checked. VS Code checks a step only when its context key becomes true after the walkthrough was
   * loaded, so the keys are cleared before it opens and set again afterwards.
   */
  openWalkthrough(): Promise<void>;
}

export const createMilestones = (memory: vscode.Memento): Milestones => {
  const reachedKeys = MILESTONES.filter((key) => memory.get(key) === true);
  const set = (value: boolean) => Promise.all(reachedKeys.map((key) => vscode.commands.executeCommand('setContext', key, value)));
  void set(true);
  return {
    reached: (milestone) => {
      if (reachedKeys.includes(milestone)) return;
      reachedKeys.push(milestone);
      setContext(milestone, true);
      void memory.update(milestone, true);
    },
    has: (milestone) => reachedKeys.includes(milestone),
    openWalkthrough: async () => {
      await set(false);
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', 'lintel.lintel#lintel.start', false);
      await set(true);
    },
  };
};

/** Keeps the context keys `lintel.server`, `lintel.phase`, `lintel.busy` and `lintel.git` in sync with the server. */
export const syncContextKeys = (server: Server, { reached }: Milestones): vscode.Disposable => {
  const sync = (): void => {
    const { phase, busy, git } = server.summary;
    setContext('lintel.server', server.state);
    setContext('lintel.phase', phase);
    setContext('lintel.busy', busy);
    setContext('lintel.git', git);
    if (phase === 'ready' && !busy) reached('lintel.indexed');
  };
  sync();
  return vscode.Disposable.from(server.onDidChange(sync), vscode.workspace.onDidChangeWorkspaceFolders(sync));
};
