import { describe, expect, it } from 'vitest';
import type { ClientCapabilities, CodeAction, Diagnostic, DocumentDiagnosticReport, Hover } from 'vscode-languageserver/node';
import { ALLOW_IDENTIFIER, type AuthoredResult, NEW_DECISION } from '../../protocol/authoring.ts';
import { ASK_REASON, CODE_ACTION_COMMANDS, KEEP_IDENTIFIER } from '../../protocol/index.ts';
import { DECOMPOSED_ID } from '../../server/identifiers/rules.ts';
import type { AllowIdentifierRequest, NewDecisionRequest } from '../../server/model/authoring.ts';
import type { Engine } from '../../server/model/engine.ts';
import { findingOf } from '../../server/model/finding.ts';
import { CURRENT, fakeEngine, hitWith, spanAt } from '../support/engine.ts';
import { FULL } from './client.ts';
import { connect, type InMemoryClient, SHOP } from './in-memory.ts';

const PATH = 'src/methods.ts';
const uri = `${SHOP}/${PATH}`;
const TEXT = "export const isCompany = (customerId: string) =>\n  customerId.startsWith('B2B-');\n";
const RECORD = { path: 'docs/adr/0017.md', span: spanAt(12, 0, 20), message: 'Opaque ids: Customer ids are opaque.' };
const FINDING = findingOf(DECOMPOSED_ID, { severity: 'error', message: 'It reads customerId.', span: spanAt(1, 2, 30), related: [RECORD] });
const WITH_EDITS: ClientCapabilities = {
  ...FULL,
  workspace: { ...FULL.workspace, workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
  textDocument: { ...FULL.textDocument, publishDiagnostics: { relatedInformation: true } },
};
const WITH_COMMANDS: ClientCapabilities = { ...WITH_EDITS, experimental: { commands: { commands: CODE_ACTION_COMMANDS } } };

const asked: AllowIdentifierRequest[] = [];
const engineWith = (own: Parameters<typeof fakeEngine>[0] = {}): Engine =>
  fakeEngine({
    findings: async (path) => (path === PATH ? { document: { id: path, path, kind: 'code' }, findings: [FINDING] } : undefined),
    allowIdentifier: async (request) => {
      asked.push(request);
      return {
        edits: [{ path: 'lintel.yaml', span: spanAt(0, 0, 0), text: 'identifiers:\n' }],
        path: 'lintel.yaml',
        selection: spanAt(0, 0, 4),
      };
    },
    ...own,
  });
const connected = async (capabilities: ClientCapabilities, engine = engineWith()): Promise<InMemoryClient> => {
  const client = await connect({ capabilities, engine });
  await client.open(PATH, TEXT);
  return client;
};
const diagnosticsOf = async (client: InMemoryClient): Promise<Diagnostic[]> => {
  const report = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri } });
  return report.kind === 'full' ? report.items : [];
};
const actionsOf = async (client: InMemoryClient): Promise<CodeAction[]> =>
  client.request('textDocument/codeAction', {
    textDocument: { uri },
    range: FINDING.span,
    context: { diagnostics: await diagnosticsOf(client) },
  });

it('a diagnostic about an identifier leads to the page of its rule and to the record that it breaks', async () => {
  const [diagnostic] = await diagnosticsOf(await connected(WITH_EDITS));
  expect(diagnostic).toMatchObject({
    code: 'SID002',
    severity: 1,
    source: 'Lintel',
    range: FINDING.span,
    relatedInformation: [{ location: { uri: `${SHOP}/docs/adr/0017.md`, range: RECORD.span }, message: RECORD.message }],
  });
  expect(diagnostic?.codeDescription?.href).toMatch(/\/docs\/identifiers\/SID002\.md$/);
});

describe('the quick fixes of a finding about an identifier', () => {
  it('ask for a reason, begin a record and ignore the line, in an editor that runs our commands', async () => {
    const actions = await actionsOf(await connected(WITH_COMMANDS));
    expect(actions.map(({ title }) => title)).toEqual([
      'Allow with a reason in lintel.yaml',
      'Keep this id: write down why',
      'Ignore SID002 here, for a reason',
    ]);
    expect(actions.map(({ command }) => command?.command)).toEqual([ASK_REASON, KEEP_IDENTIFIER, undefined]);
    expect(actions[0]?.command?.arguments).toEqual([{ uri, rule: 'SID002', position: FINDING.span.start }]);
    expect(actions[1]?.command?.arguments).toEqual([
      { uri, range: FINDING.span, title: 'Keep the format of customerId', because: 'It reads customerId.' },
    ]);
    for (const action of actions) expect(action).toMatchObject({ kind: 'quickfix', diagnostics: [{ code: 'SID002' }] });
  });

  it('write lintel.yaml, and create it, in an editor that does not', async () => {
    asked.length = 0;
    const actions = await actionsOf(await connected(WITH_EDITS));
    expect(actions.map(({ title }) => title)).toEqual(['Allow with a reason in lintel.yaml', 'Ignore SID002 here, for a reason']);
    expect(actions[0]?.edit?.documentChanges).toEqual([
      { kind: 'create', uri: `${SHOP}/lintel.yaml`, options: { ignoreIfExists: true } },
      { textDocument: { uri: `${SHOP}/lintel.yaml`, version: null }, edits: [{ range: spanAt(0, 0, 0), newText: 'identifiers:\n' }] },
    ]);
    expect(asked).toEqual([{ path: PATH, text: TEXT, rule: 'SID002', position: FINDING.span.start }]);
  });

  it('do not offer what the editor cannot do or the engine refuses', async () => {
    const simple = { ...FULL, textDocument: { ...FULL.textDocument } };
    expect((await actionsOf(await connected(simple))).map(({ title }) => title)).toEqual(['Ignore SID002 here, for a reason']);
    const refusing = engineWith({ allowIdentifier: async () => ({ refused: 'lintel.yaml is not valid.' }) });
    expect((await actionsOf(await connected(WITH_EDITS, refusing))).map(({ title }) => title)).toEqual([
      'Ignore SID002 here, for a reason',
    ]);
  });
});

describe('the request that allows an identifier', () => {
  it('answers with the edit, made from the texts of the editor', async () => {
    asked.length = 0;
    const client = await connected(WITH_COMMANDS);
    await client.open('lintel.yaml', 'guides: [a]\n');
    const params = { uri, rule: 'SID002', position: FINDING.span.start, reason: 'The partner prescribes it.', link: 'docs/partner.md' };
    expect(await client.request<AuthoredResult>(ALLOW_IDENTIFIER, params)).toEqual({
      edits: [{ uri: `${SHOP}/lintel.yaml`, create: true, range: spanAt(0, 0, 0), text: 'identifiers:\n' }],
      uri: `${SHOP}/lintel.yaml`,
      selection: spanAt(0, 0, 4),
    });
    const { uri: _, ...rest } = params;
    expect(asked).toEqual([{ path: PATH, text: TEXT, configuration: 'guides: [a]\n', ...rest }]);
  });

  it('needs a reason', async () => {
    const client = await connected(WITH_COMMANDS);
    const params = { uri, rule: 'SID002', position: FINDING.span.start, reason: ' ' };
    await expect(client.request(ALLOW_IDENTIFIER, params)).rejects.toThrow('lintel/allowIdentifier needs "reason".');
  });
});

it('a record that is begun from a finding has its sentence and its lines', async () => {
  const requests: NewDecisionRequest[] = [];
  const authoring = {
    newDecision: async (request: NewDecisionRequest) => {
      requests.push(request);
      return { refused: 'No.' };
    },
  };
  const client = await connected(WITH_COMMANDS, engineWith({ authoring }));
  await client.request(NEW_DECISION, { uri, title: 'Keep it', today: '2026-11-27', selection: FINDING.span, because: FINDING.message });
  expect(requests).toMatchObject([
    { title: 'Keep it', because: 'It reads customerId.', selection: { path: PATH, lines: { first: 1, last: 1 } } },
  ]);
});

describe('a hover on the name of an identifier', () => {
  const identifier = {
    name: 'customerId',
    span: spanAt(1, 2, 12),
    made: [],
    takenApart: [spanAt(1, 2, 30), spanAt(4, 0, 9)],
    stored: [spanAt(9, 0, 3)],
  };
  const hover = async (governing = 0, more: { readonly comment?: true } = {}): Promise<Hover | null> => {
    const engine = engineWith({
      inspect: async () => ({
        governing: Array.from({ length: governing }, () => hitWith()),
        probable: [],
        identifier,
        index: CURRENT,
        ...more,
      }),
    });
    return (await connected(WITH_EDITS, engine)).request('textDocument/hover', {
      textDocument: { uri },
      position: { line: 1, character: 4 },
    });
  };
  const textOf = (shown: Hover | null): string =>
    shown && typeof shown.contents === 'object' && 'value' in shown.contents ? shown.contents.value : '';

  it('tells the lines on which the file makes it, takes it apart and stores it, with links', async () => {
    const shown = await hover();
    expect(shown?.range).toEqual(identifier.span);
    expect(textOf(shown)).toBe(
      `**customerId in this file**\n\n- Taken apart on lines 2 and 5\n- Stored on line 10\n\n---\n\n[Taken apart: line 2](<${uri}#L2>) · [Stored: line 10](<${uri}#L10>)`,
    );
  });

  it('comes below the cards of decisions, and above the one line that names them', async () => {
    expect(textOf(await hover(1, { comment: true }))).toMatch(/^\*\*\[Use ropes\][\s\S]*---\n\n\*\*customerId in this file\*\*/);
    expect(textOf(await hover(1))).toMatch(/^\*\*customerId in this file\*\*[\s\S]*---\n\nGoverned by \[Use ropes\]/);
  });
});
