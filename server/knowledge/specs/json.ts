import type { Tree, TreeEntry } from './node.ts';

const LITERAL = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** The text is not strict JSON. Thrown and caught in this file only. */
class NotJson extends Error {}

/**
 * Reads strict JSON with the range of every node. `undefined` for anything else (comments, single quotes, errors), which is left to the more tolerant
 * YAML parser and its messages; that one is ten times slower on large files. The caller must bound the nesting.
 */
export const parseJson = (text: string): Tree | undefined => {
  let at = 0;
  const space = (): number => {
    let code = text.charCodeAt(at);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++at);
    return code;
  };
  const expect = (code: number): void => {
    if (space() !== code) throw new NotJson();
    at += 1;
  };
  const string = (): string => {
    const start = at;
    let escaped = false;
    for (at += 1; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 34) {
        at += 1;
        return escaped ? String(JSON.parse(text.slice(start, at))) : text.slice(start + 1, at - 1);
      }
      if (code < 32) throw new NotJson();
      if (code === 92) {
        escaped = true;
        at += 1;
      }
    }
    throw new NotJson();
  };
  /** Calls `each` for every element up to the closing bracket. */
  const elements = (close: number, each: () => void): void => {
    at += 1;
    if (space() === close) {
      at += 1;
      return;
    }
    for (;;) {
      each();
      const code = space();
      at += 1;
      if (code === close) return;
      if (code !== 44) throw new NotJson();
    }
  };
  const value = (): Tree => {
    const code = space();
    const start = at;
    if (code === 123) {
      const entries: TreeEntry[] = [];
      elements(125, () => {
        if (space() !== 34) throw new NotJson();
        const keyStart = at;
        const key = string();
        const keyRange = { start: keyStart, end: at };
        expect(58);
        entries.push({ key, keyRange, value: value() });
      });
      return { kind: 'map', entries, start, end: at };
    }
    if (code === 91) {
      const items: Tree[] = [];
      elements(93, () => items.push(value()));
      return { kind: 'list', items, start, end: at };
    }
    if (code === 34) {
      const scalar = string();
      return { kind: 'scalar', value: scalar, start, end: at };
    }
    LITERAL.lastIndex = at;
    const literal = LITERAL.exec(text)?.[0];
    if (literal === undefined) throw new NotJson();
    at += literal.length;
    return { kind: 'scalar', value: JSON.parse(literal) as number | boolean | null, start, end: at };
  };
  try {
    const tree = value();
    space();
    return at >= text.length ? tree : undefined;
  } catch (error) {
    if (error instanceof NotJson || error instanceof SyntaxError) return undefined;
    throw error;
  }
};
