import { describe, expect, it } from 'vitest';
import { DECISION_GRAPH, type DecisionGraphResult, RECORD, type RecordResult } from '../../protocol/decisions.ts';
import type { RecordSummary } from '../../server/model/authoring.ts';
import { fakeEngine, hitWith } from '../support/engine.ts';
import { connect, SHOP } from './in-memory.ts';

const record = (number: string, more: Partial<RecordSummary> = {}): RecordSummary => ({
  id: `${number}.md`,
  path: `docs/adr/${number}.md`,
  title: `Decision ${number}`,
  number,
  supersededBy: [],
  ...more,
});

describe('lintel/decisionGraph', () => {
  it('has every record with the address of its file, and what the records say of each other', async () => {
    const edges = [{ from: '0002.md', to: '0001.md', kind: 'supersedes', partial: true }] as const;
    const nodes = [record('0001', { supersededBy: ['0002.md'], owners: ['@platform'] }), record('0002')];
    const client = await connect({ engine: fakeEngine({ authoring: { graph: async () => ({ nodes, edges }) } }) });
    const answer = await client.request<DecisionGraphResult>(DECISION_GRAPH, { uri: SHOP });
    expect(answer.edges).toEqual(edges);
    expect(answer.nodes).toEqual(nodes.map((node) => ({ ...node, uri: `${SHOP}/${node.path}` })));
  });

  it('is empty where there are no records', async () => {
    const client = await connect({ engine: fakeEngine({ authoring: { graph: async () => ({ nodes: [], edges: [] }) } }) });
    expect(await client.request(DECISION_GRAPH, { uri: SHOP })).toEqual({ nodes: [], edges: [] });
  });
});

describe('lintel/record', () => {
  it('has the sentence that decides, without the marks of Markdown, and nothing for an unknown id', async () => {
    const hit = hitWith({ id: '0001.md', path: 'docs/adr/0001.md', snippet: 'We use **ropes**.', evidence: [] });
    const client = await connect({ engine: fakeEngine({ record: async (id) => (id === '0001.md' ? hit : undefined) }) });
    const answer = await client.request<RecordResult>(RECORD, { uri: SHOP, id: '0001.md' });
    expect(answer.record).toMatchObject({ snippet: 'We use ropes.', uri: `${SHOP}/docs/adr/0001.md` });
    expect(await client.request(RECORD, { uri: SHOP, id: 'other.md' })).toEqual({});
  });
});
