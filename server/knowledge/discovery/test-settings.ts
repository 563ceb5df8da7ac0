import { z } from 'zod';

/** An absolute path, or one that climbs. */
const LEADS_OUT = /^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/;

export const testsSetting = z
  .strictObject({
    runs: z
      .strictObject({
        folder: z
          .string()
          .min(1)
          .max(1_000)
          .refine((folder) => !LEADS_OUT.test(folder), {
            error: 'The folder must be inside the repository. "lintel tests record --folder" takes others.',
          })
          .default('.lintel')
          .describe('Folder of test-runs.jsonl, the log of recorded runs, inside the repository.'),
      })
      .prefault({})
      .describe('Where runs of end-to-end tests are recorded.'),
    shadow: z
      .strictObject({
        runs: z.int().min(1).max(100_000).default(30).describe('Full runs with a selection before the gate opens.'),
        days: z.number().min(0).max(3_650).default(7).describe('Days from the first of these runs to the last.'),
        missed: z
          .number()
          .min(0)
          .max(100)
          .default(1)
          .describe('Percentage of the failures in these runs that the selection may have missed.'),
      })
      .prefault({})
      .describe('When the selection of end-to-end tests may decide what runs.'),
  })
  .prefault({})
  .describe('Selection of end-to-end tests.');

/** What `lintel.yaml` says about end-to-end tests. */
export type TestSettings = z.infer<typeof testsSetting>;
