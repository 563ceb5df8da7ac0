/** What goes wrong with an answer of the endpoint, as the end of a sentence for people. */
export class EndpointFailure extends Error {
  /** Status of the answer; absent where there was none or it was unusable. */
  readonly status: number | undefined;
  /** Seconds that the endpoint asks to wait. */
  readonly retryAfter: number | undefined;
  constructor(message: string, { status, retryAfter, cause }: { status?: number; retryAfter?: number | undefined; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'EndpointFailure';
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** Bytes of an answer that are read. Five short sentences need 4 KB; a model that thinks aloud, some hundred. */
export const MOST_BYTES = 1_000_000;

const field = (value: unknown, name: string | number): unknown =>
  typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EndpointFailure('it did not answer in JSON', { cause });
  }
};

/** The text in a whole answer or in one event of a stream. Throws where the endpoint reports an error in it. */
const contentOf = (value: unknown, part: 'message' | 'delta'): string => {
  if (field(value, 'error')) throw new EndpointFailure('it reported an error');
  const content = field(field(field(field(value, 'choices'), 0), part), 'content');
  return typeof content === 'string' ? content : '';
};

/** Chunks of a body as text, within the limit of bytes. */
async function* textOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new EndpointFailure('its answer is longer than 1 MB');
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

/**
 * Reads the text of an answer of `/v1/chat/completions`: one JSON value, or server-sent events, of which every `data` line is one. Stops at `[DONE]`, whether or not
 * the connection is closed. Throws an {@link EndpointFailure} for what is neither, for an error in it, and for one that is too long.
 */
export async function readAnswer(body: AsyncIterable<Uint8Array>, streams: boolean): Promise<string> {
  let content = '';
  let rest = '';
  for await (const text of textOf(body)) {
    rest += text;
    if (!streams) continue;
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const data = /^data:(.*)$/.exec(line.trimEnd())?.[1]?.trim();
      if (data === '[DONE]') return content;
      if (data) content += contentOf(parse(data), 'delta');
    }
  }
  if (!streams) return contentOf(parse(rest), 'message');
  const last = /^data:(.*)$/.exec(rest.trimEnd())?.[1]?.trim();
  return last && last !== '[DONE]' ? content + contentOf(parse(last), 'delta') : content;
}
