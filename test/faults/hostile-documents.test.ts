// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Diagnostic, DocumentDiagnosticReport, Hover, Range } from 'vscode-languageserver/node';
import { type LspClient, start } from '../lsp/client.ts';
import { type TemporaryFolder, temporaryFolder, testFolder } from '../support/folder.ts';
import { git, writeFiles } from '../support/git.ts';

/** Milliseconds in which an answer comes, whatever the document is: 6 s of the parser at most, on a machine that does ten other things. */
const BOUND = 60_000;
const MADE = 'export function ruleIdOf(kind: string, key: string) {\n  return `${kind}-${key}`;\n}\n';
const COMPOSED = '`${kind}-${key}`';

/** Documents that are hard to read: path, language, text, and what is marked in it (nothing where the text is not read, or holds nothing). */
const HOSTILE: readonly (readonly [what: string, path: string, language: string, text: string, marked: readonly string[]])[] = [
  ['types that never end', 'src/types.java', 'java', 'a<'.repeat(9_000), []],
  ['types that never end, beside code', 'src/types.ts', 'typescript', `${MADE}${'A<B,A<B,'.repeat(2_000)}\n`, []],
  ['brackets in brackets', 'src/deep.ts', 'typescript', `${MADE}const deep = ${'[\n'.repeat(3_000)}${']\n'.repeat(3_000)};\n`, [COMPOSED]],
  ['calls in calls', 'src/calls.py', 'python', `x = ${'f('.repeat(5_000)}${')'.repeat(5_000)}\n`, []],
  ['50,000 lines', 'src/long.ts', 'typescript', `${'const a = 1;\n'.repeat(25_000)}${MADE}${'const b = 2;\n'.repeat(25_000)}`, [COMPOSED]],
  ['a minified line of a megabyte', 'src/line.js', 'javascript', `${'a.ruleId=b+"-"+c;'.repeat(62_000)}\n`, []],
  ['no text at all', 'src/zero.ts', 'typescript', '\0'.repeat(5_000), []],
  ['halves of surrogate pairs', 'src/halves.ts', 'typescript', `// ${'\uD83D'.repeat(500)}\n${MADE}`, [COMPOSED]],
];

let folder: TemporaryFolder;
let root = '';
beforeAll(() => {
  folder = temporaryFolder('lintel-hostile-documents');
  root = folder.path;
  writeFiles(root, { 'src/a.ts': 'export const a = 1;\n' });
  git(root, ['init', '-q']);
  git(root, ['add', '-A']);
  git(root, ['commit', '-q', '-m', 'Begin']);
});
afterAll(() => folder.remove());

const uriOf = (path: string): string => `${pathToFileURL(root).href}/${path}`;
// Findings about code need no index: nothing waits for it.
const started = async (): Promise<LspClient> => {
  const client = await start({ folders: [pathToFileURL(root).href], cache: testFolder('lintel-cache') });
  onTestFinished(() => client.stop());
  return client;
};
const problems = async ({ connection }: LspClient, path: string): Promise<readonly Diagnostic[]> => {
  const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri: uriOf(path) } });
  return report.kind === 'full' ? report.items.filter(({ code }) => String(code).startsWith('SID')) : [];
};
const hover = ({ connection }: LspClient, path: string, line: number, character: number): Promise<Hover | null> =>
  connection.sendRequest('textDocument/hover', { textDocument: { uri: uriOf(path) }, position: { line, character } });
/** What a range marks, counted as an editor does: UTF-16 units in a line, whatever ends it. */
const marked = (text: string, { start, end }: Range): string =>
  start.line === end.line ? (text.split(/\r\n|\n/)[start.line] ?? '').slice(start.character, end.character) : 'several lines';

describe('the language server over standard input and output', () => {
  it('answers about every hostile document in bounded time, and about the next one', { timeout: 20 * BOUND }, async () => {
    const client = await started();
    for (const [what, path, language, text, expected] of HOSTILE) {
      const begin = performance.now();
      client.open(uriOf(path), text, language);
      const found = await problems(client, path);
      await hover(client, path, 0, 4);
      expect(performance.now() - begin, what).toBeLessThan(BOUND);
      if (expected.length > 0)
        expect(
          found.map(({ range }) => marked(text, range)),
          what,
        ).toEqual(expected);
      client.open(uriOf(`src/after-${path.slice(4)}.ts`), MADE);
      expect(await problems(client, `src/after-${path.slice(4)}.ts`), what).toHaveLength(1);
    }
    expect(client.child.exitCode).toBeNull();
    expect(client.errors.join('')).toBe('');
  });

  it('goes on while a document becomes hostile and good again', { timeout: 20 * BOUND }, async () => {
    const client = await started();
    client.open(uriOf('src/edited.ts'), MADE);
    const before = await problems(client, 'src/edited.ts');
    expect(before).toHaveLength(1);
    for (const [round, unit] of ['A<B,A<B,', '((((((((', '`${`${`$', '/*/*/*/*', '{[({[({['].entries()) {
      const begin = performance.now();
      client.edit(uriOf('src/edited.ts'), 2 * round + 2, MADE + unit.repeat(2_000));
      await Promise.all([problems(client, 'src/edited.ts'), hover(client, 'src/edited.ts', 1, 12)]);
      expect(performance.now() - begin, unit).toBeLessThan(BOUND);
      client.edit(uriOf('src/edited.ts'), 2 * round + 3, MADE);
      expect(await problems(client, 'src/edited.ts'), unit).toEqual(before);
    }
  });

  it('keeps its findings while what follows is being written', { timeout: 10 * BOUND }, async () => {
    const client = await started();
    client.open(uriOf('src/typed.ts'), MADE);
    const before = (await problems(client, 'src/typed.ts')).map(({ code, range }) => ({ code, range }));
    expect(before).toHaveLength(1);
    const typed = 'export const open = (a: { b: string[] }) => `${a.b[0]}';
    for (let length = 1; length <= typed.length; length += 3) {
      client.edit(uriOf('src/typed.ts'), length + 1, `${MADE}\n${typed.slice(0, length)}`);
      const now = (await problems(client, 'src/typed.ts')).map(({ code, range }) => ({ code, range }));
      expect(now, typed.slice(0, length)).toEqual(before);
    }
  });

  it('counts columns in UTF-16 units, behind surrogate pairs, a byte order mark and carriage returns', { timeout: 5 * BOUND }, async () => {
    const client = await started();
    const line = 'const 名 = "😀😀"; const [kind, key] = ruleId.split(":"); use(kind, key);';
    const text = `\uFEFF// 😀\r\nexport function f(ruleId: string) {\r\n  ${line}\r\n}\r\n`;
    client.open(uriOf('src/columns.ts'), text);
    const found = await problems(client, 'src/columns.ts');
    expect(found.map(({ code, range }) => [code, marked(text, range)])).toEqual([['SID002', 'ruleId.split(":")']]);
    const shown = await hover(client, 'src/columns.ts', 2, 2 + line.indexOf('ruleId') + 1);
    expect(shown === null || shown.range === undefined || marked(text, shown.range)).toSatisfy(
      (of: unknown) => of === true || String(of).includes('ruleId'),
    );
  });
});
