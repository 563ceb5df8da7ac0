import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const CLI = process.env.LINTEL_TEST_CLI ?? join(import.meta.dirname, '../../../server/cli/main.ts');

it('a hook keeps its agent waiting for 15 seconds at most, and says so to whoever asks', async () => {
  // Its input never ends.
  const child = spawn(process.execPath, [CLI, 'hook', '--verbose'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const [code] = await once(child, 'close');
  expect({ code, out, err }).toEqual({ code: 0, out: '', err: 'lintel hook: silent: nothing was ready after 15 seconds.\n' });
});
