import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeEdits } from '../../server/engine/write-edits.ts';
import { temporaryFolder } from '../lsp/sample-repository.ts';
import { fakeEngine } from '../support/engine.ts';
import { runInMemory } from './in-memory.ts';

const INSTALL = ['mcp', 'install'];
/** An engine of a folder on disk, which writes as the real one does. */
const engineAt = (root: string) => fakeEngine({ root, authoring: { apply: (edits) => writeEdits(root, edits) } });

const written = (root: string, path = '.mcp.json'): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
const serverOf = (client: 'claude' | 'vscode' | 'cursor') => {
  const args = client === 'claude' ? ['mcp'] : ['mcp', '--repo', ['$', '{workspaceFolder}'].join('')];
  return { ...(client === 'vscode' ? { type: 'stdio' } : {}), command: 'lintel', args };
};

/** As on a machine where the command line is installed. */
const installed = async (args: readonly string[], root: string, ask = false) => {
  const bin = temporaryFolder();
  writeFileSync(join(bin, 'lintel'), '');
  const path = process.env.PATH;
  process.env.PATH = bin;
  try {
    return await runInMemory(args, engineAt(root), { ask: async () => ask });
  } finally {
    process.env.PATH = path;
  }
};

describe('lintel mcp', () => {
  it('serves the repository that --repo names, from the folder that it was started in', async () => {
    const { code, served, out } = await runInMemory(['mcp', '--repo', '../depot']);
    expect({ code, out, served }).toMatchObject({ code: 0, out: '', served: [{ repo: '../depot', folder: '/shop' }] });
  });

  it.each([
    [['mcp', 'instal'], 'There is no "lintel mcp instal". Did you mean "install"?'],
    [['mcp', '--yes'], '--client, --yes and --print are options of "lintel mcp install".'],
    [['mcp', 'install', '--client', 'cursr'], '--client: unknown client "cursr". Did you mean "cursor"? Use claude, vscode, cursor.'],
  ])('refuses %j', async (args, message) => {
    const { code, err, served } = await runInMemory(args);
    expect({ code, served }).toEqual({ code: 2, served: [] });
    expect(err).toContain(message);
  });
});

describe('lintel mcp install', () => {
  it('shows the file, and writes nothing where nobody says yes', async () => {
    const root = temporaryFolder();
    const { code, err } = await installed(INSTALL, root);
    expect(code).toBe(2);
    expect(err).toContain('.mcp.json:\n{\n  "mcpServers": {\n    "lintel": {');
    expect(err).toContain('nothing was written. Use --yes to write without being asked.');
    expect(() => written(root)).toThrow();
  });

  it.each([
    ['claude', '.mcp.json', 'mcpServers'],
    ['vscode', '.vscode/mcp.json', 'servers'],
    ['cursor', '.cursor/mcp.json', 'mcpServers'],
  ] as const)('writes the file of %s, and changes nothing the second time', async (client, path, key) => {
    const root = temporaryFolder();
    const args = [...INSTALL, '--client', client, '--yes'];
    expect((await installed(args, root)).code).toBe(0);
    expect(written(root, path)).toEqual({ [key]: { lintel: serverOf(client) } });
    const again = await installed(args, root);
    expect(again).toMatchObject({ code: 0, err: `lintel: ${path} has this server already.\n` });
  });

  it('keeps the other servers and all else in the file, and its indentation', async () => {
    const root = temporaryFolder();
    const before = { inputs: [{ id: 'key' }], mcpServers: { other: { command: 'other' }, lintel: { command: 'old' } }, more: null };
    writeFileSync(join(root, '.mcp.json'), `${JSON.stringify(before, undefined, '\t')}\n`);
    expect((await installed(INSTALL, root, true)).code).toBe(0);
    expect(written(root)).toEqual({ ...before, mcpServers: { other: { command: 'other' }, lintel: serverOf('claude') } });
    expect(readFileSync(join(root, '.mcp.json'), 'utf8')).toMatch(/\n\t"mcpServers": \{\n\t\t"other"/);
  });

  it.each([
    ['a comment', '{\n  // ours\n  "servers": {}\n}\n'],
    ['a list of servers', '{ "servers": [] }'],
    ['no object', '[]'],
  ])('leaves a file with %s as it is, and says what to add by hand', async (_what, text) => {
    const root = temporaryFolder();
    mkdirSync(join(root, '.vscode'));
    writeFileSync(join(root, '.vscode/mcp.json'), text);
    const { code, err } = await installed([...INSTALL, '--client', 'vscode', '--yes'], root);
    expect(code).toBe(2);
    expect(err).toContain('Add this by hand:\n{\n  "servers": {\n    "lintel": {\n      "type": "stdio",');
    expect(readFileSync(join(root, '.vscode/mcp.json'), 'utf8')).toBe(text);
  });

  it('prints the file with --print, as JSON with --json, and writes nothing', async () => {
    const root = temporaryFolder();
    const plain = await installed([...INSTALL, '--print'], root);
    expect(JSON.parse(plain.out)).toEqual({ mcpServers: { lintel: serverOf('claude') } });
    const { out } = await installed([...INSTALL, '--print', '--json'], root);
    expect(JSON.parse(out)).toEqual({ path: '.mcp.json', outcome: 'printed', text: plain.out });
    expect(() => written(root)).toThrow();
  });

  it('names the program that runs where "lintel" is not on the PATH, and says so', async () => {
    const root = temporaryFolder();
    const path = process.env.PATH;
    process.env.PATH = root;
    try {
      const { err } = await runInMemory([...INSTALL, '--yes'], engineAt(root));
      expect(err).toContain('"lintel" is not on your PATH');
      expect(written(root)).toEqual({ mcpServers: { lintel: { command: process.execPath, args: [process.argv[1], 'mcp'] } } });
    } finally {
      process.env.PATH = path;
    }
  });
});
