import { SourceFile } from '../../code/source-file.ts';
import { afterIgnores, atLevels } from '../../decisions/index.ts';
import { IDENTIFIER_RULES } from '../../identifiers/index.ts';
import { levelsOf } from '../../knowledge/discovery/rule-settings.ts';
import type { AllowedFinding, FileFindings, IdentifierReport, IdentifierRequest } from '../../model/answer.ts';
import type { Finding } from '../../model/finding.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { type Identifiers, judgeFile, unreadIn } from './identifiers.ts';
import { changeSince, type FoundIn, introduced } from './since.ts';
import { mostBytesOf, unreadNotices } from './unread.ts';

const RULE_IDS: ReadonlySet<string> = new Set(IDENTIFIER_RULES.map(({ id }) => id));

const isIn = (path: string, paths: readonly string[]): boolean =>
  paths.length === 0 || paths.some((one) => path === one || path.startsWith(`${one}/`));

/** Without what comments ignore. What is wrong with the comments themselves belongs to another report. */
const kept = ({ path, text }: SourceFile, findings: readonly Finding[]): readonly Finding[] =>
  afterIgnores(path, text, findings, false).filter(({ rule }) => RULE_IDS.has(rule));

/** Findings about identifiers as the files on disk have them. */
export async function identifierReport(
  workspace: Workspace,
  identifiers: Identifiers,
  { paths = [], since }: IdentifierRequest,
  signal?: AbortSignal,
): Promise<IdentifierReport> {
  const { files, loaded } = workspace;
  const change = since === undefined ? undefined : await changeSince(workspace, since, signal);
  const { knowledge, scan } = await identifiers.onDisk(signal);
  // For whoever reviews a change, what the change adds is new, though it is committed.
  const judging = change ? { ...knowledge, existed: (path: string) => change.before(path) !== undefined } : knowledge;
  const { results, files: looked } = await scan((path) => isIn(path, paths) && (change?.touches(path) ?? true));
  const judge = async (source: SourceFile): Promise<readonly Finding[]> => kept(source, (await judgeFile(source, judging)).findings);
  const found: FoundIn[] = [];
  const allowed: AllowedFinding[] = [];
  for (const [path, result] of results) {
    signal?.throwIfAborted();
    allowed.push(...result.allowed.map((one) => ({ path, ...one })));
    if (result.findings.length === 0) continue;
    const [text] = await files.readMany([path], mostBytesOf(path));
    const source = new SourceFile(path, text ?? '');
    found.push({ source, findings: change ? await judge(source) : kept(source, result.findings) });
  }
  const shown = change
    ? await introduced(workspace, change, found, judge, signal)
    : new Map(found.map(({ source, findings }) => [source.path, findings]));
  const levelOf = levelsOf(loaded.config);
  const list = [...shown]
    .map(([path, findings]): FileFindings => atLevels({ document: { id: path, path, kind: 'code' }, findings }, levelOf))
    .filter(({ findings }) => findings.length > 0)
    .sort((a, b) => (a.document.id < b.document.id ? -1 : 1));
  return {
    files: list,
    allowed: change ? [] : allowed,
    looked,
    notices: [...(change?.notices ?? []), ...unreadNotices(unreadIn(results))],
  };
}
