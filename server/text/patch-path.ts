/** Characters that git escapes by a letter, by their code. */
const LETTERS: ReadonlyMap<number, string> = new Map([
  [7, 'a'],
  [8, 'b'],
  [9, 't'],
  [10, 'n'],
  [11, 'v'],
  [12, 'f'],
  [13, 'r'],
  [34, '"'],
  [92, '\\'],
]);
const CODES: ReadonlyMap<string, number> = new Map([...LETTERS].map(([code, letter]) => [letter, code]));

const escaped = (code: number, character: string): string => {
  const letter = LETTERS.get(code);
  if (letter !== undefined) return `\\${letter}`;
  return code < 32 || code === 127 ? `\\${code.toString(8).padStart(3, '0')}` : character;
};

/**
 * A path as git writes it in a patch: in double quotes with C escapes where a character would end or change it, else as it is. Letters beyond
 * ASCII stay as they are, as with `core.quotePath=false`.
 */
export function quotePath(path: string): string {
  const written = Array.from(path, (character) => escaped(character.charCodeAt(0), character)).join('');
  return written === path ? path : `"${written}"`;
}

/** Reads the quoted path at the start of a text, and says where it ends; `undefined` where the quotes do not close or an escape is unknown. */
export function readQuotedPath(text: string): { readonly path: string; readonly end: number } | undefined {
  if (text[0] !== '"') return undefined;
  const bytes: number[] = [];
  for (let at = 1; at < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (character === '"') return { path: Buffer.from(bytes).toString('utf8'), end: at + 1 };
    if (character !== '\\') {
      bytes.push(...Buffer.from(character));
      at += character.length;
      continue;
    }
    const octal = /^[0-3][0-7]{2}/.exec(text.slice(at + 1, at + 4))?.[0];
    const code = octal === undefined ? CODES.get(text[at + 1] ?? '') : Number.parseInt(octal, 8);
    if (code === undefined) return undefined;
    bytes.push(code);
    at += octal === undefined ? 2 : 4;
  }
  return undefined;
}
