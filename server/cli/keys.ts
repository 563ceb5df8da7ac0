import type { ReadStream } from 'node:tty';

/** What Ctrl-C sends where the terminal does not make a signal of it. */
const INTERRUPT = '\u0003';
/** Ctrl-D: nobody will press another key. */
const END = '\u0004';

/** The keys in what a terminal sends at once: what is typed ahead is several, an arrow or function key is one. */
export const keysIn = (text: string): readonly string[] => (text.startsWith('\u001b') ? [text] : [...text]);

/**
 * Reads single keys from a terminal, without waiting for Enter. Resolves with `undefined` once no more can come. Ctrl-C interrupts the process as it does
 * elsewhere.
 */
export const keyReader = (input: ReadStream): (() => Promise<string | undefined>) => {
  const ahead: string[] = [];
  let ended = false;
  const more = (): Promise<string> =>
    new Promise((done) => {
      const stop = (text: string): void => {
        input.off('data', onData).off('end', onEnd);
        input.setRawMode(false);
        input.pause();
        done(text);
      };
      const onData = (data: Buffer): void => stop(data.toString('utf8'));
      const onEnd = (): void => stop(END);
      input.setRawMode(true);
      input.on('data', onData).on('end', onEnd).resume();
    });
  return async () => {
    if (ahead.length === 0 && !ended) ahead.push(...keysIn(await more()));
    const key = ahead.shift();
    if (key === INTERRUPT) process.emit('SIGINT');
    if (key === END) ended = true;
    return ended ? undefined : key;
  };
};
