import { join } from 'node:path';
import { wilson } from './intervals.ts';
import { checkout, lines, openIndexed } from './repositories.ts';

/**
 * Recounts `bench/judgements/findings.jsonl`: what `lintel check` shows by default on public repositories, each finding judged. With
 * `--run`, checks the repositories (bare clones in `LINTEL_MIRROR`) and names what is shown and not judged, or judged and no longer shown.
 */

type Line = {
  readonly repo: string;
  readonly commit: string;
  /** `fresh`: ten repositories drawn later, with the rules about identifiers. The others led to the defaults. */
  readonly part?: 'fresh';
} & (
  | { readonly repository: true; readonly warnings: number; readonly infos: number }
  | {
      readonly path: string;
      readonly line: number;
      readonly rule: string;
      readonly severity: string;
      readonly message: string;
      readonly verdict: 'right' | 'arguable' | 'wrong';
      readonly reason: string;
    }
);

const sheet = lines<Line>(join(import.meta.dirname, 'judgements/findings.jsonl'));
const judged = sheet.flatMap((line) => ('path' in line ? [line] : []));
const repositories = sheet.flatMap((line) => ('repository' in line ? [line] : []));

const share = (lines: readonly { readonly verdict: string }[]): string => {
  const right = lines.filter(({ verdict }) => verdict === 'right').length;
  const [low, high] = wilson(right, lines.length);
  const percent = (part: number): string => (100 * part).toFixed(1);
  return `${right} of ${lines.length} right (${percent(right / lines.length)} %, 95 % interval ${percent(low)} to ${percent(high)})`;
};
const isIdentifier = ({ rule }: { readonly rule: string }): boolean => rule.startsWith('SID');

for (const part of [undefined, 'fresh'] as const) {
  const shown = repositories.filter((line) => line.part === part);
  const few = shown.filter(({ warnings }) => warnings <= 5).length;
  console.log(`${part ?? 'first'}: ${few} of ${shown.length} repositories show at most 5 warnings`);
  const own = judged.filter((line) => line.part === part);
  console.log(`  about records and citations: ${share(own.filter((line) => !isIdentifier(line)))}`);
  if (own.some(isIdentifier)) console.log(`  about identifiers: ${share(own.filter(isIdentifier))}`);
  for (const rule of new Set(own.map((line) => line.rule))) console.log(`    ${rule}: ${share(own.filter((line) => line.rule === rule))}`);
}

if (process.argv.includes('--run')) {
  for (const { repo, commit } of repositories) {
    const found = checkout(repo, commit);
    if (!found) {
      console.log(`${repo}: no clone`);
      continue;
    }
    const engine = await openIndexed(found);
    const keyOf = (path: string, line: number, rule: string): string => `${path}:${line} ${rule}`;
    const shown = new Set(
      (await engine.allFindings()).flatMap(({ document, findings }) =>
        findings
          .filter(({ severity }) => severity !== 'hint')
          .map(({ span, rule }) => keyOf(document.path ?? '', span.start.line + 1, rule)),
      ),
    );
    await engine.dispose();
    const known = new Set(judged.filter((line) => line.repo === repo).map(({ path, line, rule }) => keyOf(path, line, rule)));
    for (const key of shown) if (!known.has(key)) console.log(`${repo}: not judged: ${key}`);
    for (const key of known) if (!shown.has(key)) console.log(`${repo}: no longer shown: ${key}`);
  }
}
