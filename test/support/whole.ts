/** True for a run that takes its time: every state and size of which others take a sample (`LINTEL_TEST_WHOLE=1`, see CONTRIBUTING.md). */
export const isWhole = process.env.LINTEL_TEST_WHOLE === '1';

/** So many of the items, spread evenly and the same ones every time; all of them in a whole run. */
export const sampleOf = <T>(items: readonly T[], count: number): readonly T[] => {
  if (isWhole || items.length <= count) return items;
  const place = (at: number): number => Math.floor((at * count) / items.length);
  return items.filter((_, at) => at === 0 || place(at) > place(at - 1));
};
