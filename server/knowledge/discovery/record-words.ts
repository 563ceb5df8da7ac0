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
      `^(?:(?:[-*:|>][ \\t]*)?[*_]{0,3}(?:${word})[*_]{0,3}(?:\\([^)\\n]{0,20}\\))?[*_]{0,3}[ \\t]*[:|]|[#=]{1,4}[ \\t]+(?:\\d+\\.?[ \\t]+)?[*_]{0,3}(?:${word})[*_: \\t]*$|(?:${word})[ \\t]*\\r?\\n[-=~]{3,}[ \\t]*$)`,
      'im',
    ).test(beginning);
  return words.filter(has).length;
};

/** Whether the start of a file has two parts of a decision record. Enough only in a folder that may hold records. */
export const hasRecordWords = (beginning: string): boolean => countOf(RECORD_WORDS, beginning) >= 2;

/** Whether the start of a file has two parts of a proposal. Enough only in a folder of proposals. */
export const proposes = (beginning: string): boolean =>
  countOf(PROPOSAL_WORDS, beginning) >= 2 || labelsOf([...RFC_HEAD, ...RFC_SECTIONS], beginning) >= 2;

const STATUS = 'status|state|decision status';
const CONTEXT = 'context|context and problem statement|problem|problem statement|background';
const DECISION = 'decision|decision outcome|the decision|considered options|decision drivers';

/** Whether the start of a numbered file is that of a decision record: a status, and context and decision as headings or labels. */
export const isWholeRecord = (beginning: string): boolean =>
  labelsOf([STATUS], beginning) === 1 && labelsOf([CONTEXT], beginning) === 1 && labelsOf([DECISION, 'consequences'], beginning) >= 1;

/** Whether the start of a numbered file is that of a proposal: the head of an RFC, and the first of its sections. */
export const isProposal = (beginning: string): boolean => labelsOf(RFC_HEAD, beginning) >= 2 && labelsOf(RFC_SECTIONS, beginning) >= 1;

/**
 * Whether the start of a file is the preamble of an improvement proposal: its own number under the name of the series (`EIP: 20`, `:DEP: 1`,
 * `| DIP | 1001 |`), a status and an author.
 * @param number of the file, without leading zeros
 */
export const isPreamble = (beginning: string, number: string): boolean =>
  new RegExp(`^[-:|*>_ \\t]{0,6}[A-Za-z]{2,8}[*_ \\t]{0,4}[:|][:|*_ \\t"'#]{0,60}0*${number}(?![\\w.])`, 'm').test(
    beginning.slice(0, PEEK_LENGTH),
  ) && labelsOf(['status', 'authors?|champions?|editors?'], beginning) === 2;

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
  return labelsOf([STATUS, CONTEXT, DECISION, 'consequences'], beginning) >= 2;
};
