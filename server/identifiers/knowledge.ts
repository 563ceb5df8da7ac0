import type { Span } from '../model/span.ts';

/** A format of identifiers that the repository allows, with the reason. */
export interface AllowedIdentifier {
  /** Ids of rules that it concerns; empty for all of them. */
  readonly rules: readonly string[];
  /** Whether it concerns a file, by a repository-relative path. */
  readonly concerns: (path: string) => boolean;
  /** Names of identifiers, types or columns that it concerns, lower case; empty for all of them. */
  readonly names: readonly string[];
  readonly reason: string;
  /** The record or page that says so: a repository-relative path or an address. */
  readonly link?: string;
}

/**
 * What a decision fixes. `opaque`: identifiers have no meaning. `generated`: they are UUIDs, ULIDs and the like. `wide`: they have 64 bits. `surrogate`: keys
 * are no values of the real world. `by-capability`: resources are not named after teams.
 */
export type FixedFormat = 'opaque' | 'generated' | 'wide' | 'surrogate' | 'by-capability';

/** A decision that fixes the format of some identifiers. */
export interface IdentifierDecision {
  /** Path and title of the record. */
  readonly path: string;
  readonly title: string;
  /** The sentence that says so. */
  readonly sentence: string;
  /** Where the sentence is in the record. */
  readonly span: Span;
  readonly formats: readonly FixedFormat[];
  /** Words of the entity whose identifiers it speaks of (`order`), lower case; empty where it speaks of all. */
  readonly entities: readonly string[];
}

/** The database that migrations of a repository are written for; `undefined` where it is not known. */
export type DatabaseEngine = 'postgresql' | 'cockroachdb' | 'mysql' | 'sqlite' | 'sqlserver' | 'oracle';

/** What a repository says about its identifiers. Rules work without it, and know less. */
export interface IdentifierKnowledge {
  /** Names of teams as words joined by hyphens, lower case: `laa-sre`. From CODEOWNERS, catalog-info.yaml and `identifiers.teams`. */
  readonly teams: readonly string[];
  readonly allowed: readonly AllowedIdentifier[];
  readonly decisions: readonly IdentifierDecision[];
  /** Engine by the path of a migration. */
  readonly engineOf: (path: string) => DatabaseEngine | undefined;
  /** Whether a migration has been committed before, so that it may have been applied; `undefined` where that is not known. */
  readonly existed?: (path: string) => boolean | undefined;
  /** Paths of the migrations in the folder of a migration, or in the folders beside its own, so that a new one can be named. */
  readonly migrations?: (path: string) => readonly string[] | undefined;
  /** Whether a later migration dropped the table that a migration makes, or made the column wide. */
  readonly isOvertaken?: (path: string, table: string, column: string) => boolean;
}

/** Nothing is known. */
export const NO_KNOWLEDGE: IdentifierKnowledge = { teams: [], allowed: [], decisions: [], engineOf: () => undefined };
