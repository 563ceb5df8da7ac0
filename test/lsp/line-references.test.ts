import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodeAction, Diagnostic, DocumentDiagnosticReport, DocumentLink } from 'vscode-languageserver/node';
import { FULL, type LspClient, startReady } from './client.ts';
import { emptyRepository, type SampleRepository, temporaryFolder } from './sample-repository.ts';

const RECORD = 'docs/adr/0001-open-boxes.md';
const TEXT =
  '# 1. Open boxes\n\n## Status\n\nAccepted\n\n## Decision\n\nBoxes are opened at `src/box.ts:1-3`, and closed at `src/box.ts:5`.\n';
const CODE = 'export function openBox(id: string) {\n  return id;\n}\n\nexport const closeBox = (id: string) => id.length;\n';

describe('references to lines in the editor', () => {
  let repository: SampleRepository;
  let client: LspClient;
  let uri: string;

  beforeAll(async () => {
    repository = emptyRepository();
    repository.write(RECORD, TEXT);
    repository.write('src/box.ts', CODE);
    repository.commit('Begin');
    repository.write('src/box.ts', `// Boxes.\n\n${CODE}`);
    repository.commit('Say what it is');
    client = await startReady({ folders: [repository.uri('')], cache: temporaryFolder(), capabilities: FULL });
    uri = repository.uri(RECORD);
    client.open(uri, TEXT);
  });
  afterAll(async () => {
    await client?.stop();
    repository?.remove();
  });

  it('are diagnostics with a quick fix that writes where the lines are now', async () => {
    const report = await client.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri },
      identifier: 'lintel',
    });
    const shown: Diagnostic[] = report.kind === 'full' ? report.items : [];
    expect(shown.map(({ code, range }) => [code, range.start])).toEqual([
      ['line-reference-moved', { line: 8, character: 21 }],
      ['line-reference-moved', { line: 8, character: 53 }],
    ]);
    const [first] = shown;
    const actions = first
      ? await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
          textDocument: { uri },
          range: first.range,
          context: { diagnostics: [first] },
        })
      : [];
    expect(actions.map(({ title }) => title)).toEqual(expect.arrayContaining(['Cite the symbol: src/box.ts#openBox', 'Cite lines 3 to 5']));
  });

  it('are links to the place where the lines are now', async () => {
    const links = await client.connection.sendRequest<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri } });
    expect(links.map(({ target, tooltip }) => [target, tooltip])).toEqual([
      [`${repository.uri('src/box.ts')}#L3-L5`, 'src/box.ts:3, where the cited lines are now'],
      [`${repository.uri('src/box.ts')}#L7`, 'src/box.ts:7, where the cited lines are now'],
    ]);
  });
});
