import { fileURLToPath } from 'node:url';

/** The script of the indexing process. The bundle has it as a file next to the server; from source, Node runs the TypeScript file directly. */
export const indexingProgram = (): string =>
  fileURLToPath(import.meta.url.endsWith('.ts') ? new URL('./index-main.ts', import.meta.url) : new URL('./indexer.cjs', import.meta.url));
