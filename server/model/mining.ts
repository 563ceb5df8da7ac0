import type { Span } from './span.ts';

/** Which commits are asked about. */
export interface MiningRequest {
  /** Only commits after this one (a sha, a branch, a tag), or from this day on (`2026-01-31`). Default: all. */
  readonly since?: string;
  /** Topics at most. Default 30. */
  readonly limit?: number;
}

/**
 * How a message decides: it says so (`decided`), sets a rule (`rule`), puts one thing in the place of another (`replaced`), gives something up (`dropped`),
 * or takes something up everywhere (`adopted`).
 */
export type DecidingKind = 'decided' | 'rule' | 'replaced' | 'dropped' | 'adopted';

/** A commit whose message decides something for many files. A proposal for a record: it is none, and governs nothing. */
export interface MinedCommit {
  readonly sha: string;
  readonly subject: string;
  /** Author date in ISO 8601; empty where the commit has none. */
  readonly date: string;
  readonly author: string;
  readonly kind: DecidingKind;
  /** The sentence that decides, verbatim but for its line breaks. */
  readonly sentence: string;
  /** Where it stands in the message. */
  readonly span: Span;
  /** The sentence that says why; absent where the message does not say it, or where it is the same. */
  readonly reason?: string;
  /** Number of files that it changed; a lower bound above 2,000. */
  readonly files: number;
  /** The first of them, by path. */
  readonly paths: readonly string[];
}

/** Commits that decide about the same thing, newest first. */
export interface MinedTopic {
  /** The word that they share, as the newest one writes it; of a commit alone, its subject. */
  readonly topic: string;
  readonly commits: readonly MinedCommit[];
}

export interface Mining {
  /** Those that are most likely worth a record first. */
  readonly topics: readonly MinedTopic[];
  /** Commits whose messages were read. */
  readonly read: number;
  /** Topics beyond the limit. */
  readonly more: number;
  /** Sentences for people about what could not be read. */
  readonly notices: readonly string[];
}
