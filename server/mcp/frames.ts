import { Transform } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { INVALID_REQUEST, PARSE_ERROR, parseJSONRPCMessage } from '@modelcontextprotocol/server';

/** Longest message, in UTF-16 units. No question needs as much. */
const LONGEST_MESSAGE = 8_000_000;

const refusal = (id: string | number | null, code: number, message: string): string =>
  `${JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } })}\n`;

const idOf = (value: unknown): string | number | null => {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
};

/** What is wrong with a line, as the answer to it; `undefined` for a message. */
function refusalOf(line: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return refusal(null, PARSE_ERROR, 'This line is not JSON. Write one JSON-RPC message a line.');
  }
  if (Array.isArray(value)) return refusal(null, INVALID_REQUEST, 'Batches are not part of MCP. Write one JSON-RPC message a line.');
  try {
    parseJSONRPCMessage(value);
    return undefined;
  } catch {
    return refusal(idOf(value), INVALID_REQUEST, 'This is JSON, but no JSON-RPC 2.0 message.');
  }
}

/**
 * Passes on the lines that are JSON-RPC messages, and answers every other one with the error that JSON-RPC has for it: the library drops them without a word, and
 * ends the connection at a line that is too long.
 * @param answer writes a line to the client
 */
export function messagesOnly(answer: (line: string) => void): Transform {
  const decoder = new StringDecoder('utf8');
  let pieces: string[] = [];
  let length = 0;
  let isTooLong = false;

  const end = (into: Transform): void => {
    const line = pieces.join('').trim();
    if (isTooLong) answer(refusal(null, INVALID_REQUEST, `A message has more than ${LONGEST_MESSAGE} characters. It was not read.`));
    else if (line !== '') {
      const refused = refusalOf(line);
      if (refused === undefined) into.push(`${line}\n`);
      else answer(refused);
    }
    pieces = [];
    length = 0;
    isTooLong = false;
  };

  const add = (text: string): void => {
    length += text.length;
    if (length > LONGEST_MESSAGE) {
      isTooLong = true;
      pieces = [];
    } else if (!isTooLong) pieces.push(text);
  };

  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const [first = '', ...others] = decoder.write(chunk).split('\n');
      add(first);
      for (const next of others) {
        end(this);
        add(next);
      }
      done();
    },
    flush(done) {
      end(this);
      done();
    },
  });
}
