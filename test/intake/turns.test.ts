// A large delivery holds nobody up: others have their turns while it is read, and small ones pass it by.

import { expect, it } from 'vitest';
import type { Parsed } from '../../server/model/sent.ts';
import { AT, CONTEXT, intakeOver, reading, Shelf } from './shelf.ts';

function* readings(count: number, cell: string): Generator<Parsed> {
  for (let i = 0; i < count; i++) yield reading({ cell, at: AT - 900_000 * (i % 1000), kpis: { latency_ms: i % 100 } });
}

it('while a large delivery is read, what else there is to do is done', async () => {
  let [turns, isDone] = [0, false];
  const others = () => {
    turns++;
    if (!isDone) setImmediate(others);
  };
  setImmediate(others);
  const { receipt } = await intakeOver(new Shelf()).accept(readings(20_000, 'a'), () => 'test', CONTEXT);
  isDone = true;
  expect(receipt.accepted).toBe(20_000);
  expect(turns).toBeGreaterThan(20);
});

it('a small delivery is not kept waiting by large ones, which come one after another', async () => {
  const intake = intakeOver(new Shelf());
  const ended: string[] = [];
  const deliver = async (name: string, count: number) => {
    await intake.accept(readings(count, name), () => name, CONTEXT);
    ended.push(name);
  };
  await Promise.all([deliver('large', 8000), deliver('larger', 16_000), deliver('small', 10)]);
  expect(ended).toEqual(['small', 'large', 'larger']);
});
