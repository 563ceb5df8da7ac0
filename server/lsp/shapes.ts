import { z } from 'zod';

// Clients other than the extension may send anything, so the parameters of every request are checked when they arrive: that they have the types of the
// protocol, not that they make sense. What else they hold is kept: clients add tokens and fields of newer versions.

const text = (what: string) => z.string({ error: what });
/** What a client leaves out, it may also send as `null`. */
const optional = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? undefined);
const list = <T extends z.ZodType>(type: T, what: string) => z.array(type, { error: what });

/** `uinteger` of the protocol. */
const count = (what: string) => z.int({ error: what }).min(0, { error: what }).max(2_147_483_647, { error: what });
const position = (what: string) => z.looseObject({ line: count(what), character: count(what) }, { error: what });
const range = z.looseObject(
  { start: position('"range" with a "start" and an "end"'), end: position('"range" with a "start" and an "end"') },
  { error: '"range" with a "start" and an "end"' },
);

const URI = 'the "uri" of a file';
const uri = text(URI);
const textDocument = z.looseObject(
  { uri: text('"textDocument" with the "uri" of a file') },
  { error: '"textDocument" with the "uri" of a file' },
);
const line = count('"line" as a number, counted from 0');
const decisionUri = text('"decisionUri", the URI of a record');
const DECISIONS = '"decisionUri", the URI of a record or a list of them';
const decisionUris = z.union([text(DECISIONS), list(text(DECISIONS), DECISIONS).min(1, { error: DECISIONS })], { error: DECISIONS });
const folderUri = optional(text('"folderUri" as a URI'));
const title = text('"title" as a text');
const today = text('"today" as a day such as 2026-11-21');
const flag = (name: string) => optional(z.boolean({ error: `"${name}" as true or false` }));
const words = (name: string) => optional(list(text(`"${name}" as a list of texts`), `"${name}" as a list of texts`));

const object = <T extends z.ZodRawShape>(shape: T) => z.looseObject(shape, { error: 'an object as its parameters' });
const OF_A_DOCUMENT = object({ textDocument });
const OF_A_FILE = object({ uri });

const DIAGNOSTICS = '"context" with a list of "diagnostics"';
const RESULT_IDS = '"previousResultIds", each with a "uri" and a "value"';

const TARGET = '"target" as a number between 0 and 1';
const REPORTS = '"reports" as a list of paths';
const SPECS = '"specs" as a list of paths';
const BUDGET = '"budget" as a "share" above 0 up to 1, or as "seconds"';
const budget = z.union(
  [
    z.object({ share: z.number().gt(0, { error: BUDGET }).max(1, { error: BUDGET }) }),
    z.object({ seconds: z.number().gt(0, { error: BUDGET }) }),
  ],
  { error: BUDGET },
);
const DIFFERENCE = '"diff" with "of": work-tree, staged, branch with a "base", range with "from" and "to", or patch with a "text"';
const difference = z.discriminatedUnion(
  'of',
  [
    z.object({ of: z.literal('work-tree') }),
    z.object({ of: z.literal('staged') }),
    z.object({ of: z.literal('branch'), base: text(DIFFERENCE) }),
    z.object({ of: z.literal('range'), from: text(DIFFERENCE), to: text(DIFFERENCE) }),
    z.object({ of: z.literal('patch'), text: text(DIFFERENCE) }),
  ],
  { error: DIFFERENCE },
);

const MODEL = '"model" with "from": client with an "id" and a "name", or endpoint';
const model = z.discriminatedUnion(
  'from',
  [
    z.object({ from: z.literal('client'), id: text(MODEL), name: text(MODEL) }),
    z.object({ from: z.literal('endpoint'), endpoint: optional(text(MODEL)), model: optional(text(MODEL)) }),
  ],
  { error: MODEL },
);

/** What a new record is to be about. */
const SUBJECT = {
  uri,
  title,
  selection: optional(range),
  fromChanges: flag('fromChanges'),
  from: optional(text('"from", a commit or a range')),
  because: optional(text('"because" as a text')),
};

/** The parameters of every request, by method. The error of a field completes `METHOD needs ...`. */
const SHAPES: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['textDocument/hover', object({ textDocument, position: position('"position" with a "line" and a "character", counted from 0') })],
  [
    'textDocument/references',
    object({
      textDocument,
      position: position('"position" with a "line" and a "character", counted from 0'),
      context: z.looseObject(
        { includeDeclaration: z.boolean({ error: '"context" with "includeDeclaration" as true or false' }) },
        { error: '"context" with "includeDeclaration" as true or false' },
      ),
    }),
  ],
  ['textDocument/codeLens', OF_A_DOCUMENT],
  ['textDocument/documentLink', OF_A_DOCUMENT],
  [
    'textDocument/codeAction',
    object({
      textDocument,
      range,
      context: z.looseObject(
        {
          diagnostics: list(z.looseObject({}, { error: DIAGNOSTICS }), DIAGNOSTICS),
          only: optional(list(text('"only" as a list of kinds'), '"only" as a list of kinds')),
        },
        { error: DIAGNOSTICS },
      ),
    }),
  ],
  ['textDocument/diagnostic', object({ textDocument, previousResultId: optional(text('"previousResultId" as a text')) })],
  [
    'workspace/diagnostic',
    object({
      previousResultIds: list(z.looseObject({ uri: text(RESULT_IDS), value: text(RESULT_IDS) }, { error: RESULT_IDS }), RESULT_IDS),
    }),
  ],
  [
    'lintel/search',
    object({
      query: text('a "query" text'),
      kinds: words('kinds'),
      statuses: words('statuses'),
      path: optional(text('"path" as a text')),
      since: optional(text('"since" as a day')),
      until: optional(text('"until" as a day')),
      limit: optional(z.number({ error: '"limit" as a number' })),
      folderUri,
    }),
  ],
  [
    'lintel/ask',
    object({
      question: text('a "question"'),
      at: optional(text('"at", a commit')),
      limit: optional(z.number({ error: '"limit" as a number' })),
      model: optional(model),
      folderUri,
    }),
  ],
  ['lintel/why', object({ uri, line: optional(line), endLine: optional(count('"endLine" as a number, counted from 0')) })],
  ['lintel/commit', object({ sha: text('a "sha"'), folderUri })],
  ['lintel/index', object({ full: flag('full') })],
  ['lintel/decisions', OF_A_FILE],
  ['lintel/newDecision', object({ ...SUBJECT, today, model: optional(model) })],
  ['lintel/kindred', object(SUBJECT)],
  ['lintel/mineDecisions', object({ uri, since: optional(text('"since", a commit or a day')) })],
  ['lintel/supersede', object({ uri, title, today })],
  ['lintel/linkCode', object({ uri, line, decisionUri })],
  [
    'lintel/feedback',
    object({ uri, line: optional(line), decisionUri: decisionUris, verdict: text('"verdict": governs or does-not-govern'), today }),
  ],
  [
    'lintel/allowIdentifier',
    object({
      uri,
      rule: text('"rule", the id of a rule'),
      position: position('"position" with a "line" and a "character", counted from 0'),
      reason: text('a "reason"'),
      link: optional(text('"link" as a text')),
    }),
  ],
  [
    'lintel/selectTests',
    object({
      diff: optional(difference),
      folderUri,
      target: optional(z.number({ error: TARGET }).gt(0, { error: TARGET }).lt(1, { error: TARGET })),
      budget: optional(budget),
      always: words('always'),
      exclude: words('exclude'),
    }),
  ],
  ['lintel/change', object({ folderUri, base: optional(text('"base", a commit or branch')) })],
  [
    'lintel/tool',
    object({
      name: text('a "name", that of a tool'),
      arguments: optional(z.record(z.string(), z.unknown(), { error: '"arguments" as an object' })),
      folderUri,
    }),
  ],
  ['lintel/testCommands', object({ uri, specs: list(text(SPECS), SPECS) })],
  ['lintel/testResults', object({ uri, specs: list(text(SPECS), SPECS), reports: list(text(REPORTS), REPORTS) })],
  ['lintel/defaultBranch', OF_A_FILE],
  ['lintel/citation', OF_A_FILE],
  ['lintel/history', OF_A_FILE],
  ['lintel/decisionGraph', OF_A_FILE],
  ['lintel/record', object({ uri, id: text('"id", that of a decision') })],
]);

/** What `initialize` is sent with. Wrong capabilities are none. */
const INITIALIZE = object({
  capabilities: z.looseObject({}, { error: 'an object "capabilities"' }),
  workspaceFolders: optional(
    list(
      z.looseObject({ uri: text('"workspaceFolders", each with a "uri"') }, { error: '"workspaceFolders", each with a "uri"' }),
      '"workspaceFolders", each with a "uri"',
    ),
  ),
  rootUri: optional(text('"rootUri" as a URI')),
});

/** Methods whose parameters are checked. */
export const SHAPED_METHODS: readonly string[] = [...SHAPES.keys()];

/** The parameters of a request with `null` taken for nothing, or what the method needs instead of them. Those of an unknown method are taken as they are. */
export function readParams(method: string, params: unknown): { readonly params: unknown } | { readonly needs: string } {
  const read = (method === 'initialize' ? INITIALIZE : SHAPES.get(method))?.safeParse(params);
  if (read === undefined) return { params };
  return read.success ? { params: read.data } : { needs: read.error.issues[0]?.message ?? 'other parameters' };
}
