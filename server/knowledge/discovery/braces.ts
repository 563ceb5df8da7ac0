const MOST_ALTERNATIVES = 64;

/** The parts of `{a,b}`, whose braces are at `open` and `close`. */
function alternativesIn(pattern: string, open: number, close: number): readonly string[] {
  const parts: string[] = [];
  let from = open + 1;
  let depth = 0;
  for (let at = from; at <= close; at += 1) {
    const character = pattern[at];
    if (character === '\\') at += 1;
    else if (character === '{') depth += 1;
    else if (depth === 0 && (character === ',' || at === close)) {
      parts.push(pattern.slice(from, at));
      from = at + 1;
    } else if (character === '}') depth -= 1;
  }
  return parts;
}

/** Where the first `{...}` with a comma begins and ends. */
function firstBraces(pattern: string): readonly [number, number] | undefined {
  const open: { readonly at: number; comma: boolean }[] = [];
  let first: readonly [number, number] | undefined;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at];
    if (character === '\\') at += 1;
    else if (character === '{') open.push({ at, comma: false });
    else if (character === ',') {
      const innermost = open.at(-1);
      if (innermost) innermost.comma = true;
    } else if (character === '}') {
      const group = open.pop();
      if (group?.comma && (first === undefined || group.at < first[0])) first = [group.at, at];
    }
  }
  return first;
}

/** Whether the braces of a pattern have at most 64 combinations, so that {@link expandBraces} writes all of them. */
export function hasFewAlternatives(pattern: string): boolean {
  const [first, second] = expandBraces(pattern);
  return second !== undefined || first === undefined || firstBraces(first) === undefined;
}

/** A pattern without `{a,b}`: one for each combination. More than 64 are too many, and the braces are taken as characters. */
export function expandBraces(pattern: string): readonly string[] {
  let expanded: readonly string[] = [pattern];
  for (;;) {
    let changed = false;
    const next: string[] = [];
    for (const each of expanded) {
      const braces = firstBraces(each);
      if (!braces) {
        next.push(each);
        continue;
      }
      changed = true;
      const [open, close] = braces;
      for (const part of alternativesIn(each, open, close)) next.push(each.slice(0, open) + part + each.slice(close + 1));
      if (next.length > MOST_ALTERNATIVES) return [pattern];
    }
    if (!changed) return expanded;
    expanded = next;
  }
}
