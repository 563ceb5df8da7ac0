import { z } from 'zod';
import { RULE_IDS } from '../../model/rule-ids.ts';
import { didYouMean } from '../../text/suggest.ts';
import { MOST_PATTERNS, pattern } from './rule-settings.ts';

/** What the quick fix writes where the reason belongs; it counts as no reason. */
export const REASON_SLOT = 'REASON';

/** Databases by their names in `lintel.yaml`. */
export const DATABASES = ['postgresql', 'cockroachdb', 'mysql', 'sqlite', 'sqlserver', 'oracle'] as const;

const IDENTIFIER_RULE_IDS = RULE_IDS.filter((id) => /^SID\d+$/.test(id));

const MOST_ENTRIES = 500;
const LONGEST_NAME = 200;
const LONGEST_REASON = 2_000;

const oneOf = (known: readonly string[], what: string) =>
  z.enum(known, {
    error: ({ input }) => `${what}: ${known.join(', ')}.${typeof input === 'string' ? didYouMean(input, known) : ''}`,
  });

const name = z.string().trim().min(1).max(LONGEST_NAME);

const database = z.enum(DATABASES, {
  error: ({ input }) =>
    `use ${DATABASES.join(', ')}, or a list of them by path.${typeof input === 'string' ? didYouMean(input, DATABASES) : ''}`,
});

const databaseOfPaths = z.strictObject({
  paths: z.array(pattern).min(1).max(MOST_PATTERNS).describe('Files that are written for this database.'),
  engine: database.describe('The database.'),
});

const allow = z
  .strictObject({
    rules: z.array(oneOf(IDENTIFIER_RULE_IDS, 'use the id of a rule about identifiers')).default([]).describe('Rules. Default: all.'),
    paths: z.array(pattern).max(MOST_PATTERNS).default([]).describe('Files. Default: all.'),
    names: z
      .array(name)
      .max(MOST_ENTRIES)
      .default([])
      .describe('Names of identifiers, types, columns or resources, in any case. Default: all.'),
    reason: z
      .string()
      .trim()
      .min(1)
      .max(LONGEST_REASON)
      .refine((reason) => reason !== REASON_SLOT, { error: 'write why the format is allowed.' })
      .describe('Why the format is allowed.'),
    link: z
      .string()
      .trim()
      .min(1)
      .max(LONGEST_REASON)
      .optional()
      .describe('The record or page that says so: a path in the repository, or an address.'),
  })
  .refine(({ rules, paths, names }) => rules.length + paths.length + names.length > 0, {
    error: 'name rules, paths or names; an entry without them would allow everything.',
  });

export const identifiersSetting = z
  .strictObject({
    teams: z
      .array(name)
      .max(MOST_ENTRIES)
      .default([])
      .describe('Names of teams, in addition to those in CODEOWNERS and catalog-info.yaml.'),
    database: z
      .union([database, z.array(databaseOfPaths).max(MOST_ENTRIES)], {
        error: ({ input }) =>
          `use ${DATABASES.join(', ')}, or a list of entries with "paths" and "engine".${typeof input === 'string' ? didYouMean(input, DATABASES) : ''}`,
      })
      .optional()
      .describe('The database of the migrations: one for all, or a list by path. Default: as the repository shows.'),
    allow: z
      .array(allow)
      .max(MOST_ENTRIES)
      .default([])
      .describe('Formats of identifiers that are allowed. What is allowed is not shown; "lintel ids --all" lists it.'),
  })
  .prefault({})
  .describe('What the repository says about its identifiers.');

/** What `lintel.yaml` says about identifiers. */
export type IdentifierSettings = z.infer<typeof identifiersSetting>;
