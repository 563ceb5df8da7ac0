import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LSPErrorCodes } from 'vscode-languageserver/node';
import { traitsOf, UNKNOWN_CLIENT } from '../../server/lsp/client.ts';
import { REQUESTS } from '../../server/lsp/requests/index.ts';
import { capabilitiesFor } from '../../server/lsp/server.ts';
import { EngineError } from '../../server/model/errors.ts';
import { fakeEngine } from '../support/engine.ts';
import { FULL, PLAIN } from './client.ts';
import { connect, SHOP } from './in-memory.ts';

const FOLDER = join(import.meta.dirname, '../../server/lsp/requests');

const isRequest = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'method' in value && 'capability' in value && 'register' in value;

describe('the files of lsp/requests', () => {
  it('each export at most one request, and every request is in the list', async () => {
    const exported: unknown[] = [];
    for (const name of globSync('**/*.ts', { cwd: FOLDER }).filter((file) => file !== 'index.ts')) {
      const own = Object.values((await import(join(FOLDER, name))) as object).filter(isRequest);
      expect(own.length, name).toBeLessThanOrEqual(1);
      exported.push(...own);
    }
    expect(exported.length).toBeGreaterThan(10);
    expect(new Set(REQUESTS)).toEqual(new Set(exported));
    expect(REQUESTS).toHaveLength(exported.length);
  });

  it('answer the requests of the documented protocol, each method once', () => {
    expect(REQUESTS.map(({ method }) => method).sort()).toEqual([
      'lintel/allowIdentifier',
      'lintel/ask',
      'lintel/change',
      'lintel/citation',
      'lintel/commit',
      'lintel/decisionGraph',
      'lintel/decisions',
      'lintel/defaultBranch',
      'lintel/feedback',
      'lintel/history',
      'lintel/index',
      'lintel/kindred',
      'lintel/linkCode',
      'lintel/mineDecisions',
      'lintel/newDecision',
      'lintel/record',
      'lintel/search',
      'lintel/selectTests',
      'lintel/supersede',
      'lintel/testCommands',
      'lintel/testResults',
      'lintel/tool',
      'lintel/why',
      'textDocument/codeAction',
      'textDocument/codeLens',
      'textDocument/diagnostic',
      'textDocument/documentLink',
      'textDocument/hover',
      'textDocument/references',
      'workspace/diagnostic',
    ]);
  });
});

const WITHOUT_PULL = {
  textDocumentSync: { openClose: true, change: 2, save: { includeText: false } },
  hoverProvider: true,
  codeLensProvider: { resolveProvider: false },
  documentLinkProvider: { resolveProvider: false },
  referencesProvider: true,
  codeActionProvider: { codeActionKinds: ['quickfix', 'source.fixAll.lintel'], resolveProvider: false },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};
const WITH_PULL = {
  ...WITHOUT_PULL,
  diagnosticProvider: { identifier: 'lintel', interFileDependencies: true, workspaceDiagnostics: true },
};

describe('the capabilities of the server', () => {
  const clientOf = (capabilities: typeof FULL) => traitsOf({ processId: null, rootUri: null, capabilities });

  it.each([
    ['an editor that can do everything', clientOf(FULL), WITH_PULL],
    ['an editor that only knows hovers', clientOf(PLAIN), WITHOUT_PULL],
    ['an editor that declares nothing', UNKNOWN_CLIENT, WITHOUT_PULL],
    ['an editor that pulls diagnostics and nothing else', clientOf({ textDocument: { diagnostic: {} } }), WITH_PULL],
  ])('for %s are exactly those of the last release', (_, client, expected) => {
    expect(capabilitiesFor(client)).toEqual(expected);
  });

  it('are what the client receives at initialize', async () => {
    expect((await connect({ capabilities: FULL })).initialized.capabilities).toEqual(WITH_PULL);
    expect((await connect()).initialized.capabilities).toEqual(WITHOUT_PULL);
  });
});

const uri = `${SHOP}/src/relay.ts`;
const failing = async (): Promise<never> => {
  throw new EngineError('index-busy', 'Another process is writing the index.');
};
const FAILING = fakeEngine({
  why: failing,
  inspect: failing,
  citations: failing,
  lineLinks: failing,
  findings: failing,
  allFindings: failing,
  search: failing,
  ask: failing,
  record: failing,
  document: failing,
  authoring: { list: failing },
});

describe('a failure of the engine', () => {
  it.each([
    ['textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 0 } }, null, 'Hover'],
    ['textDocument/codeLens', { textDocument: { uri } }, [], 'Code lens'],
    ['textDocument/documentLink', { textDocument: { uri } }, [], 'Document links'],
    ['textDocument/diagnostic', { textDocument: { uri } }, { kind: 'full', items: [] }, 'Diagnostics'],
    ['workspace/diagnostic', { previousResultIds: [] }, { items: [] }, 'Workspace diagnostics'],
    [
      'textDocument/codeAction',
      {
        textDocument: { uri },
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        context: { diagnostics: [], only: ['source.fixAll'] },
      },
      [],
      'Code actions',
    ],
  ])('during %s is logged, and the editor gets an empty answer instead of an error', async (method, params, nothing, name) => {
    const client = await connect({ engine: FAILING });
    await client.open('src/relay.ts', 'const relay = 1;\n');
    expect(await client.request(method, params)).toEqual(nothing);
    expect(client.logs).toContain(`${name} failed: Another process is writing the index.`);
  });

  it.each([
    ['lintel/search', { query: 'ropes' }],
    ['lintel/ask', { question: 'Why ropes?' }],
    ['lintel/why', { uri }],
    ['lintel/commit', { sha: 'a' }],
    ['lintel/decisions', { uri }],
  ])('during %s reaches the view that asked, with its sentence and its code', async (method, params) => {
    const client = await connect({ engine: FAILING });
    await expect(client.request(method, params)).rejects.toMatchObject({
      code: LSPErrorCodes.RequestFailed,
      message: 'Another process is writing the index.',
      data: { code: 'index-busy' },
    });
  });
});
