/** Subjects that robots write when they raise the version of a dependency. */
const BUMP =
  /^(?:\[[^\]\n]{1,40}\]\s?)?(?:[a-z]{2,12}(?:\([^)\n]{0,60}\))?!?:\s?)?(?:(?:auto)?bump(?:s|ed)?\s\S|(?:update|upgrade)s?\s(?:dependency|dependencies|module|plugin|docker tag|digest|github action)\b|(?:update|upgrade|pin|roll ?back)\s\S{1,200}\s(?:docker tag|digest|action|monorepo|to v?\d)|lock file maintenance|(?:update|pin)\s(?:all )?(?:non-major )?dependenc)|^(?:[a-z]{2,12})\((?:deps|dependencies|deps-dev|dev-deps|renovate)\)!?:/i;
/** The number of a pull request behind a subject. */
const REQUEST = /\s{0,3}\((?:#|!|GH-)\d{1,9}\)\s{0,3}$/i;
/** Versions, hashes and dates. */
const CHANGING = /\b(?:v?\d[\w.+-]{0,60}|[0-9a-f]{7,40})\b/gi;

/** Whether a commit only raises the version of a dependency: it says that something was done again, and decides nothing. */
export const isBump = (subject: string): boolean => BUMP.test(subject.slice(0, 400));

/** Whether a question asks for such commits. */
export const asksForBumps = (question: string): boolean => /\b(?:bump|dependabot|renovate|dependenc|deps|upgrad)/i.test(question);

/** Commits with equal keys tell the same: copies of one commit, and bumps of one dependency to one version after another. */
export function sameness(subject: string): string {
  const plain = subject.slice(0, 400).replace(REQUEST, '').toLowerCase().replace(/\s+/g, ' ').trim();
  return isBump(subject) ? plain.replace(CHANGING, '#') : plain;
}
