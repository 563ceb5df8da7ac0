import { lstat, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EngineError, messageOf } from '../../model/errors.ts';
import type { StopAnswer } from '../../model/gate.ts';
import { readInside } from '../../text/read-file.ts';

/** Repository-relative path of the answers that people gave to stops, a line of JSON each. */
export const ANSWERS_FILE = '.lintel/answers.jsonl';
const MOST_BYTES = 4_000_000;
const LINE_FEED = 0x0a;

const isAnswer = (value: unknown): value is StopAnswer => {
  if (typeof value !== 'object' || value === null) return false;
  const answer: Partial<Record<keyof StopAnswer, unknown>> = value;
  const texts = [answer.code, answer.reason, answer.by, answer.head, answer.at];
  return texts.every((text) => typeof text === 'string') && (answer.answer === 'allow' || answer.answer === 'refuse');
};

/** All answers, oldest first; lines that are none are left out. */
export async function readAnswers(root: string): Promise<readonly StopAnswer[]> {
  const text = (await readInside(root, ANSWERS_FILE, MOST_BYTES)) ?? '';
  return text.split('\n').flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return isAnswer(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

/** Appends an answer and touches nothing that is there. Rejects with `store-failed`, and for a link in the place of the file or its folder. */
export async function appendAnswer(root: string, answer: StopAnswer): Promise<void> {
  const path = join(root, ANSWERS_FILE);
  try {
    for (const place of [dirname(path), path])
      if ((await lstat(place).catch(() => undefined))?.isSymbolicLink()) throw new Error(`${place} is a symbolic link`);
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a+');
    try {
      const { size } = await file.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await file.read(last, 0, 1, size - 1);
      await file.appendFile(`${size > 0 && last[0] !== LINE_FEED ? '\n' : ''}${JSON.stringify(answer)}\n`);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new EngineError('store-failed', `The answer cannot be recorded in ${path}: ${messageOf(cause)}.`, { cause });
  }
}
