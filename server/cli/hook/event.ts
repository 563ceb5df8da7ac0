/** The moments at which an agent runs a hook that Lintel answers. */
export const HOOK_EVENTS = ['SessionStart', 'PreToolUse', 'PostToolUse', 'Stop'] as const;
export type HookEventName = (typeof HOOK_EVENTS)[number];

/** What an agent tells a hook, with the spellings of all agents made one. */
export interface HookEvent {
  readonly name: HookEventName;
  /** Of the conversation; empty where the agent does not tell it. */
  readonly session: string;
  /** Folder of the agent; absent where it does not tell it. */
  readonly cwd?: string;
  /** Name of the tool, as the agent calls it; empty at the start and end of a session. */
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** How the session started: `startup`, `resume`, `clear`, `compact`, `new`; empty for other events. */
  readonly source: string;
  /** What the tool answered, after it ran; empty where that is no object. */
  readonly response: Readonly<Record<string, unknown>>;
}

/** More is not read: the largest edit of a person's file is far smaller. */
export const MOST_INPUT_BYTES = 16_000_000;
const LONGEST_NAME = 200;

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first of some values that is a text with something in it. */
export const firstText = (...values: readonly unknown[]): string | undefined =>
  values.find((value): value is string => typeof value === 'string' && value !== '');

/** An object, or the JSON text of one: GitHub Copilot's command line sends the arguments of a tool as text. */
function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value;
  if (typeof value !== 'string' || !value.startsWith('{')) return {};
  try {
    const parsed: unknown = JSON.parse(value);
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/**
 * Reads what an agent wrote to standard input. Claude Code and VS Code name the fields `hook_event_name` and `session_id`; older versions of VS Code
 * `hookEventName` and `sessionId`; GitHub Copilot's command line `toolName` and `toolArgs`, and its events begin in lower case.
 * @returns a sentence where it is no event that Lintel answers
 */
export function readEvent(text: string): HookEvent | { readonly ignored: string } {
  let value: unknown;
  try {
    value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    return { ignored: 'the input is not JSON' };
  }
  if (!isObject(value)) return { ignored: 'the input is not an object' };
  const written = firstText(value.hook_event_name, value.hookEventName) ?? '';
  const name = HOOK_EVENTS.find((one) => one.toLowerCase() === written.toLowerCase());
  if (name === undefined) return { ignored: written === '' ? 'the input names no event' : 'the event is another one' };
  const cwd = firstText(value.cwd);
  return {
    name,
    session: (firstText(value.session_id, value.sessionId) ?? '').slice(0, LONGEST_NAME),
    ...(cwd === undefined ? {} : { cwd }),
    tool: (firstText(value.tool_name, value.toolName) ?? '').slice(0, LONGEST_NAME),
    source: (firstText(value.source) ?? '').slice(0, LONGEST_NAME),
    input: objectOf(value.tool_input ?? value.toolInput ?? value.toolArgs),
    response: objectOf(value.tool_response ?? value.toolResponse ?? value.toolResult),
  };
}
