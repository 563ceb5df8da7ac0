// In a file of its own, so that the language server can watch files without loading the engine.
export { SOURCE_PATTERNS } from '../code/sources.ts';
