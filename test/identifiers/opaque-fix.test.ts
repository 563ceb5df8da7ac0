import { describe, expect, it, test } from 'vitest';
import { SourceFile } from '../../server/code/source-file.ts';
import { findingsOfIdentifiers, NO_KNOWLEDGE } from '../../server/identifiers/index.ts';
import { applyEdits } from '../../server/text/edits.ts';

/** The text after the first fix of a composed identifier, with the title of the fix; the text as it was where none is offered. */
async function fixed(path: string, text: string): Promise<{ readonly title: string | undefined; readonly text: string }> {
  const findings = await findingsOfIdentifiers(new SourceFile(path, text), NO_KNOWLEDGE);
  const composed = findings.filter(({ rule }) => rule === 'SID001');
  expect(composed).not.toEqual([]);
  const fix = composed.flatMap(({ fixes = [] }) => fixes).find(({ title }) => title.startsWith('Replace'));
  return { title: fix?.title, text: fix ? applyEdits(path, text, fix.edits) : text };
}

describe('a composed identifier of a new record', () => {
  test.each([
    [
      'TypeScript, with the parts added',
      'src/orders.ts',
      'export const add = (region: string, seq: number) => repository.create({ orderId: `${region}_${seq}`, total: 0 });\n',
      'Replace with an opaque identifier (UUIDv4) and keep region and seq as fields',
      'export const add = (region: string, seq: number) => repository.create({ orderId: crypto.randomUUID(), region, seq, total: 0 });\n',
    ],
    [
      'TypeScript, with the library that is imported and the parts that are there',
      'src/orders.ts',
      "import { v7 as uuidv7 } from 'uuid';\nexport const add = (o: Order) => repository.insert({ orderId: `${o.region}-${o.type}`, region: o.region, type: o.type });\n",
      'Replace with an opaque identifier (UUIDv7)',
      "import { v7 as uuidv7 } from 'uuid';\nexport const add = (o: Order) => repository.insert({ orderId: uuidv7(), region: o.region, type: o.type });\n",
    ],
    [
      'Python, with an import',
      'shop/orders.py',
      'import json\n\ndef create(region, seq):\n    return store.insert({"order_id": f"{region}_{seq}", "total": 0})\n',
      'Replace with an opaque identifier (UUIDv4) and keep region and seq as fields',
      'import uuid\nimport json\n\ndef create(region, seq):\n    return store.insert({"order_id": str(uuid.uuid4()), "region": region, "seq": seq, "total": 0})\n',
    ],
    [
      'Go, where the parts are fields of the literal',
      'orders/store.go',
      'package orders\n\nimport (\n\t"fmt"\n\t"github.com/google/uuid"\n)\n\nfunc NewOrder(region string, kind string) Order {\n\treturn Order{OrderID: fmt.Sprintf("%s-%s", region, kind), Region: region, Kind: kind}\n}\n',
      'Replace with an opaque identifier (UUIDv7)',
      'package orders\n\nimport (\n\t"fmt"\n\t"github.com/google/uuid"\n)\n\nfunc NewOrder(region string, kind string) Order {\n\treturn Order{OrderID: uuid.Must(uuid.NewV7()).String(), Region: region, Kind: kind}\n}\n',
    ],
    [
      'C#, where the parts are set beside it',
      'Orders/Store.cs',
      'class Store {\n  public Order Create(string region, string kind) {\n    return Save(new Order { OrderId = $"{region}-{kind}", Region = region, Kind = kind });\n  }\n}\n',
      'Replace with an opaque identifier (UUIDv4)',
      'class Store {\n  public Order Create(string region, string kind) {\n    return Save(new Order { OrderId = System.Guid.NewGuid().ToString(), Region = region, Kind = kind });\n  }\n}\n',
    ],
  ])('is replaced in %s', async (_what, path, text, title, expected) => {
    expect(await fixed(path, text)).toEqual({ title, text: expected });
  });

  test.each([
    [
      'a look-up by the identifier',
      'src/orders.ts',
      'const find = (region: string, seq: number) => repository.findOne({ orderId: `${region}_${seq}` });\n',
    ],
    [
      'an identifier that a function returns',
      'src/orders.ts',
      'export const orderIdOf = (region: string, seq: number) => `${region}_${seq}`;\n',
    ],
    [
      'a typed literal without a field for a part',
      'orders/store.go',
      'package orders\n\nimport (\n\t"fmt"\n\t"github.com/google/uuid"\n)\n\nfunc NewOrder(region string, kind string) Order {\n\treturn Order{OrderID: fmt.Sprintf("%s-%s", region, kind)}\n}\n',
    ],
    [
      'parts that are no plain values',
      'src/orders.ts',
      'export const add = (a: A) => repository.create({ orderId: `${a.region()}_${a.seq()}` });\n',
    ],
    [
      'Go without a library for it',
      'o/s.go',
      'package o\nfunc NewOrder(a, b string) Order { return Order{OrderID: fmt.Sprintf("%s-%s", a, b), A: a, B: b} }\n',
    ],
  ])('is left to a person: %s', async (_what, path, text) => {
    expect(await fixed(path, text)).toEqual({ title: undefined, text });
  });

  it('is replaced at the right place after characters of two units', async () => {
    const text =
      'const mark = "💥"; export const add = (region: string, seq: number) => repository.create({ orderId: `${region}_${seq}` });\r\n';
    expect((await fixed('src/orders.ts', text)).text).toBe(
      'const mark = "💥"; export const add = (region: string, seq: number) => repository.create({ orderId: crypto.randomUUID(), region, seq });\r\n',
    );
  });
});
