// The doors for weak coverage: what there is to judge, the areas, the hexagons in view, and the addresses of the report.

import type { CoverageAreaList, CoverageHexagons, CoverageSliceList } from '../../server/api/contract.ts';
import type { Radio } from '../../server/model/cell.ts';
import type { SampleKind } from '../../server/model/sample.ts';

/** One question about coverage; absent: any, and the judging window. */
export interface CoverageQuestion {
  /** `ours`, or the name as samples have it. */
  operator?: string;
  /** `none`: samples that named none. */
  radio?: Radio | 'none';
  kind?: SampleKind | 'none';
  band?: string;
  indoor?: boolean;
  /** Data time, epoch milliseconds, `from < at <= to`. */
  from?: number;
  to?: number;
}

export interface GeoBounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

type Ask = <T>(path: string, query?: Record<string, string>, init?: RequestInit) => Promise<T>;

/** The question as the doors want it. */
function queryOf(question: CoverageQuestion): Record<string, string> {
  const { from, to, indoor, ...named } = question;
  const query: Record<string, string> = {};
  for (const [name, value] of Object.entries(named)) if (value) query[name] = value;
  if (indoor !== undefined) query.indoor = String(indoor);
  if (from !== undefined) query.from = new Date(from).toISOString();
  if (to !== undefined) query.to = new Date(to).toISOString();
  return query;
}

/** `west,south,east,north`, some metres exact. */
function boundsText({ west, south, east, north }: GeoBounds): string {
  return [west, south, east, north].map((degrees) => degrees.toFixed(5)).join(',');
}

export function createCoverageDoors(ask: Ask) {
  return {
    slices: () => ask<CoverageSliceList>('/api/coverage/slices'),
    areas: (question: CoverageQuestion) => ask<CoverageAreaList>('/api/coverage/areas', queryOf(question)),
    /** Without bounds: everywhere. */
    hexagons: (question: CoverageQuestion, resolution: number, bounds?: GeoBounds) =>
      ask<CoverageHexagons>('/api/coverage/hexagons', {
        ...queryOf(question),
        resolution: String(resolution),
        ...(bounds && { bounds: boundsText(bounds) }),
      }),
  };
}

export type CoverageDoors = ReturnType<typeof createCoverageDoors>;

/** Where the report of a question can be opened or fetched. */
export function reportAddress(form: 'html' | 'csv' | 'geojson', question: CoverageQuestion, lang: string): string {
  return `/api/coverage/report.${form}?${new URLSearchParams({ ...queryOf(question), lang })}`;
}
