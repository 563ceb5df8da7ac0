import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readState } from '../../server/store/state.ts';
import { smallDisk } from '../support/disk.ts';
import { testFolder } from '../support/folder.ts';
import { random } from '../support/vocabulary.ts';
import { open } from './open.ts';

const WRITER = join(import.meta.dirname, 'store-writer.ts');

describe('a process that is killed while it writes', () => {
  it('loses nothing that was acknowledged, and the next one goes on', { timeout: 120_000 }, async () => {
    const folder = testFolder();
    const numbers = random(5);
    let acknowledged = -1;
    for (let life = 0; life < 6; life++) {
      const child = spawn(process.execPath, [WRITER, folder, '1'], { stdio: ['ignore', 'pipe', 'inherit'] });
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += String(chunk);
      });
      await once(child.stdout, 'data');
      await sleep(40 + numbers.below(400));
      child.kill('SIGKILL');
      await once(child, 'close');
      expect(output).not.toContain('failed');
      const last = output.trim().split('\n').at(-1);
      acknowledged = Math.max(acknowledged, Number(last));
      const store = await open(folder);
      const documents = await store.documents();
      const present = new Set(documents.map(({ documentId }) => documentId));
      for (let turn = 0; turn <= acknowledged; turn++) expect(present.has(`doc${turn}`), `doc${turn} in life ${life}`).toBe(true);
      expect(await store.verify({ full: true })).toMatchObject({ state: 'sound' });
      expect((await readState(folder)).status).toMatch(/present|absent/);
    }
    expect(acknowledged).toBeGreaterThan(6);
  });
});

describe('a machine with few cores', () => {
  it('indexes more words than one batch of the database takes, where that used to wait for itself for ever', {
    timeout: 120_000,
  }, async () => {
    // One thread is what the database chooses with up to three cores.
    const env = { ...process.env, LANCE_CPU_THREADS: '1' };
    const { stdout, signal } = spawnSync(process.execPath, [join(import.meta.dirname, 'wide-writer.ts'), testFolder()], {
      encoding: 'utf8',
      env,
      timeout: 100_000,
      killSignal: 'SIGKILL',
    });
    expect({ stdout, signal }).toEqual({ stdout: '1', signal: null });
  });
});

describe('a full disk', () => {
  const disk = smallDisk(6_000_000);

  it.skipIf('reason' in disk)('is named as such; what was written before can still be read', { timeout: 120_000 }, async () => {
    if ('reason' in disk) return;
    onTestFinished(disk.remove);
    const folder = join(disk.path, 'index');
    const [program, args] = disk.command(process.execPath, [WRITER, folder, '150']);
    const { stdout } = spawnSync(program, [...args], { encoding: 'utf8' });
    expect(stdout.trim().split('\n').at(-1)).toMatch(/^failed disk-full: .*is full.*LINTEL_INDEX/);
    const acknowledged = stdout.split('\n').filter((line) => /^\d+$/.test(line)).length;
    expect(acknowledged).toBeGreaterThan(0);
    if (disk.kind !== 'mounted') return;
    const store = await open(folder, { readOnly: true });
    expect(await store.count()).toBeGreaterThanOrEqual(acknowledged * 150);
    expect(await store.verify()).toMatchObject({ state: 'sound' });
  });
});

describe('a platform without a native library', () => {
  it('is told so in a sentence, and only when a store is opened', () => {
    const folder = testFolder();
    const script = join(folder, 'main.mjs');
    writeFileSync(
      script,
      `import { registerHooks } from 'node:module';
      registerHooks({ resolve(name, context, next) {
        if (name.startsWith('@lancedb/')) throw new Error('Cannot find native binding');
        return next(name, context);
      } });
      const { openStore } = await import(${JSON.stringify(join(import.meta.dirname, '../../server/store/store.ts'))});
      console.log('imported');
      await openStore(${JSON.stringify(folder)}, { fingerprint: '', dimensions: 8 }).catch((error) => console.log(error.code, error.message));`,
    );
    const { stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    expect(stdout).toMatch(/^imported\nplatform-unsupported Lintel cannot keep an index on this computer: .*no native library for \w+-\w+/);
  });
});

describe('LanceDB', () => {
  it('writes nothing to standard error in ordinary use', () => {
    const folder = testFolder();
    const script = join(folder, 'main.mjs');
    writeFileSync(
      script,
      `const { openStore } = await import(${JSON.stringify(join(import.meta.dirname, '../../server/store/store.ts'))});
      const { row } = await import(${JSON.stringify(join(import.meta.dirname, 'rows.ts'))});
      const store = await openStore(${JSON.stringify(folder)}, { fingerprint: '', dimensions: 8 });
      await store.append([row('a'), row('b')]);
      await store.put([row('a')]);
      await store.textCandidates(['a'], { path: 'a' }, 3);
      await store.vectorCandidates(row('a').vector, { kinds: ['decision'] }, 3);
      await store.upkeep({ force: true });
      await store.verify({ full: true });
      await store.close();
      console.log('done');`,
    );
    const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: 'done\n', stderr: '' });
  });
});
