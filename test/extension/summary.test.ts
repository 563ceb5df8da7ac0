import { describe, expect, it } from 'vitest';
import { summarise } from '../../extension/summary.ts';
import type { WireStatus } from '../../protocol/index.ts';

const repository = (own: Partial<WireStatus>): WireStatus => ({
  root: '/shop',
  state: 'ready',
  index: { sha: 'a'.repeat(40), behind: 0 },
  counts: { decision: 2, commit: 10 },
  model: 'static',
  notices: [],
  git: true,
  ...own,
});

describe('the summary of all repositories', () => {
  it('is starting until the server has said something', () => {
    expect(summarise('running', undefined, 1).phase).toBe('starting');
    expect(summarise('starting', { repositories: [] }, 1).phase).toBe('starting');
  });

  it('waits for a folder where none is open', () => {
    expect(summarise('running', { repositories: [] }, 0).phase).toBe('noFolder');
  });

  it('is dead whatever was said before', () => {
    expect(summarise('dead', { repositories: [repository({})] }, 1).phase).toBe('dead');
    expect(summarise('dead', undefined, 0).phase).toBe('dead');
  });

  it('is indexing only while there is nothing to search', () => {
    const first = summarise('running', { repositories: [repository({ state: 'indexing', percent: 40, counts: {} })] }, 1);
    expect(first).toMatchObject({ phase: 'indexing', busy: true, percent: 40 });
    const again = summarise('running', { repositories: [repository({ state: 'indexing', percent: 40 })] }, 1);
    expect(again).toMatchObject({ phase: 'ready', busy: true, percent: 40 });
  });

  it('is not busy while the server that was indexing is gone', () => {
    const { busy, percent } = summarise('starting', { repositories: [repository({ state: 'indexing', percent: 40 })] }, 1);
    expect(busy).toBe(false);
    expect(percent).toBeUndefined();
  });

  it('takes the mean of the percentages that are known, rounded down', () => {
    const repositories = [
      repository({ root: '/a', state: 'indexing', percent: 99 }),
      repository({ root: '/b', state: 'indexing', percent: 10 }),
      repository({ root: '/c', state: 'indexing' }),
      repository({ root: '/d' }),
    ];
    expect(summarise('running', { repositories }, 4).percent).toBe(54);
  });

  it('has failed only where no repository can answer', () => {
    const failed = repository({ root: '/b', state: 'failed', counts: {} });
    expect(summarise('running', { repositories: [failed] }, 1).phase).toBe('failed');
    expect(summarise('running', { repositories: [failed, repository({})] }, 2).phase).toBe('ready');
  });

  it('says that there are no records where a ready index holds nothing', () => {
    expect(summarise('running', { repositories: [repository({ counts: { decision: 0, commit: 0 } })] }, 1).phase).toBe('noRecords');
  });

  it('adds counts and changes, and says each notice and model once', () => {
    const repositories = [
      repository({ root: '/a', notices: ['Shallow.', 'Read-only.'], index: { sha: '', behind: 2 } }),
      repository({ root: '/b', notices: ['Shallow.'], counts: { decision: 3, guide: 1 }, index: { sha: '', behind: 1 } }),
    ];
    expect(summarise('running', { repositories }, 2)).toMatchObject({
      counts: { decision: 5, commit: 10, guide: 1 },
      behind: 3,
      notices: ['Shallow.', 'Read-only.'],
      models: ['static'],
    });
  });

  it('is outside git only where every repository is', () => {
    const outside = repository({ root: '/b', git: false });
    expect(summarise('running', { repositories: [outside] }, 1).git).toBe(false);
    expect(summarise('running', { repositories: [outside, repository({})] }, 2).git).toBe(true);
    expect(summarise('running', undefined, 1).git).toBe(true);
  });
});
