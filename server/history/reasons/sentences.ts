import { proseOf } from './prose.ts';

/** A sentence of a message, verbatim but for its line breaks. */
export interface Sentence {
  readonly text: string;
  /** Offsets in the message; exclusive end. */
  readonly start: number;
  readonly end: number;
  /** The subject of the commit, or a sentence of the body. */
  readonly isSubject: boolean;
  /** Place among the sentences of the body, from 0; -1 for the subject. */
  readonly index: number;
  /** Place within its paragraph or item, from 0. */
  readonly inParagraph: number;
  /** Place of its paragraph or item in the body, from 0. */
  readonly paragraph: number;
  readonly isItem: boolean;
}

/** Dots that end no sentence: abbreviations, initials, versions. */
const NO_END = /(?:\b(?:e\.g|i\.e|etc|vs|cf|resp|approx|incl|No|Mr|Ms|Dr|St|ca|al|a\.k\.a|w\.r\.t|fig|sec|viz)|(?:^|\s)[A-Z]|^\d{1,2})\.$/;
const END = /[.!?]["'”’)\]`*]*(?=\s|$)/g;

interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Cuts joined lines at the ends of sentences. `offsets` maps each character to its place in the message. */
function cut(text: string, offsets: readonly number[]): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const add = (until: number): void => {
    const part = text.slice(from, until);
    const lead = part.length - part.trimStart().length;
    const trimmed = part.trim();
    if (trimmed !== '') {
      const start = offsets[from + lead] ?? 0;
      pieces.push({ text: trimmed, start, end: (offsets[from + lead + trimmed.length - 1] ?? start) + 1 });
    }
    from = until;
  };
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    const upTo = text.slice(from, match.index + 1);
    const next = text.slice(end).trimStart();
    // After two spaces, a sentence may begin in lower case.
    const isSpaced = /^ {2,}\S/.test(text.slice(end));
    if (NO_END.test(upTo.trim()) || (/^[a-z]/.test(next) && !isSpaced)) continue;
    add(end);
  }
  add(text.length);
  return pieces;
}

/** Where the subject ends: at the first empty line. */
function subjectEnd(message: string): number {
  const end = message.search(/\r?\n[ \t]*\r?\n/);
  return end < 0 ? message.length : end;
}

/** The sentences of a message that may say something: its subject, and the prose of its body. */
export function sentencesOf(message: string): Sentence[] {
  const end = subjectEnd(message);
  const lead = message.length - message.trimStart().length;
  const subject = message
    .slice(lead, Math.max(lead, end))
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .trim()
    .slice(0, 1_000);
  const sentences: Sentence[] = [
    { text: subject, start: lead, end: Math.max(lead, end), isSubject: true, index: -1, inParagraph: 0, paragraph: -1, isItem: false },
  ];
  let index = 0;
  let paragraph = -1;
  let text = '';
  let offsets: number[] = [];
  let isItem = false;
  const close = (): void => {
    cut(text, offsets).forEach((piece, inParagraph) => {
      sentences.push({ ...piece, isSubject: false, index: index++, inParagraph, paragraph, isItem });
    });
    text = '';
    offsets = [];
  };
  for (const line of proseOf(message, end)) {
    if (line.begins) {
      close();
      paragraph++;
      isItem = line.isItem;
    } else {
      text += ' ';
      offsets.push(line.offset);
    }
    for (let at = 0; at < line.text.length; at++) offsets.push(line.offset + at);
    text += line.text;
  }
  close();
  return sentences;
}
