/** Number of insertions, deletions, replacements and swaps of adjacent letters that turn one word into the other (optimal string alignment). */
export const distance = (a: string, b: string): number => {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
};

/** The known word that was probably meant: at most a third of it differs, or it starts with `written`. The first of several equally close ones. */
export const suggest = (written: string, known: readonly string[]): string | undefined => {
  const near = known
    .map((word) => ({ word, away: distance(written.toLowerCase(), word) }))
    .filter(({ word, away }) => away <= Math.max(1, Math.floor(word.length / 3)))
    .sort((a, b) => a.away - b.away)[0];
  return near?.word ?? (written.length >= 2 ? known.find((word) => word.startsWith(written.toLowerCase())) : undefined);
};

/** ` Did you mean "search"?`, or nothing. */
export const didYouMean = (written: string, known: readonly string[]): string => {
  const meant = suggest(written, known);
  return meant === undefined ? '' : ` Did you mean "${meant}"?`;
};
