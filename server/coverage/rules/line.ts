// The rule of the road: a drive that stayed weak over more than so many metres.

import { cellToLatLng } from 'h3-js';
import { distanceM, type GroundPoint } from '../../maths/ground.ts';
import type { Radio } from '../../model/cell.ts';
import type { PlainSamples } from '../../model/sample-columns.ts';
import { breathe, STRETCH } from '../breathe.ts';
import { idOf } from '../ground.ts';
import type { Profile } from '../profile.ts';

/** A drive is broken by a pause, or by a leap that no car makes (some 200 km/h and what a position is off by). */
const LONGEST_PAUSE_MS = 30_000;
const FASTEST_M_PER_MS = 0.06;
const OFF_BY_M = 60;
/** Several cars may be under way at once; their samples come mixed. */
const MOST_DRIVES = 16;

interface Drive {
  at: number;
  place: GroundPoint;
  /** Where the present weak run began, its hexagons so far, and how far it has come from there. */
  run?: { from: GroundPoint; hexagons: Set<string>; reachM: number };
}

/**
 * Hexagons (as fine as the samples) of runs that lie at or below the line; samples in order of time. A run is as long as it
 * reaches from its beginning: positions that tremble on one spot make no road.
 */
export async function lineHexagons(
  samples: PlainSamples,
  radio: Radio | null,
  { line }: Profile,
): Promise<Set<string>> {
  const weakDbm = line.weakDbm[radio ?? 'LTE'];
  const places = new Map<bigint, { id: string; place: GroundPoint }>();
  const found = new Set<string>();
  let drives: Drive[] = [];
  const close = ({ run }: Drive) => {
    if (run && run.reachM > line.lengthM) for (const id of run.hexagons) found.add(id);
  };
  for (let row = 0; row < samples.hex.length; row++) {
    if (row % STRETCH === STRETCH - 1) await breathe();
    const hex = samples.hex[row]!;
    const at = samples.at[row]!;
    const { id, place } = places.get(hex) ?? remember(places, hex);
    if (drives.some((drive) => at - drive.at > LONGEST_PAUSE_MS)) {
      for (const drive of drives) if (at - drive.at > LONGEST_PAUSE_MS) close(drive);
      drives = drives.filter((drive) => at - drive.at <= LONGEST_PAUSE_MS);
    }
    let drive = drives.find((one) => distanceM(one.place, place) <= OFF_BY_M + (at - one.at) * FASTEST_M_PER_MS);
    if (!drive) {
      if (drives.length >= MOST_DRIVES) close(drives.shift()!);
      drive = { at, place };
      drives.push(drive);
    }
    Object.assign(drive, { at, place });
    if (samples.rsrpDbm[row]! > weakDbm) {
      close(drive);
      drive.run = undefined;
      continue;
    }
    drive.run ??= { from: place, hexagons: new Set(), reachM: 0 };
    drive.run.hexagons.add(id);
    drive.run.reachM = Math.max(drive.run.reachM, distanceM(drive.run.from, place));
  }
  for (const drive of drives) close(drive);
  return found;
}

function remember(places: Map<bigint, { id: string; place: GroundPoint }>, hex: bigint) {
  const id = idOf(hex);
  const [lat, lon] = cellToLatLng(id);
  const known = { id, place: { lat, lon } };
  places.set(hex, known);
  return known;
}
