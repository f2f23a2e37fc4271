// How readings travel to InfluxDB: lines in lanes, a lane in writes, and the cell and time of every row for the marks.

import type { ReadingsRecord } from '../../model/journal.ts';
import { writeLines } from './lines.ts';

/** Lines and characters of one write: InfluxData advises 5,000 to 10,000 lines; 1.x refuses bodies over 25 MB. */
export const LINES_PER_WRITE = 5_000;
const CHARACTERS_PER_WRITE = 5_000_000;
/** Writes under way at once. A cell keeps to its lane, so that its rows arrive in order. */
const LANES = 3;

/** The cell and the END of every row. */
export function rowsOf(records: readonly ReadingsRecord[]): [cells: string[], cell: Uint32Array, at: Float64Array] {
  const numbers = new Map<string, number>();
  const rows = records.reduce((sum, { batch }) => sum + batch.rows, 0);
  const [cell, at] = [new Uint32Array(rows), new Float64Array(rows)];
  let row = 0;
  for (const { batch } of records) {
    const numberOf = batch.cells.map((name) => {
      const number = numbers.get(name) ?? numbers.size;
      numbers.set(name, number);
      return number;
    });
    for (let i = 0; i < batch.rows; i++, row++) {
      cell[row] = numberOf[batch.cell[i]!]!;
      at[row] = batch.at[i]!;
    }
  }
  return [[...numbers.keys()], cell, at];
}

/** Lines by lane; all lines of one cell stand in one lane, in order. */
export function inLanes(records: readonly ReadingsRecord[]): string[][] {
  const lanes: string[][] = Array.from({ length: LANES }, () => []);
  for (const { batch } of records) {
    const laneOf = batch.cells.map((cell) => lanes[sumOfCodes(cell) % LANES]!);
    writeLines(batch, (cell, line) => laneOf[cell]!.push(line));
  }
  return lanes;
}

export function* inWrites(lines: readonly string[]): Generator<string[]> {
  let some: string[] = [];
  let characters = 0;
  for (const line of lines) {
    if (some.length === LINES_PER_WRITE || (some.length > 0 && characters + line.length > CHARACTERS_PER_WRITE)) {
      yield some;
      some = [];
      characters = 0;
    }
    some.push(line);
    characters += line.length;
  }
  if (some.length > 0) yield some;
}

function sumOfCodes(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i);
  return sum;
}
