/** `getUserById` -> `get User By Id`. */
const CAMEL = /(?<=[a-z0-9])(?=[A-Z])/g;
/** `HTTPServer` -> `HTTP Server`. */
const ACRONYM = /(?<=[A-Z]{2})(?=[A-Z][a-z]{2})/g;
const WORD = /[\p{L}\p{N}]+/gu;

const UNKNOWN = '[UNK]';
/** Length in UTF-16 units above which a word is one unknown token, as in tokenizer.json. */
const LONGEST_WORD = 64;
/** Size of the cache of split words: words repeat within a repository, and splitting is most of the cost. */
const REMEMBERED = 50_000;

/**
 * Reads the vocabulary of a `tokenizer.json` with a WordPiece model. Throws if an id is not below `rows`.
 * Scans the file instead of parsing it: 8 ms instead of 55 ms for 32,000 pieces, which is most of the time it takes to open the model.
 */
export function readVocabulary(json: string, rows: number): Map<string, number> {
  const vocabulary = scanVocabulary(json) ?? parseVocabulary(json);
  for (const [piece, id] of vocabulary) {
    if (!(id >= 0 && id < rows)) throw new Error(`the vocabulary gives "${piece}" an id outside the table`);
  }
  if (!vocabulary.has(UNKNOWN)) throw new Error(`the vocabulary has no ${UNKNOWN}`);
  return vocabulary;
}

/** Scans `"vocab": {"piece": 1, ...}`; `undefined` if a piece contains an escape or the text has another form. */
function scanVocabulary(json: string): Map<string, number> | undefined {
  const vocabulary = new Map<string, number>();
  const key = json.indexOf('"vocab"');
  let at = json.indexOf('{', key);
  if (key < 0 || at < 0) return undefined;
  for (;;) {
    const open = json.indexOf('"', at);
    const close = json.indexOf('"', open + 1);
    if (open < 0 || close < 0) return undefined;
    const piece = json.slice(open + 1, close);
    if (piece.includes('\\')) return undefined;
    at = close + 1;
    while (json[at] === ' ') at++;
    if (json[at] !== ':') return undefined;
    at++;
    while (json[at] === ' ') at++;
    const digits = at;
    let id = 0;
    for (let code = json.charCodeAt(at); code >= 48 && code <= 57; code = json.charCodeAt(++at)) id = id * 10 + code - 48;
    if (at === digits) return undefined;
    vocabulary.set(piece, id);
    while (json[at] === ' ' || json[at] === '\n') at++;
    if (json[at] === '}') return vocabulary;
    if (json[at] !== ',') return undefined;
  }
}

function parseVocabulary(json: string): Map<string, number> {
  const parsed = JSON.parse(json) as { model?: { vocab?: Record<string, unknown> } } | null;
  const vocabulary = new Map<string, number>();
  for (const [piece, id] of Object.entries(parsed?.model?.vocab ?? {})) if (typeof id === 'number') vocabulary.set(piece, id);
  return vocabulary;
}

/**
 * WordPiece as used in training: splits camelCase, lower-cases, takes runs of letters and digits, and matches the longest piece first.
 * A word that cannot be composed of pieces is one unknown token.
 */
export function createTokenizer(vocabulary: ReadonlyMap<string, number>): { ids(text: string): number[] } {
  const unknown = [vocabulary.get(UNKNOWN) ?? 0];
  const remembered = new Map<string, readonly number[]>();
  let longestPiece = 1;
  for (const piece of vocabulary.keys()) longestPiece = Math.max(longestPiece, piece.length);

  const split = (word: string): readonly number[] => {
    if (word.length > LONGEST_WORD) return unknown;
    const pieces: number[] = [];
    for (let start = 0; start < word.length; ) {
      let end = Math.min(word.length, start + longestPiece);
      let id: number | undefined;
      for (; end > start; end--) {
        const piece = word.slice(start, end);
        id = vocabulary.get(start === 0 ? piece : `##${piece}`);
        if (id !== undefined) break;
      }
      if (id === undefined) return unknown;
      pieces.push(id);
      start = end;
    }
    return pieces;
  };

  const pieces = (word: string): readonly number[] => {
    const known = remembered.get(word);
    if (known) return known;
    const fresh = split(word);
    // Clear the cache, so that hashes and other one-off words do not crowd out words that repeat.
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(word, fresh);
    return fresh;
  };

  return {
    ids(text) {
      const ids: number[] = [];
      const words = text.replace(CAMEL, ' ').replace(ACRONYM, ' ').toLowerCase().match(WORD) ?? [];
      for (const word of words) for (const id of pieces(word)) ids.push(id);
      return ids;
    },
  };
}
