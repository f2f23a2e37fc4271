// A small network for tests of the whole house: a site of three cells and another of one, with days of ordinary life.

export const PERIOD_MS = 900_000;
/** Monday. Data time is long past: nothing here may depend on the wall clock. */
export const START = Date.UTC(2024, 0, 1);

export const CELLS = [
  ...['A', 'B', 'C'].map((sector, i) => ({
    id: `harbour-7-${sector}`,
    siteId: 'harbour-7',
    name: `Old Harbour 7-${sector}`,
    nameZh: `老港 7-${sector}`,
    radio: 'LTE',
    lat: 38.71,
    lon: -9.14,
    azimuthDeg: 120 * i,
  })),
  {
    id: 'ferry-2-A',
    siteId: 'ferry-2',
    name: 'Ferry Hill 2-A',
    nameZh: '渡口山 2-A',
    radio: 'NR',
    lat: 38.73,
    lon: -9.16,
    azimuthDeg: 0,
  },
];

/** An ordinary period of a cell: a day's wave with a little ripple that the same period always has. */
export function ordinary(cell: string, period: number) {
  const hour = (period / 4) % 24;
  const wave = 1 + Math.sin(((hour - 9) / 24) * 2 * Math.PI);
  const ripple = ((period * 7919 + cell.length * 104_729 + cell.charCodeAt(cell.length - 1) * 31) % 97) / 97;
  const releases = Math.round(400 + 600 * wave + 40 * ripple);
  return {
    cell,
    at: START + (period + 1) * PERIOD_MS,
    periodSeconds: 900,
    kpis: {
      availability_pct: 100,
      session_releases: releases,
      abnormal_releases: Math.round(releases * 0.003 + 2 * ripple),
      setup_attempts: releases,
      setup_successes: releases - Math.round(releases * 0.004 + ripple),
      dl_throughput_mbps: 40 - 8 * wave + 2 * ripple,
      latency_ms: 18 + 3 * wave + ripple,
      active_users: Math.round(60 + 90 * wave + 8 * ripple),
      traffic_gb: 2 + 4 * wave + 0.3 * ripple,
    },
  };
}

export const periodsOf = (cells: readonly string[], from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => cells.map((cell) => ordinary(cell, from + i))).flat();

export const CELL_IDS = CELLS.map((cell) => cell.id);
export const DAY = 96;
