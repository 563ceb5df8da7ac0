import type { DecidingKind } from '../../model/mining.ts';
import { type Sentence, sentencesOf } from '../reasons/sentences.ts';

/** A sentence of a message that decides something. */
export interface DecidingSentence {
  readonly sentence: Sentence;
  readonly kind: DecidingKind;
  /** What it is about: the words after the one that decides. */
  readonly about: string;
}

/** Sentences of a message that are looked at: later ones are details. */
const MOST_SENTENCES = 12;
/** A sentence beyond this many characters is no statement of a decision. */
const LONGEST = 400;

/** What a message says in passing. */
const ASIDE = /^\W*also\b/i;

/** What comes before the verb of a subject: a scope, a number, `Also`. */
const LEAD = String.raw`^\W*(?:\[[^\]]*\]\s*|[\w./,{}* -]{1,30}(?:\([^)]*\))?!?:\s+|(?:also|now|finally|completely|fully|the\s+)?\s*)?`;
const SUBJECT_OF = String.raw`^(?:(?:this|the)\s+(?:commit|patch|change|changeset|pr|series)\s+|we\s+(?:now\s+)?|it\s+|i\s+(?:have\s+)?)?`;

const lead = (verbs: string): RegExp => new RegExp(`(?:${LEAD}|${SUBJECT_OF})(?:${verbs})\\s+(.+)$`, 'i');

/** How sentences decide, the surest first. The last group is what they decide about. */
const PATTERNS: readonly (readonly [DecidingKind, RegExp])[] = [
  [
    'decided',
    /\b(?:we|it was|has been|i|team|core developers|maintainers)(?:'ve|\s+have|\s+has)?\s*(?:(?:now|finally|therefore|already|also|been)\s+)*(?:decided|agreed|opted|chose|chosen|settled|standardi[sz]ed)\s+((?:to|not|that|against|for|on|in favou?r)\s+(?!let (?:it|this)\b).+|.+\s(?:over|instead of|rather than|because)\s.+)$/i,
  ],
  ['rule', /\b(?:from now on|henceforth|going forward|from this (?:point|commit|release|version) on(?:wards?)?)\b[,:]?\s*(.+)$/i],
  ['rule', /^(.+?)\s+(?:from now on|henceforth|going forward)\W*$/i],
  [
    'dropped',
    lead(
      String.raw`(?:drop(?:s|ped|ping)?|remov(?:e|es|ed|ing)|end(?:s|ed)?|discontinue[sd]?)\s+(?:all\s+|the\s+|any\s+)*(?:official\s+)?support\s+(?:for|of)`,
    ),
  ],
  [
    'dropped',
    new RegExp(
      `${LEAD}(?:drop(?:s|ped|ping)?|remov(?:e|es|ed|ing)|end(?:s|ed)?)\\s+((?:[\\w./+#-]+\\s+){1,5})(?:support|compat(?:ibility)?)\\b`,
      'i',
    ),
  ],
  ['dropped', /\b(?:no longer (?:support(?:s|ed)?|maintain(?:s|ed)?)|end of support for)\s+(.+)$/i],
  [
    'dropped',
    lead(
      String.raw`(?:stop(?:s|ped)?\s+(?:using|supporting|shipping|relying on|depending on)|get(?:s|ting)?\s+rid\s+of|deprecat(?:e|es|ed|ing))`,
    ),
  ],
  [
    'replaced',
    lead(
      String.raw`(?:switch(?:es|ed|ing)?|migrat(?:e|es|ed|ing)|transition(?:s|ed)?|chang(?:e|es|ed)\s+over)\s+(?:[\w./@-]+\s+){0,5}?(?:over\s+)?(?:to|onto|from)`,
    ),
  ],
  ['replaced', lead(String.raw`(?:port(?:s|ed)?|convert(?:s|ed)?|rewrit(?:e|es)|rewrote)\s+(?:[\w./@-]+\s+){0,5}?from(?=\s.+\sto\s)`)],
  ['replaced', lead(String.raw`(?:replac(?:e|es|ed|ing)|swap(?:s|ped)?(?:\s+out)?|substitut(?:e|es|ed))(?=\s.+\s(?:with|by)\s)`)],
  [
    'replaced',
    lead(String.raw`(?:us(?:e|es|ed|ing)|prefer(?:s|red)?|require)(?=\s.+\s(?:instead of|rather than|in (?:favou?r|place) of|over)\s)`),
  ],
  ['replaced', /\bin favou?r of\s+(.+)$/i],
  ['adopted', lead(String.raw`(?:adopt(?:s|ed|ing)?|standardi[sz]e[sd]?\s+on|embrace[sd]?|unify\s+on|consolidat(?:e|es|ed)\s+on)`)],
  [
    'adopted',
    lead(
      String.raw`(?:us(?:e|es|ed|ing)|introduc(?:e|es|ed|ing)|add(?:s|ed)?)(?=\s.+\s(?:everywhere|throughout|across (?:the|all)|by default|for (?:all|every))\b)`,
    ),
  ],
  ['adopted', lead(String.raw`(?:licen[cs]e\s+under|relicen[cs]e[sd]?|open[- ]source)`)],
];

/** A subject that tells everybody what to do from here on. In a body, such words describe. */
const RULE_SUBJECT = new RegExp(`${LEAD}(?:enforces?|requires?|mandate|forbid|disallow|prohibit|ban|always use|never use)\\s+(.+)$`, 'i');

/** Messages that decide nothing for others: machines, merges, releases, what is taken back. */
const NO_DECISION =
  /^(?:merge\b|revert\b|bump\b|release\b|version\b|prepare (?:for )?(?:release|next)|\[?(?:auto|bot)\b|chore\((?:deps|release)|build\(deps|fix\(deps|update (?:dependency|dependencies|translations?|module)\b|fixup!|squash!|wip\b|cherry-pick)|\b(?:typos?|spelling|whitespace|translations? (?:update|from)|lint(?:ing)?|review (?:comments?|feedback)|flak(?:y|e|iness)|copyright year)\b/i;
/** Authors that are programs. */
const PROGRAM = /\[bot\]|\bdependabot\b|\brenovate\b|\bweblate\b|\bgreenkeeper\b|\btransifex\b/i;
/** A decision about one name of the code is the code's own business. */
const ONLY_A_NAME = /^[`'"]?[\w$.:>-]+(?:\(\))?[`'"]?\s+(?:with|by|to|instead of|in favou?r of)\s+[`'"]?[\w$.:>-]+(?:\(\))?[`'"]?[.\s]*$/;
const CODE_NAME = /\(\)|[a-z][A-Z]|\w_\w|::|->|^[`'"]?[a-z]+[.(]/;

const isOnlyAName = (about: string): boolean => ONLY_A_NAME.test(about) && about.split(/\s+/).some((word) => CODE_NAME.test(word));

/** Whether a commit may decide anything, by who wrote it and what it calls itself. */
export const mayDecide = ({ subject, author }: { readonly subject: string; readonly author: string }): boolean =>
  !NO_DECISION.test(subject) && !PROGRAM.test(author);

function decides({ text, isSubject }: Sentence): { readonly kind: DecidingKind; readonly about: string } | undefined {
  for (const [kind, pattern] of isSubject ? [...PATTERNS, ['rule', RULE_SUBJECT] as const] : PATTERNS) {
    const about = pattern.exec(text)?.at(-1)?.trim();
    if (about === undefined || about === '' || isOnlyAName(about)) continue;
    return { kind, about };
  }
  return undefined;
}

const RANK: readonly DecidingKind[] = ['decided', 'rule', 'dropped', 'replaced', 'adopted'];

/** The sentence of a message that decides something for others; the surest, of equals the first. `undefined` where none does. */
export function decidingSentence(message: string): DecidingSentence | undefined {
  let best: DecidingSentence | undefined;
  for (const sentence of sentencesOf(message).slice(0, MOST_SENTENCES)) {
    if (sentence.text.length > LONGEST || ASIDE.test(sentence.text)) continue;
    const found = decides(sentence);
    if (found && (!best || RANK.indexOf(found.kind) < RANK.indexOf(best.kind))) best = { sentence, ...found };
  }
  return best;
}
