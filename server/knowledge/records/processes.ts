import { entries, type KnownStatus } from '../languages/language.ts';
import type { Field } from '../markup/fields.ts';

/** The words of a status in one proposal process. */
interface Process {
  readonly name: string;
  /** The page that defines the words. */
  readonly source: string;
  readonly words: Readonly<Partial<Record<KnownStatus, string>>>;
  /** Words that mean something else in other processes: they count only where the record is told to be of this one. */
  readonly own?: Readonly<Partial<Record<KnownStatus, string>>>;
  /** File names of the process. */
  readonly file?: RegExp;
  /** A field of the preamble that only this process has, in lower case. */
  readonly field?: string;
}

/**
 * What the words of well-known proposal processes mean: `accepted` is what was decided, whether it is built or not; everything that waits for a
 * decision, or was put off, is `proposed`.
 */
export const PROCESSES: readonly Process[] = [
  {
    name: 'Python Enhancement Proposals',
    source: 'https://peps.python.org/pep-0001/#pep-review-resolution',
    file: /(?:^|\/)pep-\d+\.(?:rst|txt|md)$/i,
    field: 'pep',
    words: {
      proposed: 'draft, deferred',
      accepted: 'accepted, active, final',
      rejected: 'rejected, withdrawn, april fool',
      superseded: 'superseded',
    },
    own: { accepted: 'provisional' },
  },
  {
    name: 'Ethereum Improvement Proposals and Requests for Comments',
    source: 'https://eips.ethereum.org/EIPS/eip-1#eip-process',
    file: /(?:^|\/)(?:eip|erc)-\d+\.md$/i,
    field: 'eip',
    words: {
      proposed: 'idea, draft, review, last call, stagnant',
      accepted: 'final, living',
      rejected: 'withdrawn',
      deprecated: 'moved',
    },
  },
  {
    name: 'D Improvement Proposals',
    source: 'https://github.com/dlang/DIPs/blob/master/PROCEDURE.md',
    file: /(?:^|\/)DIP\d+\.md$/i,
    field: 'dip',
    words: {
      proposed: 'draft, draft review, community review, final review, formal assessment, postponed',
      accepted: 'accepted, approved, implemented',
      rejected: 'rejected, withdrawn, abandoned',
      superseded: 'superseded',
    },
  },
  {
    name: 'Bitcoin Improvement Proposals',
    source: 'https://github.com/bitcoin/bips/blob/master/bip-0003.md#workflow',
    file: /(?:^|\/)bip-?\d+\.(?:mediawiki|md)$/i,
    field: 'bip',
    words: {
      proposed: 'draft, proposed, deferred',
      accepted: 'active, final, deployed',
      rejected: 'rejected, withdrawn, closed',
      deprecated: 'obsolete',
      superseded: 'replaced',
    },
    // Its authors finished it; nobody has adopted it yet.
    own: { proposed: 'complete' },
  },
  {
    name: 'Kubernetes Enhancement Proposals',
    source: 'https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml',
    words: {
      proposed: 'provisional, deferred',
      accepted: 'implementable, implemented',
      rejected: 'rejected, withdrawn',
      superseded: 'replaced',
    },
  },
  {
    name: 'JDK Enhancement Proposals',
    source: 'https://openjdk.org/jeps/1',
    words: {
      proposed: 'draft, submitted, candidate, proposed to target, proposed to drop',
      accepted: 'active, targeted, integrated, completed, delivered, closed delivered',
      rejected: 'closed withdrawn, closed rejected',
    },
  },
  {
    name: 'Jenkins Enhancement Proposals',
    source: 'https://github.com/jenkinsci/jep/blob/master/jep/1/README.adoc',
    words: {
      proposed: 'draft, deferred',
      accepted: 'accepted, active, final',
      rejected: 'rejected, withdrawn',
      superseded: 'replaced',
    },
  },
  {
    name: 'Swift Evolution',
    source: 'https://github.com/swiftlang/swift-evolution/blob/main/process.md',
    words: {
      proposed: 'awaiting review, scheduled for review, active review, returned for revision',
      accepted: 'accepted, accepted with revisions, accepted with modifications, previewing, implemented, awaiting implementation',
      rejected: 'rejected, withdrawn',
    },
  },
  {
    name: 'Rust RFCs',
    source: 'https://github.com/rust-lang/rfcs#what-the-process-is',
    words: { proposed: 'final comment period, postponed', accepted: 'active', rejected: 'closed' },
  },
  {
    name: 'Ember RFCs',
    source: 'https://github.com/emberjs/rfcs#stages',
    words: {
      proposed: 'proposed, exploring',
      accepted: 'accepted, ready for release, released, recommended',
      rejected: 'closed',
      deprecated: 'discontinued',
    },
  },
  {
    name: 'Vue RFCs',
    source: 'https://github.com/vuejs/rfcs#the-rfc-life-cycle',
    words: { proposed: 'pending', accepted: 'active, landed', rejected: 'rejected' },
  },
  {
    name: 'TC39',
    source: 'https://tc39.es/process-document/',
    words: { accepted: 'finished', rejected: 'withdrawn' },
  },
  {
    name: 'Go proposals',
    source: 'https://github.com/golang/proposal#the-proposal-process',
    words: {
      proposed: 'incoming, likely accept, likely decline, on hold, hold',
      accepted: 'accepted',
      rejected: 'declined, retracted',
    },
  },
  {
    name: 'Django Enhancement Proposals',
    source: 'https://github.com/django/deps/blob/main/final/0001-dep-process.rst',
    words: {
      proposed: 'draft',
      accepted: 'accepted, final',
      rejected: 'rejected, withdrawn',
      superseded: 'superseded',
    },
  },
  {
    name: 'Scala Improvement Proposals',
    source: 'https://docs.scala-lang.org/sips/process-specification.html',
    words: {
      proposed: 'submitted, under review, pre sip, design, dormant',
      accepted: 'waiting for implementation, shipped, completed',
      rejected: 'rejected, withdrawn',
    },
  },
  {
    name: 'Improvement proposals of Apache projects (KIP, FLIP, AIP)',
    source: 'https://cwiki.apache.org/confluence/display/KAFKA/Kafka+Improvement+Proposals',
    words: {
      proposed: 'draft, under discussion, voting, vote, in vote',
      accepted: 'accepted, adopted, released, completed',
      rejected: 'rejected, abandoned, discarded',
    },
  },
  {
    name: 'XMPP Extension Protocols',
    source: 'https://xmpp.org/extensions/xep-0001.html#states',
    words: {
      proposed: 'experimental, proposed, deferred',
      accepted: 'stable, active, final',
      rejected: 'retracted, rejected',
      deprecated: 'deprecated, obsolete',
    },
  },
  {
    name: 'OpenStack specifications',
    source: 'https://specs.openstack.org/openstack/nova-specs/readme.html',
    words: { proposed: 'backlog', accepted: 'approved, implemented', rejected: 'abandoned' },
  },
  {
    name: 'IETF standards track',
    source: 'https://www.rfc-editor.org/rfc/rfc2026',
    words: {
      proposed: 'internet draft, experimental',
      accepted: 'proposed standard, draft standard, internet standard, best current practice',
      deprecated: 'historic',
    },
  },
];

/** All words of a process with their meaning. */
export const wordsOfProcess = (words: Process['words']): readonly (readonly [string, KnownStatus])[] =>
  Object.entries(words).flatMap(([value, list]) => entries(list).map((word) => [word, value as KnownStatus] as const));

/** The process that a record is told to be of: by its file name, or by a field of its preamble. `undefined` for most records. */
export function processOf(path: string, fields: readonly Field[]): Process | undefined {
  return PROCESSES.find(
    ({ file, field }) => file?.test(path) === true || (field !== undefined && fields.some(({ name }) => name === field)),
  );
}

/** The last stage of TC39, at which a proposal is part of the language; the ones before are open. */
const LAST_STAGE = 4;

/** Meaning of "Stage 3" as TC39 and those who follow it count; `undefined` for other texts. */
export function stageOf(text: string): KnownStatus | undefined {
  const stage = /^\s*stage[\s:]{1,3}([0-4])(?:\.\d)?(?![\d.])/i.exec(text)?.[1];
  if (stage === undefined) return undefined;
  return Number(stage) >= LAST_STAGE ? 'accepted' : 'proposed';
}
