import * as vscode from 'vscode';
import type { CodeLensGranularity, Settings } from '../protocol/index.ts';

/** Settings under `lintel.` that the client itself reads; the server asks for the rest through `workspace/configuration`. */
export const followsCursor = (): boolean => vscode.workspace.getConfiguration('lintel').get('why.followCursor', true);

/** The server's settings at its start. An empty text means "not set": the editor has no other way to say so for a text setting. */
export const initialSettings = (): Settings => {
  const configuration = vscode.workspace.getConfiguration('lintel');
  const text = (key: string): string | undefined => configuration.get<string>(key)?.trim() || undefined;
  const folder = text('index.folder');
  const model = text('embedding.model');
  const enabled = (key: string) => ({ enabled: configuration.get(`${key}.enabled`, true) });
  return {
    ...(folder === undefined ? {} : { index: { folder } }),
    ...(model === undefined ? {} : { embedding: { model } }),
    hover: enabled('hover'),
    codeLens: { ...enabled('codeLens'), granularity: configuration.get<CodeLensGranularity>('codeLens.granularity', 'topLevel') },
    diagnostics: { ...enabled('diagnostics'), code: enabled('diagnostics.code') },
    documentLinks: enabled('documentLinks'),
  };
};
