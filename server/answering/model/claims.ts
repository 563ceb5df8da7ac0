/** Words that turn a statement round, in the languages in which records are mostly written. */
const NEGATION =
  /\b(?:not|never|no|none|nor|neither|without|cannot|nobody|nothing|don't|instead of|rather than|refus\w*|reject\w*|forbid\w*|forbidden|avoid\w*|except|unless|stop\w*|nicht|nie|niemals|kein\w*|ohne|ne|pas|jamais|sans|nunca|sin|ning[uú]n\w*|não|sem|non|senza|niet|geen|zonder)\b|n['’]t\b/iu;

/** Letters by which two forms of one word are told to be the same. */
const STEM = 5;
/** Share of the longer words of a claim that its source or the question has to have. */
const BACKED = 0.7;

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

const stems = (text: string): readonly string[] =>
  (plain(text).match(/[\p{L}\p{M}]{4,}/gu) ?? []).map((word) => [...word].slice(0, STEM).join(''));

/** What may not be made up at all: numbers, names, code and addresses. The first word of a sentence is capital by grammar. */
const facts = (text: string): readonly string[] => [
  ...(text.match(/\d+(?:[.,:]\d+)*/g) ?? []),
  ...(text.match(/`[^`]+`/g) ?? []).map((code) => code.slice(1, -1)),
  ...(text.match(/\b[a-z]+:\/\/\S+|\b\w+(?:[._/-]\w+)+/giu) ?? []),
  ...(text.match(/(?<=[\p{L}\p{N},;:)]\s)\p{Lu}[\p{L}\p{N}]+/gu) ?? []),
];

/** Words by which a text speaks to a language model that reads it. */
const INSTRUCTION =
  /\b(?:ignore|disregard|forget|override)\b[^.!?]{0,60}\b(?:instructions?|prompts?|messages?|rules|above|before)\b|\b(?:system prompt|your instructions|you are an? (?:ai|assistant|chatbot|language model))\b/iu;

/** Whether a sentence of a document is addressed to a model. It may be asked for, but no model that was offered it is believed about it. */
export const isInstruction = (sentence: string): boolean => INSTRUCTION.test(sentence);

/** Whether a text says that something is not so. */
const isNegated = (text: string): boolean => NEGATION.test(text);

/** What a claim is measured by. */
export interface Source {
  /** The sentence that is quoted. */
  readonly sentence: string;
  /** All lines that were offered with it. */
  readonly source: string;
}

/**
 * Whether a claim only words anew what its sources say: its numbers, names, code and addresses are theirs, most of its words are theirs or those of the question,
 * and it says "not" where one of the quoted sentences does, and only there. A claim that fails may be right all the same; then the sources speak for themselves.
 */
export const isBacked = (claim: string, sources: readonly Source[], question: string): boolean => {
  if (isNegated(claim) !== sources.some(({ sentence }) => isNegated(sentence))) return false;
  const source = sources.map((one) => one.source).join('\n');
  const said = plain(source);
  const numbers = new Set(said.match(/\d+(?:[.,:]\d+)*/g) ?? []);
  const isThere = (fact: string): boolean => (/^\d/.test(fact) ? numbers.has(fact) : said.includes(plain(fact)));
  if (!facts(claim).every(isThere)) return false;
  const known = new Set([...stems(source), ...stems(question)]);
  const words = stems(claim);
  return words.length > 0 && words.filter((word) => known.has(word)).length >= words.length * BACKED;
};
