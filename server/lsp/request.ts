import type { CancellationToken, ProtocolRequestType, ServerCapabilities } from 'vscode-languageserver/node';
import { messageOf } from '../model/errors.ts';
import { asResponseError, underToken } from './cancellation.ts';
import type { ClientTraits, RequestContext } from './context.ts';
import { checkedParams } from './params.ts';

/** Answers a request. `signal` fires when the client cancels it. */
export type RequestHandler<P, R> = (context: RequestContext, params: P, signal: AbortSignal) => Promise<R>;

/** A request that this server answers. Every request is one file of `requests/`, which exports it; `requests/index.ts` lists them all. */
export interface RequestModule {
  readonly method: string;
  /** What the answer to `initialize` says about this request to such a client; nothing for requests outside the protocol. */
  readonly capability: (client: ClientTraits) => ServerCapabilities;
  /** Starts answering on the connection of the context. */
  readonly register: (context: RequestContext) => void;
  /** Drops remembered answers, because records, links, settings or the index changed. */
  readonly forget: (context: RequestContext) => void;
}

interface EditorRequest<P, R, PR, E, RO> {
  readonly type: ProtocolRequestType<P, R, PR, E, RO>;
  /** What the log calls it, such as `Hover`. */
  readonly name: string;
  readonly handle: RequestHandler<P, R>;
  /** The answer if `handle` fails. */
  readonly nothing: R;
  readonly capability?: (client: ClientTraits) => ServerCapabilities;
  readonly forget?: (context: RequestContext) => void;
  /** After which it is ended. Default: 60. */
  readonly seconds?: number;
}

/**
 * What arrived for a request: its parameters, checked, and its token. Throws where the state of the connection or their form allows no answer. The library
 * passes no parameters as no argument, and a list as one argument for each of its items.
 */
function accept<P>(
  context: RequestContext,
  method: string,
  args: readonly unknown[],
  none?: P,
): { readonly params: P; readonly token: CancellationToken } {
  const refusal = context.refusal();
  if (refusal) throw refusal;
  const sent = args.length === 2 ? args[0] : args.length === 1 ? undefined : args.slice(0, -1);
  return { params: checkedParams(method, (sent ?? none) as P), token: args.at(-1) as CancellationToken };
}

const none = (): void => undefined;

/**
 * A request of the Language Server Protocol. The editor sends it unasked, while a person types or moves the mouse, so a failure
 * is logged and answered with `nothing`: an error would appear as a notification.
 */
export const editorRequest = <P, R, PR, E, RO>(request: EditorRequest<P, R, PR, E, RO>): RequestModule => ({
  method: request.type.method,
  capability: request.capability ?? (() => ({})),
  forget: request.forget ?? none,
  register: (context) => {
    const answer = async (...args: readonly unknown[]): Promise<R> => {
      const { params, token } = accept<P>(context, request.type.method, args);
      try {
        return await underToken(token, (signal) => request.handle(context, params, signal), request.seconds);
      } catch (error) {
        if (token.isCancellationRequested) throw asResponseError(error);
        context.log('warn', `${request.name} failed: ${messageOf(error)}`);
        return request.nothing;
      }
    };
    context.connection.onRequest(request.type.method, answer);
  },
});

/** A request of `protocol/`. A person asked for the answer in a view or with a command, which shows the error if it fails. `seconds`: after which it is ended, default 60. `optional`: it may come without
 * parameters. */
export const lintelRequest = <P, R>(
  method: string,
  handle: RequestHandler<P, R>,
  { seconds, optional = false }: { readonly seconds?: number; readonly optional?: boolean } = {},
): RequestModule => ({
  method,
  capability: () => ({}),
  forget: none,
  register: (context) =>
    context.connection.onRequest(method, (...args: readonly unknown[]) => {
      const { params, token } = accept<P>(context, method, args, optional ? ({} as P) : undefined);
      return underToken(token, (signal) => handle(context, params, signal), seconds).catch((error) => {
        throw asResponseError(error);
      });
    }),
});
