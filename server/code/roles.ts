import { isGenerated, isSource, isVendored } from './sources.ts';

/** Files that tell a story or hold samples: what they cite was right when it was written, or was never meant. */
const STORY = /(?:^|\/)(?:change-?log|changes|history|news|releases?(?:-notes)?)(?:\.\w+)?$/i;
const SAMPLES =
  /(?:^|\/)(?:test-?data|fixtures?|__fixtures__|__mocks__|golden|goldens|snapshots?|cassettes|samples?|examples?\/(?:adr|decisions))\//i;
const MIGRATION = /(?:^|\/)(?:migrations?|migrate|flyway|liquibase)\/|(?:^|\/)V\d+__/i;
const TEST = /(?:^|\/)(?:tests?|__tests__|specs?|e2e)\/|[._-](?:test|spec)s?\.\w+$|_test\.\w+$|Tests?\.\w+$/;

/** True for a file of code or configuration in whose citations people want to be told what is wrong. */
export const isChecked = (path: string): boolean => isSource(path) && !isVendored(path) && !STORY.test(path) && !SAMPLES.test(path);

/** True for a text that a tool made or pressed together. */
export const isMade = (text: string): boolean => isGenerated(text);

/** True for a file that must not change once it ran: edits there are offered, never made unasked. */
export const isMigration = (path: string): boolean => MIGRATION.test(path);

/** True for tests: paths in their strings are made up. */
export const isTest = (path: string): boolean => TEST.test(path);
