// The answers about health and detection in Prometheus text format.

import type { RejectionReason } from '../model/rejection.ts';
import type { DetectionAnswer, HealthAnswer } from './contract.ts';

/** Pairs of source and reason with a line of their own, most first; the others are added up. */
const MOST_REASON_LINES = 200;

/** `counts`: what was refused by source and reason, most first; `now`: wall time, epoch milliseconds. */
export function metricsText(
  health: HealthAnswer,
  detection: DetectionAnswer,
  counts: RejectionCounts,
  now: number,
): string {
  const { journal, detector, store } = health;
  const lines = [
    ...gauge('cellstar_cells', 'Cells known', health.cells),
    ...gauge('cellstar_cells_unplaced', 'Cells without a place', health.unplaced),
    ...counter('cellstar_readings_total', 'Readings accepted', health.readings),
    ...rejections(counts),
    ...counter('cellstar_readings_late_total', 'Readings that came after a newer one of their cell', health.late),
    ...counter('cellstar_readings_doubled_total', 'Readings that had come before', health.doubled),
    ...gauge('cellstar_sources', 'Sources heard', health.sources),
    ...gauge('cellstar_sources_quiet', 'Sources that have fallen quiet', health.quietSources),
    ...gauge('cellstar_alerts_open', 'Alerts that need or have someone', health.openAlerts),
    ...gauge('cellstar_alerts_muted', 'Alerts that mutes hold back', health.mutedAlerts),
    ...gauge(
      'cellstar_data_timestamp_seconds',
      'Newest data time',
      health.dataAt ? Date.parse(health.dataAt) / 1000 : 0,
    ),
    ...gauge('cellstar_journal_bytes', 'Journal on disk', journal.bytes),
    ...gauge('cellstar_journal_max_bytes', 'Journal disk budget', journal.maxBytes),
    ...labelled('cellstar_journal_behind_records', 'Records a consumer has yet to take', 'consumer', journal.behind),
    ...labelled(
      'cellstar_journal_oldest_waiting_seconds',
      'Age of the oldest record that a consumer has yet to take',
      'consumer',
      waitingSeconds(journal, now),
    ),
    ...gauge('cellstar_store_up', 'The store answers', store.ok ? 1 : 0),
    ...gauge('cellstar_detector_series', 'Series watched', detector.series),
    ...gauge('cellstar_detector_bytes', 'Memory of the detector', detector.bytes),
    ...gauge('cellstar_detector_unwatched_rows', 'Rows that the detector had no room for', detector.unwatched),
    ...detectionLines(detection),
    ...labelled('cellstar_cells_by_health', 'Cells by health', 'health', health.byHealth),
  ];
  return `${lines.join('\n')}\n`;
}

/** What is not known yet has no line. */
function detectionLines({ budget, excused, learning }: DetectionAnswer): string[] {
  const { allowedPerDay, begunPerDay, expectedByChancePerDay, line, met } = budget;
  const known = (name: string, help: string, value: number | null) => (value === null ? [] : gauge(name, help, value));
  const perDay = 'cellstar_detection_anomalies_per_day';
  return [
    ...gauge('cellstar_detection_series_cold', 'Series of which only hard lines are known yet', learning.cold),
    ...gauge('cellstar_detection_line', 'Strength that an anomaly must reach, 1 as shipped', line),
    ...gauge(
      'cellstar_detection_budget_per_day',
      'Anomalies a day that this network is willing to look at',
      allowedPerDay,
    ),
    ...known(perDay, 'Anomalies a day that began, over the last weeks', begunPerDay),
    ...known(`${perDay}_by_chance`, 'Anomalies a day that chance brings about beyond the line', expectedByChancePerDay),
    ...known('cellstar_detection_budget_met', 'Chance stays within the budget', met === null ? null : Number(met)),
    ...labelled('cellstar_detection_excused_total', 'Values let pass, by why', 'excuse', excused, 'counter'),
  ];
}

type RejectionCounts = readonly { source: string; reason: RejectionReason; count: number }[];

function rejections(counts: RejectionCounts): string[] {
  const name = 'cellstar_rejections_total';
  const rest = counts.slice(MOST_REASON_LINES).reduce((sum, { count }) => sum + count, 0);
  const line = (source: string, reason: string, count: number) =>
    `${name}{source="${escaped(source)}",reason="${escaped(reason)}"} ${count}`;
  return [
    `# HELP ${name} What was refused, by source and reason`,
    `# TYPE ${name} counter`,
    ...counts.slice(0, MOST_REASON_LINES).map(({ source, reason, count }) => line(source, reason, count)),
    line('', '', rest),
  ];
}

/** Zero for those that nothing waits for. */
function waitingSeconds({ behind, waitingSince }: HealthAnswer['journal'], now: number): Record<string, number> {
  const age = (since: string | undefined) => (since === undefined ? 0 : Math.max(0, now - Date.parse(since)) / 1000);
  return Object.fromEntries(Object.keys(behind).map((consumer) => [consumer, age(waitingSince[consumer])]));
}

/** Names of sources are the senders' own. */
const escaped = (text: string) => text.replace(/[\\"\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`));

const gauge = (name: string, help: string, value: number) => sample(name, help, 'gauge', value);
const counter = (name: string, help: string, value: number) => sample(name, help, 'counter', value);

function sample(name: string, help: string, type: string, value: number): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, `${name} ${value}`];
}

function labelled(name: string, help: string, label: string, values: Record<string, number>, type = 'gauge'): string[] {
  const rows = Object.entries(values).map(([key, value]) => `${name}{${label}="${escaped(key)}"} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...rows];
}
