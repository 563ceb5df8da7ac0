import { z } from 'zod';

/** Whether an address may stand in a file of the repository: http or https, and nowhere in it a key. */
const isOpenAddress = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password, search, hash } = new URL(address);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
};

/** `answers` of `lintel.yaml`: the language model that may word answers. */
export const answersSetting = z
  .strictObject({
    endpoint: z
      .string()
      .max(1_000)
      .refine(isOpenAddress, {
        error: 'It must be an http or https address without a user, a password or parameters. Keys belong in LINTEL_API_KEY.',
      })
      .optional()
      .describe(
        'Address of an OpenAI-compatible server, such as "http://localhost:11434/v1". Everybody who uses it is asked first. Default: no language model.',
      ),
    model: z.string().min(1).max(200).optional().describe('Name of the model at that server.'),
  })
  .prefault({})
  .describe('The language model that may word the answers of "lintel ask".');
