import { expect, it } from 'vitest';
import { TOOL, type ToolResult } from '../../protocol/agents.ts';
import { EngineError } from '../../server/model/errors.ts';
import { CURRENT, fakeEngine, hitWith } from '../support/engine.ts';
import { connect, SHOP } from './in-memory.ts';

const engine = fakeEngine({
  search: async ({ text }) => {
    if (text === 'broken') throw new EngineError('store-failed', 'The index is gone.');
    return { hits: [hitWith({ title: text })], index: CURRENT };
  },
});

it('a tool of agents is answered as MCP answers it, about the first repository or the one of a file', async () => {
  const client = await connect({ engine });
  for (const where of [{}, { folderUri: SHOP }, { folderUri: `${SHOP}/src/relay.ts` }]) {
    const { text, failed } = await client.request<ToolResult>(TOOL, { name: 'search', arguments: { query: 'ropes', k: 1 }, ...where });
    expect(failed).toBeUndefined();
    expect(JSON.parse(text)).toMatchObject({ hits: [{ title: 'ropes' }], ignored_arguments: ['k'], index: { behind: 0 } });
  }
});

it('what is wrong with a call of a tool, or with the repository, is an answer that says what to do', async () => {
  const client = await connect({ engine });
  expect(await client.request(TOOL, { name: 'search' })).toMatchObject({ failed: true, text: expect.stringContaining('"search" needs `query`') });
  expect(await client.request(TOOL, { name: 'search', arguments: { query: 'broken' } })).toEqual({ failed: true, text: 'The index is gone.' });
  const empty = await connect({ folders: [] });
  expect(await empty.request(TOOL, { name: 'search', arguments: { query: 'x' } })).toEqual({
    failed: true,
    text: 'No repository is open. Open its folder, then ask again.',
  });
});
