// Typed arrays that grow: a copy with more room, filled behind with one value.

export type Numbers =
  | Float32Array
  | Float64Array
  | Uint32Array
  | Int32Array
  | Uint16Array
  | Int16Array
  | Uint8Array
  | Int8Array;

/** The same array where it has room for `least` values, else a copy with half as much again and the given value behind. */
export function grown<T extends Numbers>(values: T, least: number, filler = 0): T {
  if (values.length >= least) return values;
  const room = Math.max(least, Math.ceil(values.length * 1.5), 64);
  const copy = new (values.constructor as new (length: number) => T)(room);
  copy.set(values as never);
  if (filler !== 0) copy.fill(filler as never, values.length);
  return copy;
}
