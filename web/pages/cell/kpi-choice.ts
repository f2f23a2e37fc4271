// Which KPIs a cell page shows first: those in trouble, then what people feel, load and radio.

import type { CellDetail } from '../../../server/api/contract.ts';
import { catalogueInForce, findKpi } from '../../../server/model/catalogue.ts';
import { SEVERITIES, type Severity } from '../../../server/model/health.ts';

export const LEADING_COUNT = 12;

const FIRST = [
  'drop_rate_pct',
  'setup_success_pct',
  'handover_success_pct',
  'active_users',
  'dl_throughput_mbps',
  'prb_util_pct',
  'ul_interference_dbm',
  'latency_ms',
  'packet_loss_pct',
  'traffic_gb',
  'availability_pct',
  'temperature_c',
];

/** Ids of all KPIs that the cell has values of; the leading twelve come first, an alerted one is always among them. */
export function orderKpis(detail: Pick<CellDetail, 'kpis' | 'alerts'>): string[] {
  const known = new Set([...Object.keys(detail.kpis), ...detail.alerts.flatMap((alert) => alert.kpi ?? [])]);
  const catalogue = catalogueInForce().kpis.map((kpi) => kpi.id);
  const order = [...FIRST, ...catalogue.filter((id) => !FIRST.includes(id))];
  const listed = order.filter((id) => known.has(id));
  const others = [...known].filter((id) => !order.includes(id)).sort();
  const all = [...listed, ...others];
  const alerted = new Set(detail.alerts.map((alert) => alert.kpi));
  const late = all.slice(LEADING_COUNT).filter((id) => alerted.has(id));
  const kept = all.filter((id) => !late.includes(id));
  // Alerted KPIs that the order would hide take the last of the leading places.
  return [...kept.slice(0, LEADING_COUNT - late.length), ...late, ...kept.slice(LEADING_COUNT - late.length)];
}

/** The worst severity of the open alerts about one KPI; null when none is open. */
export function severityOf(detail: Pick<CellDetail, 'alerts'>, kpi: string): Severity | null {
  const open = detail.alerts.filter((alert) => alert.kpi === kpi && alert.state !== 'cleared');
  return SEVERITIES.find((severity) => open.some((alert) => alert.severity === severity)) ?? null;
}

/** The KPI whose making is explained: the leading one of the worst alert, else the first that has a lineage. */
export function explainedKpi(detail: CellDetail, order: readonly string[]): string | undefined {
  const alerted = [...detail.alerts]
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
    .map((alert) => alert.kpi)
    .find((kpi) => kpi !== undefined && kpi in detail.kpis);
  return alerted ?? order.find((kpi) => kpi in detail.lineage) ?? order[0];
}

/** Name of a KPI for people; its id when the catalogue does not know it. */
export function kpiName(id: string, language: 'en' | 'zh'): string {
  const kpi = findKpi(id);
  if (!kpi) return id;
  const serviceClass = id.includes('.') ? ` ${id.slice(id.indexOf('.') + 1)}` : '';
  return kpi.name[language] + serviceClass;
}
