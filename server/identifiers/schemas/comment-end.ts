/** The offset behind a comment that begins at an offset, as HCL and lenient JSON have them: `#` and `//` up to the end of the line, and blocks. `undefined` where none begins. */
export function commentEnd(text: string, at: number): number | undefined {
  const isBlock = text[at] === '/' && text[at + 1] === '*';
  if (!isBlock && text[at] !== '#' && !(text[at] === '/' && text[at + 1] === '/')) return undefined;
  const end = isBlock ? text.indexOf('*/', at + 2) : text.indexOf('\n', at);
  return end < 0 ? text.length : end + (isBlock ? 2 : 0);
}
