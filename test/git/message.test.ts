import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMessage } from '../../server/git/message.ts';

test('a subject over several lines becomes one line', () => {
  expect(parseMessage('one\n  two\n\nbody\n')).toEqual({ subject: 'one two', body: 'body', trailers: [] });
});

test('blank lines before the subject and carriage returns are dropped', () => {
  expect(parseMessage('\n \n\r\nsubject\r\n\r\nbody\r\nmore\r\n')).toEqual({ subject: 'subject', body: 'body\nmore', trailers: [] });
});

test('trailers are the last paragraph when every line is one', () => {
  const { trailers } = parseMessage('s\n\nbody: not a trailer of the last paragraph\n\nRefs: #1\nADR-Id : 0007\nReviewed-by: A\n  <a@b>\n');
  expect(trailers).toEqual([
    { key: 'Refs', value: '#1' },
    { key: 'ADR-Id', value: '0007' },
    { key: 'Reviewed-by', value: 'A <a@b>' },
  ]);
});

test('a last paragraph of prose has no trailers, even with a colon in it', () => {
  expect(parseMessage('s\n\nNote: this is\nprose that goes on').trailers).toEqual([]);
  expect(parseMessage('Fix: the subject is no trailer').trailers).toEqual([]);
});

test('a cherry-pick note may stand among trailers', () => {
  expect(parseMessage('s\n\nRefs: #1\n(cherry picked from commit 0123abc)').trailers).toEqual([{ key: 'Refs', value: '#1' }]);
});

test('any message is read, its words kept', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('\n', '\n\n', 'Key: value', '  more', '\r\n'))), (parts) => {
      const message = parts.join('');
      const { subject, body, trailers } = parseMessage(message);
      const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
      expect(words(`${subject}\n${body}`)).toEqual(words(message));
      expect(subject).not.toContain('\n');
      for (const { key } of trailers) expect(body).toContain(key);
    }),
  );
});
