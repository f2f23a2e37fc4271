// What the cabinets of sites tell at one moment: mains and battery, and whether the clock has its reference; only where something is amiss.

/** Sums over the cells of a site that tell it; all cells of a site share the cabinet. */
interface Told {
  /** One of its cells. */
  cell: string;
  periodMs: number;
  onBattery: number;
  volts: number;
  voltsTold: number;
  mainsTold: number;
  unsynced: number;
  syncTold: number;
}

/** NaN where not measured. */
interface Reading {
  mains: number;
  volts: number;
  sync: number;
}

export interface CabinetState {
  cell: string;
  site: string;
  periodMs: number;
  /** Undefined where nothing tells of mains. */
  isOnMains?: boolean;
  volts?: number;
  isInStep?: boolean;
}

export class Cabinets {
  private readonly sites = new Map<string, Told>();

  add(cell: string, site: string, periodMs: number, { mains, volts, sync }: Reading): void {
    const told = this.sites.get(site) ?? this.open(cell, site, periodMs);
    if (!Number.isNaN(mains)) {
      told.mainsTold += 1;
      if (mains < 0.5) told.onBattery += 1;
    }
    if (!Number.isNaN(volts)) {
      told.voltsTold += 1;
      told.volts += volts;
    }
    if (!Number.isNaN(sync)) {
      told.syncTold += 1;
      if (sync < 0.5) told.unsynced += 1;
    }
  }

  /** Site by site; then all is forgotten. */
  *states(): Generator<CabinetState> {
    for (const [site, told] of this.sites) {
      yield {
        ...{ cell: told.cell, site, periodMs: told.periodMs },
        ...(told.mainsTold > 0 && { isOnMains: 2 * told.onBattery < told.mainsTold }),
        ...(told.voltsTold > 0 && { volts: told.volts / told.voltsTold }),
        ...(told.syncTold > 0 && { isInStep: told.unsynced === 0 }),
      };
    }
    this.sites.clear();
  }

  private open(cell: string, site: string, periodMs: number): Told {
    const told: Told = { cell, periodMs, onBattery: 0, volts: 0, voltsTold: 0, mainsTold: 0, unsynced: 0, syncTold: 0 };
    this.sites.set(site, told);
    return told;
  }
}
