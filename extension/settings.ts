import * as vscode from 'vscode';
import type { CodeLensGranularity, Settings } from '../protocol/index.ts';

/** The only setting that just the client reads; the server requests the others through `workspace/configuration`. */
export const followsCursor = (): boolean => vscode.workspace.getConfiguration('lintel').get('why.followCursor', true);

/** Settings that the server starts with. An empty string means "not set", because a string setting in VS Code cannot be undefined. */
export const initialSettings = (): Settings => {
  const configuration = vscode.workspace.getConfiguration('lintel');
  const text = (key: string): string | undefined => configuration.get<string>(key)?.trim() || undefined;
  const folder = text('index.folder');
  const model = text('embedding.model');
  const enabled = (key: string) => ({ enabled: configuration.get(`${key}.enabled`, true) });
  return {
    ...(folder === undefined ? {} : { index: { folder } }),
    ...(model === undefined ? {} : { embedding: { model } }),
    hover: { ...enabled('hover'), probable: configuration.get('hover.probable', false) },
    codeLens: { ...enabled('codeLens'), granularity: configuration.get<CodeLensGranularity>('codeLens.granularity', 'topLevel') },
    diagnostics: { ...enabled('diagnostics'), code: enabled('diagnostics.code') },
    documentLinks: enabled('documentLinks'),
    tests: { codeLens: { enabled: configuration.get('tests.codeLens.enabled', false) } },
  };
};
