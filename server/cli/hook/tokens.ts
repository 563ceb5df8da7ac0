/** Characters of a token in English text and code, as the usual tokenizers cut it; other letters count as a token each. */
const CHARACTERS = 4;

/** About how many tokens of a language model a text takes: an estimate that is rather too high than too low. */
export function tokensOf(text: string): number {
  let others = 0;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) others += 1;
  return Math.ceil((text.length - others) / CHARACTERS) + others;
}

/** The first lines of a text that fit into a number of tokens together. */
export function fitting(lines: readonly string[], most: number): readonly string[] {
  let left = most;
  const kept: string[] = [];
  for (const line of lines) {
    left -= tokensOf(`${line}\n`);
    if (left < 0) break;
    kept.push(line);
  }
  return kept;
}
