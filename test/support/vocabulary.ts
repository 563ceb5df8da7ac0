/** Numbers that follow from a seed alone: the same seed gives the same numbers on every machine. */
export interface Random {
  /** In [0, 1). */
  readonly next: () => number;
  /** Whole number in [0, below). */
  readonly below: (below: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
  /** Index in [0, count) that falls off as words do in a language (Zipf, exponent about 1). */
  readonly zipf: (count: number) => number;
}

/** Mulberry32. */
export const random = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const zipf = (count: number): number => Math.min(count - 1, Math.floor((count + 1) ** next()) - 1);
  return { next, below, pick, zipf };
};

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** In an order of its own, so that the commonest words of a text are not those with A. */
const mixed = (list: readonly string[]): readonly string[] => {
  const { next } = random(list.length);
  return list
    .map((word) => ({ word, key: next() }))
    .sort((left, right) => left.key - right.key)
    .map(({ word }) => word);
};

/** What the made-up system is about: each area has words of its own, which its documents, code and commits prefer. */
export const AREAS: Readonly<Record<string, readonly string[]>> = {
  orders: words('order checkout basket line quantity fulfilment backorder cancellation amendment split reservation confirmation draft'),
  payments: words('payment refund capture authorisation settlement chargeback ledger currency rounding card wallet invoice dispute'),
  inventory: words('stock warehouse shelf picking replenishment count lot batch expiry allocation shrinkage bin pallet'),
  catalogue: words('product variant category attribute price discount bundle image translation facet listing brand supplier'),
  shipping: words('parcel carrier label tracking route delivery customs weight zone pickup courier return manifest'),
  identity: words('user session token role permission password login consent tenant scope claim directory audit'),
  search: words('index query ranking synonym suggestion facet analyzer shard relevance snippet token crawler highlight'),
  messaging: words('queue topic broker consumer producer partition offset retry deadletter envelope schema outbox saga'),
  storage: words('table column migration replica transaction isolation vacuum backup snapshot partition constraint trigger view'),
  platform: words('cluster container deployment rollout pipeline secret certificate gateway mesh probe quota namespace node'),
  observability: words('metric trace span log alert dashboard sampling percentile budget incident histogram exporter retention'),
  frontend: words('component route form validation layout theme keyboard locale bundle hydration cache prefetch modal'),
};

const NOUNS = mixed(
  words(`account adapter address agent agreement alias anchor answer appendix archive argument array asset assumption attempt balance
  barrier baseline behaviour benchmark boundary branch buffer builder button calendar callback candidate capacity catalog ceiling chain channel
  chapter check checksum choice client clock cloud code collector command comment commit comparison compiler concern conclusion concurrency
  condition configuration conflict connection consequence constraint contract contributor controller convention copy core cost counter coupling
  coverage credential cursor customer cycle daemon database deadline debt decision default defect definition delay dependency deprecation design
  desk detail developer device diagram dictionary difference directive distance division document domain draft driver duplicate duration edge
  editor effect effort element encoder endpoint engine entity entry environment error estimate event evidence example exception exchange
  executor expectation experiment expression extension factor failure fallback feature feedback field figure filter finding flag flow folder
  forecast format framework frequency function gap generator goal graph group growth guarantee guard guideline handle handler hardware hash
  header heap history hook horizon host identifier image impact implementation import improvement inbox increment input inspection instance
  instruction integration interface interval invariant issue iteration job journal judgement junction kernel key keyword label language latency
  layer layout leader lease library lifecycle limit link list listener load lock logic loop machine maintainer manager mapping margin marker
  master matrix measure member memory merge message method middleware milestone mirror mode model module monitor motion mutation name network
  notice notification number object observer operation operator option origin outcome output owner package packet page parameter parser
  participant party password patch path pattern payload peer penalty period phase platform player plugin pointer policy pool port position
  practice precision preference prefix principle priority privilege probe problem procedure process processor profile program project promise
  proof property proposal protocol provider proxy publication purpose quality question quorum range rate ratio reader reason receipt record
  recovery reference region registry relation release remedy renderer replacement report repository request requirement research resolver
  resource response restriction result revision risk root routine rule runner runtime safety sample scale scenario schedule scheduler scope
  score script section sector segment selector sender sequence serializer server service setting shape sheet signal signature simulation
  situation size skeleton slice slot socket solution source specification stage standard state statement station statistic status step
  strategy stream string structure style subject subscriber subset success suffix summary support surface switch symbol system tag target
  task team template tenant term test text thread threshold throughput ticket timeout timer tool toolchain total tradeoff traffic trail
  transfer transformation transition translation transport tree trend trigger trust tuple type unit update upgrade upload usage utility
  validator value variable variant vector vendor verdict version victim view violation visitor volume vote warning watcher weight window
  wizard word worker workflow workload workspace wrapper writer zone`),
);

const VERBS = mixed(
  words(`accept adapt adjust adopt agree align allocate allow amend announce append apply approve arrange assemble assert assign assume
  attach avoid balance batch bind block bound break build bundle calculate cancel carry cause change choose clarify classify clean close collect
  combine commit compare compile complete compose compress compute configure confirm connect consider consolidate constrain consume contain
  continue convert coordinate copy correct count cover create decide declare decode decouple defer define delegate delete deliver deny depend
  deploy deprecate derive describe detect determine develop disable discard discover dispatch display distribute divide document drain drop
  embed emit enable encapsulate encode enforce ensure enter escalate establish estimate evaluate examine exclude execute expand expect expire
  explain expose express extend extract fail fetch filter finish fix flush follow forbid force forget format forward freeze fulfil gather
  generate grant group grow guarantee guard handle harden hide hold identify ignore implement import improve include increase indicate infer
  inform inherit initialise inject insert inspect install integrate intercept introduce invalidate invoke isolate join justify keep launch
  learn limit link listen load locate lock maintain manage map mark match measure merge migrate minimise mirror mitigate mock model monitor
  move name negotiate normalise notify observe obtain offer omit open optimise order organise overlap override own pack parse partition pass
  patch pause permit persist pin plan poll postpone prefer prepare preserve prevent probe process produce prohibit promote propagate propose
  protect prove provide publish pull purge push query queue raise reach read rebuild receive recommend reconcile record recover reduce
  refactor refer refine refresh refuse register reject relax release reload rely remain remove rename render repair repeat replace replay
  replicate report request require reserve reset resolve respect respond restart restore restrict resume retain retire retrieve retry return
  reuse reveal revert review revoke rewrite rotate route run sample save scale schedule seal search secure select send separate serialise
  serve set settle share shift ship show shrink sign simplify simulate skip solve sort specify split stabilise stage standardise start stop
  store stream strengthen submit subscribe suggest supersede supply support suspend switch synchronise tag terminate test throttle tolerate
  trace track transfer transform transition translate transmit trigger trim trust tune undo unify update upgrade use validate verify version
  wait warn watch weaken withdraw wrap write`),
);

const ADJECTIVES = mixed(
  words(`able absent abstract acceptable accurate active actual adaptive additional adequate ambiguous ample annual anonymous apparent
  applicable appropriate approximate arbitrary asynchronous atomic automatic available average aware bare basic binary blank brief broad brittle
  broken bulk busy canonical careful central certain cheap circular clean clear coarse cold common compact comparable compatible competent
  complete complex concise concrete concurrent conditional consistent constant contextual continuous conventional convincing correct costly
  critical crude current cyclic daily dangerous dead decent declarative dedicated deep deferred deliberate dense dependent deterministic
  different direct dirty discrete distinct distributed double durable dynamic eager early easy effective efficient elastic elegant empty
  endless entire ephemeral equal essential eventual exact excessive exclusive expensive explicit exponential external extra fair familiar fast
  faulty feasible few final fine finite firm flat flexible foreign formal fragile fresh frequent friendly full functional general generic
  global graceful gradual granular handy hard healthy heavy helpful hidden high historic holistic honest horizontal hot huge idempotent
  identical idle immediate immutable imperative implicit important inactive incremental independent indirect individual informal inherent
  initial inner insecure instant intact internal invalid isolated joint large late lazy lean legacy light linear little live local logical
  long loose low major manual marginal massive mature maximum meaningful mild minimal minor missing mixed mobile modern modest modular
  multiple mutable mutual narrow native natural necessary negative nested neutral noisy nominal normal notable novel obsolete obvious
  occasional official offline old opaque open optimal optional ordinary orthogonal outer overall parallel partial passive past periodic
  permanent persistent physical plain pluggable polite poor portable positive possible potential powerful practical precise predictable
  preferred preliminary present previous primary prior private proactive probable proper public pure quick quiet random rapid rare raw
  reactive ready real reasonable recent recursive redundant regional regular relative relevant reliable remote repeatable resilient
  responsible responsive restrictive rigid robust rough safe scalable scarce seamless secondary secure selective sensible sensitive separate
  sequential serial several severe shallow shared short significant silent similar simple single slow small smart smooth soft solid sparse
  special specific stable stale standard stateful stateless static steady strange strict strong structural stubborn subtle sudden sufficient
  suitable superfluous sure symmetric synchronous technical temporary tight tiny tolerant total transient transparent trivial typical
  unclear uniform unique universal unknown unusual upper urgent useful usual valid valuable various verbose vertical virtual visible vital
  volatile voluntary vulnerable warm weak weekly whole wide wrong`),
);

/** Words made from the lists above, as people make them: `reorder`, `validator`, `brittleness`. */
const DERIVED: readonly string[] = [
  ...VERBS.flatMap((verb) => {
    const stem = verb.endsWith('e') ? verb.slice(0, -1) : verb;
    return [`${stem}ing`, `${stem}er`, `re${verb}`, `${stem}able`, `un${stem}ed`];
  }),
  ...NOUNS.flatMap((noun) => [`${noun}less`, `sub${noun}`, `meta${noun}`]),
  ...ADJECTIVES.flatMap((adjective) => [`${adjective}ness`, `non${adjective}`]),
];

/** A writer of believable sentences. */
export interface Prose {
  readonly random: Random;
  readonly sentence: (area: string) => string;
  /** Sentences, about so many. */
  readonly paragraph: (area: string, sentences: number) => string;
  /** A short phrase without a full stop: the title of a record, the subject of a commit. */
  readonly phrase: (area: string) => string;
  /** A word of the area or a common noun. */
  readonly noun: (area: string) => string;
  readonly verb: () => string;
}

export const prose = (random: Random): Prose => {
  const common = (list: readonly string[]): string => list[random.zipf(list.length)] ?? 'thing';
  const noun = (area: string): string => {
    const chance = random.next();
    if (chance < 0.4) return random.pick(AREAS[area] ?? NOUNS);
    return chance < 0.92 ? common(NOUNS) : random.pick(DERIVED);
  };
  const adjective = (): string => (random.next() < 0.93 ? common(ADJECTIVES) : random.pick(DERIVED));
  const verb = (): string => common(VERBS);
  const patterns: readonly ((area: string) => string)[] = [
    (area) => `we ${verb()} the ${noun(area)} so that every ${noun(area)} can ${verb()} its ${adjective()} ${noun(area)}`,
    (area) => `the ${adjective()} ${noun(area)} must ${verb()} before the ${noun(area)} is allowed to ${verb()} the ${noun(area)}`,
    (area) => `a ${noun(area)} that fails to ${verb()} leaves the ${noun(area)} in an ${adjective()} state`,
    (area) => `teams ${verb()} the ${noun(area)} by hand, which is ${adjective()} and makes each ${noun(area)} ${adjective()}`,
    (area) => `this lets the ${noun(area)} service ${verb()} and ${verb()} without a ${adjective()} ${noun(area)}`,
    (area) => `because the ${noun(area)} is ${adjective()}, callers ${verb()} the ${noun(area)} and ${verb()} the ${noun(area)}`,
    (area) => `do not ${verb()} the ${noun(area)} from the ${noun(area)}; ${verb()} it through the ${adjective()} ${noun(area)} instead`,
  ];
  const sentence = (area: string): string => {
    const text = random.pick(patterns)(area);
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
  const paragraph = (area: string, sentences: number): string => Array.from({ length: sentences }, () => sentence(area)).join(' ');
  const phrase = (area: string): string =>
    `${verb()} ${random.next() < 0.5 ? 'the' : adjective()} ${noun(area)} ${random.pick(['for', 'in', 'by', 'with'])} ${noun(area)}`;
  return { random, sentence, paragraph, phrase, noun, verb };
};
