import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './boot.cjs';
import { hostTarget } from './packaging/native.ts';
import { makeNpmPackage } from './packaging/npm.ts';
import { makeVsix } from './packaging/vsix.ts';
import { command, Sentence, step } from './report.ts';

/**
 * `npm run package -- --target TARGET`: the VSIX of a platform (default: this one), checked after it is made.
 * `npm run package -- --npm`: the command line and the language server as a package for npm.
 */
async function main(): Promise<void> {
  const { values } = parse();
  if (values.npm) {
    await step('package for npm', makeNpmPackage, (file) => path.relative(root, file));
    return;
  }
  const target = values.target ?? hostTarget();
  await step(
    `package for ${target}`,
    () => makeVsix(target),
    (made) => `${path.relative(root, made.file)}, ${made.megabytes.toFixed(1)} MB${made.fresh ? '' : ', unchanged'}`,
  );
}

function parse(): { values: { target?: string | undefined; npm?: boolean | undefined } } {
  try {
    return parseArgs({ options: { target: { type: 'string' }, npm: { type: 'boolean' } } });
  } catch (error) {
    throw new Sentence(`${error instanceof Error ? error.message : String(error)}\nUsage: npm run package -- [--target TARGET | --npm]`);
  }
}

await command(main);
