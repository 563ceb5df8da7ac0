import { EMPTY_SPAN, type Span } from '../model/span.ts';
import type { IndexedDocument } from '../retrieval/document-index.ts';
import { positionAfter } from '../text/positions.ts';
import { plainHeading, type RecordSection, sectionsOf } from './record-sections.ts';
import { type Block, blocksOf, type Stretch, sentencesOf } from './sentences.ts';
import { isUnfilled } from './unfilled.ts';

/** A verbatim quotation from a record, with its place in the file. */
export interface Quotation {
  /** Verbatim; empty where the record has no prose. */
  readonly text: string;
  readonly span: Span;
}

/** A sentence that may say what the record decides. */
interface CandidateSentence extends Stretch {
  readonly block: Block;
  readonly words: string;
}

const LONGEST = 400;
/** Where the first sentence of a section only describes, a deciding one among this many is preferred. */
const FIRST_SENTENCES = 4;
/** Least number of words in a command. */
const SHORTEST_COMMAND = 5;
/** Limit on the sentences of a section that are examined: the decision comes near the beginning. */
const MOST_SENTENCES = 25;

/** Headings of the section with the decision, in records of all styles. */
const DECISION_HEADING =
  /^(?:the |our |final |chosen |proposed |selected |architectural |design |agreed |what is the )*(?:decisions?|resolution|outcome|solution|option|approach|proposal|recommendation)(?: outcomes?| made| taken| changes| summary| statement| drivers and outcome| and (?:rationale|justification|reasoning|consequences))?$|^(?:what )?(?:we|have) (?:have )?(?:decided|will do|chose)\b|^decision\s*[-–—(]|^(?:chosen|selected|accepted|final|preferred|agreed) (?:option|decision|solution|approach|alternative)\b/i;
/** Other headings with such a word, except those that `NOT_THE_DECISION` excludes. */
const PROBABLE_HEADING = /\b(?:decision|decided|outcome|resolution|chosen|proposal|proposed|recommendation)\b/i;
const NOT_THE_DECISION =
  /\b(?:drivers?|makers?|deciders?|criteria|context|records?|log|status|date|history|process|options|alternatives?|rejected|deferred|reversing|desired|expected|positive|negative|consequences?|rationale|matrix|scope|considered|why not|links|table)\b/i;
/** Headings under which a record without such a section says what it is for. */
const DESIGN_HEADING =
  /^(?:summary|abstract|overview|goals?|design|detailed design|solution|implementation|specification|policy|guidelines?)$/i;
/** Headings of sections that say nothing about the decision. */
const METADATA_HEADING =
  /^(?:status|change ?log|changes|history|revision history|authors?|stakeholders?|contributors?|deciders?|approvers?|date|dates|tags|references?|links|see also|more information|related(?: .*)?|table of contents|contents|glossary|terminology|definitions|next steps|appendix.*|open questions|acknowledge?ments?|discussion|notes?|\d{4}-\d\d-\d\d)$/i;
const CONTEXT_HEADING =
  /\b(?:context|background|problem|motivation|assumptions|constraints|considerations?|considered|alternatives?|options?|pros|cons|consequences?|drivers|concerns|positive|negative|neutral|rejected|deferred|advantages|disadvantages|risks?|requirements|rationale)\b/i;

/** Metadata, a status or an entry of a change log rather than a sentence. */
const METADATA =
  /^[*_\s]*(?:status|date|deciders?|authors?|owners?|tags?|created|updated|last updated|superse(?:des|ded by)|technical story|issue|ticket|jira|reviewers?|consulted|informed|decision[- ]makers?|approved by|pr|rfc|discussion|version)[*_]*\s*:|^[*_`\s]*(?:accepted|proposed|provisional|draft|rejected|deprecated|superseded|implemented|approved|done|decided|active|pending|n\/?a|tbd|none)\b[^a-z]{0,40}$|^[*_`\s]*(?:accepted|provisional|proposed|approved)[*_`]*\s*[-(]?\s*\(?(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|^[*_]*\d{4}-\d\d-\d\d\b|^\d{1,2}[ ./-]/i;
/** Placeholder text of templates. */
const TEMPLATE =
  /^[_*<([{\s]*(?:this section (?:describes|is|should|contains)|the change that we['’]?re proposing|what is the (?:issue|change|decision)\b|what becomes easier|describe (?:the|here|your|how|what)|(?:insert|fill in|todo|tbd)\b|explain (?:why|how)|lorem ipsum|summari[sz]e |this is where )|^[{<[][^\]>}]{3,}[\]>}][.:]?$/i;
/** A sentence about this record or another one, not about what is decided. */
const ABOUT_THE_RECORD =
  /^[*_\s]*(?:this|the (?:current|present|following)) (?:adr|rfc|record|document|section|decision record|proposal) (?:describes?|documents?|outlines?|records?|explains?|covers?|captures?|aims|is about|supersedes?|replaces?|amends?|is a|was|has|discusses|provides)\b|^[*_\s]*(?:we |this )?(?:supersedes?|replaces?|amends?)\b.{0,80}\b(?:adr|record|decision)\b|^[*_\s]*(?:see|refer to|for example|additionally|also|furthermore|moreover|in addition|however|then|as an? [\w ]{3,40}, i|in this (?:chapter|section)|for (?:more|further) (?:details|information)|as (?:mentioned|described|discussed)|note that|please (?:see|note|refer))\b|^[*_\s]*(?:at the time of|since (?:the|this|then)|currently|today|historically|previously|until now|initially|originally)\b/i;

const ACTOR =
  "(?:we|i|the team|teams?|it (?:is|was|has been))(?:['’](?:ll|re|ve|d|m))?(?: have| has| are| am| also| therefore| thus| now)*";
/** Says that something is decided, in any section. */
const DECIDES = new RegExp(
  `\\b${ACTOR} (?:will|shall|decided?|agreed?|chosen?|chose|choose|select(?:ed)?|adopt(?:ed)?|propos(?:e[ds]?|ing)|recommend(?:ed)?|going (?:to|with)|go with|opt(?:ed)? (?:for|to)|sticking with)\\b|\\bwe['’]ll\\b|\\b(?:decision|proposal|proposed solution|recommendation|choice) (?:is|was|has been)(?: made)?\\b|\\b(?:chosen|selected|preferred) option\\b|\\b(?:was|were|been|is) (?:chosen|selected|decided|agreed)\\b|\\b(?:proposes|decides|recommends|introduces|mandates)\\b|\\b(?:chosen|decision)\\s*:`,
  'i',
);
/** In the section of the decision, so does a sentence about what the team does: `We keep ...`. */
const TEAM_ACTION =
  /^[*_\s]*we(?:['’]d like to)? (?!(?:have|had|are|were|need|want|currently|can|cannot|could|know|see|saw|found|do|did|don['’]t|didn['’]t|would|think|believe)\b)[a-z]+/i;
/** Prescribes something: enough for the first sentence of a section. */
const PRESCRIBES = /\b(?:will|shall|must|should|may not|can only|is required|are required|need to|needs to)\b/i;
const IMPERATIVE =
  /^[*_\s]*(?:use|adopt|add|allow|always|avoid|build|change|create|define|deploy|do|don['’]t|drop|enable|expose|extend|extract|host|implement|include|integrate|introduce|keep|let|limit|make|manage|migrate|move|never|only|prefer|provide|publish|put|reject|remove|rename|replace|require|retain|run|send|serve|split|start|stay|stop|store|switch|treat|update|upgrade|write)\b/i;

const isProse = (words: string): boolean =>
  /\p{L}{2,}\S*\s+\S*\p{L}{2,}/u.test(words) &&
  words.trim().split(/\s+/).length >= 3 &&
  !METADATA.test(words) &&
  !TEMPLATE.test(words) &&
  !isUnfilled(words);

function candidatesIn({ text }: RecordSection, format: string): CandidateSentence[] {
  const out: CandidateSentence[] = [];
  for (const block of blocksOf(text, format)) {
    if (METADATA.test(text.slice(block.start, block.end)) || TEMPLATE.test(text.slice(block.start, block.end))) continue;
    for (const sentence of sentencesOf(text, block)) {
      const words = text.slice(sentence.start, sentence.end);
      if (!isProse(words)) continue;
      out.push({ ...sentence, block, words });
      if (out.length >= MOST_SENTENCES) return out;
    }
  }
  return out;
}

const decides = ({ words }: CandidateSentence): boolean =>
  DECIDES.test(words) || TEAM_ACTION.test(words) || (IMPERATIVE.test(words) && words.split(/\s+/).length >= SHORTEST_COMMAND);
/** Only introduces something: a list, a definition, the problem. */
const isIntroduction = ({ words, block }: CandidateSentence): boolean =>
  (/:$/.test(words) && !block.beforeList) ||
  /^\S+(?: \S+){0,6}? (?:is|are|was|were) (?:an?|the)\b/.test(words) ||
  /\b(?:unclear|non-trivial|problem|issue)\b/i.test(words);
/** Speaks about the record or about something else, or asks a question. */
const isAside = ({ words }: CandidateSentence): boolean =>
  (ABOUT_THE_RECORD.test(words) && !(DECIDES.test(words) && /^[*_\s]*(?:this|the)\b/i.test(words))) || /\?[*_"”’)]*$/.test(words);
/** A bold line used as a heading. */
const isHeading = ({ words, block, end }: CandidateSentence): boolean =>
  end === block.end && /^(?:\*\*|__)[^*_]+(?:\*\*|__):?$/.test(words) && !DECIDES.test(words);

/** The decision in its section: the first sentence, unless it only introduces one that decides. */
function decisionIn(choices: readonly CandidateSentence[]): CandidateSentence | undefined {
  const prose = choices.filter((choice) => !isHeading(choice));
  const fit = (prose.length > 0 ? prose : choices).filter((choice) => !isAside(choice));
  const [first] = fit;
  if (!first || decides(first) || PRESCRIBES.test(first.words)) return first;
  const introduces = isIntroduction(first);
  const deciding = fit.slice(0, introduces ? MOST_SENTENCES : FIRST_SENTENCES).find(({ words }) => DECIDES.test(words));
  if (deciding || !introduces) return deciding ?? first;
  return fit.find(decides) ?? fit.find(({ words }) => PRESCRIBES.test(words)) ?? first;
}

/** Only names what was chosen: `Chosen option: "NATS"`. The next sentence says what that is. */
const LABEL = /^[*_\s]*(?:chosen|selected) (?:option|solution|alternative)[*_]*\s*:.{0,80}$/i;

/** Where a quotation ends: an introduction includes the first item of its list, and a mere name the sentence after it. */
function endOf(text: string, choice: CandidateSentence, blocks: readonly Block[]): number {
  const isLast = text.slice(choice.end, choice.block.end).trim() === '';
  const open = choice.block.kind === 'paragraph' ? !/[.!?]["'”’)*_`]*$/.test(choice.words) : /:$/.test(choice.words);
  const sentences = sentencesOf(text, choice.block);
  const after = sentences[sentences.findIndex(({ start }) => start === choice.start) + 1];
  const ends = after && /[.!?]["'”’)*_`]*$/.test(text.slice(after.start, after.end));
  if (ends && LABEL.test(choice.words) && after.end - choice.start <= LONGEST) return after.end;
  const leads = isLast && choice.block.beforeList && open;
  if (!leads) return choice.end;
  const item = blocks.find(({ start }) => start > choice.end);
  const sentence = item && sentencesOf(text, item)[0];
  return sentence && sentence.end - choice.start <= LONGEST ? sentence.end : choice.end;
}

function quote(part: RecordSection, choice: CandidateSentence, format: string): Quotation {
  const { text, start } = part;
  let end = endOf(text, choice, blocksOf(text, format));
  if (end - choice.start > LONGEST) {
    const cut = text.slice(choice.start, choice.start + LONGEST);
    end = choice.start + Math.max(cut.search(/\s\S*$/), LONGEST / 2);
  }
  return {
    text: text.slice(choice.start, end),
    span: { start: positionAfter(start, text.slice(0, choice.start)), end: positionAfter(start, text.slice(0, end)) },
  };
}

/** Whether a section is below a heading that fits, with no deeper heading that leads elsewhere, such as to pros and cons. */
function isBelow(path: readonly string[], fits: (name: string) => boolean): boolean {
  const at = path.findIndex(fits);
  return at >= 0 && !path.slice(at + 1).some((name) => METADATA_HEADING.test(name) || CONTEXT_HEADING.test(name));
}

const quotations = new WeakMap<IndexedDocument, Quotation>();

/**
 * The one sentence of a record that says what it decides, verbatim, with the first item of a list that it introduces. It comes from the section of the
 * decision, whatever that is called; in a record without one, it is the first sentence that decides, else the first sentence. Empty, at the title, for
 * a record without prose. Memoised by document.
 */
export function decisionSentence(document: IndexedDocument): Quotation {
  const known = quotations.get(document);
  if (known) return known;
  const found = findSentence(document);
  quotations.set(document, found);
  return found;
}

function findSentence(document: IndexedDocument): Quotation {
  const { head } = document;
  const { format } = head;
  const title = plainHeading(head.title);
  const parts = sectionsOf(document);
  const headingsBelowTitle = (part: RecordSection): readonly string[] =>
    part.path.filter((name, i) => i > 0 || part.path.length === 1 || name !== title);
  const firstOf = (
    fits: (part: RecordSection) => boolean,
    choose: (choices: readonly CandidateSentence[]) => CandidateSentence | undefined,
  ): Quotation | undefined => {
    for (const part of parts) {
      if (!fits(part)) continue;
      const choice = choose(candidatesIn(part, format));
      if (choice) return quote(part, choice, format);
    }
    return undefined;
  };
  const isMetadata = (part: RecordSection): boolean => headingsBelowTitle(part).some((name) => METADATA_HEADING.test(name));
  const isContext = (part: RecordSection): boolean => headingsBelowTitle(part).some((name) => CONTEXT_HEADING.test(name));
  const deciding = (choices: readonly CandidateSentence[]): CandidateSentence | undefined =>
    choices.find((choice) => DECIDES.test(choice.words) && !isAside(choice));
  const firstFit = (choices: readonly CandidateSentence[]): CandidateSentence | undefined =>
    choices.find((choice) => !isAside(choice) && !isHeading(choice)) ?? choices[0];
  return (
    firstOf((part) => isBelow(part.path, (name) => DECISION_HEADING.test(name)), decisionIn) ??
    firstOf(
      (part) => isBelow(headingsBelowTitle(part), (name) => PROBABLE_HEADING.test(name) && !NOT_THE_DECISION.test(name)),
      decisionIn,
    ) ??
    firstOf((part) => isBelow(headingsBelowTitle(part), (name) => DESIGN_HEADING.test(name)), decisionIn) ??
    firstOf((part) => !isMetadata(part) && !isContext(part), deciding) ??
    firstOf((part) => !isMetadata(part), deciding) ??
    firstOf((part) => !isMetadata(part) && !isContext(part), firstFit) ?? { text: '', span: head.titleSpan ?? EMPTY_SPAN }
  );
}
