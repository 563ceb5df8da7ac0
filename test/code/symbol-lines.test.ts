import { describe, expect, it } from 'vitest';
import { linesByLayout } from '../../server/code/symbol-lines.ts';

const TEXT = `import { kafka } from '../decisions/kafka';

export class Outbox {
  publish(event) {
    kafka.send(event);
  }

  drain() {
    return this.publish(undefined);
  }
}

export const idle = () => {
  wait();
};
`;

describe('the lines of a symbol by layout', () => {
  const lines = (text: string, symbol: string): [number, number] | undefined => {
    const found = linesByLayout(text, 'x', symbol);
    return found && [found.first, found.last];
  };

  it.each([
    ['a class in TypeScript', TEXT, 'Outbox', [2, 10]],
    ['a method', TEXT, 'publish', [3, 5]],
    ['an arrow function', TEXT, 'idle', [12, 14]],
    [
      'a function in Python',
      'import os\n\n\ndef pack(box):\n    if box:\n        return 1\n\n    return 2\n\n\ndef ship():\n    pass\n',
      'pack',
      [3, 7],
    ],
    ['a method in Go', 'package a\n\nfunc (s *Server) Refund(id string) error {\n\treturn nil\n}\n\nfunc main() {}\n', 'Refund', [2, 4]],
    ['a key of YAML', 'orders:\n  topic: orders.placed\n  retries: 3\npayments:\n  topic: p\n', 'payments', [3, 4]],
    ['a qualified name', TEXT, 'Outbox.drain', [7, 9]],
  ])('are those of %s', (_name, text, symbol, expected) => {
    expect(lines(text, symbol)).toEqual(expected);
  });

  it('are none for a name that is only part of another', () => {
    expect(lines(TEXT, 'publis')).toBeUndefined();
    expect(lines(TEXT, '')).toBeUndefined();
  });

  it('are found in a hostile text in no time', () => {
    const text = `${'a'.repeat(200_000)}\n${' '.repeat(200_000)}\n${'const '.repeat(50_000)}\n`;
    expect(linesByLayout(text, 'x', 'zzz')).toBeUndefined();
    expect(linesByLayout('(((((', 'x', '(a+)+$')).toBeUndefined();
  });
});
