import { z } from 'zod';
import { CONFIG_FILE } from '../../model/configuration.ts';
import { defineRule, type Finding } from '../../model/finding.ts';
import { withoutBom } from '../../text/byte-order-mark.ts';
import { readInside } from '../../text/read-file.ts';
import { didYouMean } from '../../text/suggest.ts';
import type { Range } from '../specs/node.ts';
import { type SectionBuilder, sectionBuilder } from '../specs/source.ts';
import { entriesOf, get, itemsOf, parseTree, type Tree, textAt } from '../specs/tree.ts';
import { answersSetting } from './answer-settings.ts';
import { gateSetting } from './gate-settings.ts';
import { identifiersSetting } from './identifier-settings.ts';
import { knowledgeSetting } from './knowledge-settings.ts';
import { MOST_PATTERNS, overridesSetting, pattern, RULE_KEYS, rulesSetting } from './rule-settings.ts';
import { testsSetting } from './test-settings.ts';
import { unusableEntry } from './unusable-entries.ts';

export const CONFIG_INVALID = defineRule({
  id: 'config-invalid',
  severity: 'error',
  description: 'A setting in `lintel.yaml` has an invalid value.',
  tags: ['configuration'],
});
export const CONFIG_UNKNOWN_KEY = defineRule({
  id: 'config-unknown-key',
  severity: 'warning',
  description: '`lintel.yaml` contains an unknown key.',
  tags: ['configuration'],
});

/** Ceiling of `limits.fileSize` in bytes. The process that indexes stays below 1.3 GB with a specification of that size, whatever is in it. */
export const LARGEST_FILE = 10_000_000;

/** Characters of a configuration file. A longer one is not read: each of its mistakes is looked for in all of it. */
const LONGEST_CONFIG = 100_000;
/** An absolute path, or one that climbs. */
const LEADS_OUT = /^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/;

const globs = (what: string) => z.array(pattern).max(MOST_PATTERNS).default([]).describe(what);

const schema = z
  .strictObject({
    $schema: z.string().optional().describe('URL of this schema, for editors.'),
    decisions: globs('Files that are decision records, in addition to those found by convention.'),
    specifications: globs(
      'Files that are specifications (OpenAPI, AsyncAPI, protobuf, GraphQL, JSON Schema, Gherkin), in addition to those found by convention.',
    ),
    guides: globs('Files that are guides or design documents, in addition to those found by convention.'),
    exclude: globs('Files that are never indexed, even if another setting includes them.'),
    rules: rulesSetting,
    overrides: overridesSetting,
    identifiers: identifiersSetting,
    tests: testsSetting,
    gate: gateSetting,
    answers: answersSetting,
    knowledge: knowledgeSetting,
    embedding: z
      .strictObject({
        model: z
          .string()
          .min(1)
          .refine((model) => !LEADS_OUT.test(model), { error: 'A folder must be inside the repository and begin with "./".' })
          .default('static')
          .describe(
            'Embedding model: "static" (the bundled model), the name of a Hugging Face model, or a folder inside the repository that begins with "./". Changing it recomputes all embeddings.',
          ),
      })
      .prefault({})
      .describe('How texts become vectors.'),
    index: z
      .strictObject({
        folder: z
          .string()
          .min(1)
          .optional()
          .describe(
            "Folder for the index. It must be inside the repository; a folder outside is ignored. Default: a folder for this repository in the user's cache.",
          ),
      })
      .prefault({})
      .describe('Where the index is stored.'),
    limits: z
      .strictObject({
        fileSize: z
          .int()
          .min(1_024)
          .max(LARGEST_FILE)
          .default(2_000_000)
          .describe(
            'Size in bytes up to which a file is indexed whole. Only the first 64 KB of a larger file are indexed, and a finding says so.',
          ),
      })
      .prefault({})
      .describe('Limits on what is read.'),
    commits: z
      .strictObject({
        limit: z.int().min(0).optional().describe('Number of commits to index, newest first. Default: all. 0: none.'),
      })
      .prefault({})
      .describe('Which part of the history is indexed.'),
  })
  .describe('Configuration of Lintel for one repository.');

/** Configuration of one repository with all defaults filled in. */
export type Config = z.infer<typeof schema>;

/** A finding in one of the configuration files. */
export interface ConfigFinding extends Finding {
  /** Repository-relative path of the file with the finding. */
  readonly path: string;
}

/** What holds for a repository without any configuration. */
export const defaultConfig = (): Config => schema.parse({});

/** JSON Schema (draft 2020-12) of `lintel.yaml`, as published in `docs/lintel.schema.json`. */
export const configJsonSchema = (): Readonly<Record<string, unknown>> => z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });

/** Plain value of a tree, without prototypes, within a budget of nodes: aliases may make a tree much larger than its text. */
const plainOf = (tree: Tree, budget: { left: number }): unknown => {
  budget.left -= 1;
  if (budget.left < 0) return null;
  if (tree.kind === 'scalar') return tree.value;
  if (tree.kind === 'list') return tree.items.map((item) => plainOf(item, budget));
  const value: Record<string, unknown> = Object.create(null);
  // A key without a value (`limits:`) leaves the setting at its default.
  for (const entry of tree.entries) {
    if (entry.value.kind !== 'scalar' || entry.value.value !== null) value[entry.key] = plainOf(entry.value, budget);
  }
  return value;
};

/** Range of the node at a path of keys, or of its `key`; of the deepest existing node if the path ends early. */
const rangeOf = (root: Tree, path: readonly PropertyKey[], key?: string): Range => {
  let node = root;
  let range: Range = root;
  for (const step of path) {
    const entry = entriesOf(node).find((candidate) => candidate.key === step);
    const next = entry?.value ?? (typeof step === 'number' ? itemsOf(node)[step] : undefined);
    if (!next) return range;
    node = next;
    // A key without a value has no range.
    range = next.end > next.start ? next : (entry?.keyRange ?? next);
  }
  return (key === undefined ? undefined : entriesOf(node).find((entry) => entry.key === key)?.keyRange) ?? range;
};

const sentence = (issue: z.core.$ZodIssue): string => {
  const unusable = unusableEntry(issue);
  if (unusable) return `"${unusable.entry.map(String).join('.')}" has no effect: ${unusable.because}`;
  const where = issue.path.map(String).join('.');
  const message = issue.message.replace(/^Invalid input: /, '').replace(/(?<![.?!])$/, '.');
  return `${where ? `"${where}"` : 'The configuration'} is not valid: ${message} The default is used instead.`;
};

/** A key that the schema does not have, and what was probably meant. */
const unknownKey = (path: readonly PropertyKey[], key: string): string => {
  if (path.at(-1) === 'rules') return `"${key}" is not a rule of Lintel and has no effect.${didYouMean(key, RULE_KEYS)}`;
  const known = Object.keys(schema.shape).filter((name) => name !== '$schema');
  const hint = path.length === 0 ? `${didYouMean(key, known)} Known settings: ${known.join(', ')}.` : '';
  return `"${[...path, key].map(String).join('.')}" is not a Lintel setting and has no effect.${hint}`;
};

const isRecord = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === 'object' && value !== null;

/** Removes the value at a path of keys, so that its default applies. */
const remove = (value: unknown, path: readonly PropertyKey[]): void => {
  const holder = path.slice(0, -1).reduce<unknown>((node, step) => (isRecord(node) ? node[step] : undefined), value);
  const last = path.at(-1);
  if (last === undefined || !isRecord(holder)) return;
  // A hole in a list would be an invalid item too.
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else Reflect.deleteProperty(holder, last);
};

const readConfig = (text: string, builder: SectionBuilder): Config => {
  if (text.length > LONGEST_CONFIG) {
    builder.report(
      CONFIG_INVALID,
      `${CONFIG_FILE} has more than 100,000 characters and is not read. The defaults are used instead. Shorten it.`,
      0,
      1,
    );
    return defaultConfig();
  }
  const root = parseTree(text, 'yaml', builder);
  if (!root || (root.kind === 'scalar' && root.value === null)) return defaultConfig();
  if (root.kind !== 'map') {
    builder.report(CONFIG_INVALID, `${CONFIG_FILE} must be a mapping of settings such as "decisions:".`, root.start, root.end);
    return defaultConfig();
  }
  const value = plainOf(root, { left: 20_000 });
  // Removing one mistake may uncover another; the limit guards against a loop.
  for (let round = 0; round < 20; round += 1) {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const removed = new Set<string>();
    const removeOnce = (wrong: readonly PropertyKey[] | undefined): void => {
      const at = wrong?.map(String).join('\n');
      if (wrong === undefined || at === undefined || removed.has(at)) return;
      remove(value, wrong);
      removed.add(at);
    };
    // From the end, so that indexes stay valid while list items are removed.
    for (const issue of result.error.issues.toReversed()) {
      if (issue.code === 'unrecognized_keys') {
        for (const key of issue.keys) {
          const place = rangeOf(root, issue.path, key);
          builder.report(CONFIG_UNKNOWN_KEY, unknownKey(issue.path, key), place.start, place.end);
          remove(value, [...issue.path, key]);
        }
        removeOnce(unusableEntry(issue)?.entry);
        continue;
      }
      const place = rangeOf(root, issue.path);
      const unusable = unusableEntry(issue)?.entry;
      if (!unusable || !removed.has(unusable.map(String).join('\n')))
        builder.report(CONFIG_INVALID, sentence(issue), place.start, place.end);
      if (issue.path.length === 0) return defaultConfig();
      removeOnce(unusable ?? issue.path);
    }
  }
  return defaultConfig();
};

/** Pattern for a folder from another tool's configuration; `undefined` if it is outside the repository. */
const folderPattern = (folder: string): string | undefined => {
  const clean = folder
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/+$/, '');
  if (clean === '' || clean === '.' || clean.startsWith('/') || clean.split('/').includes('..') || /^[A-Za-z]:/.test(clean))
    return undefined;
  return `/${clean.replace(/[*?[\]{}!#\\]/g, '\\$&')}/**`;
};

/** Folders named in `.log4brains.yml`, for the project and for each package; package folders are written with their full path. */
const log4brainsFolders = (text: string, builder: SectionBuilder): readonly string[] => {
  const project = get(parseTree(text, 'yaml', builder), 'project');
  const folders = [textAt(project, 'adrFolder'), ...itemsOf(get(project, 'packages')).map((item) => textAt(item, 'adrFolder'))];
  return folders.filter((folder) => folder !== undefined);
};

/** Reads a file of the repository by its relative path; `undefined` if there is none. */
export type ReadText = (path: string) => Promise<string | undefined>;

/** Configuration, with the findings in its files. */
export interface LoadedConfig {
  readonly config: Config;
  readonly findings: readonly ConfigFinding[];
}

/**
 * Loads the configuration of a repository: `lintel.yaml`, with the record folders of `.adr-dir` (adr-tools) and `.log4brains.yml` added to
 * `decisions`. Never rejects because of a file's content: unknown keys (`config-unknown-key`), invalid values (`config-invalid`) and broken YAML
 * (`broken-yaml`) become findings, and the defaults apply.
 *
 * @param root Folder of the repository.
 * @param read Reads a file. Default: from disk, treating a file that cannot be read, or that lies outside, as absent.
 */
export const loadConfig = async (root: string, read: ReadText = (path) => readInside(root, path)): Promise<LoadedConfig> => {
  const findings: ConfigFinding[] = [];
  const builderOf = async (path: string) => {
    const written = await read(path);
    if (written === undefined) return undefined;
    const text = withoutBom(written);
    return { text, builder: sectionBuilder({ path, text, sha: '' }) };
  };
  const collect = (path: string, builder: SectionBuilder) => {
    for (const finding of builder.document('config', undefined).findings) findings.push({ ...finding, path });
  };
  let config = defaultConfig();
  const own = await builderOf(CONFIG_FILE);
  if (own) {
    config = readConfig(own.text, own.builder);
    collect(CONFIG_FILE, own.builder);
  }
  const folders: string[] = [];
  const adrDir = await read('.adr-dir');
  if (adrDir) folders.push(adrDir.split(/[\r\n]/)[0] ?? '');
  const brains = await builderOf('.log4brains.yml');
  if (brains) {
    folders.push(...log4brainsFolders(brains.text, brains.builder));
    collect('.log4brains.yml', brains.builder);
  }
  const patterns = folders.map(folderPattern).filter((pattern) => pattern !== undefined);
  return { config: { ...config, decisions: [...patterns, ...config.decisions] }, findings };
};
