import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EngineError, messageOf } from '../model/errors.ts';
import type { DownloadProgress } from './contract.ts';
import { checkModel, type Manifest, OPTIONAL_FILES, REQUIRED_FILES, WEIGHTS, writeManifest } from './neural-files.ts';

export interface DownloadRequest {
  /** `owner/name` on the model host. */
  readonly model: string;
  /** URL of the model host, without a trailing slash. */
  readonly host: string;
  /** Folder of the model; replaced if it exists. */
  readonly folder: string;
  /** Expected SHA-256 of the weights. */
  readonly checksum?: string | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The innermost code or message of a failed request, because `fetch` itself only says "fetch failed". */
function networkReason(error: unknown): string {
  let reason = messageOf(error);
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    reason = 'code' in at && typeof at.code === 'string' ? at.code : at.message;
  return reason;
}

function failure(request: DownloadRequest, error: unknown): unknown {
  if (request.signal?.aborted) return request.signal.reason;
  if (error instanceof EngineError) return error;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC')
    return new EngineError('disk-full', `The embedding model ${request.model} could not be saved to ${request.folder}: the disk is full.`, {
      cause: error,
    });
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
    return new EngineError(
      'model-missing',
      `The embedding model ${request.model} could not be saved: ${request.folder} cannot be written.`,
      { cause: error },
    );
  return new EngineError(
    'model-missing',
    `The embedding model ${request.model} could not be downloaded from ${request.host}: ${networkReason(error)}. ` +
      'Check your connection, or set a local folder or the bundled model ("static").',
    { cause: error },
  );
}

/** Requests a file without reading its body; `undefined` if the host does not have it. */
async function ask(request: DownloadRequest, file: string): Promise<Response | undefined> {
  const address = `${request.host}/${request.model}/resolve/main/${file}`;
  // Compression would make the content length useless for progress.
  const response = await fetch(address, { headers: { 'accept-encoding': 'identity' }, signal: request.signal ?? null });
  if (response.ok) return response;
  await response.body?.cancel();
  // The public hub answers 401 for a model that does not exist.
  if (response.status === 404 || response.status === 401) return undefined;
  const why = response.status === 403 ? 'access to it is restricted' : `the host answered ${response.status} for ${file}`;
  throw new EngineError('model-missing', `The embedding model ${request.model} could not be downloaded from ${request.host}: ${why}.`);
}

/** Requests all files of a model at once, so that the total size is known before the first byte. */
async function askAll(request: DownloadRequest): Promise<Map<string, Response>> {
  const names = [...REQUIRED_FILES, ...OPTIONAL_FILES, ...WEIGHTS.map(({ file }) => file)];
  const answers = await Promise.allSettled(names.map((file) => ask(request, file)));
  const found = new Map<string, Response>();
  answers.forEach((answer, index) => {
    if (answer.status === 'fulfilled' && answer.value) found.set(names[index] ?? '', answer.value);
  });
  const give = async (error: unknown): Promise<never> => {
    await cancel(found.values());
    throw error;
  };
  for (const answer of answers) if (answer.status === 'rejected') return give(answer.reason);
  const missing = REQUIRED_FILES.filter((file) => !found.has(file));
  const [chosen, ...others] = WEIGHTS.map(({ file }) => file).filter((file) => found.has(file));
  if (missing.length === REQUIRED_FILES.length)
    return give(
      new EngineError(
        'model-missing',
        `${request.host} has no model named ${request.model}. Check the spelling: it has the form owner/name.`,
      ),
    );
  if (missing.length > 0 || chosen === undefined) {
    const lacking = [...missing, ...(chosen === undefined ? ['onnx/model_quantized.onnx or onnx/model.onnx'] : [])].join(', ');
    const message = `The model ${request.model} on ${request.host} cannot be used, because these files are missing: ${lacking}. Choose a model that is published for transformers.js.`;
    return give(new EngineError('model-missing', message));
  }
  for (const file of others) {
    await cancel([found.get(file)]);
    found.delete(file);
  }
  return found;
}

async function cancel(responses: Iterable<Response | undefined>): Promise<void> {
  for (const response of responses) await response?.body?.cancel().catch(() => undefined);
}

/**
 * Downloads a model into a folder, all files or none, and writes a manifest with their checksums.
 * Rejects with `model-missing` and a sentence about what is wrong (no such model, unreachable host, interrupted download, wrong checksum), with
 * `disk-full`, or with the signal's reason.
 */
export async function downloadModel(request: DownloadRequest): Promise<void> {
  const temporary = `${request.folder}.${randomUUID()}.part`;
  let responses = new Map<string, Response>();
  try {
    responses = await askAll(request);
    const total = [...responses.values()].reduce((sum, { headers }) => sum + Number(headers.get('content-length') ?? 0), 0);
    let done = 0;
    const files: Manifest['files'] = {};
    for (const [name, response] of responses) {
      const target = join(temporary, name);
      await mkdir(dirname(target), { recursive: true });
      const hash = createHash('sha256');
      let size = 0;
      const file = await open(target, 'wx');
      try {
        for await (const chunk of response.body ?? []) {
          hash.update(chunk);
          await file.write(chunk);
          size += chunk.length;
          done += chunk.length;
          request.onProgress?.({ model: request.model, file: name, done, total: Math.max(total, done) });
        }
        await file.sync();
      } finally {
        await file.close();
      }
      files[name] = { size, sha256: hash.digest('hex') };
    }
    const weights = WEIGHTS.find(({ file }) => files[file] !== undefined)?.file ?? '';
    if (request.checksum !== undefined && files[weights]?.sha256 !== request.checksum.toLowerCase()) {
      const message = `The embedding model ${request.model} from ${request.host} does not have the expected checksum (found ${files[weights]?.sha256}), so it has been changed.`;
      throw new EngineError('model-missing', `${message} It was discarded.`);
    }
    await writeManifest(temporary, { model: request.model, host: request.host, files });
    await replaceFolder(temporary, request.folder);
  } catch (error) {
    await cancel(responses.values());
    throw failure(request, error);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Moves a finished download into place. If another process finished the same download first, its copy is kept. */
async function replaceFolder(temporary: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  try {
    await rename(temporary, folder);
  } catch (error) {
    if ((await checkModel(folder)).state !== 'sound') throw error;
  }
}
