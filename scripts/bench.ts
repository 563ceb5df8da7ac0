import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';
import { root } from './boot.cjs';
import { command, Sentence } from './report.ts';

/** `npm run bench -- NAME [ARGS]`: runs `bench/NAME.ts`. */
async function main(): Promise<void> {
  const [name, ...args] = process.argv.slice(2);
  const known = globSync('*.ts', { cwd: path.join(root, 'bench') })
    .map((file) => path.basename(file, '.ts'))
    .sort();
  if (name === undefined || !known.includes(name)) throw new Sentence(`Usage: npm run bench -- NAME [ARGS]\nNAME: ${known.join(', ')}`);
  const child = spawn(process.execPath, [path.join(root, 'bench', `${name}.ts`), ...args], { cwd: root, stdio: 'inherit' });
  child.once('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
}

await command(main);
