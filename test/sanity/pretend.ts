// The same of the pretend city: two weeks of its LTE cells, nothing going wrong, and what phones and the car measure meanwhile.

import { Network } from '../../simulators/network.ts';
import { SENT } from '../../simulators/readings.ts';
import type { SentSample } from '../../simulators/samples.ts';
import { Samples } from '../../simulators/samples.ts';
import { buildCity } from '../../simulators/world/bay-city.ts';
import type { LoadReading } from './figures.ts';
import type { Levels } from './real.ts';

const DAY = 24 * 3_600_000;
/** A Monday. */
const FROM = Date.UTC(2026, 2, 2);
const DAYS = 14;
const SAMPLES_A_DAY = 4000;
const COLUMN = Object.fromEntries(SENT.map(({ kpi }, column) => [kpi, column]));

export interface Pretend {
  load: LoadReading[];
  /** User throughput by load, Mbit/s. */
  speeds: { loadPct: number; mbps: number }[];
  /** Of the whole network, %, hour by hour. */
  drops: number[];
  levels: Levels;
}

export function pretend(seed: number, sites: number): Pretend {
  const city = buildCity(seed, sites);
  const era = { from: FROM, liveFrom: FROM + DAYS * DAY, periodSeconds: 900 };
  const made: Pretend = {
    load: [],
    speeds: [],
    drops: [],
    levels: levelsOf(new Samples(seed, city, [], era, SAMPLES_A_DAY, FROM).take(FROM + 2 * DAY)),
  };
  const lte = city.cells.map(({ cell }) => cell.radio === 'LTE');
  let at = 0;
  const hour = { dropped: 0, released: 0 };
  const listener = {
    beginPeriod: (_: number, end: number) => {
      at = end;
    },
    reading: (cell: number, row: Float64Array) => {
      const of = (kpi: string) => row[COLUMN[kpi]!]!;
      if (!lte[cell] || Number.isNaN(of('prb_util_pct'))) return;
      const minute = ((at - 1) % DAY) / 60_000;
      const loadPct = of('prb_util_pct');
      made.load.push({
        ...{ cell: city.cells[cell]!.cell.id, minute: 15 * Math.floor(minute / 15), loadPct },
        carriedMbps: (8000 * of('traffic_gb')) / era.periodSeconds,
      });
      made.speeds.push({ loadPct, mbps: of('dl_throughput_mbps') });
      hour.dropped += of('abnormal_releases');
      hour.released += of('session_releases');
    },
    endPeriod: () => {
      if (at % 3_600_000 !== 0) return;
      made.drops.push((100 * hour.dropped) / hour.released);
      hour.dropped = hour.released = 0;
    },
  };
  new Network(seed, city, [], era, { listeners: [listener] }).skip(era.liveFrom);
  return made;
}

function levelsOf(samples: readonly SentSample[]): Levels {
  const lte = samples.filter(({ radio, rsrpDbm }) => radio === 'LTE' && rsrpDbm !== null && rsrpDbm > -140);
  return {
    rsrpDbm: lte.map(({ rsrpDbm }) => rsrpDbm!),
    rsrqDb: lte.flatMap(({ rsrqDb }) => rsrqDb ?? []),
    sinrDb: lte.flatMap(({ sinrDb }) => sinrDb ?? []),
  };
}
