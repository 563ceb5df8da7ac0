import { z } from 'zod';

/** Object storage, and LanceDB Enterprise; a folder of this machine means nothing to others, and is named on the command line. */
const isSharedPlace = (address: string): boolean =>
  /^(?:s3|gs|az|abfss|db):\/\/[^@?#\s]+$/.test(address) || /^\.{1,2}\/[^\0]+$/.test(address);

const place = z.string().max(1_000).refine(isSharedPlace, {
  error:
    'It must start with s3://, gs://, az://, abfss://, db://, ./ or ../ and hold no user, password or parameters. Credentials belong in the environment.',
});

/** `knowledge` of `lintel.yaml`: where the index is published. */
export const knowledgeSetting = z
  .strictObject({
    published: place
      .optional()
      .describe(
        'Where the index is published: "s3://bucket/folder", "gs://...", "az://...", "db://..." or a folder such as "../indexes". "lintel publish" and "lintel pull" use it where they are given no other, and ask first.',
      ),
  })
  .prefault({})
  .describe('Knowledge that is shared with others.');
