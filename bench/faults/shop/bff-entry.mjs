// The backend of the storefront, with the GraphQL endpoint that the repository leaves to its gateway: its resolvers over its own schema.

import { resolvers } from 'SHOP/storefront/bff/src/graphql.ts';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildSchema, graphql } from 'graphql';
import 'SHOP/storefront/bff/src/server.ts';

const schema = buildSchema(readFileSync(process.env.GRAPHQL_SCHEMA, 'utf8'));
for (const [type, fields] of Object.entries(resolvers))
  for (const [field, resolve] of Object.entries(fields)) schema.getType(type).getFields()[field].resolve = resolve;
// The orders service stores the state as a number.
const codes = { 0: 'PLACED', 1: 'PAID', 2: 'PACKED', 3: 'DISPATCHED', 9: 'CANCELLED' };
schema.getType('Order').getFields().status.resolve = (order) => codes[order.status];

createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const session = /hm_session=([0-9a-f-]{36})/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const answer = await graphql({ schema, source: JSON.parse(body).query, contextValue: { session } });
  response.writeHead(answer.errors ? 500 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}).listen(Number(process.env.GRAPHQL_PORT), '127.0.0.1');
