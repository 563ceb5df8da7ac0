import { isObject } from './event.ts';

/** Agents whose settings are written. */
export const AGENTS = ['claude', 'vscode'] as const;
export type Agent = (typeof AGENTS)[number];

/** Where the settings of each are. */
export const SETTINGS_FILE: Readonly<Record<Agent, string>> = {
  claude: '.claude/settings.json',
  vscode: '.github/hooks/lintel.json',
};

const EVENTS = ['SessionStart', 'PreToolUse', 'PostToolUse'] as const;
/** The tools of Claude Code that edit files. */
const MATCHER = 'Edit|MultiEdit|Write|NotebookEdit';
/** Seconds after which the agent goes on without an answer. */
const TIMEOUT = 20;

/** Whether something in the settings runs `lintel hook`, however it is started. */
const isOurs = (value: unknown): boolean =>
  isObject(value) &&
  typeof value.command === 'string' &&
  /\blintel(?:\.cmd|\.cjs|-code)?["']?\s+hook\b|\bcli\.cjs["']?\s+hook\b/.test(value.command);

const withoutOurs = (entries: readonly unknown[]): unknown[] =>
  entries.flatMap((entry) => {
    if (isOurs(entry)) return [];
    if (!isObject(entry) || !Array.isArray(entry.hooks)) return [entry];
    const hooks = entry.hooks.filter((hook) => !isOurs(hook));
    return hooks.length === 0 && entry.hooks.length > 0 ? [] : [{ ...entry, hooks }];
  });

/** The settings with the hooks of Lintel in them; what else is there stays. `undefined` where the settings have another shape. */
export function withHooks(settings: unknown, agent: Agent, command: string): Readonly<Record<string, unknown>> | undefined {
  const whole = settings ?? {};
  if (!isObject(whole)) return undefined;
  const hooks = whole.hooks ?? {};
  if (!isObject(hooks)) return undefined;
  const own = { type: 'command', command, timeout: TIMEOUT };
  const added: Record<string, unknown> = { ...hooks };
  for (const event of EVENTS) {
    const before = hooks[event] ?? [];
    if (!Array.isArray(before)) return undefined;
    const matcher = event === 'SessionStart' ? {} : { matcher: MATCHER };
    added[event] = [...withoutOurs(before), agent === 'claude' ? { ...matcher, hooks: [own] } : own];
  }
  return { ...whole, hooks: added };
}
