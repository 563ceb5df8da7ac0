import type { SourceFile } from '../code/source-file.ts';
import { isUnchangeable } from '../code/unchangeable.ts';
import type { Finding } from '../model/finding.ts';
import type { AllowedIdentifier, FixedFormat, IdentifierDecision, IdentifierKnowledge } from './knowledge.ts';
import { type Subject, subjectOf } from './subject.ts';

/** A finding that the repository allows. */
export interface AllowedFinding {
  readonly finding: Finding;
  readonly allowed: AllowedIdentifier;
}

/** Findings as the repository judges them. */
export interface GovernedFindings {
  /** What is shown. A breach of a decision is an error that cites it. */
  readonly findings: readonly Finding[];
  /** What is allowed, and not shown. */
  readonly allowed: readonly AllowedFinding[];
}

/** The rules whose findings breach what a decision fixes. */
const BREACHED_BY: Readonly<Record<FixedFormat, readonly string[]>> = {
  opaque: ['SID001', 'SID002', 'SID005', 'SID007'],
  generated: ['SID001', 'SID005', 'SID006', 'SID007'],
  wide: ['SID006'],
  surrogate: ['SID007'],
  'by-capability': ['SID004'],
};

/** Words of a name in lower case, in the singular: `orderNumbers`, `order_number` and `OrderNumber` are `order number`. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/(\p{Ll}|\p{Nd})(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.replace(/ies$/, 'y').replace(/(?<=[^su])s$/, ''));

const ID_WORD = /^(?:id|identifier|number|num|no|nr|key|code|ref|reference|uuid|guid|uid|pk)$/;

/** Whether names say that the identifier of an entity is meant: `orderNumber`, or `id` in a table `orders`. */
function isAbout({ names, container }: Subject, entity: string): boolean {
  const own = container === undefined ? [] : wordsOf(container);
  return names.some((name) => {
    const words = wordsOf(name);
    const at = words.findIndex((word, index) => word === entity && ID_WORD.test(words[index + 1] ?? ''));
    return at >= 0 || (words.length === 1 && ID_WORD.test(words[0] ?? '') && own.at(-1) === entity);
  });
}

const breaches = ({ formats, entities }: IdentifierDecision, { rule }: Finding, subject: () => Subject): boolean =>
  formats.some((format) => BREACHED_BY[format].includes(rule)) &&
  (entities.length === 0 || entities.some((entity) => isAbout(subject(), entity)));

const plain = (name: string): string => name.toLowerCase();

const isAllowed = ({ rules, concerns, names }: AllowedIdentifier, { rule }: Finding, path: string, subject: () => Subject): boolean => {
  if ((rules.length > 0 && !rules.includes(rule)) || !concerns(path)) return false;
  if (names.length === 0) return true;
  const { names: own, container } = subject();
  const written = new Set([...own, ...(container === undefined ? [] : [container])].map(plain));
  return names.some((name) => written.has(name));
};

/** The finding as a breach of a decision: an error that quotes the sentence and leads to it. What has run and must not change keeps its severity. */
const breachOf = (finding: Finding, { path, title, sentence, span }: IdentifierDecision, source: SourceFile): Finding => ({
  ...finding,
  severity: isUnchangeable(source.path, source.text) ? finding.severity : 'error',
  message: `${finding.message.replace(/(?<![.?!])$/, '.')} This breaks the decision "${title}".`,
  related: [...(finding.related ?? []), { path, span, message: `${title}: ${sentence}` }],
});

/** Applies what the repository decided and allows to the findings of one file. Allowing is stronger: somebody wrote the reason down. */
export function governed(source: SourceFile, found: readonly Finding[], { allowed, decisions }: IdentifierKnowledge): GovernedFindings {
  if (found.length === 0 || allowed.length + decisions.length === 0) return { findings: found, allowed: [] };
  const findings: Finding[] = [];
  const silent: AllowedFinding[] = [];
  for (const finding of found) {
    let known: Subject | undefined;
    const subject = (): Subject => {
      known ??= subjectOf(source, finding);
      return known;
    };
    const allowing = allowed.find((one) => isAllowed(one, finding, source.path, subject));
    const broken = allowing ? undefined : decisions.find((one) => breaches(one, finding, subject));
    if (allowing) silent.push({ finding, allowed: allowing });
    else findings.push(broken ? breachOf(finding, broken, source) : finding);
  }
  return { findings, allowed: silent };
}
