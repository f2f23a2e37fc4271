// Turns one JSON record into a raw reading: which field means what; the values are checked by intake.

import { parseDuration } from '../maths/parse-duration.ts';
import { findKpi } from '../model/catalogue.ts';
import type { Parsed, RawReading, Where } from '../model/sent.ts';
import { excerpt, jsonText } from './excerpt.ts';
import { isRecord } from './json-list.ts';

/**
 * A record is `{cell, at, periodSeconds | period_seconds, kpis:{…}, counters?:{…}, suspect?}`. Fields beside these
 * that bear a KPI's id or hold a number are taken as KPIs (`{cell, at, drop_rate_pct}`), so that a mistyped KPI is refused
 * by name instead of being lost; other fields are labels and are left out.
 */
export function readingRecord(record: unknown, where: Where): Parsed {
  if (!isRecord(record)) {
    const detail = 'a reading is an object {"cell":…,"at":…,"kpis":{…}}';
    return {
      kind: 'rejection',
      rejection: { ...where, reason: 'wrong-shape', detail, excerpt: excerpt(jsonText(record)) },
    };
  }
  const reading: RawReading = {
    cell: record.cell,
    at: record.at,
    periodSeconds: seconds(record.periodSeconds ?? record.period_seconds),
    kpis: record.kpis,
    counters: record.counters,
    suspect: record.suspect,
    where,
  };
  addTopLevelKpis(record, reading);
  return { kind: 'reading', reading };
}

/** `900`, `"900"` and `"PT15M"` are all fifteen minutes; anything else goes on as it came, to be refused. */
function seconds(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? undefined;
  return /^\s*\d+\s*$/.test(value) ? Number(value) : (parseDuration(value) ?? value);
}

function addTopLevelKpis(record: Record<string, unknown>, reading: RawReading): void {
  let extra: Record<string, unknown> | undefined;
  for (const name in record) {
    if (isOwnField(name)) continue;
    const value = record[name];
    if (typeof value !== 'number' && !findKpi(name)) continue;
    extra ??= {};
    extra[name] = value;
  }
  if (extra) reading.kpis = isRecord(reading.kpis) ? { ...extra, ...reading.kpis } : (reading.kpis ?? extra);
}

function isOwnField(name: string): boolean {
  switch (name) {
    case 'cell':
    case 'at':
    case 'periodSeconds':
    case 'period_seconds':
    case 'kpis':
    case 'counters':
    case 'suspect':
      return true;
    default:
      return false;
  }
}
