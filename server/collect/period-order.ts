// Orders files by the period that their names tell, so that old data never looks late.

/** TS 32.432 names begin with a letter for the type, then the period. Folders before a name count as part of it. */
export function periodOrder(a: string, b: string): number {
  const [one, other] = [keyOf(a), keyOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function keyOf(name: string): string {
  return name.replace(/(^|\/)[A-D](?=\d{8}\.)/, '$1');
}
