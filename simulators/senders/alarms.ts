// The alarms of the pretend network's equipment: raised, changed and cleared as the effects of each period ask.

import { type Effects, SILENT } from '../effects.ts';
import { Random } from '../random.ts';
import type { Sensors } from '../sensors.ts';
import type { City } from '../world/city.ts';
import { ALARM_KINDS, type AlarmKind, type AlarmSeverity, UNREACHABLE } from './alarm-kinds.ts';
import type { Delivery } from './delivery.ts';
import { type AlarmEvent, eventBatch, faultEvent, heartbeatEvent } from './ves-events.ts';

/** Elements that report through one element manager. */
const ELEMENTS_A_MANAGER = 20;
/** An alarm comes some seconds into the period in which its cause is there. */
const WITHIN_MS = 45_000;
/** Sizes a batch of events in one body. */
const MOST_EVENTS = 2000;

interface Standing {
  told: Omit<AlarmEvent, 'at' | 'severity' | 'sequence'>;
  sequence: number;
  level: number;
}

/** Something that alarms are about. */
interface Subject {
  name: string;
  site: number;
  cells: readonly number[];
}

type Said = Pick<AlarmKind, 'condition' | 'problem' | 'cause' | 'repair'>;

export class Alarms {
  readonly #seed: number;
  readonly #city: City;
  readonly #sensors: Sensors;
  readonly #periodSeconds: number;
  /** By condition and subject. */
  readonly #standing = new Map<string, Standing>();
  readonly #sites: Subject[];
  readonly #cells: Subject[];
  #events: AlarmEvent[] = [];

  constructor(seed: number, city: City, sensors: Sensors, periodSeconds: number) {
    this.#seed = seed;
    this.#city = city;
    this.#sensors = sensors;
    this.#periodSeconds = periodSeconds;
    this.#sites = city.sites.map(({ id, cells }, site) => ({ name: id, site, cells }));
    this.#cells = city.cells.map(({ cell, site }, index) => ({ name: cell.id, site, cells: [index] }));
  }

  /** What is told in the period that starts at `start` (epoch milliseconds), in the order of time. */
  advance(start: number, effects: Effects): Delivery[] {
    for (const site of this.#sites) {
      const isGone = site.cells.every((cell) => effects.state[cell] === SILENT);
      this.#step(UNREACHABLE, site, isGone ? 0 : -1, ['CRITICAL'], start);
      if (isGone) continue;
      for (const kind of ALARM_KINDS) {
        if (kind.scope === 'site') this.#judge(kind, site, effects, start);
        else for (const cell of site.cells) this.#judge(kind, this.#cells[cell]!, effects, start);
      }
    }
    const events = this.#events.sort((a, b) => a.at - b.at).map(faultEvent);
    this.#events = [];
    return inBatches(events);
  }

  /** Every element manager of which an element still answers says so, at `at`. */
  beats(at: number, { state }: Pick<Effects, 'state'>): Delivery[] {
    const alive = new Set<number>();
    for (const { site, cells } of this.#sites) {
      if (cells.some((cell) => state[cell] !== SILENT)) alive.add(managerOf(site));
    }
    return inBatches([...alive].map((manager) => heartbeatEvent(nameOf(manager), at, this.#periodSeconds)));
  }

  /** From now on the cell goes by this name. */
  rename(cell: number, name: string): void {
    this.#cells[cell]!.name = name;
  }

  #judge(kind: AlarmKind, subject: Subject, effects: Effects, start: number): void {
    const { sensor, levels } = kind;
    if (sensor && this.#sensors[sensor][subject.cells[0]!] === 0) return;
    let worst = Number.NEGATIVE_INFINITY;
    for (const cell of subject.cells) worst = Math.max(worst, kind.badness(effects, cell));
    let level = levels.length - 1;
    while (level >= 0 && worst < levels[level]![0]) level--;
    // Between its end and its lowest level an alarm goes on if it stands.
    if (level < 0 && worst >= kind.endsBelow) level = this.#standing.has(keyOf(kind, subject)) ? 0 : -1;
    if (level < 0 && this.#standing.size === 0) return;
    const severities = levels.map(([, severity]) => severity);
    this.#step(kind, subject, level, severities, start);
  }

  /** −1: nothing is wrong. A severity rises and never falls before the alarm ends. */
  #step(said: Said, subject: Subject, level: number, severities: readonly AlarmSeverity[], start: number): void {
    const key = keyOf(said, subject);
    const standing = this.#standing.get(key);
    if (!standing && level < 0) return;
    if (standing && level >= 0 && level <= standing.level) return;
    const at = start + 1000 + new Random(this.#seed, `${key}:${start}`).below(WITHIN_MS);
    if (!standing) {
      const told = this.#raised(said, subject, at);
      this.#standing.set(key, { told, sequence: 0, level });
      this.#events.push({ ...told, at, sequence: 0, severity: severities[level]! });
      return;
    }
    standing.level = level;
    const severity = level < 0 ? 'NORMAL' : severities[level]!;
    this.#events.push({ ...standing.told, at, sequence: ++standing.sequence, severity });
    if (level < 0) this.#standing.delete(key);
  }

  #raised({ condition, problem, cause, repair }: Said, { name, site }: Subject, at: number): Standing['told'] {
    const element = this.#city.sites[site]!.id;
    return {
      ...{ eventId: `${condition}/${name}/${Math.floor(at / 1000)}`, raisedAt: at, element, object: name },
      ...{ reporter: nameOf(managerOf(site)), condition, problem, cause, repair },
    };
  }
}

const keyOf = ({ condition }: Said, { site, cells }: Subject) =>
  `${condition}:${cells.length === 1 ? cells[0] : `site ${site}`}`;
const managerOf = (site: number) => Math.floor(site / ELEMENTS_A_MANAGER);
const nameOf = (manager: number) => `ems-${manager + 1}`;

function inBatches(events: readonly object[]): Delivery[] {
  const batches: Delivery[] = [];
  for (let from = 0; from < events.length; from += MOST_EVENTS) {
    batches.push(eventBatch(events.slice(from, from + MOST_EVENTS)));
  }
  return batches;
}
