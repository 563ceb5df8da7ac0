import { commentText, type ProtoToken, tokenizeProto } from '../../knowledge/specs/proto-tokens.ts';
import { isEntityId } from './config/definitions.ts';
import type { Definition, NumberField } from './model.ts';
import { isReferenceName } from './words.ts';

const NUMBERS: Readonly<Record<string, number>> = { int32: 32, uint32: 32, sint32: 32, fixed32: 32, sfixed32: 32 };
/** Messages that travel and are gone. Their plain `id` counts within one connection. */
const TRANSIENT = /(?:Msg|Message|Request|Response|Req|Resp|Rsp|Reply|Event|Command|Cmd|Packet|Frame|Notification|Ack)$/;

/** Fields of the messages of a protobuf file, with their comments. */
export function readProto(text: string): { readonly definitions: readonly Definition[]; readonly numbers: readonly NumberField[] } {
  const definitions: Definition[] = [];
  const numbers: NumberField[] = [];
  const owners: string[] = [];
  const tokens = tokenizeProto(text);
  let comments: ProtoToken[] = [];
  let statement: ProtoToken[] = [];
  for (const token of tokens) {
    if (token.kind === 'comment') {
      // Behind a field on its line, it belongs to that field; there the statement is empty, too, and it documents nothing else.
      if (statement.length === 0) comments.push(token);
      continue;
    }
    if (token.kind === 'symbol' && token.text === '{') {
      owners.push(/^(?:message|enum|service|oneof|extend|group)$/.test(statement[0]?.text ?? '') ? (statement[1]?.text ?? '') : '');
      statement = [];
      comments = [];
    } else if (token.kind === 'symbol' && token.text === '}') {
      owners.pop();
      statement = [];
      comments = [];
    } else if (token.kind === 'symbol' && token.text === ';') {
      const equals = statement.findIndex(({ kind, text: symbol }) => kind === 'symbol' && symbol === '=');
      const name = statement[equals - 1];
      const type = statement[equals - 2];
      if (name?.kind === 'word' && type?.kind === 'word' && owners.length > 0) {
        const owner = owners.filter(Boolean).at(-1) ?? '';
        const bits = NUMBERS[type.text];
        if (bits !== undefined && isEntityId(name.text) && !(name.text === 'id' && TRANSIENT.test(owner)))
          numbers.push({ owner, name, type, bits });
        if (isReferenceName(name.text) || name.text.endsWith('resource_name'))
          for (const comment of comments)
            definitions.push({
              name: name.text,
              said: { text: commentText(comment.text), start: comment.start, end: comment.end },
              form: 'description',
              published: true,
            });
      }
      statement = [];
      comments = [];
    } else statement.push(token);
  }
  return { definitions, numbers };
}
