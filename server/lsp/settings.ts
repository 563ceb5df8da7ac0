import { z } from 'zod';
import type { CodeLensGranularity, HoverHistory, Settings } from '../../protocol/index.ts';

const flag = z.object({ enabled: z.boolean().optional() }).optional();

const schema = z.object({
  index: z.object({ folder: z.string().optional() }).optional(),
  embedding: z.object({ model: z.string().optional() }).optional(),
  hover: z
    .object({
      enabled: z.boolean().optional(),
      probable: z.boolean().optional(),
      history: z.enum(['reason', 'always', 'off']).optional(),
    })
    .optional(),
  codeLens: z.object({ enabled: z.boolean().optional(), granularity: z.enum(['file', 'topLevel', 'all']).optional() }).optional(),
  diagnostics: z.object({ enabled: z.boolean().optional(), code: flag }).optional(),
  documentLinks: flag,
  tests: z.object({ codeLens: z.object({ enabled: z.boolean().optional() }).optional() }).optional(),
});

/** Settings with defaults filled in. */
export interface ResolvedSettings {
  /** `undefined` if the setting is empty, like `model`. */
  readonly indexFolder: string | undefined;
  readonly model: string | undefined;
  readonly hover: boolean;
  /** Hovers show decisions that probably govern, too. */
  readonly hoverProbable: boolean;
  /** Which commits hovers show: of those that made the line, the newest if its message says why; the newest always; none. */
  readonly hoverHistory: HoverHistory;
  readonly codeLens: boolean;
  readonly codeLensGranularity: CodeLensGranularity;
  readonly diagnostics: boolean;
  /** Findings in code. Has no effect if `diagnostics` is off. */
  readonly codeDiagnostics: boolean;
  readonly documentLinks: boolean;
  /** Numbers of end-to-end tests above symbols that changed. */
  readonly testLenses: boolean;
}

const resolve = (settings: Settings): ResolvedSettings => ({
  indexFolder: settings.index?.folder || undefined,
  model: settings.embedding?.model || undefined,
  hover: settings.hover?.enabled ?? true,
  hoverProbable: settings.hover?.probable ?? false,
  hoverHistory: settings.hover?.history ?? 'reason',
  codeLens: settings.codeLens?.enabled ?? true,
  codeLensGranularity: settings.codeLens?.granularity ?? 'topLevel',
  diagnostics: settings.diagnostics?.enabled ?? true,
  codeDiagnostics: settings.diagnostics?.code?.enabled ?? true,
  documentLinks: settings.documentLinks?.enabled ?? true,
  testLenses: settings.tests?.codeLens?.enabled ?? false,
});

export const DEFAULT_SETTINGS: ResolvedSettings = resolve({});

/**
 * Reads what a client sent as its settings. If a group such as `hover` does not match the schema, its defaults are used and `complaints` says
 * so; the other groups still apply. `undefined` and `null` stand for no settings at all.
 */
export const readSettings = (sent: unknown): { readonly settings: ResolvedSettings; readonly complaints: readonly string[] } => {
  if (sent === undefined || sent === null) return { settings: DEFAULT_SETTINGS, complaints: [] };
  if (typeof sent !== 'object' || Array.isArray(sent))
    return { settings: DEFAULT_SETTINGS, complaints: ['The settings of Lintel must be an object. Using the defaults.'] };
  const complaints: string[] = [];
  const valid: Record<string, unknown> = {};
  for (const [group, value] of Object.entries(sent)) {
    const parsed = schema.safeParse({ [group]: value ?? undefined });
    if (parsed.success) valid[group] = value ?? undefined;
    else
      for (const issue of parsed.error.issues)
        complaints.push(`The setting lintel.${issue.path.join('.')} is invalid (${issue.message}). Using its default.`);
  }
  return { settings: resolve(schema.parse(valid) as Settings), complaints };
};
