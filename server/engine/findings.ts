import { join } from 'node:path';
import type { PathHistory } from '../decisions/findings/code-rule.ts';
import { withRecordFixes } from '../decisions/findings/record-fixes.ts';
import type { Records, RecordText } from '../decisions/findings/record-rule.ts';
import { recordFindings } from '../decisions/findings/records.ts';
import { registerFindings } from '../decisions/findings/register-findings.ts';
import { logOfFile } from '../git/index.ts';
import { loadConfig } from '../knowledge/discovery/config.ts';
import { discover } from '../knowledge/discovery/discovery.ts';
import { LINKS_FILE } from '../knowledge/links/links.ts';
import { splitPassages } from '../knowledge/passages.ts';
import { readDocument, readFileDocument } from '../knowledge/read.ts';
import type { FileFindings } from '../model/answer.ts';
import type { Document, DocumentHead } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import { catalogueOf } from '../register/catalogue.ts';
import { formerNumbersOf } from '../register/former-numbers.ts';
import type { Register } from '../register/register.ts';
import { resolveSupersession } from '../register/successors.ts';
import { readBounded } from '../workspace/read.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { findingsOfAllCode, findingsOfCode } from './code-findings.ts';
import { findingsOfLinks } from './links.ts';
import type { View } from './view.ts';

const CONFIGURATION = /^(?:lintel\.ya?ml|\.log4brains\.yml)$/;
const LONGEST_RECORD = 1_000_000;

/** A file as positions in it are counted: without the byte order mark. */
const readText = async (root: string, path: string): Promise<string | undefined> =>
  (await readBounded(join(root, path), LONGEST_RECORD))?.replace(/^\uFEFF/, '');

const configuration = (path: string): FileFindings['document'] => ({ id: path, path, kind: 'guide' });

const pasts = new WeakMap<Register, PathHistory>();

/** What git tells of the records; worked out once for each state of the register. */
function pastOf({ repository }: Workspace, { register, history }: View): PathHistory {
  const known = pasts.get(register);
  if (known) return known;
  const asked = new Map<string, Promise<boolean>>();
  const past: PathHistory = {
    renamed: (path) => history.renamed(path),
    formerNumbers: formerNumbersOf(register.catalogue, (path) => history.history.formerPaths(path)),
    ...(repository
      ? {
          existed: (path) => {
            const answer =
              asked.get(path) ??
              logOfFile(repository, path, { limit: 1 }).then(
                (commits) => commits.length > 0,
                () => false,
              );
            asked.set(path, answer);
            return answer;
          },
        }
      : {}),
  };
  pasts.set(register, past);
  return past;
}

/** All records for the rules, one of them perhaps as the editor has it. */
function recordsOf(
  workspace: Workspace,
  view: View,
  exists: (path: string) => boolean,
  edited?: { document: Document; text: string },
): Records {
  const { knowledge, register } = view;
  const held = knowledge.documents().map(({ head }) => head);
  const heads: DocumentHead[] = edited ? [...held.filter(({ id }) => id !== edited.document.id), edited.document] : held;
  const now = edited ? { ...register, catalogue: catalogueOf(heads), successors: resolveSupersession(heads) } : register;
  const texts: readonly RecordText[] = edited ? splitPassages(edited.document) : [];
  return {
    heads,
    textsOf: (id) => (id === edited?.document.id ? texts : (knowledge.get(id)?.passages ?? [])),
    register: now,
    past: pastOf(workspace, view),
    exists,
    read: (path) => (path === edited?.document.path ? Promise.resolve(edited.text) : readText(workspace.root, path)),
  };
}

const byPath = (a: FileFindings, b: FileFindings): number => (a.document.id < b.document.id ? -1 : a.document.id > b.document.id ? 1 : 0);

/** Findings of the configuration and of every indexed document and source file that has any, by path. */
export async function findingsOfAll(
  workspace: Workspace,
  view: View | undefined,
  exists: (path: string) => boolean,
): Promise<FileFindings[]> {
  const { loaded, root } = workspace;
  const configured = [...new Set(loaded.findings.map((finding) => finding.path))].map((path) => ({
    document: configuration(path),
    findings: loaded.findings.filter((finding) => finding.path === path),
  }));
  if (!view) return configured;
  const documents = await findingsOfDocuments(recordsOf(workspace, view, exists));
  const code = await findingsOfAllCode(root, view, pastOf(workspace, view));
  const links = findingsOfLinks(view.register);
  return [...configured, ...documents, ...code, ...(links ? [links] : [])].sort(byPath);
}

async function findingsOfDocuments(records: Records): Promise<FileFindings[]> {
  const cross = registerFindings(records.heads, records.exists);
  const together = await recordFindings(records);
  const found: FileFindings[] = [];
  for (const head of records.heads) {
    const findings: Finding[] = [...head.findings, ...(cross.get(head.id) ?? []), ...(together.get(head.id) ?? [])];
    if (findings.length > 0) found.push({ document: head, findings: await withRecordFixes(findings, head, records) });
  }
  return found;
}

/**
 * Findings of one file, as it is on disk or as the editor has it; `undefined` where it is neither a document nor configuration of Lintel nor a source
 * file whose citations are looked at.
 */
export async function findingsOfFile(
  workspace: Workspace,
  view: View | undefined,
  exists: (path: string) => boolean,
  path: string,
  text: string | undefined,
): Promise<FileFindings | undefined> {
  const { root, loaded, head } = workspace;
  if (CONFIGURATION.test(path)) {
    const read = (name: string): Promise<string | undefined> =>
      name === path && text !== undefined ? Promise.resolve(text) : readBounded(join(root, name));
    const { findings } = await loadConfig(root, read);
    return { document: configuration(path), findings: findings.filter((finding) => finding.path === path) };
  }
  if (path === LINKS_FILE) return findingsOfLinks(view?.register, text) ?? { document: configuration(path), findings: [] };
  const readPeek = async (name: string): Promise<string> => text ?? (await readBounded(join(root, name), 4_096)) ?? '';
  const [found] = (await discover({ root, files: [path], config: loaded.config, readPeek })).documents;
  if (!found) return view ? findingsOfCode(root, view, pastOf(workspace, view), path, text) : undefined;
  const document =
    text === undefined ? await readFileDocument(root, found, head, loaded.config.limits) : readDocument({ ...found, text, sha: head });
  if (!document) return undefined;
  if (!view) return { document, findings: [...document.findings, ...(registerFindings([document], exists).get(document.id) ?? [])] };
  const whole = text ?? (await readText(root, path)) ?? '';
  const records = recordsOf(workspace, view, exists, { document, text: whole });
  const cross = registerFindings(records.heads, exists).get(document.id) ?? [];
  const together = document.kind === 'decision' ? ((await recordFindings(records, document.id)).get(document.id) ?? []) : [];
  return { document, findings: await withRecordFixes([...document.findings, ...cross, ...together], document, records, whole) };
}
