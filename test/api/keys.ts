// Which keys an answer carries, by its type: a key that the contract lacks, or that a test forgets, does not compile.

import { expect } from 'vitest';

/** `must`: always there; `may`: sometimes. */
export type Keys<T> = Record<keyof T, 'must' | 'may'>;

export function expectKeys<T extends object>(value: T, keys: Keys<T>): void {
  const must = Object.entries(keys).flatMap(([key, how]) => (how === 'must' ? [key] : []));
  expect(Object.keys(keys)).toEqual(expect.arrayContaining(Object.keys(value)));
  expect(Object.keys(value)).toEqual(expect.arrayContaining(must));
}
