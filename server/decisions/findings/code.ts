import { languageOf } from '../../code/languages/index.ts';
import { isChecked, isTest } from '../../code/roles.ts';
import { isGenerated } from '../../code/sources.ts';
import { tokenKindAt } from '../../code/tokens.ts';
import type { Finding } from '../../model/finding.ts';
import { type FoundCitation, readCitations } from '../../register/citations/citations.ts';
import { citationIndex } from '../../register/citations/index-of-names.ts';
import type { Register } from '../../register/register.ts';
import { lineIndex } from '../../text/lines.ts';
import { citesAmbiguous } from './cites-ambiguous.ts';
import { citesForeign } from './cites-foreign.ts';
import { citesNothing } from './cites-nothing.ts';
import { citesSuperseded } from './cites-superseded.ts';
import type { CodeFile, CodeRule, PathHistory } from './code-rule.ts';

const RULES: readonly CodeRule[] = [citesForeign, citesSuperseded, citesAmbiguous, citesNothing];
const MOST_FINDINGS = 200;

/** Words for people count; in a string only the path of a record does, and code cites nothing. */
function counts({ form, start, text, targets }: FoundCitation, file: CodeFile): boolean {
  const place = file.placeAt(start);
  if (place === 'comment') return form !== 'title';
  if (place === 'code' || form !== 'path' || !text.includes('/')) return false;
  // A path in a string that leads nowhere may be a sample; only one into a folder of ours is meant.
  return (
    targets.length > 0 || (!isTest(file.path) && citationIndex(file.register.catalogue).folders.has(text.slice(0, text.lastIndexOf('/'))))
  );
}

/**
 * Findings in the citations of a file of code or configuration, in order of place: `cites-superseded`, `cites-nothing`, `cites-ambiguous`,
 * `cites-foreign`. None in what nobody maintains by hand: vendored, generated and minified files, lock files, change logs, fixtures.
 */
export function codeFindings(register: Register, path: string, text: string, past: PathHistory = {}): Finding[] {
  if (!isChecked(path) || isGenerated(text)) return [];
  const citations = readCitations(text, register.catalogue, { from: path, home: register.home, renamed: past.renamed });
  if (citations.length === 0) return [];
  const file: CodeFile = { path, text, lines: lineIndex(text), register, past, citations, placeAt: tokenKindAt(text, languageOf(path)) };
  const findings: Finding[] = [];
  for (const citation of citations) {
    if (!counts(citation, file)) continue;
    for (const rule of RULES) {
      const finding = rule(citation, file);
      if (finding === undefined) continue;
      findings.push(finding);
      break;
    }
    if (findings.length >= MOST_FINDINGS) break;
  }
  return findings;
}
