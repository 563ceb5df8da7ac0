import { z } from 'zod';
import { defineRule, type Finding } from '../../model/finding.ts';
import type { LineRange, Span } from '../../model/span.ts';
import { withoutBom } from '../../text/byte-order-mark.ts';
import { lineIndex } from '../../text/lines.ts';
import { createMatcher, patternProblem } from '../discovery/globs.ts';
import { type SectionBuilder, sectionBuilder, TOO_LARGE } from '../specs/source.ts';
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
/** Limit on the entries that are read of each list. */
const MOST_LINKS = 20_000;
const LISTS = ['links', 'tests'] as const;

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

const testEntry = z
  .strictObject({
    test: z
      .string()
      .min(1)
      .refine((text) => patternProblem(text) === undefined, { error: ({ input }) => `this pattern ${patternProblem(String(input))}` })
      .describe('A file of end-to-end tests, relative to the root of the repository, or a pattern in .gitignore syntax.'),
    code: entry.shape.code,
    by: entry.shape.by,
    date: entry.shape.date,
    note: entry.shape.note,
  })
  .describe('The test is selected whenever the code changes.');

const schema = z
  .strictObject({
    $schema: z.string().optional().describe('URL of this schema, for editors.'),
    links: z.array(entry).default([]).describe('The links.'),
    tests: z.array(testEntry).default([]).describe('Which end-to-end test covers which code.'),
  })
  .describe('Which decision governs which code, and which test covers it, as declared by people. Lintel reads and writes this file.');

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

/** A valid entry about an end-to-end test. */
export interface DeclaredTest {
  /** File of tests or pattern, as written. */
  readonly test: string;
  /** File, folder or pattern, as written. */
  readonly code: string;
  readonly by?: string;
  readonly date?: string;
  readonly note?: string;
}

/** The valid entries of the file, and findings about the others. */
export interface DeclaredLinks {
  readonly entries: readonly DeclaredLink[];
  readonly tests: readonly DeclaredTest[];
  readonly findings: readonly Finding[];
}

/** No links, as for a missing file. */
export const NO_LINKS: DeclaredLinks = { entries: [], tests: [], findings: [] };

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

const sentence = (issue: z.core.$ZodIssue, fields: readonly string[]): string => {
  if (issue.code === 'unrecognized_keys')
    return `"${issue.keys.slice(0, 5).join('", "')}" is not a field of a link and has no effect. Fields: ${fields.join(', ')}.`;
  const field = issue.path.map(String).join('.');
  return `"${field}" of this link is not valid: ${issue.message.replace(/^Invalid input: /, '')}. The link has no effect.`;
};

/** The field of an entry, by the place of its value; the entry itself where it has none. */
const placeOf = (item: Tree, key: string): Tree => get(item, key) ?? item;

/** The valid part of an entry by its schema; what is wrong with it is reported. */
function readEntry<S extends z.ZodObject>(item: Tree, shape: S, ask: string, builder: SectionBuilder): z.output<S> | undefined {
  const plain = item.kind === 'map' ? plainOf(item) : undefined;
  const parsed = shape.safeParse(plain);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  for (const issue of issues.slice(0, 3)) {
    const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path[0];
    const place = entriesOf(item).find((candidate) => candidate.key === key);
    const [start, end] = place ? [place.keyRange.start, Math.max(place.keyRange.end, place.value.end)] : [item.start, item.end];
    const message = plain ? sentence(issue, Object.keys(shape.shape)) : `This is not a link. Write ${ask}.`;
    builder.report(LINK_INVALID, message, start, end, issue.code === 'unrecognized_keys' ? 'warning' : 'error');
  }
  // An unknown key does not invalidate the rest of the entry.
  if (!plain || issues.every(({ code }) => code !== 'unrecognized_keys')) return undefined;
  const known = shape.safeParse(Object.fromEntries(Object.entries(plain).filter(([key]) => Object.hasOwn(shape.shape, key))));
  return known.success ? known.data : undefined;
}

/** The fields that were given. */
const given = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

/**
 * Reads the text of `.lintel/links.yaml`. Never throws: invalid entries are left out and reported in `findings` (`link-invalid`, `broken-yaml`,
 * `too-deep`, `too-large`).
 */
export function readLinks(text: string): DeclaredLinks {
  const clean = withoutBom(text);
  const builder = sectionBuilder({ path: LINKS_FILE, text: clean.slice(0, LARGEST_LINKS), sha: '' });
  const found = (entries: readonly DeclaredLink[] = [], tests: readonly DeclaredTest[] = []): DeclaredLinks => ({
    entries,
    tests,
    findings: builder.document('config', undefined).findings,
  });
  if (clean.length > LARGEST_LINKS) {
    builder.report(TOO_LARGE, `${LINKS_FILE} is larger than ${LARGEST_LINKS / 1_000_000} MB, so it is not read.`, 0, 1, 'error');
    return found();
  }
  const root = parseTree(clean, 'yaml', builder);
  if (!root || (root.kind === 'scalar' && root.value === null)) return found();
  const lists = LISTS.map((name) => ({ name, list: get(root, name) }));
  for (const { name, list } of lists)
    if (root.kind !== 'map' || (list && list.kind !== 'list' && !(list.kind === 'scalar' && list.value === null))) {
      const place = list ?? root;
      builder.report(LINK_INVALID, `${LINKS_FILE} must contain "${name}:" followed by a list.`, place.start, place.end);
      return found();
    }
  for (const { key, keyRange } of entriesOf(root).slice(0, 100))
    if (key !== '$schema' && lists.every(({ name }) => name !== key))
      builder.report(LINK_INVALID, `"${key}" has no effect here. Put links under "links:".`, keyRange.start, keyRange.end, 'warning');
  const index = lineIndex(clean);
  const itemsIn = (name: (typeof LISTS)[number]): readonly Tree[] => {
    const list = get(root, name);
    const items = list?.kind === 'list' ? list.items : [];
    const rest = items[MOST_LINKS];
    if (rest) builder.report(TOO_LARGE, `Only the first ${MOST_LINKS} links are read.`, rest.start, rest.end);
    return items.slice(0, MOST_LINKS);
  };
  const spanOf = ({ start, end }: Tree): Span => index.span(start, end);
  const entries = itemsIn('links').flatMap((item): DeclaredLink[] => {
    const read = readEntry(item, entry, '"decision:", "code:" and "verdict:"', builder);
    if (!read) return [];
    const { lines, ...fields } = read;
    return [
      {
        ...given(fields),
        ...(lines === undefined ? {} : { lines: linesOf(lines) }),
        span: index.span(item.start, item.start + clean.slice(item.start, item.end).trimEnd().length),
        decisionSpan: spanOf(placeOf(item, 'decision')),
        codeSpan: spanOf(placeOf(item, 'code')),
      } as DeclaredLink,
    ];
  });
  const tests = itemsIn('tests').flatMap((item): DeclaredTest[] => {
    const read = readEntry(item, testEntry, '"test:" and "code:"', builder);
    return read ? [given(read) as DeclaredTest] : [];
  });
  return found(entries, tests);
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
