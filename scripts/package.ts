import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './boot.cjs';
import { hostTarget } from './packaging/native.ts';
import { makeVsix } from './packaging/vsix.ts';
import { command, Sentence, step } from './report.ts';

/** `npm run package -- --target TARGET`: the VSIX of a platform (default: this one), checked after it is made. */
async function main(): Promise<void> {
  const { values } = parse();
  const target = values.target ?? hostTarget();
  await step(
    `package for ${target}`,
    () => makeVsix(target),
    (made) => `${path.relative(root, made.file)}, ${made.megabytes.toFixed(1)} MB${made.fresh ? '' : ', unchanged'}`,
  );
}

function parse(): { values: { target?: string | undefined } } {
  try {
    return parseArgs({ options: { target: { type: 'string' } } });
  } catch (error) {
    throw new Sentence(`${error instanceof Error ? error.message : String(error)}\nUsage: npm run package -- [--target TARGET]`);
  }
}

await command(main);
