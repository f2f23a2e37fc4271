// Numbers of things, one or many, and lengths of time in the unit that fits: for English sentences.

/** `1 sample`, `2 samples`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const MINUTES_OF = [
  ['year', 365.25 * 24 * 60],
  ['day', 24 * 60],
  ['hour', 60],
] as const;

/** Minutes up to two hours, then hours, days, years; rounded. */
export function longSpan(minutes: number): string {
  const [unit, each] = MINUTES_OF.find(([, length]) => minutes > 2 * length) ?? ['minute', 1];
  return counted(Math.round(minutes / each), unit);
}
