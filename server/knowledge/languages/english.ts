import type { Language } from './language.ts';

export const ENGLISH: Language = {
  name: 'English',
  status: {
    proposed:
      'proposed, proposal, draft, drafting, drafted, wip, pending, open, provisional, new, todo, undecided, tbd, tbc, idea, candidate, preliminary, discussing, discussion, review, reviewing, reviewed, ' +
      'proposing, suggested, deferred, postponed, paused, blocked, undergoing, unresolved, experimental, experiment, planned, submitted, awaiting, waiting, ' +
      'in review, under review, in progress, under discussion, under consideration, under vote, on hold, in draft, in discussion, for comments, for review, for discussion, not decided, yet to be decided, not yet accepted, not yet approved, not yet adopted, not yet decided, ' +
      'ready for review, request for comments, work in progress, pre draft, to be decided, to be discussed, needs review, needs discussion',
    accepted:
      'accepted, accept, acceptable, approved, agreed, adopted, decided, implemented, implementable, implementing, active, merged, final, finalised, finalized, current, confirmed, ratified, ' +
      'live, supported, complete, completed, done, resolved, valid, released, enforced, stable, landed, shipped, applied, effective, committed, signed, finished, ' +
      'in force, in use, in effect, in production, in place, awaiting implementation, waiting for implementation, ready for implementation, pending implementation',
    rejected:
      'rejected, reject, declined, denied, withdrawn, abandoned, dropped, discarded, closed, cancelled, canceled, refused, invalid, unaccepted, not accepted, not adopted, not approved, wont do, ' +
      'won’t do, closed withdrawn, closed rejected',
    deprecated:
      'deprecated, obsolete, retired, outdated, expired, historic, historical, archived, removed, sunset, reverted, inactive, stale, legacy, no longer, discontinued',
    superseded:
      'superseded, superceded, superceeded, superseeded, supersceded, supercede, supersede, obsoleted, succeeded, replaced by, replaced with, replaced',
  },
  parts: {
    title: 'title',
    status: 'status, state',
    date: 'date, decision date, date decided, decided, decided on, created, creation date, created on, date created, date proposed, proposed, accepted, last updated, last modified, updated',
    context: 'context, problem, problem statement, context and problem statement, background, motivation, issue',
    decision: 'decision, decisions, decision outcome, outcome, resolution, decision made',
    consequences: 'consequences, implications, impact, positive consequences, negative consequences',
    options:
      'options, alternatives, considered options, options considered, considered alternatives, alternatives considered, rejected alternatives',
    summary: 'summary, abstract, overview, introduction',
    changes: 'changelog, change log, changes, history, revision history, revisions, change history, document history',
    authors: 'author, authors, deciders, decision makers, owner, owners, stakeholders',
    'superseded-by': 'superseded by, superceded by, replaced by, obsoleted by',
    supersedes: 'supersedes, supercedes, replaces, obsoletes',
    amends: 'amends, updates',
  },
  // English sentences are parsed (records/supersession.ts), so that they may stand anywhere in a record.
  supersededBy: '',
  supersedes: '',
  partly: 'part, parts, partially, partly, partial, some, section, sections, portions, aspects, elements',
  nothing: 'none, n/a, na, nothing, no, no one, nil, null, tbd, not applicable, not superseded, not yet',
  lead:
    'this, the, a, an, adr, record, decision, document, proposal, rfc, status, state, it, is, has, have, been, now, currently, current, fully, formally, officially, finally, already, still, then, later, subsequently, ' +
    'recently, also, and, but, since, as, of, on, we, completely, entirely, conditionally, unanimously, partially, partly, mostly, largely, yes, team, tentatively, provisionally, effectively, therefore, hereby, thereby, st, nd, rd, th, ' +
    'update, updated, edit, note',
  months:
    'january|jan, february|feb, march|mar, april|apr, may, june|jun, july|jul, august|aug, september|sept|sep, october|oct, november|nov, december|dec',
};
