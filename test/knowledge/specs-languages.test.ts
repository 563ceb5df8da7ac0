import { describe, expect, it } from 'vitest';
import { ownersOf, parseCodeowners, readCodeowners } from '../../server/knowledge/codeowners.ts';
import { readGherkin } from '../../server/knowledge/specs/gherkin.ts';
import { readGraphql } from '../../server/knowledge/specs/graphql.ts';
import { readProtobuf } from '../../server/knowledge/specs/protobuf.ts';
import { documentOf, partOf, sectionOf } from './spec-helpers.ts';

describe('protobuf', () => {
  const text = `// Licensed to nobody.

syntax = "proto3";

// Everything about orders.
package shop.orders.v1;

import "google/api/annotations.proto";
option go_package = "shop/orders;orders";

// Takes and tracks orders.
service Orders {
  // Places an order.
  // Reserves stock first.
  rpc Place(PlaceRequest) returns (stream Order) {
    option (google.api.http) = {
      post: "/v1/orders"
      body: "*"
    };
  }
  rpc Cancel ( .shop.orders.v1.CancelRequest ) returns ( google.protobuf.Empty );
}

/* What was
 * bought. */
message Order {
  string id = 1; // Opaque
  repeated Line lines = 2 [(validate.rules).repeated = {min_items: 1}];
  oneof payment {
    string card = 3;
    string invoice = 4;
  }
  map<string, string> labels = 5;
  reserved 6 to 9;

  // One article.
  message Line {
    string sku = 1;
    enum Unit { UNIT_UNSPECIFIED = 0; PIECE = 1; }
  }
}

enum State {
  option allow_alias = true;
  OPEN = 0; // Nothing paid
  PAID = -1;
}
`;
  const document = documentOf(readProtobuf, 'proto/orders.proto', text);

  it('is titled by its package, at its place', () => {
    expect(document).toMatchObject({ title: 'shop.orders.v1', format: 'protobuf', findings: [] });
    expect(document.titleSpan && partOf(text, document.titleSpan)).toBe('shop.orders.v1');
  });

  it('has a section for the package, each service, rpc, message and enum, in the order of the file', () => {
    expect(document.sections.map((section) => section.headingPath.join(' > '))).toEqual([
      'shop.orders.v1',
      'shop.orders.v1 > service Orders',
      'shop.orders.v1 > service Orders > rpc Orders.Place',
      'shop.orders.v1 > service Orders > rpc Orders.Cancel',
      'shop.orders.v1 > message Order',
      'shop.orders.v1 > message Order > message Order.Line',
      'shop.orders.v1 > message Order > message Order.Line > enum Order.Line.Unit',
      'shop.orders.v1 > enum State',
    ]);
  });

  it('keeps the comments of the package, of an rpc, of a field and of a message', () => {
    expect(sectionOf(document, 'shop.orders.v1').text).toContain('Everything about orders.');
    expect(sectionOf(document, 'rpc Orders.Place').text).toContain(
      'Places an order.\nReserves stock first.\nrpc Place(PlaceRequest) returns (stream Order)',
    );
    expect(sectionOf(document, 'rpc Orders.Place').text).toContain('post: "/v1/orders"');
    expect(sectionOf(document, 'message Order').text).toBe(
      'What was\nbought.\nmessage Order\nstring id\nOpaque\nrepeated Line lines\noneof payment\nstring card\nstring invoice\nmap<string, string> labels',
    );
    expect(sectionOf(document, 'enum State').text).toBe('enum State\noption allow_alias = true\nOPEN\nNothing paid\nPAID');
  });

  it('spans a block from its comment to its closing brace', () => {
    expect(partOf(text, sectionOf(document, 'message Order.Line').span)).toMatch(
      /^\/\/ One article\.\n {2}message Line \{[\s\S]*PIECE = 1; \}\n {2}\}$/,
    );
    expect(partOf(text, sectionOf(document, 'rpc Orders.Cancel').span)).toMatch(/^rpc Cancel .*;$/);
  });

  it('reads proto2 with groups, extensions and defaults, and editions', () => {
    const two = `syntax = "proto2";
message Search {
  required string query = 1 [default = "a;b{"];
  repeated group Result = 2 {
    required string url = 3;
  }
  extensions 100 to 199;
  optional int32 page = 4;
}
extend Search { optional int32 bar = 126; }
message After { }
`;
    const old = documentOf(readProtobuf, 'old.proto', two);
    expect(old.findings).toEqual([]);
    expect(old.sections.map((section) => section.heading)).toEqual(['old', 'message Search', 'message After']);
    expect(sectionOf(old, 'message Search').text).toContain('required string query');
    expect(sectionOf(old, 'message Search').text).toContain('optional int32 page');
    const edition = documentOf(
      readProtobuf,
      'new.proto',
      'edition = "2023";\npackage a;\nmessage M { string s = 1 [features.field_presence = EXPLICIT]; }\n',
    );
    expect(sectionOf(edition, 'message M').text).toBe('message M\nstring s');
  });

  it('reports a block that is never closed at its name and still reads it', () => {
    const open = 'message A {\n  string x = 1;\n';
    const broken = documentOf(readProtobuf, 'a.proto', open);
    expect(broken.findings).toMatchObject([{ rule: 'broken-protobuf', severity: 'error' }]);
    expect(broken.findings[0] && partOf(open, broken.findings[0].span)).toBe('A');
    expect(sectionOf(broken, 'message A').text).toBe('message A\nstring x');
  });

  it('reports a brace that closes nothing', () => {
    const broken = documentOf(readProtobuf, 'a.proto', 'message A { }\n}\nmessage B { }\n');
    expect(broken.findings.map((problem) => problem.span.start)).toEqual([{ line: 1, character: 0 }]);
    expect(broken.sections.map((section) => section.heading)).toContain('message B');
  });
});

describe('GraphQL', () => {
  const text = `"""
The shop.
"""
schema { query: Query mutation: Mutation }

type Query {
  "One order by its id"
  order(id: ID!, "Which currency" currency: Currency = EUR): Order
  orders(first: Int): [Order!]!
}

extend type Mutation { place(input: PlaceInput!): Order! }

"What was bought"
type Order implements Node & Entity {
  "Opaque"
  id: ID!
  lines: [Line!]!
}
enum Currency { "Euro" EUR  USD }
union Thing = Order | Line
input PlaceInput { sku: String! }
scalar Money
directive @auth(role: String) on FIELD_DEFINITION
`;
  const document = documentOf(readGraphql, 'schema.graphql', text);

  it('has a section for each definition and each field of the root types', () => {
    expect(document).toMatchObject({ title: 'schema', format: 'graphql', findings: [] });
    expect(document.sections.map((section) => section.heading)).toEqual([
      'schema',
      'type Query',
      'query order',
      'query orders',
      'type Mutation',
      'mutation place',
      'type Order',
      'enum Currency',
      'union Thing',
      'input PlaceInput',
      'scalar Money',
      'directive auth',
    ]);
  });

  it('tells descriptions, arguments, interfaces and members', () => {
    expect(sectionOf(document, 'schema').text).toBe('schema\nThe shop.\nRoots: query Query, mutation Mutation');
    expect(sectionOf(document, 'query order').text).toBe(
      'query order\norder(id: ID!, currency: Currency): Order\nOne order by its id\ncurrency: Which currency',
    );
    expect(sectionOf(document, 'type Order').text).toBe(
      'type Order\nWhat was bought\nImplements: Node, Entity\nid: ID!\nOpaque\nlines: [Line!]!',
    );
    expect(sectionOf(document, 'union Thing').text).toContain('One of: Order, Line');
    expect(sectionOf(document, 'enum Currency').text).toBe('enum Currency\nEUR\nEuro\nUSD');
  });

  it('spans a field of a root type with its description, and a type with its own', () => {
    expect(partOf(text, sectionOf(document, 'query order').span)).toBe(
      '"One order by its id"\n  order(id: ID!, "Which currency" currency: Currency = EUR): Order',
    );
    expect(partOf(text, sectionOf(document, 'type Order').span)).toMatch(/^"What was bought"\ntype Order[\s\S]*\}$/);
  });

  it('reads a file that does not parse line by line and reports the place', () => {
    const broken = text.replace('scalar Money', 'scalar {');
    const read = documentOf(readGraphql, 'schema.graphql', broken);
    expect(read.findings).toMatchObject([{ rule: 'broken-graphql', severity: 'error' }]);
    expect(read.findings[0]?.span.start).toEqual({ line: 22, character: 7 });
    expect(sectionOf(read, 'enum Currency').text).toBe('enum Currency { "Euro" EUR  USD }');
  });
});

describe('Gherkin', () => {
  const text = `@shop @slow
Feature: Check out
  As a guest I want to pay.

  Background:
    Given a filled basket

  @card
  Scenario: Pay by card
    When I pay with "4111"
      | field | value |
      | cvc   | 123   |
    Then I see the receipt

  Rule: Vouchers
    Scenario Outline: Use <code>
      When I enter "<code>"
      Examples: Good ones
        | code |
        | TEN  |
`;

  it('has a section for the feature, background, rule and each scenario', () => {
    const document = documentOf(readGherkin, 'features/checkout.feature', text);
    expect(document).toMatchObject({ title: 'Check out', format: 'gherkin', findings: [] });
    expect(document.titleSpan && partOf(text, document.titleSpan)).toBe('Feature: Check out');
    expect(document.sections.map((section) => section.headingPath.join(' > '))).toEqual([
      'Check out',
      'Check out > Background:',
      'Check out > Scenario: Pay by card',
      'Check out > Rule: Vouchers',
      'Check out > Rule: Vouchers > Scenario Outline: Use <code>',
    ]);
    expect(sectionOf(document, 'Check out').text).toBe('Check out\nAs a guest I want to pay.\nTags: @shop, @slow');
    expect(sectionOf(document, 'Scenario: Pay by card').text).toBe(
      'Pay by card\nTags: @card\nWhen I pay with "4111"\nfield | value\ncvc | 123\nThen I see the receipt',
    );
    expect(partOf(text, sectionOf(document, 'Scenario: Pay by card').span)).toMatch(/^ {2}@card\n[\s\S]*receipt$/);
    expect(sectionOf(document, 'Scenario Outline: Use <code>').text).toContain('Examples: Good ones\ncode\nTEN');
  });

  it('reads other languages', () => {
    const german = '# language: de\nFunktionalität: Kasse\n  Szenario: Zahlen\n    Angenommen ein Korb\n    Dann ein Beleg\n';
    expect(sectionOf(documentOf(readGherkin, 'kasse.feature', german), 'Szenario: Zahlen').text).toBe(
      'Zahlen\nAngenommen ein Korb\nDann ein Beleg',
    );
  });

  it('reads a file that does not parse by its keywords and reports each place', () => {
    const broken =
      '# language: de\nFunktionalität: Kasse\n  Szenario: Zahlen\n    Angenommen ein Korb\n  oops\n  oops again\n\n  Szenario: Gehen\n    Dann tschüss\n  oops\n';
    const document = documentOf(readGherkin, 'kasse.feature', broken);
    expect(document.findings.map((problem) => [problem.rule, partOf(broken, problem.span)])).toEqual([
      ['broken-gherkin', '  oops'],
      ['broken-gherkin', '  oops'],
    ]);
    expect(document.findings[0]?.message).toContain('"oops" is not allowed here');
    expect(sectionOf(document, 'Szenario: Zahlen').text).toContain('ein Korb');
  });

  it('reads a file in an unknown language by English keywords', () => {
    const document = documentOf(readGherkin, 'a.feature', '# language: tlh-none\nFeature: A\n  Scenario: B\n    Given c\n');
    expect(document.findings[0]?.message).toContain('tlh-none');
    expect(document.sections.map((section) => section.heading)).toEqual(['Feature: A', 'Scenario: B']);
  });
});

describe('CODEOWNERS', () => {
  const text = `# Everyone
* @org/all
/docs/ @org/writers docs@example.org # and guests
apps/**/*.ts @alice
/docs/secret.md
my\\ file.txt @bob

[Database][2] @org/dba
*.sql
/db/ @carol
^[Optional]
*.sql @dave
`;
  const rules = parseCodeowners(text);

  it('lets the last matching rule decide within a section', () => {
    const plain = rules.filter((rule) => rule.section === '');
    expect(ownersOf(plain, 'README.md')).toEqual(['@org/all']);
    expect(ownersOf(plain, 'docs/a/b.md')).toEqual(['@org/writers', 'docs@example.org']);
    expect(ownersOf(plain, 'apps/web/src/index.ts')).toEqual(['@alice']);
    expect(ownersOf(plain, 'my file.txt')).toEqual(['@bob']);
  });

  it('knows a rule without owners as one that releases a path', () => {
    expect(ownersOf(rules, 'docs/secret.md')).toEqual([]);
  });

  it('joins the owners of all sections, with a default for a section', () => {
    expect(ownersOf(rules, 'db/init.sql')).toEqual(['@org/all', '@carol', '@dave']);
    expect(ownersOf(rules, 'a.sql')).toEqual(['@org/all', '@org/dba', '@dave']);
  });

  it('says of a path outside of the repository that nobody owns it', () => {
    for (const path of ['../a', '/etc/passwd', './a', '']) expect(ownersOf(rules, path)).toEqual([]);
  });

  it('is a guide with a section for each section of the file', () => {
    const document = documentOf(readCodeowners, '.github/CODEOWNERS', text);
    expect(document).toMatchObject({ kind: 'guide', format: 'codeowners', title: 'Code owners', findings: [] });
    expect(document.sections.map((section) => section.heading)).toEqual(['', 'Database', 'Optional']);
    expect(partOf(text, sectionOf(document, 'Database').span)).toBe('*.sql\n/db/ @carol');
  });

  it('reports negation, which CODEOWNERS does not know', () => {
    const document = documentOf(readCodeowners, 'CODEOWNERS', '* @a\n!x.md @b\n');
    expect(document.findings).toMatchObject([{ rule: 'codeowners-negation', span: { start: { line: 1, character: 0 } } }]);
    expect(ownersOf(parseCodeowners('* @a\n!x.md @b\n'), 'x.md')).toEqual(['@a']);
  });
});
