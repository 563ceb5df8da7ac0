import { describe, expect, it, test } from 'vitest';
import { LanguageStatusSeverity } from 'vscode';
import { behindText, countsText, statusFields, statusSentences } from '../../extension/status-item.ts';
import type { Phase, Summary } from '../../extension/summary.ts';

const summary = (own: Partial<Summary> = {}): Summary => ({
  phase: 'ready',
  busy: false,
  git: true,
  counts: { decision: 2, commit: 3 },
  behind: 0,
  notices: [],
  models: [],
  ...own,
});

describe('the counts of an index', () => {
  test.each([
    [{}, ''],
    [{ decision: 0, commit: 0 }, ''],
    [{ decision: 1 }, '1 decision'],
    [{ decision: 23, specification: 5, guide: 3, commit: 64 }, '23 decisions, 8 specifications and guides, 64 commits'],
    [{ guide: 1 }, '1 specification or guide'],
    [{ commit: 1 }, '1 commit'],
    [{ somethingNew: 7 }, ''],
  ])('%j are written as "%s"', (counts, expected) => {
    expect(countsText(counts)).toBe(expected);
  });
});

describe('how far the index is behind', () => {
  test.each([
    [0, ''],
    [1, 'The index is 1 change behind the repository.'],
    [12, 'The index is 12 changes behind the repository.'],
  ])('%i changes are said as "%s"', (behind, expected) => {
    expect(behindText(behind)).toBe(expected);
  });
});

describe('the text of the status item', () => {
  test.each<[Phase, Partial<Summary>, string]>([
    ['starting', {}, 'Starting…'],
    ['dead', {}, 'Not running'],
    ['noFolder', {}, 'No folder open'],
    ['failed', {}, 'Indexing failed'],
    ['noRecords', {}, 'Nothing to index'],
    ['indexing', { busy: true }, 'Indexing…'],
    ['indexing', { busy: true, percent: 0 }, 'Indexing… 0%'],
    ['ready', { busy: true, percent: 40 }, 'Indexing… 40%'],
    ['ready', {}, '2 decisions, 3 commits'],
  ])('in phase %s with %j names Lintel and says "%s"', (phase, own, expected) => {
    expect(statusFields(summary({ ...own, phase })).text).toBe(`$(law) Lintel: ${expected}`);
  });

  it('moves the counts into the details while an index that can be searched is updated', () => {
    expect(statusSentences(summary({ busy: true }))).toEqual(['2 decisions, 3 commits']);
    expect(statusSentences(summary())).toEqual([]);
    expect(statusSentences(summary({ busy: true, phase: 'indexing' }))).toEqual([]);
  });

  it('says in its details what is missing: changes, git, and every notice', () => {
    const { detail } = statusFields(summary({ behind: 2, git: false, notices: ['Shallow clone.'] }));
    expect(detail).toBe(
      'The index is 2 changes behind the repository. Not a git repository: commits and history are not available. Shallow clone.',
    );
  });
});

describe('the severity and the command of the status item', () => {
  test.each<[Phase, readonly string[], number]>([
    ['dead', [], LanguageStatusSeverity.Error],
    ['failed', ['Shallow clone.'], LanguageStatusSeverity.Error],
    ['ready', ['Shallow clone.'], LanguageStatusSeverity.Warning],
    ['noRecords', [], LanguageStatusSeverity.Information],
  ])('in phase %s with notices %j is %i', (phase, notices, expected) => {
    expect(statusFields(summary({ phase, notices })).severity).toBe(expected);
  });

  it('says what is not looked at, and is no warning because of it', () => {
    const { detail, severity } = statusFields(summary({ remarks: ['Identifiers in 1 file were not looked at.'] }));
    expect(detail).toContain('Identifiers in 1 file were not looked at.');
    expect(severity).toBe(LanguageStatusSeverity.Information);
  });

  it('restarts a server that is dead, and updates the index in every other phase', () => {
    const phases: readonly Phase[] = ['starting', 'dead', 'noFolder', 'indexing', 'failed', 'noRecords', 'ready'];
    const restarting = phases.filter((phase) => statusFields(summary({ phase })).command.command === 'lintel.restartServer');
    expect(restarting).toEqual(['dead']);
    expect(statusFields(summary()).command.command).toBe('lintel.reindex');
  });

  it('is busy while the server starts, although nothing is indexed yet', () => {
    expect(statusFields(summary({ phase: 'starting' })).busy).toBe(true);
    expect(statusFields(summary({ phase: 'noRecords' })).busy).toBe(false);
  });
});
