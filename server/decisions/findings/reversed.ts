import type { DocumentHead } from '../../model/document.ts';
import type { RecordEntry } from '../../register/catalogue.ts';
import { type FoundCitation, readCitations } from '../../register/citations/citations.ts';
import { backLinkFix } from './back-link.ts';
import type { RecordFinding, RecordRule, Records, RecordText } from './record-rule.ts';

/** A sentence by which a record may end another. */
interface Sentence {
  readonly text: string;
  /** Offset of the sentence in the text of its passage. */
  readonly start: number;
  readonly passage: RecordText;
}

/** "This reverses", "we revoke": the record itself, or those who wrote it, as the subject right before the verb. */
const ACTIVE =
  /\b(?:this(?: (?:adr|decision|record|document|rfc))?|we|it)\s+(?:(?:therefore|hereby|thereby|now|also|thus|explicitly|fully|completely|formally)\s+){0,2}(?:revers(?:e|es|ed)|revok(?:e|es|ed)|rescinds?(?:ed)?|overturn(?:s|ed)?|overrul(?:e|es|ed)|undo(?:es)?|retir(?:e|es|ed)|withdr(?:aw|aws|ew)|supersedes?|replaces?|obsoletes?|nullif(?:y|ies))\s+/gi;
const OBJECT =
  /^(?:(?:the|a|an|our|previous|earlier|former|old|older|original|prior|existing|architecture|architectural|decisions?|choice|approach|made|taken|recorded|described|documented|in|of|from|by|with|under|record|records|adr|adrs|number|no\.?)\s+|\s+){0,10}$/i;
/** Right behind a citation: "ADR 4 no longer applies", "is hereby revoked", "is superseded by this record". */
const ENDED =
  /^[\s`*_)\]]*(?:\([^)]{0,80}\)\s*)?(?:(?:is|are|was|has been)\s+)?(?:(?:therefore|hereby|now|thus)\s+)?(?:no longer (?:applies|apply|valid|in force|in effect|holds|used|followed|relevant)\b|(?:reversed|revoked|rescinded|overturned|obsolete|void|withdrawn)(?=\s*(?:[.;,]|$|by this))|(?:superseded|replaced) by this\b)/i;
const RECORD_NUMBER = /\b(?:record|decision)s?\s+(?:no\.?\s*)?#?0*(\d{1,4})\b/gi;
const UNSURE =
  /\b(?:if|unless|until|may|might|could|would|should|whether|eventually|possibly|propos\w+|consider\w*|option|not|never|cannot|partial\w*|partly|parts? of|some of|section|sections|aspects?)\b|§|\?/i;
const NOT_SAID = /\b(?:options?|alternatives?|pros|cons|rejected|considered|discussion|open questions?|history|changelog|example)\b/i;
const LONGEST_SENTENCE = 600;
/** Letters before a clause in which a doubt belongs to it. */
const DOUBT_REACH = 60;
const FIRST_LOOK = /revers|revok|rescind|overturn|overrul|undo|retire|withdr|supersede|replace|obsolete|nullif|no longer|void/i;

/** Sentences by passage: they depend on the text alone, so that saving one record reads no other again. */
const sentencesOfPassages = new WeakMap<RecordText, readonly Sentence[]>();

function sentencesOf(passage: RecordText): readonly Sentence[] {
  const known = sentencesOfPassages.get(passage);
  if (known) return known;
  const found: Sentence[] = [];
  if (FIRST_LOOK.test(passage.text) && !passage.headingPath.some((heading) => NOT_SAID.test(heading))) {
    for (const match of passage.text.matchAll(/[^\s][\s\S]*?(?:[.!?](?=\s|$)|\n\s*\n|\n(?=\s*(?:[-*+|#>]|\d+\.)\s)|$(?![\s\S]))/g)) {
      const text = match[0].trimEnd();
      if (text.length <= LONGEST_SENTENCE && FIRST_LOOK.test(text)) found.push({ text, start: match.index, passage });
    }
  }
  sentencesOfPassages.set(passage, found);
  return found;
}

/** Records that a sentence says are ended by the record it stands in. */
function endedBy({ text }: Sentence, from: string, { register }: Records): readonly RecordEntry[] {
  const numbered = [...text.matchAll(RECORD_NUMBER)].flatMap((match): Pick<FoundCitation, 'start' | 'end' | 'targets'>[] => {
    const records = register.catalogue.byNumber.get(`adr:${Number(match[1])}`) ?? [];
    return [{ start: match.index, end: match.index + match[0].length, targets: records.map((record) => ({ record, weight: 1 })) }];
  });
  const cited = [...readCitations(text, register.catalogue, { from, home: register.home }), ...numbered].filter(
    ({ targets }) => targets.length === 1,
  );
  const verbs = [...text.matchAll(ACTIVE)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
  // Doubt counts in the clause that ends the record, not behind it.
  const sure = (from: number, to: number): boolean => !UNSURE.test(text.slice(Math.max(0, from - DOUBT_REACH), to));
  return cited
    .filter(({ start, end }) => {
      const ended = ENDED.exec(text.slice(end, end + 160));
      if (ended && sure(start, end + ended[0].length)) return true;
      return verbs.some(
        ({ from, to }) =>
          to <= start &&
          OBJECT.test(
            text
              .slice(to, start)
              .replace(/[[\]()`*_]+/g, ' ')
              .replace(/(?<=\S)$/, ' '),
          ) &&
          sure(from, end),
      );
    })
    .flatMap(({ targets }) => targets.map(({ record }) => record));
}

/** True where one record was written after another, by number of one series, else by day. */
function isLater(next: RecordEntry, old: RecordEntry): boolean {
  if (next.number !== undefined && old.number !== undefined && next.namespace === old.namespace)
    return Number(next.number) > Number(old.number);
  return (next.head.date ?? '') > (old.head.date ?? '~');
}

function spanOf({ text, start, passage }: Sentence) {
  const before = passage.text.slice(0, start).split('\n');
  const lines = text.split('\n');
  const line = passage.span.start.line + before.length - 1;
  const column = (before.at(-1)?.length ?? 0) + (before.length === 1 ? passage.span.start.character : 0);
  const last = lines.at(-1)?.length ?? 0;
  return {
    start: { line, character: column },
    end: { line: line + lines.length - 1, character: lines.length === 1 ? column + last : last },
  };
}

const inForce = ({ status }: DocumentHead): boolean => status === undefined || status.value === 'accepted';

/**
 * A record that still says it is accepted although a later one, itself in force, says in a sentence of its own that it ends it. Statements that are read
 * as supersession are not repeated here: they have `supersedes-without-back-link`.
 */
export const reversedInForce: RecordRule = async (records, only) => {
  const { catalogue, successors } = records.register;
  const findings = new Map<string, RecordFinding>();
  for (const next of catalogue.records) {
    if (!inForce(next.head) || successors.has(next.id)) continue;
    for (const passage of records.textsOf(next.id)) {
      for (const sentence of sentencesOf(passage)) {
        for (const old of endedBy(sentence, next.path, records)) {
          const { status } = old.head;
          if (old.id === next.id || (only !== undefined && old.id !== only) || status?.value !== 'accepted' || successors.has(old.id))
            continue;
          if (findings.has(old.id) || !isLater(next, old)) continue;
          const quote = sentence.text.replace(/\s+/g, ' ');
          const fixes = await backLinkFix(old.head, next.head, records);
          findings.set(old.id, {
            id: old.id,
            finding: {
              rule: 'reversed-in-force',
              severity: 'warning',
              message: `This record says "${status.text.slice(0, 40)}", but ${next.path} says: "${quote.length > 200 ? `${quote.slice(0, 199)}…` : quote}" Write that it was superseded.`,
              span: status.span,
              related: [{ path: next.path, span: spanOf(sentence), message: 'The later record.' }],
              // A sentence may mean less than the whole record: a person looks first.
              ...(fixes.length > 0 ? { fixes: fixes.map(({ title, edits }) => ({ title, edits })) } : {}),
            },
          });
        }
      }
    }
  }
  return [...findings.values()];
};
