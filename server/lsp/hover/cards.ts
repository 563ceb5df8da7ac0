import type { CitedRecord, Hit } from '../../model/answer.ts';
import { mayGovern } from '../../model/evidence.ts';
import { numberedTitle } from '../../model/title.ts';
import type { RequestContext } from '../context.ts';
import type { Located } from '../open-repositories.ts';
import type { Card } from '../render.ts';

const MOST_REASONS = 3;

/** As the views of the editor write it. */
const statusName = (status: string): string => status.charAt(0).toUpperCase() + status.slice(1);

const cardOf = (context: RequestContext, { repository }: Located, hit: Hit, reasons: readonly string[]): Card => {
  const uri = hit.path === undefined ? undefined : context.repositories.uriOf(repository, hit.path);
  const line = hit.span.start.line + 1;
  return {
    title: numberedTitle(hit),
    ...(uri === undefined ? {} : { uri }),
    ...(hit.status === undefined ? {} : { status: statusName(hit.status) }),
    ...(hit.date === undefined ? {} : { date: hit.date.slice(0, 10) }),
    reasons,
    ...(hit.snippet === '' ? {} : { quote: hit.snippet }),
    ...(uri === undefined || hit.snippet === ''
      ? {}
      : { source: { uri: `${uri}#L${line}`, label: `${hit.path?.split('/').at(-1)}:${line}` } }),
  };
};

const reasonsOf = ({ evidence }: Hit): readonly string[] =>
  evidence
    .filter(mayGovern)
    .slice(0, MOST_REASONS)
    .map(({ explanation }) => explanation);

/** The card of a decision that governs, or one that probably does and says so before its title. */
export const decisionCard = (context: RequestContext, located: Located, hit: Hit): Card => {
  const card = cardOf(context, located, hit, reasonsOf(hit));
  return hit.level === 'probably' ? { ...card, title: `Probably: ${card.title}` } : card;
};

/** The card of a record that is cited, with what replaced it. */
export const citationCard = (context: RequestContext, located: Located, { target, record, successors }: CitedRecord): Card => {
  if (!record) return { title: target.title, uri: context.repositories.uriOf(located.repository, target.path), reasons: [] };
  const titles = successors.map(numberedTitle).join(', ');
  return cardOf(context, located, record, titles === '' ? [] : [`Superseded by ${titles}.`]);
};
