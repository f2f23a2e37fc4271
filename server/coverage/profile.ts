// What counts as weak: lines, shares and sizes as data; every number is a default that says where it came from.

import type { Radio } from '../model/cell.ts';
import type { SampleKind } from '../model/sample.ts';

/** One kind of surroundings. Levels in dBm, distances in metres. */
export interface Scenario {
  /** At or below is weak, by technology: RSRP, SS-RSRP, RSCP, RxLev. */
  weakDbm: Record<Radio, number>;
  /** At or below is too noisy, dB. */
  poorSinrDb: number;
  /** Usual spacing of sites: a server farther away is far. */
  spacingM: number;
}

/** UMTS and GSM lines are practice: RSCP −105 and RxLev −95 are where calls begin to suffer outdoors. */
const scenario = (weakDbm: number, poorSinrDb: number, spacingM: number): Scenario => ({
  weakDbm: { LTE: weakDbm, NR: weakDbm, UMTS: weakDbm + 5, GSM: weakDbm + 15 },
  poorSinrDb,
  spacingM,
});

/**
 * China-Mobile-style rules, one public source (*default*): the lines of the scenarios, 10 % of a cell or a grid, 50 m of
 * road, 16 grids with 4 weak, 5 points behind a rival, 3 neighbours within 6 dB, 3 or 2 times the mean serving distance.
 * All other numbers are ours (*default*).
 */
export const PROFILE = {
  name: 'default@1',
  /** Window of judging, counted back from the newest sample of each slice. */
  windowMs: 28 * 86_400_000,
  scenarios: {
    'dense-urban': scenario(-105, -3, 350),
    urban: scenario(-110, -3, 500),
    suburb: scenario(-110, -3, 1000),
    indoor: scenario(-105, 0, 100),
    rural: scenario(-115, -5, 3000),
    highway: scenario(-110, -3, 1500),
    railway: scenario(-110, -3, 1500),
    tunnel: scenario(-110, -3, 500),
  } as Record<string, Scenario>,
  /** Where the inventory names no scenario, or one that is not in the list. */
  usualScenario: 'urban',
  /** H3 resolution of judging; finer ones belong to receivers' positions, 9 to timing advance. */
  resolution: (kind: SampleKind | null) => (kind === 'mr' ? 9 : 10),
  /** The border of an area is drawn at this one where receivers gave the positions. */
  borderResolution: 12,
  /** Fewer samples than this are "not known", never good. The source asks for 500; we ask for enough and show the interval. */
  leastSamples: 20,
  /** This share may be weak. A hexagon is marked when its 95 % interval lies above, so that chance alone marks none. */
  allowedShare: 0.1,
  /** A weak cell marks those of its hexagons where so many of its samples are. */
  leastOfCell: 5,
  /** A cell counts as heard in a hexagon from so many samples on. */
  leastHeard: 5,
  line: { weakDbm: { LTE: -105, NR: -105, UMTS: -100, GSM: -90 } as Record<Radio, number>, lengthM: 50 },
  cluster: { grids: 16, weak: 4 },
  /** Points of the share above the line that a rival is better by. */
  rivalPoints: 0.05,
  overlap: { neighbours: 3, withinDb: 6 },
  overshoot: { nearM: 1000, timesNear: 3, timesFar: 2, leastM: 500 },
  capacity: { busyPrbPct: 80, slowMbps: 5 },
  /** A direction this far off the antenna's is beside it. */
  besideDeg: 60,
  /** An area grew, or got worse, when its hexagons or its share did by so much. */
  growth: { hexagons: 1.25, points: 0.1 },
  /** Hexagons of one area whose border is drawn finely; larger ones keep the hexagons of judging. */
  mostFineHexagons: 2000,
};

export type Profile = typeof PROFILE;

export function scenarioOf(profile: Profile, name: string | undefined): { name: string; scenario: Scenario } {
  const known = name !== undefined && Object.hasOwn(profile.scenarios, name) ? name : profile.usualScenario;
  return { name: known, scenario: profile.scenarios[known]! };
}

/** A slice of samples that name no technology is judged as LTE: it is most likely that, and the line is the middle one. */
export const weakLine = (scenario: Scenario, radio: Radio | null): number => scenario.weakDbm[radio ?? 'LTE'];
