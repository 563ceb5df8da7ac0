import { isLimitedRecord } from '../../../knowledge/records/limits.ts';
import type { DocumentHead } from '../../../model/document.ts';
import { defineRule } from '../../../model/finding.ts';
import type { Span } from '../../../model/span.ts';
import type { RecordEntry } from '../../../register/catalogue.ts';
import { type FoundCitation, readCitations } from '../../../register/citations/citations.ts';
import { positionAfter } from '../../../text/positions.ts';
import { backLinkFix } from './back-link-fix.ts';
import { excerpt, type RecordRule, type Records, type RecordText } from './record-rule.ts';

/** A sentence that may end another record. */
interface Sentence {
  readonly text: string;
  /** Offset of the sentence in the text of its passage. */
  readonly start: number;
  readonly passage: RecordText;
}

/** "This reverses", "we revoke": the record, or the people who wrote it, are the subject right before the verb. */
const ACTIVE =
  /\b(?:this(?: (?:adr|decision|record|document|rfc))?|we|it)\s+(?:(?:therefore|hereby|thereby|now|also|thus|explicitly|fully|completely|formally)\s+){0,2}(?:revers(?:e|es|ed)|revok(?:e|es|ed)|rescinds?(?:ed)?|overturn(?:s|ed)?|overrul(?:e|es|ed)|undo(?:es)?|retir(?:e|es|ed)|withdr(?:aw|aws|ew)|supersedes?|replaces?|obsoletes?|nullif(?:y|ies))\s+/gi;
const OBJECT =
  /^(?:(?:the|a|an|our|previous|earlier|former|old|older|original|prior|existing|architecture|architectural|decisions?|choice|approach|made|taken|recorded|described|documented|in|of|from|by|with|under|record|records|adr|adrs|number|no\.?)\s+|\s+){0,10}$/i;
/** Right after a citation: "ADR 4 no longer applies", "is hereby revoked", "is superseded by this record". */
const ENDED =
  /^[\s`*_)\]]*(?:\([^)]{0,80}\)\s*)?(?:(?:is|are|was|has been)\s+)?(?:(?:therefore|hereby|now|thus)\s+)?(?:no longer (?:applies|apply|valid|in force|in effect|holds|used|followed|relevant)\b|(?:reversed|revoked|rescinded|overturned|obsolete|void|withdrawn)(?=\s*(?:[.;,]|$|by this))|(?:superseded|replaced) by this\b)/i;
/** What is left of the markup of a link behind the words that name the record. */
const CITATION_END = /^[\]`*_]*(?:\([^()\s]{0,300}\))?[`*_]*/;
const RECORD_NUMBER = /\b(?:record|decision)s?\s+(?:no\.?\s*)?#?0*(\d{1,4})\b/gi;
const UNSURE =
  /\b(?:if|unless|until|may|might|could|would|should|whether|eventually|possibly|propos\w+|consider\w*|option|not|never|cannot|partial\w*|partly|parts? of|some of|section|sections|aspects?)\b|§|\?/i;
const NOT_SAID = /\b(?:options?|alternatives?|pros|cons|rejected|considered|discussion|open questions?|history|changelog|example)\b/i;
const LONGEST_SENTENCE = 600;
const LONGEST_QUOTE = 200;
const LONGEST_STATUS = 40;
/** Letters before a clause within which a doubt applies to it. */
const DOUBT_REACH = 60;
const FIRST_LOOK = /revers|revok|rescind|overturn|overrul|undo|retire|withdr|supersede|replace|obsolete|nullif|no longer|void/i;

/** Cached by passage, because they depend only on its text: saving one record reads no other again. */
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

/** Records that a sentence ends, if it is a sentence of the record at `from`. */
function endedBy({ text }: Sentence, from: string, { register }: Records): readonly RecordEntry[] {
  const numbered = [...text.matchAll(RECORD_NUMBER)].flatMap((match): Pick<FoundCitation, 'start' | 'end' | 'targets'>[] => {
    const records = register.catalogue.byNumber.get(`adr:${Number(match[1])}`) ?? [];
    return [{ start: match.index, end: match.index + match[0].length, targets: records.map((record) => ({ record, weight: 1 })) }];
  });
  const cited = [...readCitations(text, register.catalogue, { from, home: register.home }), ...numbered].filter(
    ({ targets }) => targets.length === 1,
  );
  const verbs = [...text.matchAll(ACTIVE)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
  // Doubt matters in the clause that ends the record, not after it.
  const sure = (from: number, to: number): boolean => !UNSURE.test(text.slice(Math.max(0, from - DOUBT_REACH), to));
  return cited
    .filter(({ start, end }) => {
      const ended = ENDED.exec(text.slice(end, end + 160));
      if (ended && sure(start, end + ended[0].length)) return true;
      return verbs.some(
        ({ from, to }) =>
          to <= start &&
          !isLimitedRecord(text.slice(end).replace(CITATION_END, '')) &&
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

/** Whether one record was written after another: by number within one series, else by date. */
function isLater(next: RecordEntry, old: RecordEntry): boolean {
  if (next.number !== undefined && old.number !== undefined && next.namespace === old.namespace)
    return Number(next.number) > Number(old.number);
  return (next.head.date ?? '') > (old.head.date ?? '~');
}

function spanOf({ text, start, passage }: Sentence): Span {
  const from = positionAfter(passage.span.start, passage.text.slice(0, start));
  return { start: from, end: positionAfter(from, text) };
}

/** The record that ends another one, and the sentence that says so. */
interface Ending {
  readonly record: RecordEntry;
  readonly sentence: Sentence;
}

/** Stricter than being in force: a record whose status is not recognized may never have been accepted. */
const canEndOthers = ({ status }: DocumentHead): boolean => status === undefined || status.value === 'accepted';

const endings = new WeakMap<Records, ReadonlyMap<string, Ending>>();

/** The first ending of each accepted record, by id. Computed once for each state of the records, because every record can end any other. */
function endingsOf(records: Records): ReadonlyMap<string, Ending> {
  const known = endings.get(records);
  if (known) return known;
  const { catalogue, successors } = records.register;
  const found = new Map<string, Ending>();
  for (const record of catalogue.records) {
    if (!canEndOthers(record.head) || successors.has(record.id)) continue;
    for (const passage of records.textsOf(record.id)) {
      for (const sentence of sentencesOf(passage)) {
        for (const old of endedBy(sentence, record.path, records)) {
          if (old.id === record.id || old.head.status?.value !== 'accepted' || successors.has(old.id)) continue;
          if (!found.has(old.id) && isLater(record, old)) found.set(old.id, { record, sentence });
        }
      }
    }
  }
  endings.set(records, found);
  return found;
}

/** Statements that are read as supersession are left to `supersedes-without-back-link`. */
export const reversedInForce: RecordRule = {
  info: defineRule({
    id: 'reversed-in-force',
    severity: 'warning',
    description:
      'A record has the status "accepted", but a later record says that it ends it, as in "This reverses the decision of record 4".',
    tags: ['record'],
    fixes: 'offered',
  }),
  async *check(document, records) {
    const { kind, status } = document;
    const ending = kind === 'decision' && status?.value === 'accepted' ? endingsOf(records).get(document.id) : undefined;
    if (ending === undefined || status === undefined) return;
    const { record, sentence } = ending;
    const fixes = await backLinkFix(document, record.head, records);
    yield {
      message: `This record says "${excerpt(status.text, LONGEST_STATUS)}", but ${record.path} says: "${excerpt(sentence.text, LONGEST_QUOTE)}" Mark this record as superseded.`,
      span: status.span,
      related: [{ path: record.path, span: spanOf(sentence), message: 'The later record.' }],
      ...(fixes.length > 0 ? { fixes } : {}),
    };
  },
};
