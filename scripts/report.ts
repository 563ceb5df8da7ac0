import { seconds } from './boot.cjs';

const live = process.stdout.isTTY === true;
const running = new Map<string, number>();
let ticker: NodeJS.Timeout | undefined;

/** A failure that is already a sentence for people: shown without its stack. */
export class Sentence extends Error {}

/**
 * Runs one step of a command and shows its progress: on a terminal a line with the seconds of all running steps, elsewhere a line at the start and
 * one at the end. What the step returns as `note` stands behind its time.
 */
export async function step<T>(title: string, work: () => Promise<T>, note: (result: T) => string = () => ''): Promise<T> {
  const since = Date.now();
  begin(title, since);
  try {
    const result = await work();
    const said = note(result);
    finish(title, `✓ ${title}  ${seconds(since)}${said === '' ? '' : `  (${said})`}`);
    return result;
  } catch (error) {
    finish(title, `✗ ${title}  ${seconds(since)}`);
    throw error;
  }
}

/** Shows a step's start; {@link finish} takes it away again. */
export function begin(title: string, since = Date.now()): void {
  running.set(title, since);
  if (!live) {
    console.log(`… ${title}`);
    return;
  }
  ticker ??= setInterval(draw, 200);
  draw();
}

/** Ends a step shown by {@link begin} with a lasting line. */
export function finish(title: string, line: string): void {
  running.delete(title);
  say(line);
  if (running.size === 0 && ticker !== undefined) {
    clearInterval(ticker);
    ticker = undefined;
    clear();
  }
}

/** A lasting line above the running steps. */
export function say(line: string): void {
  clear();
  console.log(line);
  if (live && running.size > 0) draw();
}

/** Runs the body of a command: a {@link Sentence} ends it with that sentence, anything else with its stack. */
export async function command(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    clearInterval(ticker);
    clear();
    console.error(error instanceof Sentence ? `\n${error.message}` : error);
    process.exit(1);
  }
}

function clear(): void {
  if (live) process.stdout.write('\r\u001b[K');
}

function draw(): void {
  const parts = [...running].map(([title, since]) => `${title} ${Math.round((Date.now() - since) / 1000)} s`);
  const width = process.stdout.columns ?? 80;
  process.stdout.write(`\r\u001b[K${`… ${parts.join(' · ')}`.slice(0, width - 1)}`);
}
