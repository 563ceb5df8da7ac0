import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { extname, join } from 'node:path';

/**
 * What the sample shop talks to and its repository does not hold: the edge in front of it, the gateway that gives tokens, the card provider with the payments
 * service (written in Go, for which there may be no compiler), the broker, and the mail server. All on loopback, in the process of the bench.
 */
export interface Doubles {
  reset(): void;
  close(): Promise<void>;
}

export interface DoublePorts {
  readonly edge: number;
  readonly gateway: number;
  readonly payments: number;
  readonly broker: number;
  readonly smtp: number;
  readonly mailbox: number;
  readonly bff: number;
}

const bodyOf = async (message: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of message) text += chunk;
  return text;
};
const json = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};
type Handler = (message: IncomingMessage, url: URL, response: ServerResponse) => Promise<void> | void;
const serve = (port: number, handle: Handler): Server =>
  createServer((message, response) => {
    Promise.resolve(handle(message, new URL(message.url ?? '/', 'http://double'), response)).catch((problem) => {
      if (!response.headersSent) json(response, 500, { error: String(problem) });
    });
  }).listen(port, '127.0.0.1');

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8' };

/** Pages and their code from `folders`, everything else to the backend; a guest gets a session. */
const edge = ({ edge: port, bff }: DoublePorts, folders: readonly string[]): Server =>
  serve(port, (message, url, response) => {
    if (/^\/(graphql$|(api|newsletter)\/)/.test(url.pathname)) {
      const onward = request(
        { host: '127.0.0.1', port: bff, path: message.url, method: message.method, headers: message.headers },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      onward.once('error', () => json(response, 502, { error: 'the backend does not answer' }));
      message.pipe(onward);
      return;
    }
    if (url.pathname === '/fjordpay/frame') {
      const field = (name: string, label: string) => `<label>${label} <input name="${name}"></label>`;
      const fields = `${field('number', 'Card number')}${field('expiry', 'Expiry')}${field('code', 'Code')}`;
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<html lang="en"><title>Card</title><main>${fields}</main></html>`);
      return;
    }
    if (url.pathname.startsWith('/img/')) {
      response.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg xmlns="http://www.w3.org/2000/svg"/>');
      return;
    }
    const name = extname(url.pathname) === '' ? 'index.html' : url.pathname.slice(1);
    const file = folders.map((folder) => join(folder, name)).find(existsSync);
    if (file === undefined) return json(response, 404, {});
    const guest = /hm_session=/.test(message.headers.cookie ?? '') ? {} : { 'set-cookie': `hm_session=${crypto.randomUUID()}; Path=/` };
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain', 'cache-control': 'no-store', ...guest });
    response.end(readFileSync(file));
  });

/** Tokens that say nothing; every session reads the orders of the customer with the number 2. */
const gateway = (port: number): Server => {
  const scopes = new Map<string, string>();
  return serve(port, async (message, url, response) => {
    const form = new URLSearchParams(await bodyOf(message));
    if (url.pathname === '/tokens' && message.headers.authorization === 'Bearer gateway') {
      const token = crypto.randomUUID();
      scopes.set(token, form.get('scope') ?? '');
      return json(response, 200, { token });
    }
    const scope = scopes.get(form.get('token') ?? '');
    if (url.pathname !== '/tokens/introspect') return json(response, 404, {});
    json(response, 200, scope === undefined ? { active: false } : { active: true, client_id: 'storefront', sub: '2', scope });
  });
};

const REASONS: Readonly<Record<string, string>> = {
  '4000000000000028': 'declined',
  '4000000000000036': 'expired_card',
  '4000000000000044': 'timeout',
};

/** The payments service by its contract, and the door of the provider's test mode. A token pays once. */
const payments = (port: number, charged: Map<string, string>): Server => {
  const answered = new Map<string, readonly [number, unknown]>();
  return serve(port, async (message, url, response) => {
    if (url.pathname === '/test/authorisations') {
      const email = url.searchParams.get('email');
      const found = () => [...charged.values()].filter((one) => one === email);
      for (let attempt = 0; attempt < 30 && found().length === 0; attempt += 1) await new Promise((wake) => setTimeout(wake, 100));
      await new Promise((wake) => setTimeout(wake, 300));
      return json(response, 200, found());
    }
    const key = message.headers['idempotency-key'];
    const text = await bodyOf(message);
    if (url.pathname !== '/v1/payments' || message.method !== 'POST') return json(response, 404, {});
    if (typeof key !== 'string') return json(response, 400, { error: 'the header Idempotency-Key is missing' });
    const known = answered.get(key);
    if (known) return json(response, ...known);
    const { amountMinor, cardToken, orderNumber } = JSON.parse(text) as { amountMinor: number; cardToken: string; orderNumber: string };
    const card = JSON.parse(atob(cardToken)) as { readonly number: string; readonly email: string; readonly nonce: string };
    const reason = REASONS[card.number];
    const isPayment = Number.isInteger(amountMinor) && amountMinor > 0 && typeof orderNumber === 'string';
    const answer: readonly [number, unknown] = !isPayment
      ? [400, { error: 'the body is not a payment' }]
      : reason
        ? [402, { error: 'declined', reason }]
        : [201, { id: crypto.randomUUID(), state: 'authorised' }];
    if (answer[0] === 201) charged.set(card.nonce, card.email);
    answered.set(key, answer);
    json(response, ...answer);
  });
};

/** Keeps messages until somebody asks for them; a message id is taken once. */
const broker = (port: number): Server => {
  const waiting = new Map<string, string[]>();
  const seen = new Set<string>();
  return serve(port, async (message, url, response) => {
    if (url.pathname === '/publish') {
      const { subject, data, id } = JSON.parse(await bodyOf(message)) as { subject: string; data: string; id?: string };
      if (id === undefined || !seen.has(id)) waiting.set(subject, [...(waiting.get(subject) ?? []), data]);
      if (id !== undefined) seen.add(id);
      return json(response, 200, {});
    }
    const queue = (): string[] => waiting.get(url.searchParams.get('subject') ?? '') ?? [];
    for (let attempt = 0; attempt < 40 && queue().length === 0 && !response.destroyed; attempt += 1)
      await new Promise((wake) => setTimeout(wake, 50));
    if (response.destroyed) return;
    response.writeHead(200).end(queue().shift() ?? '');
  });
};

interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The text of a mail as Python writes it. */
export const readMail = (source: string): Mail => {
  const [head = '', ...body] = source.split('\r\n\r\n');
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(head.replaceAll(/\r\n[ \t]+/g, ' '))?.[1]?.trim() ?? '';
  const raw = body.join('\r\n\r\n');
  const coded = header('Content-Transfer-Encoding');
  const text =
    coded === 'base64'
      ? Buffer.from(raw, 'base64').toString('utf8')
      : coded === 'quoted-printable'
        ? Buffer.from(
            raw.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          ).toString('utf8')
        : raw;
  return { to: header('To'), subject: header('Subject'), text };
};

const smtp = (port: number, keep: (mail: Mail) => void): TcpServer =>
  createTcpServer((socket) => {
    let held = '';
    let inData = false;
    const say = (line: string): boolean => socket.write(`${line}\r\n`);
    say('220 double');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      held += chunk.toString('utf8');
      for (;;) {
        const end = held.indexOf(inData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const line = held.slice(0, end);
        held = held.slice(end + (inData ? 5 : 2));
        if (inData) {
          keep(readMail(line));
          inData = false;
          say('250 kept');
        } else if (/^DATA/i.test(line)) {
          inData = true;
          say('354 go on');
        } else if (/^QUIT/i.test(line)) {
          say('221 bye');
          socket.end();
        } else say('250 well');
      }
    });
  }).listen(port, '127.0.0.1');

/** Opens all doors. Links of mails lead to the edge. */
export const openDoubles = (ports: DoublePorts, folders: readonly string[]): Doubles => {
  const mails: Mail[] = [];
  const charged = new Map<string, string>();
  const home = `http://localhost:${ports.edge}`;
  const mailbox = serve(ports.mailbox, (_, url, response) => {
    const mail = mails.findLast(({ to }) => to === url.searchParams.get('to'));
    if (!mail) return json(response, 404, { error: 'no mail' });
    json(response, 200, { subject: mail.subject, text: mail.text.replaceAll('https://haldenmarket.example', home) });
  });
  const servers = [
    edge(ports, folders),
    gateway(ports.gateway),
    payments(ports.payments, charged),
    broker(ports.broker),
    mailbox,
    smtp(ports.smtp, (mail) => mails.push(mail)),
  ];
  return {
    reset: () => {
      mails.length = 0;
      charged.clear();
    },
    close: async () => {
      for (const server of servers) {
        if ('closeAllConnections' in server) server.closeAllConnections();
        server.close();
      }
    },
  };
};
