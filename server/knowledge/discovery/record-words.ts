import type { RecordPart } from '../languages/language.ts';
import { isNameOf } from '../languages/languages.ts';

/** Number of characters at the start of a file that decide what it is. */
export const PEEK_LENGTH = 2_048;

const RECORD_WORDS = [
  'status',
  'context|problem|context and problem statement',
  'decision|decision outcome|decision drivers',
  'consequences',
];
const PROPOSAL_WORDS = [
  'summary|abstract|overview',
  'motivation',
  'goals|non-goals',
  'proposal',
  'authors?|owners?|sponsors?',
  'status|creation-date|state',
  'drawbacks',
];
/** The head of an RFC in the form of Rust's, Ember's, React's and the AWS CDK's. */
const RFC_HEAD = [
  'feature[- ]name',
  'start[- ]date',
  'rfc[- ]pr|rfcs?[- ]link',
  '(?:rust |react |ember |implementation |tracking |related )?issues?|issue\\(s\\)',
  'original authors?|author\\(s\\)|authors?|api bar raiser',
];
const RFC_SECTIONS = [
  'summary',
  'motivation|introduction|background',
  '(?:detailed|guide-level|reference-level) (?:design|explanation)|basic example|design',
  'drawbacks',
  'alternatives|rationale and alternatives',
  'unresolved questions|open questions',
];

/** How many of the words occur as a heading, bullet, bold label, quotation or front matter key at the start of a line. */
const countOf = (words: readonly string[], text: string): number => {
  const beginning = text.slice(0, PEEK_LENGTH);
  const has = (word: string): boolean =>
    new RegExp(`^(?:[#=]{1,4}[ \\t]+(?:\\d+\\.?[ \\t]+)?|[-*][ \\t]+|>[ \\t]+|\\*\\*|__)*(?:${word})\\b`, 'im').test(beginning);
  return words.filter(has).length;
};

/** As {@link countOf}, of words that are followed by a value or are headings; a sentence that begins with one does not count. */
const labelsOf = (words: readonly string[], text: string): number => {
  const beginning = text.slice(0, PEEK_LENGTH);
  const has = (word: string): boolean =>
    new RegExp(
      `^[ \\t]{0,4}(?:(?:[-*:|>][ \\t]*)?[*_]{0,3}(?:${word})[*_]{0,3}(?:\\([^)\\n]{0,20}\\))?[*_]{0,3}[ \\t]*[:|]|[#=]{1,4}[ \\t]+(?:\\d+\\.?[ \\t]+)?[*_]{0,3}(?:${word})[*_: \\t]*$|(?:${word})[ \\t]*\\r?\\n[-=~]{3,}[ \\t]*$)`,
      'im',
    ).test(beginning);
  return words.filter(has).length;
};

const HEADING = /^[ ]{0,3}[#=]{1,4}[ \t]+(?:\d+(?:\.\d+)*[.)]?[ \t]+)?(.{1,80})/;
const UNDERLINE = /^[=\-~^"'*+#]{3,}[ \t]*$/;
/** `- **Estado:** x`, `Status: x`, `| Status | x |`, `:Status: x`, `状态：x`. */
const LABEL = /^[ \t]{0,8}(?:[-*+>:|][ \t]*)*[*_]{0,3}([\p{L}][\p{L}\p{M} '’-]{0,50})[*_]{0,3}[ \t]*(?:[:：|]|$)/u;
const PARTS: readonly RecordPart[] = ['status', 'context', 'decision', 'consequences', 'options'];

const ITEM = /^[ \t]{0,8}[-*+][ \t]/;

/**
 * The parts of a record that the start of a file names as headings or labels, in any language.
 * @param deepItems whether the items of lists below the second heading count: reports list "Problem" and "Decision" for each thing they did
 */
const partsOf = (text: string, deepItems = true): ReadonlySet<RecordPart> => {
  const found = new Set<RecordPart>();
  const lines = text.slice(0, PEEK_LENGTH).split('\n');
  let headings = 0;
  for (const [at, line] of lines.entries()) {
    const isUnderlined = UNDERLINE.test(lines[at + 1] ?? '');
    if (HEADING.test(line)) headings++;
    if (!deepItems && headings > 1 && ITEM.test(line)) continue;
    const name = (HEADING.exec(line)?.[1] ?? (isUnderlined ? line : LABEL.exec(line)?.[1]))?.split(/[:：]/)[0];
    if (name === undefined || (!isUnderlined && !HEADING.test(line) && !/[:：|]/.test(line))) continue;
    for (const part of PARTS) if (isNameOf(part, name)) found.add(part);
  }
  return found;
};

/** Whether the start of a numbered file has two parts of a record as headings or labels, in any language: a status or decision, and one more. */
export const hasRecordParts = (beginning: string): boolean => {
  const parts = partsOf(beginning);
  return parts.size >= 2 && (parts.has('decision') || parts.has('status'));
};

/** Whether the start of a file has the decision and so many more parts of a record as headings or labels, in any language. */
export const hasDecisionAnd = (more: number, beginning: string): boolean => {
  const parts = partsOf(beginning);
  return parts.has('decision') && parts.size > more;
};

/** Whether the start of a file names a part that only records have. */
export const namesDecision = (beginning: string): boolean => {
  const parts = partsOf(beginning);
  return parts.has('decision') || parts.has('status');
};

/** Whether the start of a file has two parts of a decision record. Enough only in a folder that may hold records. */
export const hasRecordWords = (beginning: string): boolean => countOf(RECORD_WORDS, beginning) >= 2;

/** Whether the start of a file has two parts of a proposal. Enough only in a folder of proposals. */
export const proposes = (beginning: string): boolean =>
  countOf(PROPOSAL_WORDS, beginning) >= 2 || labelsOf([...RFC_HEAD, ...RFC_SECTIONS], beginning) >= 2;

const STATUS = 'status|state|decision status';
const CONTEXT = 'context|context and problem statement|problem|problem statement|background';
const DECISION = 'decision|decision outcome|the decision|considered options|decision drivers';

/** Whether the start of a file is that of a decision record: a status, and context and decision as headings or labels, in any language. */
export const isWholeRecord = (beginning: string): boolean => {
  if (labelsOf([STATUS], beginning) === 1 && labelsOf([CONTEXT], beginning) === 1 && labelsOf([DECISION, 'consequences'], beginning) >= 1)
    return true;
  const parts = partsOf(beginning, false);
  return parts.has('status') && parts.has('context') && (parts.has('decision') || parts.has('consequences'));
};

/** Whether the start of a numbered file is that of a proposal: the head of an RFC, and the first of its sections. */
export const isProposal = (beginning: string): boolean => labelsOf(RFC_HEAD, beginning) >= 2 && labelsOf(RFC_SECTIONS, beginning) >= 1;

/** Keys with a number that is none of a proposal. */
const NO_SERIES_KEY =
  'id|order|weight|position|index|sort|nav|page|part|step|week|day|chapter|lesson|unit|level|version|toc|issue|pr|task|plan|ticket|story|epic|sprint|year';

/**
 * Whether the start of a file is the preamble of an improvement proposal: its own number under the name of the series (`EIP: 20`, `:DEP: 1`,
 * `| DIP | 1001 |`), a status and an author.
 * @param number of the file, without leading zeros
 */
export const isPreamble = (beginning: string, number: string): boolean =>
  new RegExp(
    `^[-:|*>_ \\t]{0,6}(?!(?:${NO_SERIES_KEY})\\b)[A-Za-z]{2,8}[*_ \\t]{0,4}[:|][:|*_ \\t"'#]{0,60}0*${number}(?![\\w.])`,
    'im',
  ).test(beginning.slice(0, PEEK_LENGTH)) && labelsOf(['status', 'authors?|champions?|editors?'], beginning) === 2;

/**
 * Whether the start of a file that is numbered in a series is that of a proposal of it: its title speaks of an enhancement or improvement, or its
 * front matter has a status and says that it is a standard, a procedure or a decision record.
 */
export const isOfSeries = (beginning: string): boolean => {
  const text = beginning.slice(0, PEEK_LENGTH);
  if (/^(?:#[ \t]+)?[^\n:]{0,40}\b(?:enhancement|improvement|proposal)s?\b[^\n:]{0,24}:[ \t]*\S/im.test(text.slice(0, 400))) return true;
  const front = /^---[ \t]*\r?\n([\s\S]{0,1500}?)\n---/.exec(text)?.[1] ?? '';
  return (
    /^status:[ \t]*\S/im.test(front) &&
    /^type:[ \t]*["']?(?:decision record|standard|standards track|procedural|process|informational|meta)["']?[ \t]*(?:#.*)?$/im.test(front)
  );
};

const TITLE =
  /^(?:#[ \t]+|=[ \t]+|title:[ \t]*["']?)(?:\[?M?ADR(?:[-_ #]{0,2}\d{1,5})?\]?[ \t]*[:–—-]|Architectur(?:e|al) Decision Record[ \t]*(?:[-#]?[ \t]*\d{1,5}[ \t]*)?[:–—-])[ \t]*(?=\S)([^\n]*)/im;
/** What templates write where the title goes. */
const PLACEHOLDER = /[[<{]|\b(?:title|short|name of|your)\b|x{3}|n{3}/i;

/**
 * Whether a document calls itself a record (`# ADR: Use queues`) and has the sections of one, wherever it is. In the first 2,048 characters, where
 * the decision may not be reached: context or background, and one more.
 */
export const hasRecordTitle = (beginning: string): boolean => {
  const title = TITLE.exec(beginning.slice(0, PEEK_LENGTH));
  if (title === null || PLACEHOLDER.test(title[1] ?? '')) return false;
  return labelsOf([STATUS, CONTEXT, DECISION, 'consequences'], beginning) >= 2 || partsOf(beginning).size >= 2;
};

const FIRST_TITLE = /^(?:(?:#|=)[ \t]+|title:[ \t]*["']?)([^\n]{1,200})|^([^\n]{1,200})\n={3,}[ \t]*$/im;
/** The label and number before a title, or what a template writes there. */
const TITLE_LABEL =
  /^(?:[*_]{0,2}(?:M?ADR|RFC|KEP|DR|[Dd]ecision(?: [Rr]ecord)?)s?[-_ #]{0,3})?(?:\d{1,5}|[NX#?]{1,5}|[[<{][^\]>}\n]{0,20}[\]>}](?=[ \t]*[.:：–—-]))?[*_]{0,2}[ \t]*[.:：–—-][ \t]*/u;
const PLACEHOLDER_TITLE =
  /^(?:\[[^\]\n]*\](?!\()|<[^>\n]*>|\{[^}\n]*\}|(?:short )?(?:noun phrase|title)|(?:short|your|my|brief) [a-z -]{0,30}title|title (?:of|here)\b.*|name of .{0,40})[*_ \t.]*$/i;

/** Whether the title of a file is what templates write there: `ADR-000: [Short Title]`, `# {title}`, `# <决定的标题>`. */
export const hasPlaceholderTitle = (beginning: string): boolean => {
  const found = FIRST_TITLE.exec(beginning.slice(0, PEEK_LENGTH));
  const title = (found?.[1] ?? found?.[2] ?? '').trim().replace(/^["']|["']$/g, '');
  const bare = title.replace(TITLE_LABEL, '');
  return PLACEHOLDER_TITLE.test(bare) || PLACEHOLDER_TITLE.test(title) || (bare !== '' && isNameOf('title', bare));
};

/** What pages about records are called: `What is an ADR?`, `¿Qué es un ADR?`, `Was ist ein ADR?`, `ADR explanation`. */
const ABOUT_RECORDS =
  /^[¿\s]*(?:what(?:['’]s| is| are)|qu[eé] es|o que [eé]|was (?:ist|sind)|qu['’]est-ce qu|wat (?:is|zijn)|cos['’][eè]|czym (?:jest|są)|что такое)\b.{0,30}(?:\bADRs?\b|decision records?\b)|^(?:ADRs?|(?:architecture |architectural )?decision records?)\s+(?:explained|explanation|explanations|basics|overview|introduction|guide|guidelines|primer|process)\b|^ADRs?とは/iu;

/** Whether the title of a file says that it is about records. */
export const isAboutRecords = (beginning: string): boolean => {
  const title = /^#{1,2}[ \t]*([^\n]{1,200})/m.exec(beginning.slice(0, PEEK_LENGTH))?.[1];
  return title !== undefined && ABOUT_RECORDS.test(title.trim());
};

const LONGEST_NOTICE = 600;
/** `This document was moved to URL`, `This proposal has moved: [x](y)`. */
const MOVED =
  /^[^\n]{0,160}\b(?:(?:was|has|have|been|is)(?: now)? (?:been )?(?:moved|relocated|migrated|renumbered)|moved(?: permanently)?) (?:to|here|into|under|as)?\s{0,2}:?[^\n]{0,300}(?:https?:\/\/|\]\(|<|`|\.(?:md|rst|adoc)\b)/i;

/** Whether a file says nothing but where its text is now. @param beginning at least 601 characters, if there are so many */
export const isMovedAway = (beginning: string): boolean => {
  const text = beginning.trim();
  if (text === '' || text.length > LONGEST_NOTICE) return false;
  const paragraphs = text.split(/\n\s*\n/).filter((part) => !/^(?:#{1,3}[ \t]|=[ \t])[^\n]*$/.test(part.trim()));
  return paragraphs.length === 1 && MOVED.test((paragraphs[0] ?? '').replace(/\s*\n\s*/g, ' '));
};
