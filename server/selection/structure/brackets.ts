const CLOSING: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };
const FARTHEST = 20_000;
const FARTHEST_BACK = 600;

/** Skips a quoted text that begins at an offset; the offset after it. Texts in quotes end with their line. */
function afterText(text: string, at: number): number {
  const quote = text[at];
  for (let to = at + 1; to < text.length; to += 1) {
    if (text[to] === '\\') to += 1;
    else if (text[to] === quote) return to + 1;
    else if (text[to] === '\n' && quote !== '`') return at + 1;
  }
  return at + 1;
}

/** The offset after the bracket that closes the one at an offset; `undefined` where none does within 20,000 characters. */
export function afterBracket(text: string, open: number): number | undefined {
  const stack: string[] = [];
  const end = Math.min(text.length, open + FARTHEST);
  for (let at = open; at < end; at += 1) {
    const character = text.charAt(at);
    if (character === '"' || character === '`' || (character === "'" && /[^\w]/.test(text[at - 1] ?? ' '))) {
      at = Math.max(at, afterText(text, at) - 1);
      continue;
    }
    if (character === '/' && text[at + 1] === '/' && text[at - 1] !== ':') {
      const line = text.indexOf('\n', at);
      if (line < 0) return undefined;
      at = line;
      continue;
    }
    const closing = CLOSING[character];
    if (closing !== undefined) stack.push(closing);
    else if (character === stack.at(-1)) {
      stack.pop();
      if (stack.length === 0) return at + 1;
    }
  }
  return undefined;
}

/** The offset of the brace that is open at an offset, looking back 600 characters; `undefined` where none is. */
export function openBrace(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from - 1; at >= Math.max(0, from - FARTHEST_BACK); at -= 1) {
    const character = text[at];
    if (character === '}' || character === ')' || character === ']') depth += 1;
    else if (character === '{' || character === '(' || character === '[') {
      if (depth === 0) return character === '{' ? at : undefined;
      depth -= 1;
    }
  }
  return undefined;
}
