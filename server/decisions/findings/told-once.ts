import type { FileFindings } from '../../model/answer.ts';
import type { Finding } from '../../model/finding.ts';
import { groupBy } from '../../text/group-by.ts';

/** As many of one rule in a folder, or in all code, are a habit and not a slip: they are mended together, or left as they are. */
const HABIT = 3;
/** Places that the finding which is told names. */
const MOST_NAMED = 5;

interface Told {
  readonly path: string;
  readonly finding: Finding;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** All but the first of each group that is at least this large, by the first one. */
function repeated(told: readonly Told[], keyOf: (one: Told) => string, least: number): ReadonlyMap<Finding, readonly Told[]> {
  const groups = [...groupBy(told, keyOf).values()].filter((group) => group.length >= least);
  return new Map(groups.flatMap(([first, ...rest]) => (first === undefined ? [] : [[first.finding, rest] as const])));
}

/**
 * The findings of a whole repository with each fault told once. Of warnings with the same words, and of three or more of one rule in one folder (for a rule that
 * is about habits of the code, in all folders), the first keeps its severity and names the others, which become infos: whoever opens a repository wants to know that its decisions need care, not to read the same sentence
 * forty times.
 * @param all by path
 * @param isHabitOfCode whether a rule judges how the code is written everywhere, as those about identifiers do
 */
export function toldOnce(all: readonly FileFindings[], isHabitOfCode: (rule: string) => boolean): FileFindings[] {
  const warnings = all.flatMap(({ document, findings }) =>
    findings.filter(({ severity }) => severity === 'warning').map((finding): Told => ({ path: document.path ?? document.id, finding })),
  );
  const sameWords = repeated(warnings, ({ finding }) => `${finding.rule} ${finding.message}`, 2);
  const afterWords = new Set([...sameWords.values()].flat().map(({ finding }) => finding));
  const left = warnings.filter(({ finding }) => !afterWords.has(finding));
  const sameFolder = repeated(left, ({ path, finding }) => `${finding.rule} ${isHabitOfCode(finding.rule) ? '' : folderOf(path)}`, HABIT);
  const quiet = new Set([...afterWords, ...[...sameFolder.values()].flat().map(({ finding }) => finding)]);
  return all.map(({ document, findings }) => ({
    document,
    findings: findings.map((finding): Finding => {
      if (quiet.has(finding)) return { ...finding, severity: 'info' };
      const others = [...(sameWords.get(finding) ?? []), ...(sameFolder.get(finding) ?? [])];
      if (others.length === 0) return finding;
      const named = others.slice(0, MOST_NAMED);
      const more = others.length - named.length;
      return {
        ...finding,
        related: [
          ...(finding.related ?? []),
          ...named.map(({ path, finding: { span } }, index) => ({
            path,
            span,
            message: index === MOST_NAMED - 1 && more > 0 ? `The same here, and in ${more} more places.` : 'The same here.',
          })),
        ],
      };
    }),
  }));
}
