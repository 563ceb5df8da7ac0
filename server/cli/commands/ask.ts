import type { AskRequest } from '../../model/ask.ts';
import { answerText } from '../answer.ts';
import { defineCommand, EXIT, NO_UPDATE, NO_UPDATE_OPTION, UsageError } from '../command.ts';
import { behindLine, json } from '../hits.ts';
import { answerUpToDate, withEngine } from '../session.ts';

const OPTIONS = { ...NO_UPDATE_OPTION } as const;

/** `lintel ask QUESTION` */
export const askCommand = defineCommand({
  name: 'ask',
  summary: 'Answer a question with the lines of decisions, specifications, guides and commits that say it',
  arguments: 'QUESTION [--no-update] [--json]',
  options: OPTIONS,
  optionHelp: [NO_UPDATE],
  examples: ['lintel ask "why do we use an outbox table"', 'lintel ask "which broker do we use" --json'],
  takes: [1, Number.POSITIVE_INFINITY],
  run: (invocation) => {
    const { values, positionals, terminal } = invocation;
    const question = positionals.join(' ').trim();
    if (question === '') throw new UsageError('Say what to ask.');
    const request: AskRequest = { question, signal: terminal.signal };
    return withEngine(invocation, async (engine) => {
      const answer = await answerUpToDate(engine, invocation, () => engine.ask(request));
      if (values.json) await terminal.out(json(answer));
      else {
        terminal.err(behindLine(answer.index.behind));
        await terminal.out(answerText(answer, engine.root, terminal));
      }
      return EXIT.ok;
    });
  },
});
