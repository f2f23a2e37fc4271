// Everybody as sums over all see them: who is usually on which cell at this hour, and where each person mainly is.

import type { RiskPeople } from './at-risk.ts';
import { ALL_DAY } from './exposure.ts';
import type { Population } from './population.ts';

/** What sums over everybody need beside the population. */
export interface Weighing {
  /** Weight of the network dimension in this person's score, 0…1. */
  networkWeightOf(person: number): number;
  /** The network's local hour at the newest data, 0…23. */
  localHour(): number;
  /** Whether the cell was in the network and left. */
  hasLeft?(cell: string): boolean;
}

export class Everybody implements RiskPeople {
  private hours: { version: number; isByHour: Uint8Array } | undefined;

  constructor(
    readonly population: Population,
    private readonly weighing: Weighing,
  ) {}

  get size(): number {
    return this.population.size;
  }

  tierOf(person: number): string | null {
    return this.population.tierOf(person);
  }

  networkWeightOf(person: number): number {
    return this.weighing.networkWeightOf(person);
  }

  /** Whose use is known by the hour counts with the share of this hour, which may be none; others with their whole share. */
  eachOn(cell: string, visit: (person: number, share: number) => void): void {
    const isByHour = this.byHour();
    const number = this.population.cells.find(cell);
    this.population.eachOn(cell, (person, share) => {
      visit(person, isByHour[person] === 1 ? this.shareNow(person, number!) : share);
    });
  }

  eachCellOf(person: number, visit: (cell: string, share: number) => void): void {
    const shares = new Map<number, number>();
    for (const { cell, share } of this.population.exposuresOf(person)) {
      shares.set(cell, (shares.get(cell) ?? 0) + share);
    }
    for (const [cell, share] of shares) visit(this.population.cells.names[cell]!, share);
  }

  shareGone(person: number): number {
    let gone = 0;
    this.eachCellOf(person, (cell, share) => {
      if (this.weighing.hasLeft?.(cell)) gone += share;
    });
    return gone;
  }

  mainCellOf(person: number): string | undefined {
    let main: string | undefined;
    let most = 0;
    this.eachCellOf(person, (cell, share) => {
      if (share <= most) return;
      most = share;
      main = cell;
    });
    return main;
  }

  private shareNow(person: number, cell: number): number {
    const hour = this.weighing.localHour();
    const now = this.population.exposuresOf(person).filter((one) => one.hour === hour || one.hour === ALL_DAY);
    const sum = now.reduce((all, { share }) => all + share, 0);
    const here = now.reduce((all, one) => all + (one.cell === cell ? one.share : 0), 0);
    return sum > 0 ? here / sum : 0;
  }

  private byHour(): Uint8Array {
    const { population } = this;
    if (this.hours?.version === population.version) return this.hours.isByHour;
    const { start, hour } = population.allExposures();
    const isByHour = new Uint8Array(population.size);
    for (let person = 0; person < population.size; person++) {
      for (let i = start[person]!; i < start[person + 1]!; i++) if (hour[i] !== ALL_DAY) isByHour[person] = 1;
    }
    this.hours = { version: population.version, isByHour };
    return isByHour;
  }
}
