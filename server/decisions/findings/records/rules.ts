import type { Finding } from '../../../model/finding.ts';
import type { RecordRule, Records } from './record-rule.ts';
import { reversedInForce } from './reversed-in-force.ts';
import { scopeGone } from './scope-gone.ts';
import { supersedesWithoutBackLink } from './supersedes-without-back-link.ts';

const RULES: readonly RecordRule[] = [supersedesWithoutBackLink, reversedInForce, scopeGone];

/**
 * Findings that need all records, their texts, the files of the repository and its history, by document id: `supersedes-without-back-link`,
 * `reversed-in-force`, `scope-gone`.
 * @param only id of one record: findings in others are not looked for
 */
export async function recordFindings(records: Records, only?: string): Promise<Map<string, Finding[]>> {
  const found = new Map<string, Finding[]>();
  for (const rule of RULES) {
    for (const { id, finding } of await rule(records, only)) {
      const known = found.get(id);
      if (known) known.push(finding);
      else found.set(id, [finding]);
    }
  }
  return found;
}
