import { type AgentTool, type ArgumentSchema, DEFAULT_BUDGET, LARGEST_BUDGET, SMALLEST_BUDGET } from '../../model/agent-tools.ts';
import { didYouMean } from '../../text/suggest.ts';
import { clip } from './clip.ts';
import { ToolRefusal } from './refusal.ts';

/** Longest text that is taken as one argument. A longer question is no question, and a longer path is none of a file. */
const LONGEST_TEXT = 100_000;
const MOST_IGNORED = 10;
const MOST_ITEMS = 200;

/** The arguments of a call, checked against the definition of its tool. Absent ones are `undefined`. */
export interface ToolArguments {
  readonly text: (name: string) => string | undefined;
  readonly number: (name: string) => number | undefined;
  readonly list: (name: string) => readonly string[] | undefined;
  /** Characters that the answer may have. */
  readonly budget: number;
  /** Which cut part of an answer to give, as `more` named it. */
  readonly expand: { readonly part: string; readonly from: number } | undefined;
  /** Names of arguments that the tool does not have. They were looked at by nothing. */
  readonly ignored: readonly string[];
}

const shown = (value: unknown): string => clip(JSON.stringify(value) ?? String(value), 60);

const wrong = (tool: AgentTool, name: string, value: unknown, wanted: string): ToolRefusal =>
  new ToolRefusal(`\`${name}\` of "${tool.name}" has to be ${wanted}, and not ${shown(value)}.`);

const checkedText = (tool: AgentTool, name: string, value: unknown, known: readonly string[] | undefined): string => {
  if (typeof value !== 'string') throw wrong(tool, name, value, 'a text');
  if (value.length > LONGEST_TEXT) throw new ToolRefusal(`\`${name}\` has ${value.length} characters; at most ${LONGEST_TEXT} are read.`);
  if (known && !known.includes(value))
    throw new ToolRefusal(
      `\`${name}\`: there is no "${clip(value, 60)}".${didYouMean(clip(value, 60), known)} Known: ${known.join(', ')}.`,
    );
  return value;
};

/** Agents write numbers as texts now and then, and one text where a list is wanted; both say what they mean. */
const checked = (tool: AgentTool, name: string, value: unknown, schema: ArgumentSchema): string | number | readonly string[] => {
  if (schema.type === 'integer') {
    const number = typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw wrong(tool, name, value, 'a whole number');
    if (schema.minimum !== undefined && number < schema.minimum) throw wrong(tool, name, value, `${schema.minimum} or more`);
    return number;
  }
  if (schema.type === 'string') return checkedText(tool, name, typeof value === 'number' ? String(value) : value, schema.enum);
  const items: unknown[] = Array.isArray(value) ? value : [value];
  if (items.length > MOST_ITEMS) throw new ToolRefusal(`\`${name}\` has ${items.length} items; at most ${MOST_ITEMS} are read.`);
  return items.map((item) => checkedText(tool, name, item, schema.items.enum));
};

const expansionOf = (tool: AgentTool, written: string | undefined): ToolArguments['expand'] => {
  if (written === undefined) return undefined;
  const [, part, from] = /^([a-z_]{1,40})@(\d{1,9})$/.exec(written.trim()) ?? [];
  if (part === undefined) throw wrong(tool, 'expand', written, 'one that `more` of an earlier answer names, such as "hits@12"');
  return { part, from: Number(from) };
};

/**
 * Reads the arguments of a call. What the tool does not know is named in `ignored` and filters nothing; what has a wrong type, or misses, throws a
 * `ToolRefusal` that says what is wanted.
 */
export function readArguments(tool: AgentTool, given: Readonly<Record<string, unknown>>): ToolArguments {
  const { properties, required = [] } = tool.inputSchema;
  const values = new Map<string, string | number | readonly string[]>();
  const ignored: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    // Some hosts send every argument, and null for those that nobody set.
    if (value === null || value === undefined) continue;
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (schema === undefined) ignored.push(clip(name, 60));
    else values.set(name, checked(tool, name, value, schema));
  }
  const missing = required.find((name) => !values.has(name) || values.get(name) === '');
  if (missing !== undefined) {
    const unknown =
      ignored.length === 0
        ? ''
        : ` It has no ${ignored
            .slice(0, MOST_IGNORED)
            .map((name) => `\`${name}\``)
            .join(', ')}.`;
    throw new ToolRefusal(`"${tool.name}" needs \`${missing}\`.${unknown} Its arguments: ${Object.keys(properties).join(', ')}.`);
  }
  const of = <T>(name: string, is: (value: unknown) => value is T): T | undefined => {
    const value: unknown = values.get(name);
    return is(value) ? value : undefined;
  };
  const text = (name: string) => of(name, (value) => typeof value === 'string');
  const number = (name: string) => of(name, (value) => typeof value === 'number');
  return {
    text,
    number,
    list: (name) => of(name, (value): value is readonly string[] => Array.isArray(value)),
    budget: Math.min(LARGEST_BUDGET, Math.max(SMALLEST_BUDGET, number('budget') ?? DEFAULT_BUDGET)),
    expand: expansionOf(tool, text('expand')),
    ignored: ignored.length > MOST_IGNORED ? [...ignored.slice(0, MOST_IGNORED), `and ${ignored.length - MOST_IGNORED} more`] : ignored,
  };
}
