import { describe, expect, it } from 'vitest';
import { AGENT_INSTRUCTIONS, AGENT_TOOLS } from '../../server/model/agent-tools.ts';
import type { SearchQuery } from '../../server/model/answer.ts';
import { EngineError } from '../../server/model/errors.ts';
import { CURRENT, fakeEngine, hitWith, statusWith } from '../support/engine.ts';
import { connected, ERAS, raw, served, textOf } from './in-memory.ts';

describe.each(ERAS)('a client of the protocol of %s', (_era, options) => {
  it('gets every tool in their order, each with a schema of its answer and as one that only reads', async () => {
    const client = await connected({}, options);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(AGENT_TOOLS.map(({ name }) => name));
    for (const { outputSchema, annotations } of tools) {
      expect(outputSchema).toMatchObject({ type: 'object', required: ['index'] });
      expect(annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
    }
    expect(client.getInstructions()).toBe(AGENT_INSTRUCTIONS);
  });

  it('gets the same JSON as text and as structured content', async () => {
    const engine = fakeEngine({ search: async () => ({ hits: [hitWith({ status: 'accepted' })], index: CURRENT }) });
    const client = await connected({ engine }, options);
    const result = await client.callTool({ name: 'search', arguments: { query: 'ropes' } });
    expect(JSON.parse(textOf(result))).toEqual(result.structuredContent);
    expect(result.structuredContent).toEqual({
      hits: [
        {
          id: 'docs/adr/0001-use-ropes.md',
          kind: 'decision',
          title: 'Use ropes',
          status: 'accepted',
          sha: '0123456789ab',
          line: 9,
          text: 'We use ropes.',
          why: ['because of cited'],
        },
      ],
      index: { sha: 'aaaaaaaaaaaa', behind: 0 },
    });
  });

  it('reads records as resources, and finds the template for them', async () => {
    const document = { ...hitWith(), sections: [], links: [], findings: [], format: 'markdown' } as const;
    const stored = { ...document, status: { value: 'accepted', text: 'Accepted', span: document.span } } as const;
    const engine = fakeEngine({
      documents: async (kinds) => (kinds?.includes('decision') ? [stored] : []),
      document: async (id) =>
        id === stored.id
          ? { ...stored, sections: [{ heading: 'A', level: 1, headingPath: ['A'], text: 'We use ropes.', span: stored.span }] }
          : undefined,
    });
    const client = await connected({ engine }, options);
    const { resources } = await client.listResources();
    expect(resources).toMatchObject([{ uri: 'lintel://record/docs/adr/0001-use-ropes.md', description: 'decision, accepted' }]);
    expect((await client.listResourceTemplates()).resourceTemplates).toMatchObject([{ uriTemplate: 'lintel://record/{+id}' }]);
    const { contents } = await client.readResource({ uri: resources[0]?.uri ?? '' });
    expect(contents).toEqual([{ uri: resources[0]?.uri, mimeType: 'text/markdown', text: 'We use ropes.' }]);
    await expect(client.readResource({ uri: 'lintel://record/docs/nothing.md' })).rejects.toThrow(
      'Nothing is recorded under "docs/nothing.md"',
    );
    await expect(client.readResource({ uri: 'file:///etc/passwd' })).rejects.toThrow();
  });

  it('is told of arguments that the tool does not have, and nothing is filtered by them', async () => {
    const queries: SearchQuery[] = [];
    const engine = fakeEngine({
      search: async (query) => {
        queries.push(query);
        return { hits: [], index: CURRENT };
      },
    });
    const client = await connected({ engine }, options);
    const result = await client.callTool({ name: 'search', arguments: { query: 'ropes', status: 'accepted', k: 3 } });
    expect(result.structuredContent).toEqual({ hits: [], ignored_arguments: ['status', 'k'], index: { sha: 'aaaaaaaaaaaa', behind: 0 } });
    expect(queries).toEqual([{ text: 'ropes', limit: 8, filter: {} }]);
  });

  it('reads in an error of the tool what is wrong with a call', async () => {
    const client = await connected({}, options);
    for (const [name, args, message] of [
      [
        'search',
        { text: 'ropes' },
        '"search" needs `query`. It has no `text`. Its arguments: query, kinds, path, limit, at, budget, expand.',
      ],
      ['serach', {}, 'There is no tool "serach". Did you mean "search"?'],
      ['why', { path: 'a.ts', line: 0 }, '`line` of "why" has to be 1 or more, and not 0.'],
      ['search', { query: 'x', kinds: ['decisions'] }, '`kinds`: there is no "decisions". Did you mean "decision"?'],
      ['search', { query: 'x', expand: 'more' }, '`expand` of "search" has to be one that `more` of an earlier answer names'],
    ] as const) {
      const result = await client.callTool({ name, arguments: args });
      expect(result.isError).toBe(true);
      expect(textOf(result)).toContain(message);
    }
  });

  it('is told of a failure of the engine in its own words, and the server goes on', async () => {
    const engine = fakeEngine({
      search: async () => {
        throw new EngineError('store-failed', 'The index is gone. Run "lintel index".');
      },
      why: async () => {
        throw new Error('not meant for people');
      },
    });
    const client = await connected({ engine }, options);
    expect(textOf(await client.callTool({ name: 'search', arguments: { query: 'x' } }))).toBe('The index is gone. Run "lintel index".');
    expect(textOf(await client.callTool({ name: 'why', arguments: { path: 'x' } }))).toBe('Lintel failed: not meant for people');
    expect(client.served.logged.join('\n')).toContain('not meant for people');
    expect((await client.listTools()).tools).toHaveLength(AGENT_TOOLS.length);
  });
});

describe('the repository of a server', () => {
  const outside = fakeEngine({ status: async () => statusWith({ git: false }) });

  it.each([
    ['an argument', { repo: '/named', environment: { LINTEL_REPO: '/other' } }, '/named'],
    ['the environment', { repo: '', environment: { LINTEL_REPO: '/other' } }, '/other'],
    ['the current folder', { repo: '' }, '/current'],
    [
      'the current folder where the environment holds a variable that nobody replaced',
      { repo: '', environment: { LINTEL_REPO: ['$', '{workspaceFolder}'].join('') } },
      '/current',
    ],
  ])('comes from %s', async (_by, options, folder) => {
    const client = await connected(options);
    await client.callTool({ name: 'search', arguments: { query: 'x' } });
    expect(client.served.opened.map((one) => one.folder)).toEqual([folder]);
  });

  it('has to be one of git where nobody named it, because hosts start servers wherever they please', async () => {
    const client = await connected({ repo: '', engine: outside });
    const result = await client.callTool({ name: 'search', arguments: { query: 'x' } });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toBe(
      '/current is not in a git repository, and nothing names another one. Start the server with "lintel mcp --repo PATH", or set LINTEL_REPO to the path of the repository.',
    );
  });

  it('may be a plain folder where somebody named it', async () => {
    const client = await connected({ repo: '/notes', engine: outside });
    expect((await client.callTool({ name: 'search', arguments: { query: 'x' } })).isError).toBeUndefined();
  });

  it('is opened again for the next question where it could not be opened', async () => {
    let times = 0;
    const client = await connected({
      openEngine: async () => {
        times += 1;
        if (times < 3) throw new EngineError('not-a-folder', 'There is no folder /shop.');
        return fakeEngine();
      },
    });
    expect(textOf(await client.callTool({ name: 'search', arguments: { query: 'x' } }))).toBe('There is no folder /shop.');
    expect((await client.callTool({ name: 'search', arguments: { query: 'x' } })).isError).toBeUndefined();
  });

  it('is opened with the model that the editor names', async () => {
    const client = await connected({ environment: { LINTEL_MODEL: 'owner/model' } });
    await client.callTool({ name: 'search', arguments: { query: 'x' } });
    expect(client.served.opened).toMatchObject([{ folder: '/shop', model: 'owner/model' }]);
  });
});

describe('a server', () => {
  it('ends by itself when its input ends, and puts the engine away', async () => {
    let disposed = false;
    const engine = fakeEngine({
      dispose: async () => {
        disposed = true;
      },
    });
    const { input, ended } = served({ engine });
    input.end();
    await ended;
    expect(disposed).toBe(true);
  });

  it('ends when nobody reads what it says any more', async () => {
    const { output, ended } = served();
    output.destroy();
    await ended;
  });

  it('sends nothing but messages, and no requests of its own: no roots, sampling or logging', async () => {
    const client = raw();
    const { result } = await client.begin();
    expect(result?.capabilities).toEqual({ tools: { listChanged: false }, resources: { listChanged: false } });
    await client.request('tools/call', { name: 'search', arguments: { query: 'x' } });
    expect(client.received.filter(({ method }) => method !== undefined)).toEqual([]);
  });
});
