import { execFileSync, spawn } from 'node:child_process';

/** The files of a commit of a bare clone, read one after another by one process. */
export interface BareFiles {
  readonly paths: readonly string[];
  readonly read: (path: string) => Promise<string | undefined>;
  readonly close: () => void;
}

const LARGEST = 1_000_000;

/** Opens a commit of a bare clone. Objects that the clone lacks and files above 1 MB are read as absent. */
export function bareFiles(clone: string, commit: string): BareFiles {
  const listed = execFileSync('git', ['--git-dir', clone, 'ls-tree', '-r', '-z', '-l', commit], { encoding: 'utf8', maxBuffer: 1 << 30 });
  const objects = new Map<string, string>();
  const paths: string[] = [];
  for (const entry of listed.split('\0')) {
    const [, type, sha, size, path] = /^\d+ (\w+) (\w+)\s+(\d+|-)\t([\s\S]+)$/.exec(entry) ?? [];
    if (type !== 'blob' || !path || !sha) continue;
    paths.push(path);
    if (Number(size) <= LARGEST) objects.set(path, sha);
  }
  const child = spawn('git', ['--git-dir', clone, 'cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const waiting: ((text: string | undefined) => void)[] = [];
  let buffer = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const line = buffer.indexOf(10);
      if (line < 0) return;
      const size = /^\w+ blob (\d+)$/.exec(buffer.subarray(0, line).toString('latin1'))?.[1];
      if (size === undefined) {
        buffer = buffer.subarray(line + 1);
        waiting.shift()?.(undefined);
        continue;
      }
      const end = line + 1 + Number(size);
      if (buffer.length < end + 1) return;
      const text = buffer.subarray(line + 1, end).toString('utf8');
      buffer = buffer.subarray(end + 1);
      waiting.shift()?.(text);
    }
  });
  return {
    paths,
    read: (path) => {
      const sha = objects.get(path);
      if (sha === undefined) return Promise.resolve(undefined);
      return new Promise((done) => {
        waiting.push(done);
        child.stdin.write(`${sha}\n`);
      });
    },
    close: () => child.stdin.end(),
  };
}
