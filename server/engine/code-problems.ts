import { join } from 'node:path';
import { isChecked } from '../code/roles.ts';
import { codeFindings } from '../decisions/findings/code.ts';
import type { PathHistory } from '../decisions/findings/code-rule.ts';
import type { DocumentProblems } from '../model/answer.ts';
import type { Problem } from '../model/document.ts';
import { readCitations } from '../register/citations/citations.ts';
import type { Register } from '../register/register.ts';
import { readBounded } from '../workspace/read.ts';
import type { View } from './view.ts';

/** Larger files are data. In UTF-16 units. */
const LONGEST_CODE = 1_000_000;

interface CachedFindings {
  readonly stamp: string;
  readonly problems: readonly Problem[];
}

/** What was found, as long as neither the records nor the file changed. */
const looked = new WeakMap<Register, Map<string, CachedFindings>>();

const codeFile = (path: string): DocumentProblems['document'] => ({ id: path, path, kind: 'code' });

/** Problems of the citations of one file, as it is on disk or as the editor has it; `undefined` where it is no source or cannot be read. */
export async function problemsOfCode(
  root: string,
  { register }: View,
  past: PathHistory,
  path: string,
  text: string | undefined,
): Promise<DocumentProblems | undefined> {
  if (!isChecked(path)) return undefined;
  const whole = (text ?? (await readBounded(join(root, path), LONGEST_CODE)))?.replace(/^\uFEFF/, '');
  return whole === undefined ? undefined : { document: codeFile(path), problems: codeFindings(register, path, whole, past) };
}

/**
 * Problems of the citations of all source files. Of each file only the lines that may hold a citation are at hand; it is read where one of them does,
 * and once for each state of file and records.
 */
export async function problemsOfAllCode(root: string, view: View, past: PathHistory): Promise<DocumentProblems[]> {
  const { register, code } = view;
  const known = looked.get(register) ?? new Map<string, CachedFindings>();
  looked.set(register, known);
  const found: DocumentProblems[] = [];
  for (const [path, lines] of code.citingLines()) {
    if (!isChecked(path)) continue;
    const { size, mtimeMs } = code.stamps.get(path) ?? { size: 0, mtimeMs: 0 };
    const stamp = `${size} ${mtimeMs}`;
    let state = known.get(path);
    if (state?.stamp !== stamp) {
      const context = { from: path, home: register.home, renamed: past.renamed };
      const cites = readCitations(lines.map((line) => line.text).join('\n'), register.catalogue, context).length > 0;
      const problems = cites ? ((await problemsOfCode(root, view, past, path, undefined))?.problems ?? []) : [];
      state = { stamp, problems };
      known.set(path, state);
    }
    if (state.problems.length > 0) found.push({ document: codeFile(path), problems: state.problems });
  }
  return found;
}
