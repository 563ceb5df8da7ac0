import * as vscode from 'vscode';
import type { Server } from './server.ts';

/** Sets a context key for `when` clauses. The editor takes it without an answer worth waiting for. */
export const setContext = (key: string, value: unknown): void => {
  void vscode.commands.executeCommand('setContext', key, value);
};

/** Things a person has done once; they complete the steps of the walkthrough and are kept across sessions. */
export type Milestone = 'lintel.indexed' | 'lintel.searched' | 'lintel.askedWhy';
const MILESTONES: readonly Milestone[] = ['lintel.indexed', 'lintel.searched', 'lintel.askedWhy'];

/** Restores the milestones; the returned function marks one as reached. */
export const milestones = (memory: vscode.Memento): ((reached: Milestone) => void) => {
  for (const key of MILESTONES) if (memory.get(key) === true) setContext(key, true);
  return (reached) => {
    if (memory.get(reached) === true) return;
    setContext(reached, true);
    void memory.update(reached, true);
  };
};

/** Mirrors the state of server and index into the keys `lintel.server`, `lintel.phase`, `lintel.busy` and `lintel.git`. */
export const mirrorState = (server: Server, reached: (milestone: Milestone) => void): vscode.Disposable => {
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
