import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { CITING, eventually, fileUri, lintel, openAt, withFile } from './lintel.ts';

const hoverText = async (uri: vscode.Uri, position: vscode.Position): Promise<string> => {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
};

/** Only what comes from us: the built-in TypeScript support speaks about the same file. */
const ours = (text: string): boolean => CITING.title.test(text);

const lensTitles = async (uri: vscode.Uri): Promise<string[]> => {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 50);
  return lenses.flatMap(({ command }) => (command === undefined ? [] : [command.title]));
};

const linksTo = async (uri: vscode.Uri): Promise<string[]> => {
  const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', uri, 50);
  return links.flatMap(({ target }) => (target === undefined ? [] : [target.path]));
};

const BROKEN = `# Broken on purpose

## Status

Flabbergasted

## Context

See [a record that is not there](0999-not-there.md).
`;

describe('language features', () => {
  before(async () => {
    await lintel();
  });

  it('shows the record on hover over its citation, with its status', async () => {
    const { document, position } = await openAt(CITING.path, CITING.citation);
    const text = await eventually(() => hoverText(document.uri, position), ours);
    assert.match(text, /accepted/i);
  });

  it('counts the governing decisions in a code lens above the file', async () => {
    const { document } = await openAt(CITING.path, CITING.citation);
    await eventually(
      () => lensTitles(document.uri),
      (titles) => titles.some((title) => /decisions? governs?/.test(title)),
    );
  });

  it('makes the citation a link to the record', async () => {
    const { document } = await openAt(CITING.path, CITING.citation);
    await eventually(
      () => linksTo(document.uri),
      (targets) => targets.includes(fileUri(CITING.record).path),
    );
  });

  it('reports a status that no rule understands and a link that leads nowhere, at their places', async () => {
    await withFile('docs/decisions/0990-broken-on-purpose.md', BROKEN, async (uri) => {
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      const found = await eventually(
        () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Lintel'),
        (all) => all.length >= 2,
        20_000,
      );
      const texts = found.map(({ range }) => document.lineAt(range.start.line).text);
      assert.ok(texts.includes('Flabbergasted'), `no problem at the status: ${JSON.stringify(found)}`);
      assert.ok(
        texts.some((text) => text.includes('0999-not-there.md')),
        `no problem at the link: ${JSON.stringify(found)}`,
      );
    });
  });

  it('has a switch for hovers that works at once, in both directions', async () => {
    const { document, position } = await openAt(CITING.path, CITING.citation);
    const settings = vscode.workspace.getConfiguration('lintel');
    await eventually(() => hoverText(document.uri, position), ours);
    await settings.update('hover.enabled', false, vscode.ConfigurationTarget.Workspace);
    try {
      await eventually(
        () => hoverText(document.uri, position),
        (text) => !ours(text),
      );
    } finally {
      await settings.update('hover.enabled', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await eventually(() => hoverText(document.uri, position), ours);
  });
});
