import * as vscode from 'vscode';

/** The kind of a document, as people read it. */
export const kindName = (kind: string): string =>
  ({
    decision: vscode.l10n.t('Decision'),
    specification: vscode.l10n.t('Specification'),
    guide: vscode.l10n.t('Guide'),
    commit: vscode.l10n.t('Commit'),
    test: vscode.l10n.t('Test'),
  })[kind] ?? kind;

/** A status, as people read it. */
export const statusName = (status: string): string =>
  ({
    accepted: vscode.l10n.t('Accepted'),
    proposed: vscode.l10n.t('Proposed'),
    superseded: vscode.l10n.t('Superseded'),
    deprecated: vscode.l10n.t('Deprecated'),
    rejected: vscode.l10n.t('Rejected'),
    unknown: vscode.l10n.t('Unknown status'),
  })[status] ?? status;
