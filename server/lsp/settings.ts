import { z } from 'zod';
import type { CodeLensGranularity, Settings } from '../../protocol/index.ts';

const flag = z.object({ enabled: z.boolean().optional() }).optional();

const schema = z.object({
  index: z.object({ folder: z.string().optional() }).optional(),
  embedding: z.object({ model: z.string().optional() }).optional(),
  hover: flag,
  codeLens: z.object({ enabled: z.boolean().optional(), granularity: z.enum(['file', 'topLevel', 'all']).optional() }).optional(),
  diagnostics: z.object({ enabled: z.boolean().optional(), code: flag }).optional(),
  documentLinks: flag,
});

/** Settings with every default filled in. An empty folder or model means "not set". */
export interface ResolvedSettings {
  readonly indexFolder: string | undefined;
  readonly model: string | undefined;
  readonly hover: boolean;
  readonly codeLens: boolean;
  readonly codeLensGranularity: CodeLensGranularity;
  readonly diagnostics: boolean;
  /** In code; only where `diagnostics` is on. */
  readonly codeDiagnostics: boolean;
  readonly documentLinks: boolean;
}

const resolve = (settings: Settings): ResolvedSettings => ({
  indexFolder: settings.index?.folder || undefined,
  model: settings.embedding?.model || undefined,
  hover: settings.hover?.enabled ?? true,
  codeLens: settings.codeLens?.enabled ?? true,
  codeLensGranularity: settings.codeLens?.granularity ?? 'topLevel',
  diagnostics: settings.diagnostics?.enabled ?? true,
  codeDiagnostics: settings.diagnostics?.code?.enabled ?? true,
  documentLinks: settings.documentLinks?.enabled ?? true,
});

/** Everything on, everything in its default place. */
export const DEFAULT_SETTINGS: ResolvedSettings = resolve({});

/**
 * Reads what a client sent as settings. A group that does not fit the schema is left at its default and named in `complaints`;
 * the other groups still count. Nothing sent (`undefined` or `null`) is no complaint.
 */
export const readSettings = (sent: unknown): { readonly settings: ResolvedSettings; readonly complaints: readonly string[] } => {
  if (sent === undefined || sent === null) return { settings: DEFAULT_SETTINGS, complaints: [] };
  if (typeof sent !== 'object' || Array.isArray(sent))
    return { settings: DEFAULT_SETTINGS, complaints: ['The settings of Lintel must be an object; the defaults are used.'] };
  const complaints: string[] = [];
  const good: Record<string, unknown> = {};
  for (const [group, value] of Object.entries(sent)) {
    const one = schema.safeParse({ [group]: value ?? undefined });
    if (one.success) good[group] = value ?? undefined;
    else
      for (const issue of one.error.issues)
        complaints.push(`Setting lintel.${issue.path.join('.')} is not understood (${issue.message}); its default is used.`);
  }
  return { settings: resolve(schema.parse(good) as Settings), complaints };
};
