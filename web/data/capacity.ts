// The doors for capacity as functions: cells by the date on which they will be full, and the days of one.

import type { CapacityAnswer, CapacityCourseAnswer } from '../../server/api/contract.ts';

type Ask = <T>(path: string, query?: Record<string, string>, init?: RequestInit) => Promise<T>;

export interface CapacityQuestion {
  /** States with commas between; absent: those that are full or will be. */
  state?: string | undefined;
  area?: string | undefined;
}

function queryOf({ state, area }: CapacityQuestion): Record<string, string> {
  return { ...(state && { state }), ...(area && { area }) };
}

export function createCapacityDoors(ask: Ask) {
  return {
    list: (question: CapacityQuestion) => ask<CapacityAnswer>('/api/capacity', { ...queryOf(question), limit: '200' }),
    /** Throws a `Failure`, 404 when no day of the cell is known. */
    course: (cell: string) => ask<CapacityCourseAnswer>(`/api/capacity/${encodeURIComponent(cell)}`),
  };
}

/** Where the list can be fetched as a file. */
export function capacityCsvAddress(question: CapacityQuestion): string {
  const query = new URLSearchParams(queryOf(question)).toString();
  return `/api/capacity.csv${query && `?${query}`}`;
}
