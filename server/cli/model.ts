import type { ModelQuestion, ModelWish } from '../model/language-model.ts';
import { printable, type Terminal } from './terminal.ts';

/** Options of commands that a language model may take part in. */
export const MODEL_OPTIONS = {
  'no-model': { type: 'boolean' },
  'allow-host': { type: 'string', multiple: true },
} as const;

/** What is asked before text is sent. */
const consentQuestion = ({ model, host, withKey, sends }: ModelQuestion): string => {
  const key = withKey ? ', with the key in LINTEL_API_KEY,' : '';
  const what =
    sends === 'lines'
      ? `the question and the lines that were found${key}`
      : `the title, the changed or selected code, the messages of the commits and the records that were found${key}`;
  const purpose = sends === 'lines' ? 'word the answer' : 'begin the record';
  return printable(`Send ${what} to ${host}, for the language model ${model} to ${purpose}?`);
};

/** The language model that the options and the person allow. */
export const modelOf = (
  values: { readonly 'no-model'?: boolean | undefined; readonly 'allow-host'?: readonly string[] | undefined },
  terminal: Pick<Terminal, 'ask'>,
): { readonly model?: ModelWish } => {
  if (values['no-model']) return {};
  const allowed = new Set((values['allow-host'] ?? []).map((host) => host.trim().toLowerCase()));
  return {
    model: {
      consent: async (asked) => allowed.has(asked.host) || terminal.ask(consentQuestion(asked)),
      howToAgree: (host) => printable(`--allow-host ${host} agrees.`),
    },
  };
};
