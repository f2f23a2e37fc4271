// The dispatch list as CSV (RFC 4180): one reason a row, and no text that a spreadsheet would take for a formula.

import type { Visit, VisitReason } from '../model/visit.ts';
import { csvField } from '../words/csv-field.ts';
import { DISPATCH_WORDS } from '../words/dispatch.ts';
import type { Lang } from '../words/say.ts';
import { type DispatchList, tell, tellRecord, worth } from './list.ts';

type Row = { visit: Visit; reason: VisitReason; rank: number; lang: Lang; list: DispatchList };
type Column = readonly [name: string, value: (row: Row) => string | number | null | undefined];

const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());

const COLUMNS: readonly Column[] = [
  ['rank', ({ rank }) => rank],
  ['day', ({ list }) => list.day],
  ['site', ({ visit }) => visit.siteId],
  ['name', ({ visit, lang, list }) => list.siteName(visit.siteId, lang)],
  ['visit_saves_hours', ({ visit }) => visit.saved],
  ['saves_hours', ({ reason }) => reason.saved],
  ['counted_in', ({ list }) => (list.isPeopled ? 'people' : 'cells')],
  ['kind', ({ reason }) => reason.kind],
  ['mode', ({ reason }) => reason.mode],
  ['title', ({ reason, lang, list }) => tell(reason.title, lang, list)],
  ['why', ({ reason, lang, list }) => tell(reason.why, lang, list)],
  ['cause', ({ reason, lang, list }) => reason.cause && tell(reason.cause, lang, list)],
  ['repair', ({ reason, lang, list }) => tell(reason.repair, lang, list)],
  ['parts', ({ visit, lang }) => visit.parts.map((part) => DISPATCH_WORDS[lang].parts[part]).join('; ')],
  ['probability', ({ reason }) => reason.probability],
  ['people', ({ reason }) => reason.people],
  ['service_lost', ({ reason }) => reason.loss],
  ['hours', ({ reason }) => reason.hours],
  ['mends', ({ reason }) => reason.mends],
  ['ranked_by', ({ reason, lang, list }) => worth(reason, lang, list)],
  ['since', ({ reason }) => iso(reason.since)],
  ['earliest', ({ reason }) => iso(reason.earliestAt)],
  ['expected', ({ reason }) => iso(reason.expectedAt)],
  ['latest', ({ reason }) => iso(reason.latestAt)],
  ['record', ({ reason, lang, list }) => tellRecord(list.recordOf(reason), lang, list.zone)],
  ['assigned_to', ({ reason }) => reason.assignedTo],
  ['cells', ({ visit }) => visit.cells.join(' ')],
  ['alert', ({ reason }) => reason.alert],
];

export function dispatchCsv(list: DispatchList, lang: Lang): string {
  const rows = list.visits.flatMap((visit, i) =>
    visit.reasons.map((reason) => {
      const row = { visit, reason, rank: i + 1, lang, list };
      return COLUMNS.map(([, value]) => csvField(value(row))).join(',');
    }),
  );
  const text = [COLUMNS.map(([name]) => name).join(','), ...rows, ''].join('\r\n');
  // Spreadsheets take a file for UTF-8 only by this mark; plain ASCII does without.
  return /\P{ASCII}/u.test(text) ? `\uFEFF${text}` : text;
}
