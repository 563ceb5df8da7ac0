import type { Call, Expression } from '../flow/model.ts';
import { isBareId, isIdName, wordsOf } from '../flow/names.ts';
import { speaksOf } from '../flow/speaks.ts';
import { nameOf, type Place, type Sink, type Trail } from '../flow/trail.ts';

/**
 * What a program calls its own parts: its routes, the operations of its interface, the services of its container, the tasks of its graphs. The names
 * are written in the code, in the form that a framework asks for, and change with nothing but the code.
 */
interface OwnNames {
  readonly thing: RegExp;
  /** What the file has to speak of, by its names. */
  readonly where?: RegExp;
  /** What the file must not speak of. */
  readonly unless?: RegExp;
}

const oneOf = (text: string): RegExp => new RegExp(`(?:^|_)(?:${text.replaceAll(' ', '|')})s?(?:_|$)`);

const OWN_NAMES: readonly OwnNames[] = [
  // Of a program, and not of buses or parcels.
  {
    thing: /^route$/,
    unless: oneOf(
      'trip stop bus transit gtfs vehicle departure arrival station tram train flight airport delivery driver shipment truck lorry ferry waypoint timetable ' +
        'carrier courier parcel passenger fare depot warehouse',
    ),
  },
  { thing: /^operation$/, where: oneOf('openapi open_api swagger auto_schema graphql span trace telemetry tool') },
  { thing: /^(?:xml|bean)$/ },
  // By which a network in front of a server forgets what it keeps.
  { thing: /^surrogate$/, where: oneOf('cache cdn fastly varnish purge proxy edge surrogate_control') },
  { thing: /^(?:task|dag)$/, where: oneOf('dag airflow operator taskgroup task_group') },
  {
    thing: /^(?:service|definition|alias)$/,
    where: oneOf('container_builder compiler_pass bean_factory application_context tagged_service_ids'),
  },
];

/** Whether something with the name of an identifier is what a program calls a part of itself, by what the file speaks of. */
export function isOwnName(name: string, owner: string, trail: Trail): boolean {
  // A header that a network in front of a server reads.
  if (/^surrogate-key$/i.test(name)) return true;
  if (!isIdName(name)) return false;
  const words = wordsOf(name);
  const named = isBareId(name) ? wordsOf(owner).at(-1) : words.includes('route') ? 'route' : words.at(-2);
  return OWN_NAMES.some(
    ({ thing, where, unless }) =>
      thing.test(named ?? '') && (where === undefined || speaksOf(trail, where)) && (unless === undefined || !speaksOf(trail, unless)),
  );
}

/** What holds the services of a program by their names. */
const CONTAINER = /(?:container|container_?builder|bean_?factory|application_?context|injector|service_?(?:locator|registry))$/i;
/** What asks a container for names, or a name of it. */
const OF_CONTAINER = /^(?:find_?tagged_?service_?ids|get_?bean\w*|get_?service_?ids|(?:get|set|has|find|remove)_?(?:definition|alias)s?)$/i;

/** Whether a call gives a container of services a name, or asks it for one. */
export const isOfContainer = ({ name, receiver }: Call): boolean => OF_CONTAINER.test(name) || CONTAINER.test(nameOf(receiver));

/** Whether a value is the name of a service where it goes. */
export const isNameOfService = (sink: Sink): boolean => sink.as === 'argument' && sink.position === 0 && OF_CONTAINER.test(sink.call.name);

/** Whether something is the name of a service in a container: it is one of those that a container lists, or is asked for with it. */
export function isServiceName(subject: Expression, trail: Trail, { inside }: Pick<Place, 'inside'>): boolean {
  if (subject.kind !== 'name') return false;
  const isListed = trail.valuesOf(inside, subject.name).some((value) => {
    const of = value.kind === 'index' ? value.object : value;
    return of.kind === 'call' && isOfContainer(of);
  });
  return (
    isListed || trail.usesOf(inside, subject.name).some((sink) => sink.as === 'argument' && sink.position === 0 && isOfContainer(sink.call))
  );
}

/** Names of classes, functions and the like, as languages give them: from the outside to the inside of an expression. */
const NAME_OF_CODE =
  /(?:^|\.)(?:get(?:Simple|Canonical|Qualified)Name|(?:simple|canonical|qualified)Name|__(?:name|qualname|module)__|nameof)(?:\.|$)|(?:^|\.)(?:get)?(?:[nN]ame|FullName|TypeName)\.(?:getClass|GetType|constructor|__class__|typeof)(?:\.|$)|(?:^|\.)ident\.sig(?:\.|$)/;
/** What the parts of such a name are called. */
const PART_OF_CODE = /^(?:clazz|klass|pkg|(?:class|clazz|package|constant|method|function|func|simple)_name)$/;

/** The names along an expression, the outermost first: `toString.ident.sig` of `sig.ident.toString()`. */
function chainOf(value: Expression | undefined): readonly string[] {
  if (value?.kind === 'member') return [value.name, ...chainOf(value.object)];
  if (value?.kind === 'call') return [value.name, ...chainOf(value.receiver)];
  return value?.kind === 'name'
    ? [value.name]
    : value?.kind === 'other' && value.children.length < 2
      ? [value.node, ...chainOf(value.children[0])]
      : [];
}

/** Whether what is taken apart is the name of a class or a function, by where it is from or by what its parts are called. */
export const isOfCode = (subject: Expression, parts: readonly string[], trail: Trail, { inside }: Pick<Place, 'inside'>): boolean =>
  parts.some((part) => PART_OF_CODE.test(wordsOf(part).join('_'))) ||
  (subject.kind === 'name' && trail.valuesOf(inside, subject.name).some((value) => NAME_OF_CODE.test(chainOf(value).join('.'))));

/** Types and parameters that are an address or a path. */
const ADDRESS = /(?:^|_)(?:url|uri|href|permalink|pathname|path|location)$/;
/** What parts an address, or ends the name of a file in it. */
const OF_ADDRESS = /^\\?[./?#&]$/;

/** Whether what is cut off an identifier is the next piece of the address that it was found in, or the ending of a file. */
export const isOfAddress = (subject: Expression, separator: string | undefined, { inside }: Pick<Place, 'inside'>): boolean => {
  if (separator === undefined || !OF_ADDRESS.test(separator)) return false;
  const isAddress = (name: string | undefined): boolean => ADDRESS.test(wordsOf(name ?? '').join('_'));
  // What is made of an address: `idOf(url)`.
  const [first, second] = inside.parameters;
  const from = /^(?:self|cls)$/.test(first?.name ?? '') ? second : first;
  const isLocal = subject.kind === 'name' && from?.name !== subject.name;
  return isAddress(inside.container) || inside.container === 'Route' || (isLocal && isAddress(from?.name));
};

/** Calls that put work into a queue, whatever they are called on. */
const QUEUES =
  /^(?:enqueue\w*|add_?(?:job|task)|add_?or_?update|schedule(?:_?(?:job|task|once|in|at))?|perform_?(?:later|async|in|at)|apply_?async|send_?task|upsert_?job_?scheduler)$/i;
/** The same of queues and their kin. */
const ADDS = /^(?:add|add_?bulk|send|publish|push|put|submit|every|once|now|trigger|dispatch)$/i;
const QUEUE = /(?:queue|scheduler|worker|bull|agenda|boss|celery|sidekiq|job_?(?:client|runner)|task_?(?:client|runner))s?$/i;
/** Those of {@link QUEUES} that take the name of the work first. */
const NAMES_FIRST = /^(?:add_?or_?update|schedule|upsert_?job_?scheduler)$/i;
/** What a queue calls a piece of work. */
const JOB_ID = /^(?:job|task|work|dedup\w*|unique)_?id$/i;
/** What stands beside the name of a piece of work. */
const WORK = /^(?:job|task|payload|data|args|func|handler|delay|run_?at|available_?at|visibility\w*|cron|repeat|attempts|priority)$/i;

const queues = (sink: Sink | undefined): sink is Sink & { readonly as: 'argument' } =>
  sink?.as === 'argument' && (QUEUES.test(sink.call.name) || (ADDS.test(sink.call.name) && QUEUE.test(nameOf(sink.call.receiver))));

/**
 * Whether a value tells a piece of work from others in a queue, so that it is not queued twice: nothing else has it, and it is gone when the work is
 * done. What the work is about has identifiers like everything else.
 */
export const isQueueId = (sinks: readonly Sink[]): boolean =>
  sinks.some((sink, at) => {
    if (sink.as === 'field') {
      const call = sinks.slice(at + 1).find(({ as }) => as !== 'field');
      const isOfWork = JOB_ID.test(sink.name) || (isBareId(sink.name) && sink.record.fields.some(({ name }) => WORK.test(name)));
      return isOfWork && queues(call);
    }
    if (!queues(sink)) return false;
    if (sink.name === undefined) return sink.position === 0 && NAMES_FIRST.test(sink.call.name);
    return JOB_ID.test(sink.name) || isBareId(sink.name);
  });
