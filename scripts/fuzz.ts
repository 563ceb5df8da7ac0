import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './boot.cjs';

/** `npm run fuzz -- NAME [--minutes N] [--seed N] [--file F]`: see `test/fuzz/main.ts`. */
const child = spawn(process.execPath, [path.join(root, 'test/fuzz/main.ts'), ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
child.once('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
