import type { KindredRecord } from '../../model/authoring.ts';
import { code, type Markup } from './quote.ts';
import { linkTo } from './relate.ts';
import { type DraftPhrases, ENGLISH } from './wording/phrases.ts';

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

const sourceText = (from: string, source: KnownSource, markup: Markup, say: DraftPhrases): string[] => {
  switch (source.kind) {
    case 'commit':
      return [`${say.commit} ${code(source.sha.slice(0, SHA), markup)}`];
    case 'file':
      return [code(source.path, markup)];
    case 'record':
      return [linkTo(from, { path: source.path, title: source.title, heading: source.title }, 'body')];
    case 'words':
      return [];
  }
};

/** A sentence with its sources behind it, so that whoever reviews the draft can look. */
const sentenceText = (from: string, { text, sources }: KnownSentence, markup: Markup, say: DraftPhrases): string => {
  const named = [...new Set(sources.flatMap((source) => sourceText(from, source, markup, say)))].join(', ');
  return named === '' ? text : `${text} (${named})`;
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const commitsText = ({ commits, left }: Known, markup: Markup, say: DraftPhrases): string => {
  if (commits.length === 0) return '';
  const bullet = markup === 'asciidoc' ? '*' : '-';
  const lines = commits.map(({ sha, subject, reason }) => {
    const says = reason === undefined || oneLine(reason) === oneLine(subject) ? '' : ` ${say.saysWhy(oneLine(reason))}`;
    return `${bullet} ${code(sha.slice(0, SHA), markup)} ${oneLine(subject)}.${says}`.replace(/([.!?])\.(?= |$)/, '$1');
  });
  return [say.commits, '', ...lines, ...(left > 0 ? [`${bullet} ${say.more(left)}`] : [])].join('\n');
};

const weighText = (from: string, weigh: readonly KindredRecord[], markup: Markup, say: DraftPhrases): string => {
  if (weigh.length === 0) return '';
  const bullet = markup === 'asciidoc' ? '*' : '-';
  const lines = weigh.map(
    ({ record: { path, title }, sentence }) => `${bullet} ${linkTo(from, { path, title, heading: title }, 'body')}: ${sentence}`,
  );
  return [say.weigh, '', ...lines].join('\n');
};

/**
 * What is known, for the sections of a new record. A section about which nothing is known holds a question, and never an answer: a reason that nobody gave is
 * not made up.
 */
export function knownParts(
  from: string,
  known: Known,
  markup: Markup,
  say: DraftPhrases = ENGLISH,
): Readonly<Record<DraftPart, readonly string[]>> {
  const { sentences, commits, weigh, explained } = known;
  const told = (part: DraftPart): string => sentences[part].map((sentence) => sentenceText(from, sentence, markup, say)).join('\n\n');
  const isKnownWhy = explained || commits.some(({ reason }) => reason !== undefined);
  const why = isKnownWhy ? '' : commits.length > 0 ? say.whyUnsaid : say.why;
  return {
    context: [told('context'), commitsText(known, markup, say), weighText(from, weigh, markup, say), why],
    options: [sentences.options.length > 0 ? told('options') : say.options],
    consequences: [sentences.consequences.length > 0 ? told('consequences') : say.consequences],
  };
}
