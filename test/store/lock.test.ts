import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type LockHolder, lockHolder, withWriterLock } from '../../server/store/lock.ts';
import { testFolder } from '../support/folder.ts';

/** A real process that holds the lock; killed when the test has ended. */
async function holder(folder: string, staleAfter?: number): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'lock-holder.ts');
  const child = spawn(process.execPath, [script, folder, ...(staleAfter === undefined ? [] : [String(staleAfter)])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [line] = await once(child.stdout, 'data');
  expect(String(line)).toBe('locked\n');
  return child;
}

const writeLock = (folder: string, content: Partial<LockHolder> & { token?: string }): void =>
  writeFileSync(
    join(folder, 'writer.lock'),
    JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString(), token: 't', ...content }),
  );

describe('the writer lock', () => {
  it('returns what the work returns and leaves nothing behind', async () => {
    const folder = join(testFolder(), 'index');
    const during = await withWriterLock(folder, async () => lockHolder(folder));
    expect(during).toMatchObject({ pid: process.pid, host: hostname() });
    expect(readdirSync(folder)).toEqual([]);
    expect(await lockHolder(folder)).toBeUndefined();
  });

  it('is freed when the work fails', async () => {
    const folder = testFolder();
    await expect(withWriterLock(folder, () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
    expect(await withWriterLock(folder, async () => 'again')).toBe('again');
  });

  it('lets one work at a time, all in turn', async () => {
    const folder = testFolder();
    let inside = 0;
    const turns = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        withWriterLock(folder, async () => {
          inside++;
          expect(inside).toBe(1);
          await sleep(5);
          inside--;
          return index;
        }),
      ),
    );
    expect(turns).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('waits for another process, says once for whom, and goes on when that ends', async () => {
    const folder = testFolder();
    const child = await holder(folder);
    const waited: (LockHolder | undefined)[] = [];
    const work = withWriterLock(folder, async () => 'done', {
      onWait: (other) => {
        waited.push(other);
        child.stdin?.end();
      },
    });
    expect(await work).toBe('done');
    expect(waited).toMatchObject([{ pid: child.pid, host: hostname() }]);
  });

  it('takes over at once from a process that was killed', async () => {
    const folder = testFolder();
    const child = await holder(folder);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(join(folder, 'writer.lock'))).toBe(true);
    const waited: unknown[] = [];
    expect(await withWriterLock(folder, async () => 'done', { onWait: (other) => waited.push(other) })).toBe('done');
    expect(waited).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is taken over by one of many waiters when the holder is killed, and by the others after it', async () => {
    const folder = testFolder();
    const child = await holder(folder);
    let inside = 0;
    let most = 0;
    const waiters = Array.from({ length: 6 }, () =>
      withWriterLock(folder, async () => {
        inside++;
        most = Math.max(most, inside);
        await sleep(10);
        inside--;
      }),
    );
    child.kill('SIGKILL');
    await Promise.all(waiters);
    expect(most).toBe(1);
  });

  it('is not taken from a process that lives, however long it works', async () => {
    const folder = testFolder();
    const child = await holder(folder, 300);
    await expect(withWriterLock(folder, async () => 'stolen', { staleAfter: 300, patience: 1_200 })).rejects.toMatchObject({
      code: 'index-busy',
      message: expect.stringContaining(`process ${child.pid}`),
    });
    expect(await lockHolder(folder)).toMatchObject({ pid: child.pid });
  });

  it('is taken over when no sign of life has come for long enough: a host that is gone, a process id that was given anew, an empty file', async () => {
    const folder = testFolder();
    for (const leave of [
      () => writeLock(folder, { host: 'elsewhere.example', pid: 1 }),
      () => writeLock(folder, {}),
      () => writeFileSync(join(folder, 'writer.lock'), ''),
      () => writeFileSync(join(folder, 'writer.lock'), '{"pid":'),
    ]) {
      leave();
      await expect(withWriterLock(folder, async () => 'early', { staleAfter: 10_000, patience: 50 })).rejects.toMatchObject({
        code: 'index-busy',
      });
      expect(await withWriterLock(folder, async () => 'done', { staleAfter: 150 })).toBe('done');
    }
  });

  it('is taken over although a process died while taking it over', async () => {
    const folder = testFolder();
    writeLock(folder, { pid: 2 ** 22 + 7 });
    writeFileSync(join(folder, 'writer.lock.taking'), '');
    utimesSync(join(folder, 'writer.lock.taking'), new Date(0), new Date(0));
    expect(await withWriterLock(folder, async () => 'done')).toBe('done');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells a holder that was stopped for too long, and does not free the successor', async () => {
    const folder = testFolder();
    const lost = await withWriterLock(
      folder,
      (signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(signal.reason));
          writeLock(folder, { token: 'successor' });
        }),
      { staleAfter: 120 },
    );
    expect(lost).toMatchObject({ code: 'index-busy' });
    expect(JSON.parse(readFileSync(join(folder, 'writer.lock'), 'utf8'))).toMatchObject({ token: 'successor' });
  });

  it('can be given up while waiting, with the reason', async () => {
    const folder = testFolder();
    await holder(folder);
    const controller = new AbortController();
    const work = withWriterLock(folder, async () => 'never', {
      signal: controller.signal,
      onWait: () => setTimeout(() => controller.abort(new Error('the window was closed')), 30),
    });
    await expect(work).rejects.toThrow('the window was closed');
    await expect(withWriterLock(folder, async () => 'never', { signal: controller.signal })).rejects.toThrow('the window was closed');
  });

  it('says that there cannot be a folder where there is a file', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'file'), '');
    await expect(withWriterLock(join(folder, 'file', 'index'), async () => 'never')).rejects.toMatchObject({
      code: 'index-read-only',
    });
  });

  it.skipIf(process.platform === 'win32')('says that the folder is read-only', async () => {
    const folder = testFolder();
    chmodSync(folder, 0o555);
    const script = `import { withWriterLock } from ${JSON.stringify(join(import.meta.dirname, '../../server/store/lock.ts'))};
      await withWriterLock(process.argv[1], async () => undefined).then(() => console.log('written'), (error) => console.log(error.code, error.message));`;
    // Root may write everywhere: an ordinary user must try.
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, folder], {
      ...user,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output] = await once(child.stdout, 'data');
    expect(String(output)).toMatch(/^index-read-only .*cannot be read or written.*LINTEL_INDEX/);
  });
});
