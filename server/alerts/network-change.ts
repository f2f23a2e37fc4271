// What a change of the inventory does to alerts: those of cells that left end without a word, those of renamed ones go by the new name.

import type { AlarmSubject } from '../model/alarm.ts';
import type { AlertRecord } from '../model/alert.ts';
import type { Said } from '../model/finding.ts';
import { alarmSubject } from './alarm-alert.ts';
import { isActive } from './alert-state.ts';
import { ofTheGone } from './ending.ts';

/** A change of the network, as far as alerts are concerned. */
export interface NetworkChange {
  /** Cells that left, by their names before. */
  retired: readonly string[];
  /** Old name → new name, all at once. */
  names: ReadonlyMap<string, string>;
}

/** An active alert of which no cell is left that is not well again; undefined: it goes on. */
export function withoutItsCells(
  alert: AlertRecord,
  gone: ReadonlySet<string>,
  wallMs: number,
): AlertRecord | undefined {
  const isLeft = (cell: string) => gone.has(cell) || alert.recovered?.includes(cell);
  const isOver = isActive(alert) && alert.cells.some((cell) => gone.has(cell)) && alert.cells.every(isLeft);
  return isOver ? ofTheGone(alert, wallMs) : undefined;
}

/** The alert under the new names of its cells; undefined: none of them has another. Its own id stays. */
export function renamedAlert(alert: AlertRecord, names: ReadonlyMap<string, string>): AlertRecord | undefined {
  const isCells = alert.scope === 'cell' || alert.scope === 'site' || alert.siteId !== undefined;
  const { alarmsOn } = alert;
  const isNamed = (isCells && names.has(alert.subject)) || (alarmsOn?.scope === 'cell' && names.has(alarmsOn.id));
  if (!isNamed && !alert.cells.some((cell) => names.has(cell))) return undefined;
  const of = (cell: string) => names.get(cell) ?? cell;
  const said = ({ code, values }: Said): Said => ({ code, values: { ...values, ...placeOf(values, names) } });
  return {
    ...alert,
    subject: isCells ? of(alert.subject) : alert.subject,
    cells: [...new Set(alert.cells.map(of))].sort(),
    ...(alert.recovered && { recovered: [...new Set(alert.recovered.map(of))].sort() }),
    title: said(alert.title),
    why: { code: alert.why.code, values: { ...alert.why.values, ...partsOf(alert, of) } },
    ...(alarmsOn && underNewName(alarmsOn, names)),
  };
}

/** An alarm's alert goes by what the alarm is about. */
function underNewName(on: AlarmSubject, names: ReadonlyMap<string, string>): Pick<AlertRecord, 'alarmsOn' | 'subject'> {
  const alarmsOn = renamedSubject(on, names);
  return { alarmsOn, subject: alarmSubject(alarmsOn) };
}

export function renamedSubject(on: AlarmSubject, names: ReadonlyMap<string, string>): AlarmSubject {
  const name = on.scope === 'cell' ? names.get(on.id) : undefined;
  return name === undefined ? on : { ...on, id: name };
}

/** A part for each cell, in the order of their names. */
function partsOf({ cells, why }: AlertRecord, of: (cell: string) => string): Said['values'] {
  const parts = typeof why.values.useParts === 'string' ? why.values.useParts.split(' ') : [];
  if (parts.length !== cells.length) return {};
  const named = cells.toSorted().map((cell, i) => ({ cell: of(cell), part: parts[i]! }));
  const inOrder = named.toSorted((a, b) => (a.cell < b.cell ? -1 : 1));
  return { useParts: inOrder.map(({ part }) => part).join(' ') };
}

/** A cell without a name for people goes by its id in the title. */
function placeOf({ place }: Said['values'], names: ReadonlyMap<string, string>): Said['values'] {
  const name = typeof place === 'string' ? names.get(place) : undefined;
  return name === undefined ? {} : { place: name };
}
