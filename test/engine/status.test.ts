import { describe, expect, it } from 'vitest';
import { type StatusParts, statusOf } from '../../server/engine/updating/status.ts';
import type { IndexStatus } from '../../server/model/answer.ts';
import type { FileState, IndexState } from '../../server/store/state.ts';
import { memoryWorkspace } from '../support/workspace.ts';

const file = (kind: FileState['kind']): FileState => ({ size: 1, mtimeMs: 1, hash: 'h', kind, format: 'markdown' });

const STATE: IndexState = {
  schema: 1,
  fingerprint: 'static',
  head: 'abc',
  files: { 'docs/adr/1.md': file('decision'), 'docs/adr/2.md': file('decision'), 'api.yaml': file('specification') },
  commitsIndexed: 7,
  finishedAt: '2026-01-05T10:00:00Z',
  notices: ['The clone is shallow.'],
};

const parts = (more: Partial<StatusParts> = {}): StatusParts => ({
  workspace: memoryWorkspace({}),
  indexFolder: '/cache/shop',
  model: 'static',
  state: STATE,
  position: { sha: 'abc', behind: 0 },
  passages: 12,
  isRunning: false,
  failure: undefined,
  rebuilt: undefined,
  broken: undefined,
  remarks: [],
  ...more,
});

describe('the status of an index', () => {
  it.each<[string, Partial<StatusParts>, IndexStatus['state']]>([
    ['after a complete run', {}, 'ready'],
    ['before the first run', { state: undefined }, 'absent'],
    ['while the first run is under way in another process', { state: { ...STATE, finishedAt: '' } }, 'absent'],
    ['while it is indexed', { isRunning: true }, 'indexing'],
    ['while it is indexed again after a failure', { isRunning: true, failure: 'The disk is full.' }, 'indexing'],
    ['after a run that failed', { failure: 'The disk is full.' }, 'failed'],
    ['where it cannot be read', { state: undefined, broken: 'its table is missing' }, 'failed'],
  ])('%s is right', (_, more, expected) => {
    expect(statusOf(parts(more)).state).toBe(expected);
  });

  it('counts documents by kind, commits by what was indexed, and names kinds of which there are none', () => {
    expect(statusOf(parts()).counts).toEqual({ decision: 2, specification: 1, guide: 0, commit: 7, test: 0 });
    expect(statusOf(parts({ state: undefined })).counts).toEqual({ decision: 0, specification: 0, guide: 0, commit: 0, test: 0 });
  });

  it('says once each what is limited, why it was rebuilt, what failed and why it cannot be used', () => {
    const workspace = memoryWorkspace({}, { notices: ['Git is not installed.', 'The clone is shallow.'] });
    const { notices } = statusOf(
      parts({ workspace, rebuilt: 'you asked for it', failure: 'The disk is full.', broken: 'its table is missing' }),
    );
    expect(notices).toEqual([
      'Git is not installed.',
      'The clone is shallow.',
      'The index was rebuilt because you asked for it.',
      'The disk is full.',
      'The index cannot be used because its table is missing. The next update rebuilds it.',
    ]);
  });

  it('says whether the root is a git repository', () => {
    expect(statusOf(parts()).git).toBe(false);
    expect(statusOf(parts({ workspace: { root: '/r', notices: [], repository: {} as never } })).git).toBe(true);
  });
});
