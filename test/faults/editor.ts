import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import type { CodeLens, Diagnostic, DocumentDiagnosticReport, Hover, MarkupContent } from 'vscode-languageserver/node';
import { INDEX, WHY, type WhyResult } from '../../protocol/index.ts';
import { type LspClient, startReady } from '../lsp/client.ts';
import { testFolder } from '../support/folder.ts';
import { positionOf } from '../support/text.ts';

/** An editor over a repository, and what it shows at places of files there. */
export interface Editor {
  readonly client: LspClient;
  /** Opens a file with the text that it has on disk, or another one. */
  readonly open: (path: string, text?: string) => void;
  /** Text of the hover at the first character of these words; empty where there is none. */
  readonly hover: (path: string, words: string) => Promise<string>;
  readonly why: (path: string, line: number) => Promise<WhyResult>;
  readonly lenses: (path: string) => Promise<readonly CodeLens[]>;
  readonly problems: (path: string) => Promise<readonly Diagnostic[]>;
  /** Tells of files that were written or deleted (type 3), and waits until the index knows. */
  readonly changed: (paths: readonly string[], type?: 2 | 3) => Promise<void>;
  readonly index: () => Promise<void>;
}

/** Starts the language server over stdio; it ends with the running test. */
export const openEditor = async (root: string): Promise<Editor> => {
  const client = await startReady({ folders: [pathToFileURL(root).href], cache: testFolder('lintel-cache') });
  onTestFinished(() => client.stop());
  const texts = new Map<string, string>();
  const uriOf = (path: string): string => pathToFileURL(join(root, path)).href;
  const textOf = (path: string): string => texts.get(path) ?? readFileSync(join(root, path), 'utf8');
  const ask = <T>(method: string, params: unknown): Promise<T> => client.connection.sendRequest<T>(method, params);
  const index = async (): Promise<void> => {
    await ask(INDEX, {});
  };
  return {
    client,
    open: (path, text = textOf(path)) => {
      texts.set(path, text);
      client.open(uriOf(path), text);
    },
    hover: async (path, words) => {
      const position = positionOf(textOf(path), words, path);
      const hover = await ask<Hover | null>('textDocument/hover', { textDocument: { uri: uriOf(path) }, position });
      return ((hover?.contents as MarkupContent | undefined)?.value ?? '').replace(/\\(?=[!-/:-@[-`{-~])/g, '');
    },
    why: (path, line) => ask(WHY, { uri: uriOf(path), line }),
    lenses: (path) => ask('textDocument/codeLens', { textDocument: { uri: uriOf(path) } }),
    problems: async (path) => {
      const report = await ask<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri: uriOf(path) } });
      return report.kind === 'full' ? report.items : [];
    },
    changed: async (paths, type = 2) => {
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: paths.map((path) => ({ uri: uriOf(path), type })),
      });
      await index();
    },
    index,
  };
};
