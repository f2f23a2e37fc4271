// The chart of busy hours as paths: days that were, the fan of days to come, and the line at which the cell is full.

import type { CapacityCourseAnswer } from '../../../server/api/contract.ts';

export interface BusyChart {
  /** Pieces of a line, each without a gap. */
  past: string[];
  fan: string;
  middle: string;
  /** Heights and places in the box of the chart. */
  limitY: number | null;
  nowX: number;
  fullX: number | null;
  /** Users at the lines of the axis, with their heights; days with their places. */
  levels: { users: number; y: number }[];
  months: { at: number; x: number }[];
}

export interface Box {
  width: number;
  height: number;
}

const DAY_MS = 86_400_000;
const TICKS = 5;

export function busyChart({ days, forecast, outlook }: CapacityCourseAnswer, { width, height }: Box): BusyChart {
  const from = days[0]?.[0] ?? forecast[0]?.[0] ?? 0;
  const now = days.at(-1)?.[0] ?? from;
  const to = forecast.at(-1)?.[0] ?? now;
  const fill = outlook.fillUsers;
  const known = days.map(([, users]) => users ?? 0);
  const most = 1.1 * Math.max(1, fill ?? 0, ...known, ...(fill === null ? forecast.map(([, , mid]) => mid) : []));
  const x = (at: number) => (width * (at - from)) / Math.max(DAY_MS, to - from);
  const y = (users: number) => height * (1 - Math.min(users, most) / most);
  const point = (at: number, users: number) => `${x(at).toFixed(1)},${y(users).toFixed(1)}`;
  const line = (points: readonly string[]) => (points.length === 0 ? '' : `M${points.join('L')}`);
  const lows = forecast.map(([at, low]) => point(at, low)).reverse();
  const fan = [...forecast.map(([at, , , high]) => point(at, high)), ...lows];
  const step = niceStep(most);
  return {
    past: pieces(days).map((piece) => line(piece.map(([at, users]) => point(at, users)))),
    fan: fan.length === 0 ? '' : `${line(fan)}Z`,
    // Far above the line nothing more is to be seen.
    middle: line(forecast.filter(([, , mid]) => mid <= most).map(([at, , mid]) => point(at, mid))),
    limitY: fill === null ? null : y(fill),
    nowX: x(now),
    fullX: outlook.full && Date.parse(outlook.full.expectedAt) <= to ? x(Date.parse(outlook.full.expectedAt)) : null,
    levels: Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => ({ users: i * step, y: y(i * step) })),
    months: Array.from({ length: TICKS }, (_, i) => from + ((to - from) * (i + 0.5)) / TICKS).map((at) => ({
      at,
      x: x(at),
    })),
  };
}

/** Days that do not count are gaps, never joined. */
function pieces(days: CapacityCourseAnswer['days']): [number, number][][] {
  const all: [number, number][][] = [[]];
  for (const [at, users] of days) {
    if (users !== null) all.at(-1)!.push([at, users]);
    else if (all.at(-1)!.length > 0) all.push([]);
  }
  return all.filter((piece) => piece.length > 0);
}

/** 1, 2 or 5 times a power of ten, so that there are three to seven lines. */
function niceStep(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most / 3));
  return [5, 2, 1].map((each) => each * power).find((each) => most / each >= 3) ?? power;
}
