import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { statusFields } from '../../extension/status-item.ts';
import type { Summary } from '../../extension/summary.ts';

const READY: Summary = {
  phase: 'ready',
  busy: false,
  git: true,
  counts: { decision: 3, specification: 1, guide: 0, commit: 40 },
  behind: 0,
  notices: [],
  models: ['static'],
};

describe('the status item', () => {
  it('counts what is indexed, offers to update the index, and is calm', () => {
    const { text, detail, busy, severity, command } = statusFields(READY);
    assert.equal(text, '$(law) Lintel: 3 decisions, 1 specification or guide, 40 commits');
    assert.equal(detail, '');
    assert.equal(busy, false);
    assert.equal(severity, vscode.LanguageStatusSeverity.Information);
    assert.equal(command.command, 'lintel.reindex');
  });

  it('shows the percentage while an index is built', () => {
    const { text, busy } = statusFields({ ...READY, phase: 'indexing', busy: true, percent: 42, counts: {} });
    assert.equal(text, '$(law) Lintel: Indexing… 42%');
    assert.equal(busy, true);
  });

  it('says how far the index is behind and what is limited', () => {
    const { detail, severity } = statusFields({ ...READY, behind: 2, notices: ['This is a shallow clone.'] });
    assert.equal(detail, 'The index is 2 changes behind the repository. This is a shallow clone.');
    assert.equal(severity, vscode.LanguageStatusSeverity.Warning);
  });

  it('offers to restart a server that is dead', () => {
    const { text, severity, command } = statusFields({ ...READY, phase: 'dead', counts: {} });
    assert.equal(text, '$(law) Lintel: Not running');
    assert.equal(severity, vscode.LanguageStatusSeverity.Error);
    assert.equal(command.command, 'lintel.restartServer');
  });

  it('says that a folder outside git has no history', () => {
    assert.match(statusFields({ ...READY, git: false }).detail, /Not a git repository/);
  });
});
