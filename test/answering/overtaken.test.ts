import { describe, expect, it } from 'vitest';
import { type Decided, overtakenOf } from '../../server/answering/overtaken.ts';
import type { DocumentHead } from '../../server/model/document.ts';

const record = (title: string, sentence: string, own: Partial<DocumentHead> = {}): Decided => ({
  head: { id: title, kind: 'decision', sha: '', title, format: 'markdown', links: [], findings: [], ...own },
  sentence,
});

describe('records that a later one reversed without a link', () => {
  const chart = record('Helm chart', 'A Helm chart deploys the runtime.', { date: '2022-02-14' });

  it('are those of the same subject, where the later record takes back', () => {
    const removal = record('Delete the Helm chart', 'The Helm chart will be removed.', { date: '2023-05-17' });
    expect([...overtakenOf([chart, removal])]).toEqual(['Helm chart']);
    expect([...overtakenOf([removal, chart])]).toEqual(['Helm chart']);
  });

  it('are not those whose later record is about something else, or only adds', () => {
    expect(overtakenOf([chart, record('Delete the old docs', 'The docs are removed.', { date: '2023-05-17' })]).size).toBe(0);
    expect(overtakenOf([chart, record('Helm chart for tests', 'A Helm chart is added.', { date: '2023-05-17' })]).size).toBe(0);
  });

  it('are told by number where dates are missing or equal, and by nothing where there is neither', () => {
    const old = record('Run data migrations', 'Migrations run on deployment.', { number: '19' });
    const next = record('Run data migrations manually', 'We drop the gem.', { number: '30' });
    expect([...overtakenOf([next, old])]).toEqual([old.head.id]);
    const { number: _, ...unnumbered } = next.head;
    expect(overtakenOf([old, { ...next, head: unnumbered }]).size).toBe(0);
  });
});
