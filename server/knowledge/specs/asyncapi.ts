import type { Document } from '../../model/document.ts';
import type { Source } from '../source.ts';
import { addSchema } from './json-schema.ts';
import { addInfo } from './openapi.ts';
import { type OperationDraft, type SectionBuilder, sectionBuilder } from './source.ts';
import {
  dereferenced,
  entriesOf,
  get,
  itemsOf,
  labelled,
  languageOf,
  parseTree,
  referencedNames,
  referenceName,
  type Tree,
  type TreeEntry,
  textAt,
} from './tree.ts';

const MAX_ITEMS = 200;

/** Names of the messages of an operation: one or several, by reference or by name. */
const messageNames = (message: Tree | undefined): readonly (string | undefined)[] => {
  if (!message) return [];
  const several = message.kind === 'list' ? message : (get(message, 'oneOf') ?? get(message, 'messages'));
  const items = several ? itemsOf(several).slice(0, MAX_ITEMS) : [message];
  return items.map((item) => {
    const reference = textAt(item, '$ref');
    return reference ? referenceName(reference) : (textAt(item, 'name') ?? textAt(item, 'title') ?? referencedNames(item)[0]);
  });
};

const operationLines = (operation: Tree): readonly (string | undefined)[] => [
  textAt(operation, 'operationId'),
  textAt(operation, 'title'),
  textAt(operation, 'summary'),
  textAt(operation, 'description'),
  labelled(
    'Tags',
    itemsOf(get(operation, 'tags'))
      .slice(0, MAX_ITEMS)
      .map((tag) => textAt(tag, 'name')),
  ),
];

/** What an operation on a channel gives code to name: the channel, and the id of the operation. */
const exchange = (topic: string | undefined, id: string | undefined): readonly OperationDraft[] => [
  ...(topic === undefined ? [] : [{ kind: 'topic', name: topic } as const]),
  ...(id === undefined ? [] : [{ kind: 'operation', name: id } as const]),
];

/** The address of a channel; `undefined` where version 3 says that it is not known before the messages flow (`address: null`). */
const addressOf = (channel: Tree | undefined, key: string | undefined): string | undefined =>
  get(channel, 'address') === undefined ? key : textAt(channel, 'address');

/** A channel of version 2 (its key is the address; `publish` and `subscribe` are inside) or 3 (`address` and `messages`). */
const addChannel = (builder: SectionBuilder, root: Tree, title: string, written: TreeEntry): void => {
  const channel = { ...written, value: dereferenced(root, written.value) ?? written.value };
  const known = addressOf(channel.value, channel.key);
  const address = known ?? channel.key;
  const messages = entriesOf(get(channel.value, 'messages')).slice(0, MAX_ITEMS);
  const parameters = entriesOf(get(channel.value, 'parameters')).slice(0, MAX_ITEMS);
  const operations = entriesOf(channel.value).filter((entry) => entry.key === 'publish' || entry.key === 'subscribe');
  builder.add({
    heading: address === channel.key ? `channel ${address}` : `channel ${address} ${channel.key}`,
    parents: [title],
    lines: [
      address,
      textAt(channel.value, 'title'),
      textAt(channel.value, 'summary'),
      textAt(channel.value, 'description'),
      labelled(
        'Parameters',
        parameters.map((entry) => entry.key),
      ),
      labelled(
        'Messages',
        messages.map((entry) => entry.key),
      ),
      labelled(
        'Operations',
        operations.map((entry) => entry.key),
      ),
    ],
    start: channel.keyRange.start,
    end: operations[0]?.keyRange.start ?? written.value.end,
    operations: known === undefined ? [] : [{ kind: 'topic', name: known }],
  });
  for (const operation of operations.slice(0, 2)) {
    const id = textAt(operation.value, 'operationId');
    builder.add({
      heading: [operation.key, address, id].filter(Boolean).join(' '),
      parents: [title, `channel ${address}`],
      lines: [
        `${operation.key} ${address}`,
        ...operationLines(operation.value),
        labelled('Messages', messageNames(get(operation.value, 'message'))),
      ],
      start: operation.keyRange.start,
      end: operation.value.end,
      operations: exchange(address, id),
    });
  }
};

/** An operation of version 3, which names its channel by reference. */
const addOperation = (builder: SectionBuilder, root: Tree, title: string, written: TreeEntry): void => {
  const operation = { ...written, value: dereferenced(root, written.value) ?? written.value };
  const action = textAt(operation.value, 'action') ?? 'operation';
  const reference = textAt(get(operation.value, 'channel'), '$ref');
  const channel = reference ? referenceName(reference) : undefined;
  // The key of a channel is a name within the file; code has its address.
  const target = dereferenced(root, get(operation.value, 'channel'));
  const address = target === undefined ? channel : addressOf(target, channel);
  const reply = get(operation.value, 'reply');
  builder.add({
    heading: [action, channel, operation.key].filter(Boolean).join(' '),
    parents: [title],
    lines: [
      `${action} ${channel ?? ''} ${operation.key}`,
      address === channel ? undefined : address,
      ...operationLines(operation.value),
      labelled('Messages', messageNames(get(operation.value, 'messages'))),
      labelled('Reply', [...referencedNames(reply), textAt(get(reply, 'address'), 'location')]),
    ],
    start: operation.keyRange.start,
    end: written.value.end,
    operations: exchange(address, operation.key),
  });
};

const addMessage = (builder: SectionBuilder, title: string, message: TreeEntry): void => {
  const name = textAt(message.value, 'name');
  builder.add({
    heading: `message ${message.key}`,
    parents: [title],
    lines: [
      name === undefined || name === message.key ? message.key : `${message.key}: ${name}`,
      textAt(message.value, 'title'),
      textAt(message.value, 'summary'),
      textAt(message.value, 'description'),
      labelled('Content type', [textAt(message.value, 'contentType')]),
      labelled('Payload', referencedNames(get(message.value, 'payload'))),
      labelled('Headers', referencedNames(get(message.value, 'headers'))),
    ],
    start: message.keyRange.start,
    end: message.value.end,
    operations: [{ kind: 'type', name: message.key }],
  });
};

/**
 * Reads AsyncAPI 2 and 3, in YAML or JSON: a section for the API and for each channel, operation, message and schema. Section texts are composed from
 * fields; spans are exact. References within the file are followed, others shown by name. Findings: `broken-yaml`, `broken-json`, `too-deep`.
 */
export const readAsyncApi = (source: Source): Document => {
  const builder = sectionBuilder(source);
  const root = parseTree(source.text, languageOf(source.path, source.text), builder);
  const titleNode = get(get(root, 'info'), 'title');
  const title = textAt(get(root, 'info'), 'title');
  if (root?.kind === 'map') {
    const name = title ?? 'Events';
    const components = get(root, 'components');
    addInfo(builder, root, name);
    const channels = entriesOf(get(root, 'channels'));
    for (const channel of channels) if (!builder.full()) addChannel(builder, root, name, channel);
    for (const operation of entriesOf(get(root, 'operations'))) if (!builder.full()) addOperation(builder, root, name, operation);
    // Version 3 may define a message in its channel.
    const inline = channels
      .flatMap(({ value }) => entriesOf(get(value, 'messages')))
      .filter(({ value }) => textAt(value, '$ref') === undefined);
    for (const message of [...inline, ...entriesOf(get(components, 'messages'))]) if (!builder.full()) addMessage(builder, name, message);
    for (const schema of entriesOf(get(components, 'schemas'))) addSchema(builder, [name], `schema ${schema.key}`, schema);
  }
  return builder.document('asyncapi', title, titleNode);
};
