import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Document, DocumentKind } from '../model/document.ts';
import { defineRule, type Finding, findingOf, type RuleInfo } from '../model/finding.ts';
import { decodeText } from '../text/decode.ts';
import { lineIndex } from '../text/lines.ts';
import { readInside, resolveInside } from '../text/read-file.ts';
import { boundedProse, LONGEST_PROSE, withPassageFinding } from './bounds.ts';
import { readCodeowners } from './codeowners.ts';
import { LARGEST_FILE } from './discovery/config.ts';
import { readGuide } from './guide.ts';
import { isLogName, readLogRecords } from './records/decision-log.ts';
import { metadataPathOf, withMetadata } from './records/metadata-file.ts';
import { readRecord } from './records/record.ts';
import type { Source } from './source.ts';
import { readAsyncApi } from './specs/asyncapi.ts';
import { readGherkin } from './specs/gherkin.ts';
import { readGraphql } from './specs/graphql.ts';
import { readJsonSchema } from './specs/json-schema.ts';
import { readOpenApi } from './specs/openapi.ts';
import { readOpenApiParts } from './specs/openapi-parts.ts';
import { readProtobuf } from './specs/protobuf.ts';
import { TOO_LARGE, titleFromPath } from './specs/source.ts';

/** Version of the readers. Raised where a file is read otherwise than before, so that indexes are read again after Lintel was updated. */
export const READERS = 3;

export const BINARY = defineRule({
  id: 'binary',
  severity: 'warning',
  description: 'The file is named like a document but is binary.',
  tags: ['document'],
});
export const UNREADABLE = defineRule({
  id: 'unreadable',
  severity: 'error',
  description:
    'The file cannot be read: you do not have permission, it is not a regular file, or it is a symbolic link that points to itself.',
  tags: ['document'],
});
export const OUTSIDE_REPOSITORY = defineRule({
  id: 'outside-repository',
  severity: 'error',
  description: 'A symbolic link points outside the repository.',
  tags: ['document'],
});
export const READER_FAILED = defineRule({
  id: 'reader-failed',
  severity: 'error',
  description: 'Lintel could not parse the file because of an internal error, and indexed it as plain text.',
  tags: ['document'],
});

/** A file with the kind and format that {@link classify} gave it. */
export interface FileToRead {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  readonly kind: DocumentKind;
  readonly format: string;
}

const SPECIFICATIONS: ReadonlyMap<string, (source: Source) => Document> = new Map([
  ['openapi', readOpenApi],
  ['asyncapi', readAsyncApi],
  ['protobuf', readProtobuf],
  ['graphql', readGraphql],
  ['json-schema', readJsonSchema],
  ['gherkin', readGherkin],
]);

const readerOf = ({ kind, format }: FileToRead): ((source: Source) => Document) => {
  if (format === 'codeowners') return readCodeowners;
  if (kind === 'decision') return boundedProse(readRecord);
  return (kind === 'specification' ? SPECIFICATIONS.get(format) : undefined) ?? boundedProse(readGuide);
};

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** A document that no reader understood: its name and, where there is any, its plain text. */
const plainDocument = (file: FileToRead, sha: string, text: string, finding: Finding): Document => ({
  id: file.path,
  kind: file.kind,
  path: file.path,
  sha,
  title: titleFromPath(file.path),
  format: file.format,
  sections: text.trim() ? [{ heading: '', level: 0, headingPath: [], text, span: lineIndex(text).span(0, text.length) }] : [],
  links: [],
  findings: [finding],
});

const atStart = (rule: RuleInfo, message: string): Finding => findingOf(rule, { message, span: START });

/**
 * Reads a text with the reader for its kind and format. Never throws: if the reader fails, the document is the plain text with the finding
 * `reader-failed`.
 */
export const readDocument = (source: FileToRead & { readonly text: string; readonly sha: string }): Document => {
  try {
    return withPassageFinding(readerOf(source)(source), source.text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'unknown error';
    const message = `The ${source.format} reader failed on this file (${reason}), so it is indexed as plain text. Please report this, with the file if you can.`;
    return plainDocument(source, source.sha, source.text, atStart(READER_FAILED, message));
  }
};

/** Bytes that are indexed of a file over the size limit. */
export const LARGE_FILE_SAMPLE = 65_536;

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown error');

/**
 * Reads one file of a repository. `undefined` if it was deleted meanwhile or is a folder; anything else is a document. Findings:
 * `outside-repository` (a symbolic link that points outside; not followed), `too-large` (only the first 64 KB are indexed), `unreadable`, `binary`,
 * `wrong-encoding`, and those of the readers. Never rejects.
 *
 * @param limits `fileSize`: size in bytes up to which a file is read whole.
 * @param onText called before the reader, which is the part that takes time
 */
export const readFileDocument = async (
  root: string,
  file: FileToRead,
  sha: string,
  limits: { readonly fileSize: number },
  onText: (path: string) => void = () => undefined,
): Promise<Document | undefined> => {
  const failed = (rule: RuleInfo, message: string) => plainDocument(file, sha, '', atStart(rule, message));
  try {
    const real = await resolveInside(root, file.path);
    if (real === undefined) {
      return failed(OUTSIDE_REPOSITORY, 'This symbolic link points outside the repository and is not followed.');
    }
    // Non-blocking, because opening a named pipe would otherwise hang the indexer.
    const handle = await open(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stat = await handle.stat();
      if (stat.isDirectory()) return undefined;
      if (!stat.isFile()) return failed(UNREADABLE, 'This is not a regular file, so it is not read.');
      const large = stat.size > limits.fileSize;
      const bytes = Buffer.alloc(large ? LARGE_FILE_SAMPLE : stat.size);
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      onText(file.path);
      const document = readBytes(file, sha, bytes.subarray(0, length), large ? { size: stat.size, limit: limits.fileSize } : undefined);
      const beside = file.kind === 'decision' ? metadataPathOf(file.path) : undefined;
      const metadata = beside === undefined ? undefined : await readInside(root, beside, LARGE_FILE_SAMPLE);
      return metadata === undefined ? document : withMetadata(document, metadata);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'ELOOP') return failed(UNREADABLE, 'This symbolic link points back to itself and cannot be read.');
    return failed(UNREADABLE, `This file could not be read (${code}). Check its permissions.`);
  }
};

/** Documents in a file besides its own, and other files that they were read from. */
export interface Related {
  readonly documents: readonly Document[];
  /** Repository-relative paths; if one of these files changes, the file is to be read again. */
  readonly reads: readonly string[];
}

const NOTHING_RELATED: Related = { documents: [], reads: [] };

/**
 * Reads what else a file means: the records of a decision log, each with the id `PATH#ANCHOR`, and the parts of an OpenAPI document that lie in other
 * files, each with the id `PATH#PART`. Of a record it names the file beside it that holds its status (`kep.yaml`). Never rejects.
 * @param onText called with the path of the file before each part that takes time
 */
export const readRelated = async (
  root: string,
  file: FileToRead,
  sha: string,
  limits: { readonly fileSize: number },
  onText: (path: string) => void = () => undefined,
): Promise<Related> => {
  const beside = file.kind === 'decision' ? metadataPathOf(file.path) : undefined;
  if (beside !== undefined) return { documents: [], reads: [beside] };
  const isLog = file.kind === 'guide' && isLogName(stemOf(file.path));
  if (!isLog && file.format !== 'openapi') return NOTHING_RELATED;
  const text = await readInside(root, file.path, limits.fileSize);
  if (text === undefined) return NOTHING_RELATED;
  const source = { path: file.path, text, sha };
  try {
    onText(file.path);
    if (isLog) return { documents: readLogRecords({ ...source, text: text.slice(0, LONGEST_PROSE) }), reads: [] };
    return await readOpenApiParts(
      source,
      (path) => readInside(root, path, limits.fileSize),
      () => onText(file.path),
    );
  } catch {
    // The file itself was read, and what its reader found wrong is in its findings.
    return NOTHING_RELATED;
  }
};

const stemOf = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.[^.]*$/, '')
    .toLowerCase();

/** Reads a file from its bytes, such as a blob of a commit, by the rules of {@link readFileDocument}. Never throws. */
export const readBytesDocument = (file: FileToRead, sha: string, bytes: Uint8Array, limits: { readonly fileSize: number }): Document => {
  const large = bytes.length > limits.fileSize;
  return readBytes(
    file,
    sha,
    large ? bytes.subarray(0, LARGE_FILE_SAMPLE) : bytes,
    large ? { size: bytes.length, limit: limits.fileSize } : undefined,
  );
};

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

const readBytes = (
  file: FileToRead,
  sha: string,
  bytes: Uint8Array,
  large: { readonly size: number; readonly limit: number } | undefined,
): Document => {
  // End the sample at a line break, so that no character is cut in two.
  const end = large ? bytes.lastIndexOf(10) + 1 || bytes.length : bytes.length;
  const decoded = decodeText(bytes.subarray(0, end));
  if ('binary' in decoded) return plainDocument(file, sha, '', atStart(BINARY, 'This file is binary, so it is not indexed.'));
  if (large) {
    const advice =
      large.size > LARGEST_FILE
        ? `More than ${megabytes(LARGEST_FILE)} cannot be indexed as one file. Split it into several files.`
        : `To index all of it, raise limits.fileSize (now ${megabytes(large.limit)}) in lintel.yaml.`;
    const message = `This file is ${megabytes(large.size)}, so only its first 64 KB are indexed. ${advice}`;
    return plainDocument(file, sha, decoded.text, atStart(TOO_LARGE, message));
  }
  const document = readDocument({ ...file, sha, text: decoded.text });
  return decoded.findings.length > 0 ? { ...document, findings: [...decoded.findings, ...document.findings] } : document;
};
