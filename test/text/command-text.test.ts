import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandText, quotedArgument } from '../../server/text/command-text.ts';

describe('a command as a line of a shell', () => {
  it('is one line for names with line ends, which the shell reads as they are', () => {
    const names = ['e2e/a\nb.spec.ts', "it's\r\n100%s \\n.spec.ts", 'a\n`touch x`$(touch y).ts', '7\n7'];
    const line = commandText({ command: process.execPath, args: ['-p', 'JSON.stringify(process.argv.slice(1))', '--', ...names], cwd: '' });
    expect(line).not.toMatch(/[\n\r]/);
    const done = spawnSync('sh', ['-c', line], { encoding: 'utf8' });
    expect(JSON.parse(done.stdout)).toEqual(names);
  });

  it('never holds a line end, whatever the arguments', () =>
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('\n', '\r', "'", '%', '\\')), { maxLength: 8 }), (parts) => {
        expect(quotedArgument(parts.join(''))).not.toMatch(/[\n\r]/);
      }),
    ));
});
