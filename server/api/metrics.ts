// The health answer in Prometheus text format.

import type { HealthAnswer } from './contract.ts';

export function metricsText(health: HealthAnswer): string {
  const { journal, detector, store } = health;
  const lines = [
    ...gauge('cellstar_cells', 'Cells known', health.cells),
    ...gauge('cellstar_cells_unplaced', 'Cells without a place', health.unplaced),
    ...counter('cellstar_readings_total', 'Readings accepted', health.readings),
    ...counter('cellstar_rejections_total', 'Readings refused', health.rejected),
    ...gauge('cellstar_alerts_open', 'Alerts that need or have someone', health.openAlerts),
    ...gauge(
      'cellstar_data_timestamp_seconds',
      'Newest data time',
      health.dataAt ? Date.parse(health.dataAt) / 1000 : 0,
    ),
    ...gauge('cellstar_journal_bytes', 'Journal on disk', journal.bytes),
    ...gauge('cellstar_journal_max_bytes', 'Journal disk budget', journal.maxBytes),
    ...labelled('cellstar_journal_behind_records', 'Records a consumer has yet to take', 'consumer', journal.behind),
    ...gauge('cellstar_store_up', 'The store answers', store.ok ? 1 : 0),
    ...gauge('cellstar_detector_series', 'Series watched', detector.series),
    ...gauge('cellstar_detector_bytes', 'Memory of the detector', detector.bytes),
    ...gauge('cellstar_detector_unwatched_rows', 'Rows that the detector had no room for', detector.unwatched),
    ...labelled('cellstar_cells_by_health', 'Cells by health', 'health', health.byHealth),
  ];
  return `${lines.join('\n')}\n`;
}

const gauge = (name: string, help: string, value: number) => sample(name, help, 'gauge', value);
const counter = (name: string, help: string, value: number) => sample(name, help, 'counter', value);

function sample(name: string, help: string, type: string, value: number): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, `${name} ${value}`];
}

function labelled(name: string, help: string, label: string, values: Record<string, number>): string[] {
  const rows = Object.entries(values).map(([key, value]) => `${name}{${label}="${key}"} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...rows];
}
