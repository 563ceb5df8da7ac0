import { describe, expect, it } from 'vitest';
import { subjectsIn, subjectsNear } from '../../../server/selection/structure/subjects.ts';

describe('subjects of a broker', () => {
  it.each<[string, readonly string[]]>([
    ["await stream.publish('orders.order-placed', data)", ['orders.order-placed']],
    ['    "payments.payment_failed",', ['payments.payment_failed']],
    ["import x from './orders.js'", []],
    ["fetch('https://api.example.com')", []],
    ["open('mails.order-placed.txt')", []],
    ["const host = 'nats.market.svc'", []],
    ["version = '1.2.3'", []],
    ["throw new Error('Orders.Failed badly.')", []],
  ])('are told from other texts with dots: %s', (line, subjects) =>
    expect(subjectsIn(line).subjects.map(({ subject }) => subject)).toEqual(subjects),
  );

  it.each([
    ['js.subscribe(x)', true],
    ['const producer = kafka.producer()', true],
    ["translate('orders.title')", false],
  ])('count where a file talks to a broker: %s', (text, talks) => expect(subjectsIn(text).talks).toBe(talks));

  it('belong to the code below them, up to two lines', () => {
    const lines = ['if kind == "orders.order-placed":', '    log()', '    placed(event)', '    more(event)'];
    expect([1, 2, 3].map((line) => subjectsNear(lines, line))).toEqual([['orders.order-placed'], ['orders.order-placed'], []]);
  });
});
