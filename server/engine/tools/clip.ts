/** The beginning of a text that is at most so many UTF-16 units long, with an ellipsis where something is missing; never half a character. */
export const clip = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const end = most - 1;
  const cut = /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
  return `${text.slice(0, cut)}…`;
};
