import { readFileDocument } from '../server/knowledge/read.ts';
import type { Document } from '../server/model/document.ts';
import { resolveSupersession } from '../server/register/successors.ts';
import { discoverDocuments, openWorkspace } from '../server/workspace/workspace.ts';

/** The records of a work tree as the product's own readers read them, without an index. */
export interface ReadRegister {
  /** By path. */
  readonly records: ReadonlyMap<string, Document>;
  /** Successors by record id, as the register resolves them. */
  readonly successors: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads every decision record of a work tree.
 * @param decisions patterns of records beyond those that are found unasked, as `decisions` of `lintel.yaml` takes them; default: none
 */
export async function readRegister(folder: string, decisions: readonly string[] = []): Promise<ReadRegister> {
  const opened = await openWorkspace(folder);
  const { config } = opened.loaded;
  const workspace = { ...opened, loaded: { ...opened.loaded, config: { ...config, decisions: [...config.decisions, ...decisions] } } };
  const { documents } = await discoverDocuments(workspace);
  const records: Document[] = [];
  for (const file of documents.filter(({ kind }) => kind === 'decision')) {
    const record = await readFileDocument(workspace.root, file, workspace.head, config.limits);
    if (record) records.push(record);
  }
  return { records: new Map(records.map((record) => [record.path ?? record.id, record])), successors: resolveSupersession(records) };
}
