// One fault about to be made: when it breaks, whether it announces itself, and dice that are its own.

import type { Effects } from '../effects.ts';
import { DAY, HOUR } from '../era.ts';
import type { Random } from '../random.ts';
import type { Sensor, Sensors } from '../sensors.ts';
import type { City, Site } from '../world/city.ts';
import type { FalsePrecursor, Fault, FaultKind } from './happening.ts';

/** What faults and nuisances can be made of. */
export interface Material {
  seed: number;
  city: City;
  sensors: Sensors;
  periodMs: number;
  /** Traffic of the whole network at a time, of what it is when the run begins. */
  growthAt(time: number): number;
}

/** `true`: it announces itself; `none`: it comes without a sign; `false`: the signs come, the fault does not. */
export type Sign = 'true' | 'none' | 'false';

export type MakeFault = (draft: Draft) => Fault | FalsePrecursor | undefined;

export interface FaultMaker {
  /** Whether it can announce itself; a kind that cannot is made with `none` only. */
  canBeForetold: boolean;
  /** Undefined where this network has nothing that could fail so. */
  make: MakeFault;
}

/** Durations in milliseconds, whole periods. */
interface Course {
  cells: readonly number[];
  /** From the first sign to the onset; left out: no sign. */
  lead?: number;
  /** From the onset to the first harm; 0 unless told, null: it hurts nobody. */
  harmlessFor?: number | null;
  /** From the onset to the repair. */
  lasts: number;
  hurt: number;
  isHidden?: boolean;
  apply: (effects: Effects, middle: number) => void;
}

export class Draft {
  constructor(
    readonly material: Material,
    readonly random: Random,
    /** On a period boundary; for a false precursor the beginning of its signs. */
    readonly onset: number,
    readonly sign: Sign,
  ) {}

  /** A duration between two numbers of hours, short ones as likely as long ones by ratio; whole periods, at least one. */
  span(lowHours: number, highHours: number): number {
    const hours = lowHours * (highHours / lowHours) ** this.random.uniform();
    return this.whole(hours * HOUR);
  }

  whole(duration: number): number {
    const { periodMs } = this.material;
    return Math.max(1, Math.round(duration / periodMs)) * periodMs;
  }

  /** Some cell that passes, or undefined where after many tries none was found. */
  cell(isGood: (cell: number) => boolean = () => true): number | undefined {
    const { cells } = this.material.city;
    for (let tries = 0; tries < 200; tries++) {
      const cell = this.random.below(cells.length);
      if (isGood(cell)) return cell;
    }
    return undefined;
  }

  /** A cell that never sleeps: a fault that nobody can see is no fair question. */
  awake(isGood: (cell: number) => boolean = () => true): number | undefined {
    const { cells } = this.material.city;
    return this.cell((cell) => cells[cell]!.carrier.role === 'coverage' && isGood(cell));
  }

  /** Some site; with the sensor that would show its signs, if there are to be signs. */
  site(sensor?: Sensor): Site | undefined {
    const { sites } = this.material.city;
    for (let tries = 0; tries < 200; tries++) {
      const site = sites[this.random.below(sites.length)]!;
      if (site.cells.length > 0 && this.shows(site.cells[0]!, sensor)) return site;
    }
    return undefined;
  }

  /** Whether the sensor is there, or not needed since there are no signs to show. */
  shows(cell: number, sensor?: Sensor): boolean {
    return sensor === undefined || this.sign === 'none' || this.material.sensors[sensor][cell] === 1;
  }

  /** The same dice and material at another time. */
  at(onset: number): Draft {
    return new Draft(this.material, this.random, onset, this.sign);
  }

  /** The same day, at some hour (UTC) between two. */
  atHour(low: number, high: number): Draft {
    const { periodMs } = this.material;
    const midnight = Math.floor(this.onset / DAY) * DAY;
    return this.at(midnight + Math.round((this.random.between(low, high) * HOUR) / periodMs) * periodMs);
  }

  /** The cells of the same carrier at the same site: sectors that share a unit, itself first. */
  matesOf(cell: number): number[] {
    const { cells, sites } = this.material.city;
    const { carrier, site } = cells[cell]!;
    return [cell, ...sites[site]!.cells.filter((other) => other !== cell && cells[other]!.carrier === carrier)];
  }

  /** The nearest other sites that pass, nearest first. */
  nearest(site: Site, count: number, isGood: (other: Site) => boolean = () => true): Site[] {
    const away = ({ place }: Site) => Math.hypot(place.eastKm - site.place.eastKm, place.northKm - site.place.northKm);
    const others = this.material.city.sites.filter((other) => other !== site && isGood(other));
    return others.sort((a, b) => away(a) - away(b)).slice(0, count);
  }

  /** Cells of a run of sites, as one collector has them: a share of all sites between two bounds, one at least. */
  collected(low: number, high: number): number[] {
    const { sites } = this.material.city;
    const count = Math.max(1, Math.round(this.random.between(low, high) * sites.length));
    const first = this.random.below(Math.max(1, sites.length - count + 1));
    return sites.slice(first, first + count).flatMap(({ cells }) => cells);
  }

  fault(kind: FaultKind, { cells, lead, harmlessFor = 0, lasts, hurt, isHidden = false, apply }: Course): Fault {
    const { onset } = this;
    const precursorFrom = this.sign === 'true' && lead !== undefined ? onset - lead : null;
    const hurtsFrom = harmlessFor === null ? null : onset + harmlessFor;
    const span = { id: '', cells, from: precursorFrom ?? onset, until: onset + lasts, apply };
    return { ...span, nature: 'fault', kind, precursorFrom, onset, hurtsFrom, repair: span.until, hurt, isHidden };
  }

  /** Signs that begin at the draft's time and lead nowhere. */
  falseAlarm(kind: FaultKind, { cells, lasts, apply }: Pick<Course, 'cells' | 'lasts' | 'apply'>): FalsePrecursor {
    const { onset } = this;
    return { id: '', nature: 'false-precursor', kind, cells, from: onset, until: onset + lasts, apply };
  }
}

/** How far `at` is between two times, 0…1. */
export function progress(at: number, from: number, until: number): number {
  return Math.min(1, Math.max(0, (at - from) / (until - from)));
}
