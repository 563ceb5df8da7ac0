import { z } from 'zod';
import { defineRule, type Finding } from '../../model/finding.ts';
import type { LineRange, Span } from '../../model/span.ts';
import { withoutBom } from '../../text/byte-order-mark.ts';
import { lineIndex } from '../../text/lines.ts';
import { createMatcher, patternProblem } from '../discovery/globs.ts';
import { sectionBuilder, TOO_LARGE } from '../specs/source.ts';
import { entriesOf, get, parseTree, type Tree } from '../specs/tree.ts';

export const LINK_INVALID = defineRule({
  id: 'link-invalid',
  severity: 'error',
  description: 'An entry in `.lintel/links.yaml` is invalid and has no effect.',
  tags: ['configuration'],
});

/** File in which people declare which decision governs which code. */
export const LINKS_FILE = '.lintel/links.yaml';
/** Size in UTF-16 units above which the file is not read: parsing this much takes 0.7 seconds, during which nothing else is answered. */
export const LARGEST_LINKS = 1_000_000;
/** Limit on the entries that are read. */
const MOST_LINKS = 20_000;

/** Whether a decision governs a piece of code, according to a person. */
export type Verdict = 'governs' | 'does-not-govern';

const LINES = /^([1-9]\d{0,6})(?:-([1-9]\d{0,6}))?$/;

const entry = z
  .strictObject({
    decision: z
      .union([z.string().min(1), z.int().min(0)])
      .transform(String)
      .describe(
        'The record: its path from the root of the repository, or its number or slug (the words of its file name) if that is unique.',
      ),
    code: z
      .string()
      .min(1)
      .refine((text) => patternProblem(text) === undefined, { error: ({ input }) => `this pattern ${patternProblem(String(input))}` })
      .describe('A file or folder, relative to the root of the repository, or a pattern in .gitignore syntax.'),
    symbol: z.string().min(1).optional().describe('Only this symbol of the file, such as a function or class.'),
    lines: z
      .union([z.string(), z.int()])
      .transform(String)
      .refine((lines) => LINES.test(lines), { error: 'write one line, such as 12, or two with a hyphen, such as 12-40' })
      .optional()
      .describe(
        'Only these lines of the file, counted from 1: "12" or "12-40". Lines go stale when code above them changes; a symbol does not.',
      ),
    verdict: z.enum(['governs', 'does-not-govern']).describe('Whether the decision governs the code.'),
    by: z.string().optional().describe('Who declared the link.'),
    date: z.string().optional().describe('When it was declared, such as 2026-11-21.'),
    note: z.string().optional().describe('Why.'),
  })
  .describe('A link. If several are about the same record and code, the narrowest counts; among equally narrow ones, the last.');

const schema = z
  .strictObject({
    $schema: z.string().optional().describe('URL of this schema, for editors.'),
    links: z.array(entry).default([]).describe('The links.'),
  })
  .describe('Which decision governs which code, as declared by people. Lintel reads and writes this file.');

/** JSON Schema (draft 2020-12) of `.lintel/links.yaml`, as published in `docs/links.schema.json`. */
export const linksJsonSchema = (): Readonly<Record<string, unknown>> => z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });

/** A valid entry of the file. */
export interface DeclaredLink {
  /** The record, as written. */
  readonly decision: string;
  /** File, folder or pattern, as written. */
  readonly code: string;
  readonly symbol?: string;
  /** First and last line, zero-based, both included. */
  readonly lines?: LineRange;
  readonly verdict: Verdict;
  readonly by?: string;
  readonly date?: string;
  readonly note?: string;
  /** Span of the whole entry. */
  readonly span: Span;
  readonly decisionSpan: Span;
  readonly codeSpan: Span;
}

/** The valid entries of the file, and findings about the others. */
export interface DeclaredLinks {
  readonly entries: readonly DeclaredLink[];
  readonly findings: readonly Finding[];
}

/** No links, as for a missing file. */
export const NO_LINKS: DeclaredLinks = { entries: [], findings: [] };

const linesOf = (written: string): LineRange => {
  const [, from = '1', to = from] = LINES.exec(written) ?? [];
  const [first, last] = [Number(from) - 1, Number(to) - 1];
  return first <= last ? { first, last } : { first: last, last: first };
};

/** The scalars of an entry. Anything nested becomes an array, which no field accepts. */
const plainOf = (tree: Tree): Record<string, unknown> => {
  const value: Record<string, unknown> = Object.create(null);
  for (const { key, value: field } of entriesOf(tree).slice(0, 100)) {
    if (field.kind !== 'scalar') value[key] = [];
    // A key without a value is ignored.
    else if (field.value !== null) value[key] ??= field.value;
  }
  return value;
};

const sentence = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'unrecognized_keys')
    return `"${issue.keys.slice(0, 5).join('", "')}" is not a field of a link and has no effect. Fields: ${Object.keys(entry.shape).join(', ')}.`;
  const field = issue.path.map(String).join('.');
  return `"${field}" of this link is not valid: ${issue.message.replace(/^Invalid input: /, '')}. The link has no effect.`;
};

/**
 * Reads the text of `.lintel/links.yaml`. Never throws: invalid entries are left out and reported in `findings` (`link-invalid`, `broken-yaml`,
 * `too-deep`, `too-large`).
 */
export function readLinks(text: string): DeclaredLinks {
  const clean = withoutBom(text);
  const builder = sectionBuilder({ path: LINKS_FILE, text: clean.slice(0, LARGEST_LINKS), sha: '' });
  const findings = (): readonly Finding[] => builder.document('config', undefined).findings;
  if (clean.length > LARGEST_LINKS) {
    builder.report(TOO_LARGE, `${LINKS_FILE} is larger than ${LARGEST_LINKS / 1_000_000} MB, so it is not read.`, 0, 1, 'error');
    return { entries: [], findings: findings() };
  }
  const root = parseTree(clean, 'yaml', builder);
  if (!root || (root.kind === 'scalar' && root.value === null)) return { entries: [], findings: findings() };
  const links = get(root, 'links');
  if (root.kind !== 'map' || (links && links.kind !== 'list' && !(links.kind === 'scalar' && links.value === null))) {
    const place = links ?? root;
    builder.report(LINK_INVALID, `${LINKS_FILE} must contain "links:" followed by a list.`, place.start, place.end);
    return { entries: [], findings: findings() };
  }
  for (const { key, keyRange } of root.entries.slice(0, 100)) {
    if (key !== 'links' && key !== '$schema')
      builder.report(LINK_INVALID, `"${key}" has no effect here. Put links under "links:".`, keyRange.start, keyRange.end, 'warning');
  }
  const index = lineIndex(clean);
  const items = links?.kind === 'list' ? links.items : [];
  const entries = items.slice(0, MOST_LINKS).flatMap((item): DeclaredLink[] => {
    const parsed = entry.safeParse(item.kind === 'map' ? plainOf(item) : undefined);
    const unknown = parsed.success ? [] : parsed.error.issues.filter(({ code }) => code === 'unrecognized_keys');
    // An unknown key does not invalidate the rest of the entry.
    const known =
      parsed.success || unknown.length < parsed.error.issues.length || item.kind !== 'map'
        ? parsed
        : entry.safeParse(Object.fromEntries(Object.entries(plainOf(item)).filter(([key]) => Object.hasOwn(entry.shape, key))));
    if (!parsed.success) {
      for (const issue of parsed.error.issues.slice(0, 3)) {
        const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path[0];
        const place = entriesOf(item).find((candidate) => candidate.key === key);
        const [start, end] = place ? [place.keyRange.start, Math.max(place.keyRange.end, place.value.end)] : [item.start, item.end];
        const message = item.kind === 'map' ? sentence(issue) : 'This is not a link. Write "decision:", "code:" and "verdict:".';
        builder.report(LINK_INVALID, message, start, end, issue.code === 'unrecognized_keys' ? 'warning' : 'error');
      }
    }
    if (!known.success) return [];
    const { lines, ...fields } = known.data;
    const spanOf = (key: string): Span => {
      const place = get(item, key) ?? item;
      return index.span(place.start, place.end);
    };
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Omit<typeof fields, 'lines'>;
    return [
      {
        ...given,
        ...(lines === undefined ? {} : { lines: linesOf(lines) }),
        span: index.span(item.start, item.start + clean.slice(item.start, item.end).trimEnd().length),
        decisionSpan: spanOf('decision'),
        codeSpan: spanOf('code'),
      } as DeclaredLink,
    ];
  });
  if (items.length > MOST_LINKS) {
    const rest = items[MOST_LINKS];
    builder.report(TOO_LARGE, `Only the first ${MOST_LINKS} links are read.`, rest?.start ?? 0, rest?.end ?? 1);
  }
  return { entries, findings: findings() };
}

const WILDCARD = /[*?[\]{}!]/;

/** How narrowly a link's `code` matches a path: 3 the file itself, 2 a folder that contains it, 1 a pattern, 0 not at all. */
export function codeMatch(code: string, path: string): 0 | 1 | 2 | 3 {
  const clean = code.replace(/^(?:\.?\/)+/, '');
  // Literally first, because a folder may be called `[id]`.
  if (clean === path) return 3;
  const folder = clean.replace(/\/+$/, '');
  if (folder !== '' && path.startsWith(`${folder}/`)) return 2;
  return WILDCARD.test(clean) && matcherOf(code.replace(/^\.\//, '')).match(path) !== undefined ? 1 : 0;
}

const matchers = new Map<string, ReturnType<typeof createMatcher>>();
const MOST_MATCHERS = 5_000;

function matcherOf(pattern: string): ReturnType<typeof createMatcher> {
  const known = matchers.get(pattern);
  if (known) return known;
  if (matchers.size >= MOST_MATCHERS) matchers.clear();
  const made = createMatcher([pattern], { braces: true });
  matchers.set(pattern, made);
  return made;
}
