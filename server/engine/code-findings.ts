import { isChecked } from '../code/roles.ts';
import { codeFindings } from '../decisions/findings/code.ts';
import type { PathHistory } from '../decisions/findings/code-rule.ts';
import type { FileFindings } from '../model/answer.ts';
import type { Finding } from '../model/finding.ts';
import { readCitations } from '../register/citations/citations.ts';
import type { Register } from '../register/register.ts';
import { withoutBom } from '../text/byte-order-mark.ts';
import type { WorkspaceFiles } from '../workspace/files.ts';
import type { View } from './view.ts';

/** In bytes: larger files are data. */
const LONGEST_CODE = 1_000_000;

interface CachedFindings {
  readonly stamp: string;
  readonly findings: readonly Finding[];
}

/** What was found, as long as neither the records nor the file changed. */
const looked = new WeakMap<Register, Map<string, CachedFindings>>();

const codeFile = (path: string): FileFindings['document'] => ({ id: path, path, kind: 'code' });

/** Findings of the citations of one file, as it is on disk or as the editor has it; `undefined` where it is no source or cannot be read. */
export async function findingsOfCode(
  files: WorkspaceFiles,
  { register }: View,
  past: PathHistory,
  path: string,
  text: string | undefined,
): Promise<FileFindings | undefined> {
  if (!isChecked(path)) return undefined;
  const whole = text ?? (await files.read(path, LONGEST_CODE));
  return whole === undefined ? undefined : { document: codeFile(path), findings: codeFindings(register, path, withoutBom(whole), past) };
}

/**
 * Findings of the citations of all source files. Of each file only the lines that may hold a citation are at hand; it is read where one of them does,
 * and once for each state of file and records.
 */
export async function findingsOfAllCode(files: WorkspaceFiles, view: View, past: PathHistory): Promise<FileFindings[]> {
  const { register, code } = view;
  const known = looked.get(register) ?? new Map<string, CachedFindings>();
  looked.set(register, known);
  const found: FileFindings[] = [];
  for (const [path, lines] of code.citingLines()) {
    if (!isChecked(path)) continue;
    const { size, mtimeMs } = code.stamps.get(path) ?? { size: 0, mtimeMs: 0 };
    const stamp = `${size} ${mtimeMs}`;
    let state = known.get(path);
    if (state?.stamp !== stamp) {
      const context = { from: path, home: register.home, renamed: past.renamed };
      const cites = readCitations(lines.map((line) => line.text).join('\n'), register.catalogue, context).length > 0;
      const findings = cites ? ((await findingsOfCode(files, view, past, path, undefined))?.findings ?? []) : [];
      state = { stamp, findings };
      known.set(path, state);
    }
    if (state.findings.length > 0) found.push({ document: codeFile(path), findings: state.findings });
  }
  return found;
}
