import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, figures, isActive, lintel, manifest } from './lintel.ts';

describe('activation', () => {
  it('happens by itself in a folder that holds decision records', async () => {
    await eventually(isActive, (active) => active, 20_000);
  });

  it('leaves the starting of the server for later and reports its own time', async () => {
    const { activationMilliseconds } = await lintel();
    figures.activationMilliseconds = Math.round(activationMilliseconds * 10) / 10;
    console.log(`activation took ${figures.activationMilliseconds} ms`);
    assert.ok(activationMilliseconds > 0);
  });

  it('registers every command of the manifest', async () => {
    await lintel();
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest().contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });

  it('registers the commands that code lenses run', async () => {
    await lintel();
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.ok(registered.has('lintel.openDocument'));
    assert.ok(registered.has('lintel.showWhy'));
  });
});
