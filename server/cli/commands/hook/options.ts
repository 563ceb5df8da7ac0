import type { Invocation } from '../../command.ts';

/** The options of all actions. */
export const OPTIONS = {
  gate: { type: 'boolean' },
  verbose: { type: 'boolean' },
  agent: { type: 'string' },
  command: { type: 'string' },
  print: { type: 'boolean' },
  yes: { type: 'boolean' },
  reason: { type: 'string' },
  by: { type: 'string' },
} as const;

export type HookInvocation = Invocation<typeof OPTIONS>;

/** An action of `lintel hook`. */
export interface HookAction {
  readonly name: string;
  /** Its options, without those that every command has. */
  readonly takes: readonly (keyof typeof OPTIONS)[];
  /** Number of its arguments. */
  readonly arguments: number;
  readonly run: (invocation: HookInvocation) => Promise<number>;
}
