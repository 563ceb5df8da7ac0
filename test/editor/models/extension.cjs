// Language models for the tests inside the editor: one quotes what it is given and makes something up, one refuses.
const vscode = require('vscode');

const MODELS = ['quoting', 'refusing'].map((id) => ({
  id,
  name: id[0].toUpperCase() + id.slice(1),
  family: id,
  version: '1',
  maxInputTokens: 100_000,
  maxOutputTokens: 10_000,
  capabilities: {},
}));

const textOf = ({ content }) => content.map(({ value = '' }) => value).join('');

/** One sentence that is there, in pieces, and one that is not. */
const answer = (given) => {
  const [{ id, text }] = JSON.parse(given).spans;
  const quote = text.split('\n').find((line) => line.trim().length > 30) ?? text;
  return JSON.stringify({
    sentences: [
      { claim: quote, spanId: id, quote },
      { claim: 'The moon is made of cheese.', spanId: id, quote: 'The moon is made of cheese.' },
    ],
  });
};

exports.activate = (context) => {
  context.subscriptions.push(
    vscode.lm.registerLanguageModelChatProvider('lintel-test', {
      provideLanguageModelChatInformation: async () => MODELS,
      provideLanguageModelChatResponse: async ({ id }, messages, _options, progress) => {
        if (id === 'refusing') throw vscode.LanguageModelError.Blocked('I cannot help with that.');
        for (const part of answer(textOf(messages.at(-1))).match(/[\s\S]{1,40}/g)) progress.report(new vscode.LanguageModelTextPart(part));
      },
      provideTokenCount: async () => 1,
    }),
  );
};
