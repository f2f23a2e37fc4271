// The cells as the page holds them: rows for names, typed arrays for what changes many times a second.

import type { CellRow } from '../../server/api/contract.ts';
import type { CellFrame } from '../../server/model/cell-frame.ts';
import { HEALTHS, type Health, healthCode } from '../../server/model/health.ts';

/** Age that a frame gives a cell never heard, or heard too long ago to count. */
export const NEVER_MINUTES = 65_535;

const BADNESS: readonly Health[] = ['ok', 'saving', 'planned', 'unknown', 'warning', 'minor', 'major', 'critical'];

/** The order of legends. */
export const WORST_FIRST: readonly Health[] = BADNESS.toReversed();

/** How bad each health code is for drawing and sorting, by code of HEALTHS: what must be seen is highest. */
export const RANKS: Uint8Array = Uint8Array.from(HEALTHS.map((health) => BADNESS.indexOf(health)));

export interface Network {
  /** A cell's slot is its position here and in the arrays below. */
  rows: readonly CellRow[];
  /** Codes of HEALTHS. */
  health: Uint8Array;
  /** Age of the newest reading in minutes of data time. */
  ageMinutes: Uint16Array;
  /** Cells by health code. */
  counts: Uint32Array;
  /** Slot by `CellRow.index`, −1 where there is none. */
  slotOfIndex: Int32Array;
  slotOfId: ReadonlyMap<string, number>;
}

/** Makes the arrays for these rows; `dataAt` is the newest data time, for the ages. */
export function createNetwork(rows: readonly CellRow[], dataAt: number | null): Network {
  const largest = rows.reduce((most, row) => Math.max(most, row.index), -1);
  const network: Network = {
    rows,
    health: new Uint8Array(rows.length),
    ageMinutes: new Uint16Array(rows.length).fill(NEVER_MINUTES),
    counts: new Uint32Array(HEALTHS.length),
    slotOfIndex: new Int32Array(largest + 1).fill(-1),
    slotOfId: new Map(rows.map((row, slot) => [row.id, slot])),
  };
  rows.forEach((row, slot) => {
    const code = healthCode(row.health);
    network.slotOfIndex[row.index] = slot;
    network.health[slot] = code;
    network.counts[code]!++;
    if (row.at && dataAt) network.ageMinutes[slot] = minutesBetween(Date.parse(row.at), dataAt);
  });
  return network;
}

function minutesBetween(at: number, dataAt: number): number {
  return Math.min(NEVER_MINUTES, Math.max(0, Math.round((dataAt - at) / 60_000)));
}

/** What a frame changed: the slots whose health is another now, and whether it named a cell that is not known. */
export interface Applied {
  changed: Uint32Array;
  strangers: boolean;
}

/** Writes a frame into the arrays. Touches no objects: it runs for ten thousand cells a second. */
export function applyFrame(network: Network, frame: CellFrame): Applied {
  const { health, ageMinutes, counts, slotOfIndex } = network;
  const changed = new Uint32Array(frame.index.length);
  let count = 0;
  let strangers = false;
  for (let i = 0; i < frame.index.length; i++) {
    const index = frame.index[i]!;
    const slot = index < slotOfIndex.length ? slotOfIndex[index]! : -1;
    if (slot < 0) {
      strangers = true;
      continue;
    }
    ageMinutes[slot] = frame.ageMinutes[i]!;
    const before = health[slot]!;
    const after = frame.health[i]!;
    if (before === after) continue;
    health[slot] = after;
    counts[before]!--;
    counts[after]!++;
    changed[count++] = slot;
  }
  return { changed: changed.subarray(0, count), strangers };
}
