// Where people are: small places over the map, how many live and work in each, and what they sit in; held in typed arrays.

import { at, type Point } from './places.ts';
import { SCENARIO_NAMES, type ScenarioName } from './scenarios.ts';

/** One small place, some hundred metres wide at most. */
export interface Block {
  centre: Point;
  /** Index into `City.sites`: whom it was built around. */
  site: number;
  scenario: ScenarioName;
  homes: number;
  jobs: number;
  /** What those inside lose to walls beyond an ordinary house of the scenario, dB. */
  thickDb: number;
  /** Index into `City.weakPlaces` where it belongs to one, else −1. */
  weak: number;
}

export class Ground {
  /** How far from its centre a place reaches, km; by place. */
  #reachKm = new Float32Array(256);
  #eastKm = new Float64Array(256);
  #northKm = new Float64Array(256);
  #site = new Int32Array(256);
  #scenario = new Uint8Array(256);
  #homes = new Float32Array(256);
  #jobs = new Float32Array(256);
  #thickDb = new Float32Array(256);
  #weak = new Int16Array(256);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add({ centre, site, scenario, homes, jobs, thickDb, weak }: Block, reachKm: number): void {
    if (this.#size === this.#site.length) this.#grow();
    const i = this.#size++;
    this.#reachKm[i] = reachKm;
    this.#eastKm[i] = centre.eastKm;
    this.#northKm[i] = centre.northKm;
    this.#site[i] = site;
    this.#scenario[i] = SCENARIO_NAMES.indexOf(scenario);
    this.#homes[i] = homes;
    this.#jobs[i] = jobs;
    this.#thickDb[i] = thickDb;
    this.#weak[i] = weak;
  }

  block(i: number): Block {
    return {
      centre: at(this.#eastKm[i]!, this.#northKm[i]!),
      site: this.#site[i]!,
      scenario: SCENARIO_NAMES[this.#scenario[i]!]!,
      homes: this.#homes[i]!,
      jobs: this.#jobs[i]!,
      thickDb: this.#thickDb[i]!,
      weak: this.#weak[i]!,
    };
  }

  reachKm(i: number): number {
    return this.#reachKm[i]!;
  }

  #grow(): void {
    const twice = <T extends Float64Array | Float32Array | Int32Array | Uint8Array | Int16Array>(old: T): T => {
      const wider = new (old.constructor as new (length: number) => T)(2 * old.length);
      wider.set(old);
      return wider;
    };
    this.#reachKm = twice(this.#reachKm);
    this.#eastKm = twice(this.#eastKm);
    this.#northKm = twice(this.#northKm);
    this.#site = twice(this.#site);
    this.#scenario = twice(this.#scenario);
    this.#homes = twice(this.#homes);
    this.#jobs = twice(this.#jobs);
    this.#thickDb = twice(this.#thickDb);
    this.#weak = twice(this.#weak);
  }
}
