import type { AskRequest } from '../../model/ask.ts';
import { answerText } from '../answer.ts';
import { defineCommand, EXIT, NO_UPDATE, NO_UPDATE_OPTION, refuseUnknownCommit, UsageError } from '../command.ts';
import { behindLine, json } from '../hits.ts';
import { MODEL_OPTIONS, modelOf } from '../model.ts';
import { answerUpToDate, withEngine } from '../session.ts';

const OPTIONS = {
  at: { type: 'string' },
  ...MODEL_OPTIONS,
  ...NO_UPDATE_OPTION,
} as const;

/** `lintel ask QUESTION` */
export const askCommand = defineCommand({
  name: 'ask',
  summary: 'Answer a question with the lines of decisions, specifications, guides and commits that say it',
  arguments: 'QUESTION [--at REV] [--no-model] [--allow-host HOST] [--no-update] [--json]',
  options: OPTIONS,
  optionHelp: [
    ['--at REV', 'answer with what was recorded and in force at this commit: a sha, a branch or a tag'],
    ['--no-model', 'ask no language model, even if one is set'],
    ['--allow-host HOST', 'agree to send the question and the lines found to the language model at this host; can be repeated'],
    NO_UPDATE,
  ],
  examples: [
    'lintel ask "why do we use an outbox table"',
    'lintel ask "who may approve a refund" --at v1.2.0',
    'lintel ask "which broker do we use" --json',
    'lintel ask "which broker do we use" --allow-host api.example.com',
  ],
  takes: [1, Number.POSITIVE_INFINITY],
  run: (invocation) => {
    const { values, positionals, terminal } = invocation;
    const question = positionals.join(' ').trim();
    if (question === '') throw new UsageError('Say what to ask.');
    const request: AskRequest = {
      question,
      ...(values.at === undefined ? {} : { at: values.at }),
      ...modelOf(values, terminal),
      signal: terminal.signal,
    };
    return withEngine(invocation, async (engine) => {
      const answer = await answerUpToDate(engine, invocation, () => engine.ask(request).catch(refuseUnknownCommit));
      if (values.json) await terminal.out(json(answer));
      else {
        terminal.err(behindLine(answer.index.behind));
        await terminal.out(answerText(answer, engine.root, terminal));
      }
      return EXIT.ok;
    });
  },
});
