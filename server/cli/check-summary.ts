import type { Severity } from '../model/finding.ts';
import { groupBy } from '../text/group-by.ts';
import type { FileFinding } from './sarif.ts';

/** From the weakest to the strongest. */
const SEVERITIES: readonly Severity[] = ['hint', 'info', 'warning', 'error'];
const PLURAL: Readonly<Record<Severity, string>> = { hint: 'hints', info: 'infos', warning: 'warnings', error: 'errors' };

/** What `--fail-on` takes. */
export const FAIL_ON = ['error', 'warning', 'info', 'hint', 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** Whether a severity is at least as strong as the one from which on a check fails. */
export const fails = (severity: Severity, failOn: FailOn): boolean =>
  failOn !== 'never' && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(failOn);

/** `1 finding`, `2 findings`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** One line: `4 findings in 3 files: 3 warnings, 1 info (3 broken-link, 1 cites-ambiguous)`. */
export function summaryOf(found: readonly FileFinding[]): string {
  if (found.length === 0) return 'No findings';
  const files = new Set(found.map(({ path }) => path)).size;
  const severities = SEVERITIES.toReversed().flatMap((severity) => {
    const count = found.filter(({ finding }) => finding.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity, PLURAL[severity])];
  });
  const rules = [...groupBy(found, ({ finding }) => finding.rule)]
    .sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
    .map(([rule, list]) => `${list.length} ${rule}`);
  return `${counted(found.length, 'finding')} in ${counted(files, 'file')}: ${severities.join(', ')} (${rules.join(', ')})`;
}
