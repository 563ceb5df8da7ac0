import * as vscode from 'vscode';
import type { Server } from './server.ts';

/** Sets a context key for `when` clauses. The editor takes it without an answer worth waiting for. */
export const setContext = (key: string, value: unknown): void => {
  void vscode.commands.executeCommand('setContext', key, value);
};

/** Things a person has done once; they complete the steps of the walkthrough and are kept across sessions. */
export type Milestone = 'lintel.indexed' | 'lintel.searched' | 'lintel.askedWhy';
const MILESTONES: readonly Milestone[] = ['lintel.indexed', 'lintel.searched', 'lintel.askedWhy'];

export interface Milestones {
  /** Marks a milestone as reached, for good. */
  reached(milestone: Milestone): void;
  /**
   * Opens the walkthrough with what was reached ticked off. The editor ticks a step only when its key turns true after the walkthrough was
   * loaded, which may be at its first opening; so the keys turn false before and true after it.
   */
  openWalkthrough(): Promise<void>;
}

export const createMilestones = (memory: vscode.Memento): Milestones => {
  const known = MILESTONES.filter((key) => memory.get(key) === true);
  const set = (value: boolean) => Promise.all(known.map((key) => vscode.commands.executeCommand('setContext', key, value)));
  void set(true);
  return {
    reached: (milestone) => {
      if (known.includes(milestone)) return;
      known.push(milestone);
      setContext(milestone, true);
      void memory.update(milestone, true);
    },
    openWalkthrough: async () => {
      await set(false);
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', 'lintel.lintel#lintel.start', false);
      await set(true);
    },
  };
};

/** Mirrors the state of server and index into the keys `lintel.server`, `lintel.phase`, `lintel.busy` and `lintel.git`. */
export const mirrorState = (server: Server, { reached }: Milestones): vscode.Disposable => {
  const mirror = (): void => {
    const { phase, busy, git } = server.summary;
    setContext('lintel.server', server.state);
    setContext('lintel.phase', phase);
    setContext('lintel.busy', busy);
    setContext('lintel.git', git);
    if (phase === 'ready' && !busy) reached('lintel.indexed');
  };
  mirror();
  return vscode.Disposable.from(server.onDidChange(mirror), vscode.workspace.onDidChangeWorkspaceFolders(mirror));
};
