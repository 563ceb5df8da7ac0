interface Position {
  readonly line: number;
  readonly character: number;
}

/** The words of a text between two places in it. */
export const wordsBetween = (text: string, { start, end }: { readonly start: Position; readonly end: Position }): string => {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  const last = lines.length - 1;
  return lines.map((line, i) => line.slice(i === 0 ? start.character : 0, i === last ? end.character : undefined)).join('\n');
};

/** The place at which these words stand in a text for the first time. Throws where they do not; `name` says in what. */
export const positionOf = (text: string, words: string, name: string): Position => {
  const offset = text.indexOf(words);
  if (offset < 0) throw new Error(`${name} does not hold "${words}"`);
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
};
