import type { ToolArguments } from './arguments.ts';
import { clip } from './clip.ts';
import { ToolRefusal } from './refusal.ts';

/** A part of an answer that may be cut. The parts of an answer are given the most useful one first, and each the most useful item first. */
export interface AnswerPart {
  readonly name: string;
  /** Items of a list, or a text. */
  readonly content: readonly object[] | readonly string[] | string;
}

/** What was cut from an answer. */
export interface Cut {
  readonly part: string;
  /** Items that are left out, or characters of a text. */
  readonly left: number;
  /** The value of `expand` that gives them. */
  readonly expand: string;
}

/** An answer as it is sent: JSON, at most as long as the budget. */
export type ToolAnswer = Readonly<Record<string, unknown>>;

const sizeOf = (value: unknown): number => JSON.stringify(value).length;
/** Room for one entry of `more` with its name and numbers, and for `more` itself. */
const CUT_ROOM = 90;
const MORE_ROOM = 12;

/** How far a text goes in so many characters of JSON: up to the end of a line where there is one in the last fifth. */
const textUpTo = (text: string, room: number): number => {
  let low = 0;
  let high = Math.min(text.length, Math.max(0, room));
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (sizeOf(text.slice(0, middle)) <= room) low = middle;
    else high = middle - 1;
  }
  if (low === text.length) return low;
  const line = text.lastIndexOf('\n', low);
  if (line > low * 0.8) return line + 1;
  return /[\uD800-\uDBFF]/.test(text.charAt(low - 1)) ? low - 1 : low;
};

/** An item that no answer of this length has room for: its name, and that it was cut. */
const inShort = (item: object | string): object | string => {
  if (typeof item === 'string') return clip(item, 200);
  const named = Object.entries(item).filter(([key]) => ['id', 'path', 'title', 'status', 'sha', 'line'].includes(key));
  return { ...Object.fromEntries(named.map(([key, value]) => [key, typeof value === 'string' ? clip(value, 300) : value])), cut: true };
};

/** How much of a part fits, from an item or character on. `atLeastOne`: an item is given even in short, so that whoever expands always comes on. */
const take = (
  { content }: AnswerPart,
  from: number,
  room: number,
  atLeastOne: boolean,
): { readonly value: string | readonly (object | string)[]; readonly next: number } => {
  if (typeof content === 'string') {
    const end = from + textUpTo(content.slice(from), room);
    return { value: content.slice(from, end), next: end };
  }
  const items: (object | string)[] = [];
  let left = room - 2;
  let next = from;
  for (; next < content.length; next += 1) {
    const item = content[next] ?? {};
    left -= sizeOf(item) + 1;
    if (left < 0) break;
    items.push(item);
  }
  if (items.length === 0 && from < content.length && atLeastOne) return { value: [inShort(content[from] ?? {})], next: from + 1 };
  return { value: items, next };
};

/** What is always in an answer, short and bounded: before its parts and after them. */
export interface AnswerFacts {
  readonly before?: ToolAnswer;
  readonly after: ToolAnswer;
}

/**
 * Puts an answer together that is at most `budget` characters long as JSON. Parts that do not fit are cut from the least useful item on, and `more` says
 * what was cut and how to get it. With `expand`, the answer has only the rest of that part, and says so.
 */
export function cutToBudget(
  { before = {}, after }: AnswerFacts,
  parts: readonly AnswerPart[],
  { budget, expand }: Pick<ToolArguments, 'budget' | 'expand'>,
): ToolAnswer {
  const asked = expand === undefined ? parts : parts.filter(({ name }) => name === expand.part);
  if (asked.length === 0 && expand !== undefined) throw noSuchPart(expand.part, parts);
  const answer: Record<string, unknown> = { ...before, ...(expand === undefined ? {} : { expanded: `${expand.part}@${expand.from}` }) };
  // Every part is there from the start, so that its name and its brackets are counted.
  for (const { name, content } of asked) answer[name] = typeof content === 'string' ? '' : [];
  let room = budget - sizeOf({ ...answer, ...after }) - MORE_ROOM - CUT_ROOM * asked.length;
  const more: Cut[] = [];
  for (const part of asked) {
    const from = expand?.from ?? 0;
    const taken = take(part, from, room + 2, part === asked[0]);
    room -= sizeOf(taken.value) - 2;
    answer[part.name] = taken.value;
    const left = part.content.length - taken.next;
    if (left > 0) more.push({ part: part.name, left, expand: `${part.name}@${taken.next}` });
  }
  return { ...answer, ...(more.length === 0 ? {} : { more }), ...after };
}

const noSuchPart = (name: string, parts: readonly AnswerPart[]): ToolRefusal =>
  new ToolRefusal(
    `\`expand\`: this answer has no part "${name}". ${parts.length === 0 ? 'Nothing of it can be cut.' : `It has ${parts.map((part) => part.name).join(', ')}.`}`,
  );
