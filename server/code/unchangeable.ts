/** Folders whose files are run once, in order. */
const FOLDER =
  /(?:^|\/)(?:(?:[\w-]*[-_])?(?:migrations?|migrate)|flyway|liquibase|evolutions|alembic|changelogs?|drizzle|schema[-_]changes)\//i;
/** A name that begins with an order: a number, a time, or a version as Flyway, Doctrine, Yii and others write it. */
const ORDERED =
  /^(?:[VUB]\d+(?:[._]\d+)*__|Version\d{6,}|[mM]\d{6,}_|\d{1,17}[-_.][^/]*\.\w+$|\d{4}[-_]\d\d[-_]\d\d|\d{6,}\w*\.\w+$|Migration[_-]?\d|[\w-]+\.(?:up|down)\.\w+$)/;
/** `20240501_orders/up.sql` (Diesel, Hasura), `20240501_orders/migration.sql` (Prisma). */
const IN_ORDERED_FOLDER = /(?:^|\/)(?:[\w-]*[-_])?migrations?\/(?:.*\/)?(?:\d{4}[^/]*|\d+_[^/]*)\/(?:up|down|migration|index)\.\w+$/i;
/** Alembic names its files by hashes, in a folder of this name. */
const ALEMBIC = /(?:^|\/)(?:alembic|migrations?)(?:\/[^/]+)?\/versions\/[^/]+\.py$/i;
/** Flyway gives versions by name, wherever the file is. A repeatable migration (`R__`) may change. */
const FLYWAY = /(?:^|\/)[VUB]\d+(?:[._]\d+)*__[^/]+\.(?:sql|java|kt|groovy|py|js)$/;
/** What the tool or a person may change in such a folder. */
const CHANGEABLE = /(?:^|\/)(?:R__[^/]*|__init__\.py|env\.py|[^/]*(?:ModelSnapshot|[._-](?:test|spec))\.\w+|(?:tests?|__tests__)\/.*)$/i;
const SQL = /\.sql$/i;
/** Lines that only a file of a migration tool has. */
const MARKED =
  /^\s*(?:--\s*\+(?:goose|migrate)\s+Up\b|--\s*migrate:up\b|--\s*liquibase formatted sql\b|--\s*changeset\s+\S+:\S+|--\s*!Ups\b|#\s*---\s*!Ups\b|down_revision\s*(?::[^=]+)?=|<databaseChangeLog\b|databaseChangeLog:)/im;
/** Where the mark of a tool stands. In UTF-16 units. */
const HEAD = 3_000;

/**
 * True for a file that must not change once it ran, because the tool compares or refuses it: a migration of Flyway, Liquibase, Rails, Django, Alembic, Prisma,
 * Entity Framework, golang-migrate, goose, dbmate, Diesel, Laravel, Doctrine, Ecto, Knex, TypeORM and others. Helpers beside migrations may change.
 * @param text finds the migrations that only say so inside; without it only the path counts
 */
export function isUnchangeable(path: string, text = ''): boolean {
  if (CHANGEABLE.test(path)) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (FLYWAY.test(path) || ALEMBIC.test(path) || IN_ORDERED_FOLDER.test(path)) return true;
  if (FOLDER.test(path) && (ORDERED.test(name) || SQL.test(name))) return true;
  return MARKED.test(text.slice(0, HEAD));
}
