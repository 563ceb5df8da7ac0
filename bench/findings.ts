import { join } from 'node:path';
import { wilson } from './intervals.ts';
import { checkout, lines, openIndexed } from './repositories.ts';

/**
 * Recounts `bench/judgements/findings.jsonl`: what `lintel check` shows by default on public repositories, each finding judged. With
 * `--run`, checks the repositories (bare clones in `LINTEL_MIRROR`) and names what is shown and not judged, or judged and no longer shown.
 */

type Line = { readonly repo: string; readonly commit: string } & (
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

const few = repositories.filter(({ warnings }) => warnings <= 5).length;
const right = judged.filter(({ verdict }) => verdict === 'right').length;
const [low, high] = wilson(right, judged.length);
console.log(`${few} of ${repositories.length} repositories show at most 5 warnings`);
console.log(
  `${right} of ${judged.length} findings are right (${((100 * right) / judged.length).toFixed(1)} %, 95 % interval ${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`,
);
for (const rule of new Set(judged.map((line) => line.rule))) {
  const own = judged.filter((line) => line.rule === rule);
  console.log(`  ${rule}: ${own.filter(({ verdict }) => verdict === 'right').length} of ${own.length}`);
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
