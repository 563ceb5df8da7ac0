import type { FileFindings, Hit } from '../../model/answer.ts';
import type { ChangedDecision } from '../../model/change.ts';
import type { Engine } from '../../model/engine.ts';
import type { Severity } from '../../model/finding.ts';
import { comparePositions } from '../../text/positions.ts';
import { clip } from './clip.ts';
import { agentFinding, agentHit } from './items.ts';
import { type WrittenPath, writtenPath } from './place.ts';
import type { AgentToolAnswer, Answered } from './tool.ts';

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2, hint: 3 };
const MOST_PLACES = 5;

/** The worst first, each severity by path and position. Hints say that nothing is wrong, so they are left out. */
const worstFirst = (found: readonly FileFindings[]): readonly object[] =>
  found
    .flatMap(({ document, findings }) => findings.map((finding) => ({ path: document.path ?? document.id, finding })))
    .filter(({ finding }) => finding.severity !== 'hint')
    .sort(
      (a, b) =>
        ORDER[a.finding.severity] - ORDER[b.finding.severity] ||
        (a.path < b.path ? -1 : a.path > b.path ? 1 : comparePositions(a.finding.span.start, b.finding.span.start)) ||
        (a.finding.rule < b.finding.rule ? -1 : 1),
    )
    .map(({ path, finding }) => agentFinding(path, finding));

const levelOf = ({ level }: Hit): object => (level === 'probably' ? { level: 'probably governs' } : { level: 'governs' });

const changedDecision = ({ hit, places }: ChangedDecision): object => ({
  ...agentHit(hit),
  ...levelOf(hit),
  places: places.slice(0, MOST_PLACES).map(({ path, lines }) => (lines ? `${path}:${lines.first + 1}-${lines.last + 1}` : path)),
  ...(places.length > MOST_PLACES ? { more_places: places.length - MOST_PLACES } : {}),
});

/** The findings in some files and folders, changed or not. */
async function inPaths(engine: Engine, paths: readonly WrittenPath[], signal: AbortSignal | undefined): Promise<Answered> {
  const folders = paths.filter(({ is }) => is === 'folder').map(({ path }) => path);
  const inFolder = ({ document: { path = '' } }: FileFindings): boolean =>
    folders.some((folder) => folder === '' || path.startsWith(`${folder}/`));
  const files = paths.filter(({ is, path }) => is === 'file' && !folders.some((folder) => folder === '' || path.startsWith(`${folder}/`)));
  const found = folders.length === 0 ? [] : (await engine.allFindings(signal, true)).filter(inFolder);
  const notices: string[] = [];
  for (const { path } of files) {
    const findings = await engine.findings(path, undefined, signal);
    if (findings) found.push(findings);
    else notices.push(`${clip(path, 200)} is neither a document nor code that is checked.`);
  }
  for (const { path, is } of paths) if (is === 'absent') notices.push(`There is no ${clip(path, 200)}.`);
  const { position } = await engine.status({ load: false, measure: false });
  return { parts: [{ name: 'findings', content: worstFirst(found) }], notices, index: position };
}

/** What is wrong in a change, and which decisions it touches; or what is wrong in some files. */
export const answerCheck: AgentToolAnswer = async (engine, args, signal) => {
  const paths = args.list('paths') ?? [];
  const base = args.text('base');
  if (paths.length > 0) {
    const written = await Promise.all(paths.map((path) => writtenPath(engine.root, path)));
    const { notices = [], ...answer } = await inPaths(engine, written, signal);
    return { ...answer, notices: [...(base === undefined ? [] : ['With `paths`, `base` is not looked at.']), ...notices] };
  }
  const { decisions, findings, files, notices, index } = await engine.change(base === undefined ? {} : { base }, signal);
  return {
    before: { changed_files: files },
    parts: [
      { name: 'findings', content: worstFirst(findings) },
      { name: 'decisions', content: decisions.map(changedDecision) },
    ],
    notices,
    index,
  };
};
