// The catalogue in force: the KPIs that ship and what the deployment's file adds to them, found by id.

import type { Kpi } from './kpi.ts';
import { SHIPPED_KPIS } from './shipped-kpis.ts';

/** A counter by the sender's own name: kept and used as `name`, its value times `scale`. */
export interface CounterName {
  sent: string;
  name: string;
  scale: number;
}

/** Plain data, so that it reaches worker threads and the page as it is. */
export interface Catalogue {
  /** Of the set that ships, and after a plus what the deployment's file makes of it: `2026.2+3fa9c2d1`. */
  version: string;
  kpis: readonly Kpi[];
  counters: readonly CounterName[];
}

/** Rises with every change of a shipped formula, unit or range. */
const SHIPPED_VERSION = '2026.2';

export const KPI_CATALOGUE = SHIPPED_KPIS;
export const SHIPPED_CATALOGUE: Catalogue = { version: SHIPPED_VERSION, kpis: SHIPPED_KPIS, counters: [] };

/** Under this name the main thread hands the catalogue to the threads it starts (`setEnvironmentData`). */
export const CATALOGUE_FOR_THREADS = 'cellstar.catalogue';

let inForce = SHIPPED_CATALOGUE;
let byId = indexOf(SHIPPED_CATALOGUE);

/**
 * Puts a catalogue in force for all of this process or thread. It is called once, at its start, before data is read:
 * like the zone of a clock, the catalogue is one a deployment, and a sentence or a chart far from the door needs it too.
 */
export function installCatalogue(catalogue: Catalogue): void {
  inForce = catalogue;
  byId = indexOf(catalogue);
}

function indexOf({ kpis }: Catalogue): Map<string, Kpi> {
  return new Map(kpis.map((kpi) => [kpi.id, kpi]));
}

/** What derived facts may be remembered by: it is another object when another catalogue is in force. */
export function catalogueInForce(): Catalogue {
  return inForce;
}

/** `drop_rate_pct.qci1` is the drop rate of one class of service: everything but the id is that of `drop_rate_pct`. */
export function findKpi(id: string): Kpi | undefined {
  const known = byId.get(id);
  if (known) return known;
  const dot = id.indexOf('.');
  const base = dot > 0 && SERVICE_CLASS.test(id.slice(dot + 1)) ? byId.get(id.slice(0, dot)) : undefined;
  return base && { ...base, id, formulas: [] };
}

/** A QoS class: QCI 1…254 of LTE, 5QI 1…254 of NR (TS 23.203, TS 23.501). */
const SERVICE_CLASS = /^(qci|5qi)\d{1,3}$/;
