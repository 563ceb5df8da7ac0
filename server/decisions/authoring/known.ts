import type { KindredRecord } from '../../model/authoring.ts';
import { code, type Markup } from './quote.ts';
import { linkTo } from './relate.ts';

/** A commit as a draft quotes it. */
export interface KnownCommit {
  readonly sha: string;
  readonly subject: string;
  /** The sentence of its message that says why, verbatim; absent where none does. */
  readonly reason?: string;
}

/** What a sentence is taken from. */
export type KnownSource =
  | { readonly kind: 'commit'; readonly sha: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'record'; readonly path: string; readonly title: string }
  | { readonly kind: 'words' };

/** A sentence that was checked, with what it is taken from. */
export interface KnownSentence {
  readonly text: string;
  readonly sources: readonly KnownSource[];
}

/** The sections of a record that a draft begins. */
export type DraftPart = 'context' | 'options' | 'consequences';

/** What is known of a decision that is about to be written. What is not stays a question. */
export interface Known {
  /** Newest first. */
  readonly commits: readonly KnownCommit[];
  /** Commits that are not among them. */
  readonly left: number;
  /** Records that have more to do with it than a text that is alike. */
  readonly weigh: readonly KindredRecord[];
  readonly sentences: Readonly<Record<DraftPart, readonly KnownSentence[]>>;
  /** A sentence of a person says why. */
  readonly explained: boolean;
}

/** Digits of a sha in a text. */
const SHA = 10;

const QUESTIONS = {
  why: 'Open question: why is this needed?',
  whySaid: 'Open question: why is this needed? The messages of the commits do not say it.',
  options: 'Open question: which other options were considered, and why were they not chosen?',
  consequences: 'Open question: what follows from this, and for whom?',
};

const sourceText = (from: string, source: KnownSource, markup: Markup): string[] => {
  switch (source.kind) {
    case 'commit':
      return [`commit ${code(source.sha.slice(0, SHA), markup)}`];
    case 'file':
      return [code(source.path, markup)];
    case 'record':
      return [linkTo(from, { path: source.path, title: source.title, heading: source.title }, 'body')];
    case 'words':
      return [];
  }
};

/** A sentence with its sources behind it, so that whoever reviews the draft can look. */
const sentenceText = (from: string, { text, sources }: KnownSentence, markup: Markup): string => {
  const named = [...new Set(sources.flatMap((source) => sourceText(from, source, markup)))].join(', ');
  return named === '' ? text : `${text} (${named})`;
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const commitsText = ({ commits, left }: Known, markup: Markup): string => {
  if (commits.length === 0) return '';
  const bullet = markup === 'asciidoc' ? '*' : '-';
  const lines = commits.map(({ sha, subject, reason }) => {
    const says = reason === undefined || oneLine(reason) === oneLine(subject) ? '' : ` It says why: "${oneLine(reason)}"`;
    return `${bullet} ${code(sha.slice(0, SHA), markup)} ${oneLine(subject)}.${says}`.replace(/([.!?])\.(?= |$)/, '$1');
  });
  return ['Commits:', '', ...lines, ...(left > 0 ? [`${bullet} and ${left} more`] : [])].join('\n');
};

const weighText = (from: string, weigh: readonly KindredRecord[], markup: Markup): string => {
  if (weigh.length === 0) return '';
  const bullet = markup === 'asciidoc' ? '*' : '-';
  const lines = weigh.map(
    ({ record: { path, title }, sentence }) => `${bullet} ${linkTo(from, { path, title, heading: title }, 'body')}: ${sentence}`,
  );
  return ['Decisions to weigh:', '', ...lines].join('\n');
};

/**
 * What is known, for the sections of a new record. A section about which nothing is known holds a question, and never an answer: a reason that nobody gave is
 * not made up.
 */
export function knownParts(from: string, known: Known, markup: Markup): Readonly<Record<DraftPart, readonly string[]>> {
  const { sentences, commits, weigh, explained } = known;
  const told = (part: DraftPart): string => sentences[part].map((sentence) => sentenceText(from, sentence, markup)).join('\n\n');
  const isKnownWhy = explained || commits.some(({ reason }) => reason !== undefined);
  const why = isKnownWhy ? '' : commits.length > 0 ? QUESTIONS.whySaid : QUESTIONS.why;
  return {
    context: [told('context'), commitsText(known, markup), weighText(from, weigh, markup), why],
    options: [sentences.options.length > 0 ? told('options') : QUESTIONS.options],
    consequences: [sentences.consequences.length > 0 ? told('consequences') : QUESTIONS.consequences],
  };
}
