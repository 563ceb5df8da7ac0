/** A subject, topic or channel of a broker as a file names it. */
export interface NamedSubject {
  readonly subject: string;
  /** Zero-based. */
  readonly line: number;
}

/** Two words or more with dots, dashes in them allowed: `orders.order-placed`; files, hosts and versions are left out below. */
const SUBJECT = /(["'`])([a-z][a-z0-9_-]{1,60}(?:\.[a-z][a-z0-9_-]{1,60}){1,5})\1/g;
const NO_SUBJECT =
  /\.(?:[cm]?[jt]sx?|json|ya?ml|html?|css|scss|py|rb|go|java|kt|cs|php|md|txt|xml|svg|png|jpe?g|gif|sql|sh|env|log|csv|pdf|proto|graphql|toml|ini|lock|com|org|net|io|dev|no|de|local|internal|example|svc|cluster)$/;
/** What files that talk to a broker have. */
const TALKS =
  /\b(?:publish\w*|subscri\w+|consum\w+|produc(?:e|er|ers)|emit|jetstream|nats|kafka\w*|amqp\w*|rabbit\w*|pubsub|sns|sqs|eventbridge|basic_?publish|sendToQueue|topic|queue)\b/i;
const MOST_SUBJECTS = 100;
const LONGEST_LINE = 1_000;
/** A branch or a decorator names the subject above the code that handles it. */
const ABOVE = 2;

/** Subjects on one line. */
export const subjectsOn = (line: string): readonly string[] =>
  [...line.slice(0, LONGEST_LINE).matchAll(SUBJECT)].flatMap(([, , subject = '']) => (NO_SUBJECT.test(subject) ? [] : [subject]));

/** Subjects that a file names, and whether it talks to a broker itself. */
export function subjectsIn(text: string): { readonly subjects: readonly NamedSubject[]; readonly talks: boolean } {
  const subjects = text
    .split('\n')
    .flatMap((line, at) => (line.includes('.') ? subjectsOn(line).map((subject) => ({ subject, line: at })) : []));
  return { subjects: subjects.slice(0, MOST_SUBJECTS), talks: TALKS.test(text) };
}

/** Subjects of the code on a line: on the line itself, else on the nearest one above it. */
export function subjectsNear(lines: readonly string[], line: number): readonly string[] {
  for (let at = line; at >= Math.max(0, line - ABOVE); at -= 1) {
    const found = subjectsOn(lines[at] ?? '');
    if (found.length > 0) return found;
  }
  return [];
}
