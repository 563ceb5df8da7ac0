import { ALLOW_IDENTIFIER, type AllowIdentifierParams, type AuthoredResult } from '../../../protocol/authoring.ts';
import { CONFIG_FILE } from '../../model/configuration.ts';
import { fileParam, textParam } from '../params.ts';
import { lintelRequest } from '../request.ts';
import { wireAuthored } from '../wire.ts';

/** The configuration of a repository as the editor has it, and the file of the finding likewise. */
export const allowIdentifierRequest = lintelRequest<AllowIdentifierParams, AuthoredResult>(ALLOW_IDENTIFIER, async (context, params) => {
  const { engine, repository, path } = await fileParam(context, params.uri);
  const open = (name: string): string | undefined => context.documents.get(context.repositories.uriOf(repository, name))?.getText();
  const [text, configuration] = [open(path), open(CONFIG_FILE)];
  const answer = await engine.allowIdentifier({
    path,
    rule: params.rule,
    position: params.position,
    reason: textParam(params.reason, 'reason', ALLOW_IDENTIFIER),
    ...(text === undefined ? {} : { text }),
    ...(configuration === undefined ? {} : { configuration }),
    ...(params.link === undefined ? {} : { link: params.link }),
  });
  return wireAuthored(context.repositories, repository, answer);
});
