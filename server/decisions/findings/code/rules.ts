import { isChecked, isTest } from '../../../code/roles.ts';
import type { SourceFile } from '../../../code/source-file.ts';
import { isGenerated } from '../../../code/sources.ts';
import { isUnchangeable } from '../../../code/unchangeable.ts';
import { type Finding, type FindingDraft, findingOf } from '../../../model/finding.ts';
import { citationIndex } from '../../../register/citations/citation-index.ts';
import { type FoundCitation, readCitations } from '../../../register/citations/citations.ts';
import type { FindingContext } from '../context.ts';
import { citesAmbiguous } from './cites-ambiguous.ts';
import { citesForeign } from './cites-foreign.ts';
import { citesNothing } from './cites-nothing.ts';
import { citesSuperseded } from './cites-superseded.ts';
import type { CodeFile, CodeRule } from './code-rule.ts';

/** In the order in which they look at a citation. */
export const CODE_RULES: readonly CodeRule[] = [citesForeign, citesSuperseded, citesAmbiguous, citesNothing];

const MOST_FINDINGS = 200;

/** A finding in a file that must not change once it ran: nobody can mend it, so it warns of nothing and offers nothing. */
const toldOnly = ({ message, severity, span, related }: FindingDraft): FindingDraft => ({
  message: `${message} Leave it as it is if this file ran anywhere, because it must not change after that.`,
  severity: severity === 'hint' ? 'hint' : 'info',
  span,
  ...(related === undefined ? {} : { related }),
});

/** Comments cite. In a string only the path of a record does, and the code itself never. */
function isCited({ form, start, text, targets }: FoundCitation, file: CodeFile): boolean {
  const token = file.source.kindAt(start);
  if (token === 'comment') return form !== 'title';
  if (token === 'code' || form !== 'path' || !text.includes('/')) return false;
  // A path in a string that leads nowhere can be an example; only one into a folder of records is meant.
  return (
    targets.length > 0 ||
    (!isTest(file.source.path) && citationIndex(file.register.catalogue).folders.has(text.slice(0, text.lastIndexOf('/'))))
  );
}

/**
 * Findings in the citations of a file of code or configuration, in the order of the text, at most 200. None in files that nobody maintains by hand:
 * vendored, generated and minified files, lock files, changelogs and fixtures.
 */
export function checkCode(source: SourceFile, { register, history }: Pick<FindingContext, 'register' | 'history'>): Finding[] {
  const { path, text } = source;
  if (!isChecked(path) || isGenerated(text)) return [];
  const citations = readCitations(text, register.catalogue, { from: path, home: register.home, renamed: history.renamed });
  if (citations.length === 0) return [];
  const file: CodeFile = { source, register, history, citations };
  const told = isUnchangeable(path, text);
  const findings: Finding[] = [];
  for (const citation of citations) {
    if (!isCited(citation, file)) continue;
    for (const { info, check } of CODE_RULES) {
      const draft = check(citation, file);
      if (draft === undefined) continue;
      findings.push(findingOf(info, told ? toldOnly(draft) : draft));
      break;
    }
    if (findings.length >= MOST_FINDINGS) break;
  }
  return findings;
}
