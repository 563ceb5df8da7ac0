import { type Call, option, textsOf, type Value } from './calls.ts';
import type { Collector, CommandCall } from './contents.ts';

const VISITS = new Set([
  ...[
    'goto',
    'visit',
    'gotoasync',
    'gotourl',
    'navigateto',
    'navigate',
    'navigatetourl',
    'amonpage',
    'openurl',
    'visitroute',
    'visitpath',
    'visitpage',
    'relurl',
  ],
  ...[
    'waitforurl',
    'waitforurlasync',
    'tohaveurl',
    'tohaveurlasync',
    'havecurrentpath',
    'hascurrentpath',
    'assertpathis',
    'assertpathbeginswith',
    'assertcurrentpath',
    'gotopage',
  ],
  ...[
    'seecurrenturlequals',
    'seeincurrenturl',
    'urlcontains',
    'tohaveurlcontaining',
    'urltobe',
    'urlmatches',
    'assertrouteis',
    'visitroute',
    'opendeeplink',
    'login_and_visit',
  ],
]);
/** Mean a visit where a browser is asked. */
const BROWSER_VISITS = new Set(['get', 'url', 'open', 'to', 'load', 'request']);
const BROWSERS = /^(?:driver|browser|webdriver|client|page|selenium|sb|self|app|_driver|web_?driver|mobileDriver|\$?driver|context)$/i;

const METHODS =
  /^(get|post|put|patch|delete|del|head|options)(?:Async|AsJsonAsync|FromJsonAsync|ForEntity|ForObject|StringAsync|_json|Json|Form)?$/i;
/** Libraries whose calls go over the network. */
const CLIENTS =
  /^(?:request|requests|req|axios|api|apiClient|apiRequest|http|https|httpClient|client|_client|fetch|agent|supertest|superagent|chai|got|ky|session|httpx|rest|RestAssured|given|app|server|page|cy|test_client|api_client|APIRequestContext|spec|pactum|frisby|resty|self|this|context|response|res|\$this|await)$/i;
/** What is called on a list or a map and takes a path too: `router.get('/x', handler)` serves it. */
const SERVING = /^(?:router|routes|route|nock|server|mock|mockServer|rest|http|msw|wiremock)$/;

/** The pattern of a route: without host, query and what the address begins with. `undefined` for what is no route. */
export function routePattern(text: string): string | undefined {
  const trimmed = text.trim().replace(/^(?::\w+|\*{1,2})(?=\/)/, '');
  const withoutHost = trimmed.replace(/^(?:https?|wss?):\/\/[^/?#\s]*/, '').replace(/^[a-z][\w+.-]*:\/\//i, '/');
  const path = withoutHost.replace(/[?#].*$/s, '');
  if (/\s/.test(path) || path.length > 300) return undefined;
  const known = path.replace(/\$(\w+)/g, ':$1').replace(/%[sdvq]/g, ':value');
  if (path === '' && /^https?:\/\//.test(trimmed)) return '/';
  return known.startsWith('/') && !known.startsWith('//') ? known : undefined;
}

const HELPER = /(?:^|\.)(\w+_(?:path|url))$/;

function addVisit(into: Collector, value: Value | undefined, line: number, isLoose: boolean): boolean {
  if (value?.kind === 'text') {
    const pattern =
      routePattern(value.text) ??
      (isLoose && /^[\w:#?-][\w\-/.:?=&#]*$/.test(value.text) ? `/${value.text.replace(/[?#].*$/, '')}` : undefined);
    if (pattern !== undefined) into.add('visits', { kind: 'path', text: pattern, line });
    return pattern !== undefined;
  }
  if (value?.kind === 'pattern') {
    into.add('visits', { kind: 'pattern', text: value.text, line });
    return true;
  }
  const helper = value?.kind === 'name' ? HELPER.exec(value.text)?.[1] : undefined;
  if (helper === undefined) return false;
  into.add('visits', { kind: 'helper', text: helper, line });
  return true;
}

const methodIn = (value: Value | undefined): string | undefined => {
  const text = value?.kind === 'text' ? value.text : value?.kind === 'name' ? value.text.replace(/^.*\.(?:Method)?/, '') : '';
  return /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/i.test(text) ? text.toUpperCase() : undefined;
};

const plain = (name: string): string => name.toLowerCase().replaceAll('_', '');

/** Routes visited and endpoints called by one call. True where it is one of them. */
export function addRoutes(into: Collector, call: Call, language: string): boolean {
  const { line, root, near } = call;
  const name = plain(call.name);
  const [first, second] = call.args;
  if (VISITS.has(name))
    return addVisit(into, first?.kind === 'record' ? option(call, 'url') : first, line, name !== 'navigate' && name !== 'urlcontains');
  // TestCafe: fixture('Cart').page('/cart').
  if (name === 'page' && root === 'fixture') return addVisit(into, first, line, false);
  if (near === 'url' && root === 'cy' && name === 'should') return addVisit(into, second, line, false);
  if ((root === 'driver' || root === 'browser' || /driver$/i.test(root)) && BROWSER_VISITS.has(name))
    return addVisit(into, first, line, name === 'url');
  if (
    BROWSERS.test(root) &&
    BROWSER_VISITS.has(name) &&
    root !== 'client' &&
    root !== 'app' &&
    root !== 'self' &&
    root !== 'page' &&
    root !== 'context'
  )
    return addVisit(into, first, line, false);
  // Selenide and Watir: `open("/login")`.
  if (name === 'open' && root === '' && first?.kind === 'text' && language !== 'python') return addVisit(into, first, line, false);
  if (root === 'I' && name === 'amonpage') return addVisit(into, first, line, false);
  return addEndpoint(into, call, name, language);
}

function addEndpoint(into: Collector, call: Call, name: string, language: string): boolean {
  const { line, root, near } = call;
  const [first, second] = call.args;
  const add = (value: Value | undefined, method: string | undefined, isReplaced = false): boolean => {
    const raw = value?.kind === 'text' ? routePattern(value.text) : value?.kind === 'pattern' ? value.text : undefined;
    const helper = value?.kind === 'name' ? HELPER.exec(value.text)?.[1] : undefined;
    const text = raw ?? helper;
    if (text === undefined || (raw !== undefined && value?.kind === 'text' && raw === '/' && method === undefined)) return false;
    into.add('calls', { text, ...(method === undefined ? {} : { method }), ...(isReplaced ? { isReplaced: true } : {}), line });
    return true;
  };
  if (name === 'intercept' || (name === 'route' && (root === 'page' || root === 'cy' || root === 'context'))) {
    const method = methodIn(first) ?? methodIn(option(call, 'method'));
    const target = methodIn(first) ? second : first?.kind === 'record' ? (option(call, 'url') ?? option(call, 'pathname')) : first;
    return add(target, method, call.args.length > (methodIn(first) ? 2 : 1));
  }
  if (name === 'waitforresponse' || name === 'waitforrequest' || name === 'runandwaitforresponse')
    return add(first, methodIn(option(call, 'method')));
  if (
    (name === 'request' ||
      name === 'fetch' ||
      name === 'inject' ||
      name === 'newrequest' ||
      name === 'newrequestwithcontext' ||
      name === 'send' ||
      name === 'exchange') &&
    call.args.length + call.named.size > 0
  ) {
    const at = call.args.findIndex((arg) => methodIn(arg) !== undefined);
    const method = methodIn(call.args[at]) ?? methodIn(option(call, 'method'));
    const url = option(call, 'url') ?? (at === 0 ? second : at > 0 ? (call.args[at + 1] ?? first) : first);
    return (
      add(url, method) ||
      (name === 'request' &&
        add(
          call.args.find((arg) => arg.kind === 'text' && routePattern(arg.text) !== undefined),
          method,
        ))
    );
  }
  const verb = METHODS.exec(call.name)?.[1]?.toUpperCase().replace(/^DEL$/, 'DELETE');
  if (verb === undefined || first === undefined) return false;
  const isClient = CLIENTS.test(root) || CLIENTS.test(near) || root === '' || /(?:client|api|request|http)$/i.test(root);
  if (!isClient || (SERVING.test(root) && call.args.some((arg) => arg.kind === 'block'))) return false;
  // `get "/orders"` stands alone in Ruby; elsewhere a plain function of that name takes anything.
  if (root === '' && language !== 'ruby' && !(first.kind === 'text' && first.text.startsWith('/'))) return false;
  return add(first, verb);
}

const EXECUTORS = new Set([
  ...[
    'exec',
    'execsync',
    'execfile',
    'execfilesync',
    'spawn',
    'spawnsync',
    'execa',
    'execasync',
    'run',
    'command',
    'commandcontext',
    'checkoutput',
    'checkcall',
    'popen',
  ],
  ...[
    'system',
    'backtick',
    'shell',
    'sh',
    'execute',
    'runcommand',
    'runcli',
    'cli',
    'x',
    'execcommand',
    'spawncommand',
    'runcmd',
    'cmd',
    'invoke',
    'startprocess',
  ],
]);
const FLAG = /^-{1,2}[A-Za-z][\w-]*/;
const MOST_WORDS = 40;

/** Words of a command: a list of arguments, or a line. */
function wordsOf(call: Call, isExecutor: boolean): string[] {
  const texts = call.args.flatMap(textsOf);
  if (texts.length === 1 && isExecutor) return (texts[0] ?? '').trim().split(/\s+/).slice(0, MOST_WORDS);
  return texts
    .flatMap((text) => (/\s/.test(text) && texts.length > 1 && !isExecutor ? [text] : text.split(/\s+/)))
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
}

const NO_HELPER =
  /^(?:expect|equal|assert|require|contain|have|be|to|not|should|match|error|log|print|fatal|skip|join|append|sprintf|errorf|describe|context|it|test|by|when|entry)/i;

/** A call of a helper whose arguments are words: a command if the helper is called with flags elsewhere. */
export interface WordyCall {
  readonly helper: string;
  readonly command: CommandCall;
}

/** Commands that a call runs, with their flags. A helper of the suite (`podman("ps")`) is returned, for it is known as one by its other calls. */
export function addCommand(into: Collector, call: Call): WordyCall | undefined {
  const name = plain(call.name);
  const isExecutor = EXECUTORS.has(name) && call.root !== 't' && !(name === 'run' && call.args.some((arg) => arg.kind === 'block'));
  const texts = call.args.flatMap(textsOf);
  const words = wordsOf(call, isExecutor);
  const hasFlags = texts.some((text) => FLAG.test(text));
  if (words.length === 0 || !/^[\w./~:@-]/.test(words[0] ?? '') || texts.some((text) => text.includes('\n') && !isExecutor))
    return undefined;
  const flags = [...new Set(words.flatMap((word) => FLAG.exec(word)?.[0] ?? []))];
  if (isExecutor) {
    into.add('commands', { text: words.join(' '), flags, line: call.line });
    return undefined;
  }
  if (NO_HELPER.test(call.name) || !/^[A-Za-z]\w{2,}$/.test(call.name)) return undefined;
  const command = { text: [call.name, ...words].join(' '), flags, line: call.line };
  if (hasFlags && texts.length > 1) into.add('commands', command);
  return { helper: call.name, command };
}
