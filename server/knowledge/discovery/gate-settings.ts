import { z } from 'zod';
import { MOST_PATTERNS, pattern } from './rule-settings.ts';

/** Constraints of one repository. */
const MOST_CONSTRAINTS = 200;
const MOST_FORBIDDEN = 50;
const LONGEST = 200;

const constraint = z.strictObject({
  record: z.string().trim().min(1).max(1_000).describe('The decision that says so: its path, its number, or the words of its file name.'),
  paths: z.array(pattern).max(MOST_PATTERNS).default([]).describe('Files that it holds for. Default: all but records and guides.'),
  forbid: z
    .array(
      z
        .string()
        .trim()
        .min(1)
        .max(LONGEST)
        .refine((text) => /[^*\s]/.test(text), { error: 'write what is forbidden; "*" alone would forbid everything.' }),
    )
    .min(1)
    .max(MOST_FORBIDDEN)
    .describe('Text that no line may have; "*" stands for anything within the line. Spaces and kinds of quotation marks do not matter.'),
});

export const gateSetting = z
  .strictObject({
    constraints: z.array(constraint).max(MOST_CONSTRAINTS).default([]).describe('What decisions forbid, by rule.'),
    appendOnly: z
      .boolean()
      .default(false)
      .describe(
        'Whether the text of a decision in force may only be added to, and a person is asked before it is changed. Default: false.',
      ),
  })
  .prefault({})
  .describe('Edits about which "lintel hook --gate" asks a person, because a decision in force is contradicted.');

/** What a decision forbids. */
export type Constraint = z.infer<typeof constraint>;
