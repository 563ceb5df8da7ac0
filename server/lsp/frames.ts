import { Transform } from 'node:stream';

/** Bytes of the longest message that is taken. A file of that size is never edited. */
const LONGEST_MESSAGE = 256_000_000;
/** Bytes without a header that are kept to look for one. */
const LONGEST_HEADER = 8_192;
const END = '\r\n\r\n';

/**
 * Finds the frames in what a client sends. A header that is wrong, or a length that does not fit its message, costs that message and no other: what comes
 * before the next `Content-Length` is dropped. Without this, nothing that follows is ever understood, and the client waits for ever.
 */
export function framesOnly(): Transform {
  let waiting: Buffer[] = [];
  let size = 0;
  /** Bytes of the message that are still to come. */
  let body = 0;
  const takeHeader = (bytes: Buffer, out: (chunk: Buffer) => void): Buffer | undefined => {
    const end = bytes.indexOf(END);
    if (end < 0) return undefined;
    const length = Number(
      /content-length[ \t]*:[ \t]*(\d{1,12})[ \t]*$/im.exec(bytes.subarray(0, end).toString('latin1').replaceAll('\r', ''))?.[1] ?? 0,
    );
    if (length > 0 && length <= LONGEST_MESSAGE) {
      body = length;
      out(Buffer.from(`Content-Length: ${length}${END}`, 'latin1'));
    }
    return bytes.subarray(end + END.length);
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let rest: Buffer | undefined = size === 0 ? chunk : Buffer.concat([...waiting, chunk]);
      waiting = [];
      size = 0;
      while (rest !== undefined && rest.length > 0) {
        if (body > 0) {
          const part = rest.subarray(0, body);
          body -= part.length;
          this.push(part);
          rest = rest.subarray(part.length);
          continue;
        }
        const after = takeHeader(rest, (header) => this.push(header));
        if (after === undefined) {
          const kept = rest.subarray(-LONGEST_HEADER);
          waiting = [kept];
          size = kept.length;
        }
        rest = after;
      }
      done();
    },
  });
}
