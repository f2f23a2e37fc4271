// The report as CSV (RFC 4180): one area a row, numbers plain, and no text that a spreadsheet would take for a formula.

import type { RankedArea } from '../../model/coverage.ts';
import { csvField } from '../../words/csv-field.ts';
import { sayIn } from '../../words/say.ts';
import { type CoverageReport, nameOf } from './report.ts';

type Value = string | number | null | undefined;
type Column = readonly [name: string, value: (area: RankedArea, report: CoverageReport, rank: number) => Value];

const rounded = (value: number | null | undefined, decimals: number): Value =>
  value === null || value === undefined ? null : Number(value.toFixed(decimals));
const iso = (at: number) => new Date(at).toISOString();
const said = (area: RankedArea, report: CoverageReport, of: 'cause' | 'remedy') =>
  sayIn(report.lang, area[of].why, { zone: report.zone });

const COLUMNS: readonly Column[] = [
  ['rank', (_, __, rank) => rank],
  ['id', (area) => area.id],
  ['place', nameOf],
  ['rule', (area) => area.rule],
  ['rules', (area) => area.rules.join(' ')],
  ['operator', (area) => area.operator],
  ['radio', (area) => area.radio],
  ['kind', (area) => area.kind],
  ['scenario', (area) => area.scenario],
  ['samples', (area) => area.samples],
  ['unmeasured', (area) => area.unmeasured],
  ['weak_share', (area) => rounded(area.weakShare, 4)],
  ['weak_share_low', (area) => rounded(area.weakShareLow, 4)],
  ['weak_share_high', (area) => rounded(area.weakShareHigh, 4)],
  ['weak_dbm', (area) => area.weakDbm],
  ['median_rsrp_dbm', (area) => rounded(area.medianRsrpDbm, 1)],
  ['median_sinr_db', (area) => rounded(area.medianSinrDb, 1)],
  ['median_dl_mbps', (area) => rounded(area.medianDlMbps, 2)],
  ['rival', (area) => area.rival?.operator],
  ['rival_difference', (area) => rounded(area.rival?.difference, 4)],
  ['cells', (area) => area.cells.map(({ cell }) => cell).join(' ')],
  ['cause', (area) => area.cause.kind],
  ['cause_why', (area, report) => said(area, report, 'cause')],
  ['remedy', (area) => area.remedy.kind],
  ['remedy_why', (area, report) => said(area, report, 'remedy')],
  ['people', (area) => area.people],
  ['complaints', (area) => area.complaints],
  ['stars_at_risk', (area) => rounded(area.starsAtRisk, 1)],
  ['area_km2', (area) => rounded(area.areaKm2, 3)],
  ['lat', (area) => rounded(area.centre.lat, 6)],
  ['lon', (area) => rounded(area.centre.lon, 6)],
  ['priority', (area) => rounded(area.priority, 2)],
  ['since', (area) => iso(area.since)],
  ['at', (area) => iso(area.at)],
];

export function reportCsv(report: CoverageReport): string {
  const header = COLUMNS.map(([name]) => name).join(',');
  const rows = report.areas.map((area, i) =>
    COLUMNS.map(([, value]) => csvField(value(area, report, i + 1))).join(','),
  );
  const text = [header, ...rows, ''].join('\r\n');
  // Spreadsheets take a file for UTF-8 only by this mark; plain ASCII does without.
  return /\P{ASCII}/u.test(text) ? `\uFEFF${text}` : text;
}
