// Makes radio samples and counts by distance and level of measurement reports: which cell, how far, and where that is.

import { dither } from '../maths/dither.ts';
import { type GroundPoint, placeAt, turnDeg } from '../maths/ground.ts';
import { textHash } from '../maths/text-hash.ts';
import { type Cell, isPlaced } from '../model/cell.ts';
import type { RawReport, RawStatistics, ReportedServer } from '../model/measurement-report.ts';
import type { Rejection } from '../model/rejection.ts';
import { levelBin, metresOfTs, STEP_TS, type TimingBin, timingBin } from '../model/timing-advance.ts';
import { counted } from '../words/counted.ts';
import type { ReportCells } from './report-cells.ts';
import type { ParsedSample } from './samples.ts';

export type ParsedReport =
  | { kind: 'report'; report: RawReport }
  | { kind: 'statistics'; statistics: RawStatistics }
  | { kind: 'rejection'; rejection: Rejection; group?: string };

/** What the inventory says of a cell. */
type CellOf = (id: string) => Cell | undefined;

/** A sector serves this far to either side of its antenna's direction: three of them make a site. */
const HALF_SECTOR_DEG = 60;
/** A direction farther off the antenna's is an echo, or measured from another north: it is not believed. */
const MOST_OFF_DEG = 90;
/** A code stands for the dB below the level that it is told as: its middle decides the bin. */
const HALF_CODE_DB = 0.5;
/** Names of unknown cells that a note lists. */
const MOST_TOLD = 5;

export class ReportSamples {
  private readonly unknown = new Map<string, number | undefined>();
  private ofUnknown = 0;
  private without = 0;
  private index = 0;

  constructor(
    private readonly cells: ReportCells,
    private readonly cellOf: CellOf,
  ) {}

  *read(items: Iterable<ParsedReport>): Generator<ParsedSample> {
    for (const item of items) {
      if (item.kind === 'report') yield this.ofReport(item.report);
      else if (item.kind === 'statistics') yield this.ofStatistics(item.statistics);
      else yield item;
    }
  }

  /** What a sender may want to know though nothing was refused. */
  notes(): string[] {
    const notes: string[] = [];
    if (this.ofUnknown > 0) notes.push(this.unknownNote());
    if (this.without > 0) {
      const why = 'a place needs timing advance, and the cell’s position and azimuth in the inventory';
      notes.push(`${counted(this.without, 'report is', 'reports are')} in the tables of cells but on no map: ${why}`);
    }
    return notes;
  }

  private ofReport(report: RawReport): ParsedSample {
    const { cell, id } = this.serverOf(report);
    const known = id === undefined ? undefined : this.cellOf(id);
    const ts = report.timingAdvance === undefined ? undefined : stepTs(report, known) * report.timingAdvance;
    const bins = [binOf(report, ts)];
    const { at, where } = report;
    const index = this.index++;
    const place = placeOf(report, known, ts, index);
    if (place) return { kind: 'record', record: recordOf(report, cell, place), where: { ...where, index }, bins };
    if (known) this.without++;
    return { kind: 'counts', cell, at, bins, where };
  }

  private ofStatistics({ at, bins, where, ...server }: RawStatistics): ParsedSample {
    return { kind: 'counts', cell: this.serverOf(server).cell, at, bins, where };
  }

  /** A cell that nobody knows keeps the name that its file gives it. */
  private serverOf(server: ReportedServer): { cell: string; id?: string } {
    const { id, name, identity } = this.cells.find(server);
    if (id !== undefined) return { cell: id, id };
    this.ofUnknown++;
    if (this.unknown.size < 1000) this.unknown.set(name, identity);
    return { cell: name };
  }

  private unknownNote(): string {
    const names = [...this.unknown].slice(0, MOST_TOLD).map(([name, identity]) => {
      const short = name.slice(0, 60);
      return identity === undefined || String(identity) === short ? short : `${short} (cell identity ${identity})`;
    });
    const more = this.unknown.size > MOST_TOLD ? ` and ${this.unknown.size - MOST_TOLD} more` : '';
    return (
      `${counted(this.ofUnknown, 'report is', 'reports are')} of cells that the inventory does not know: ${names.join(', ')}${more}. Give each cell its cgi ` +
      '(mcc-mnc-identity), or that name as an alias, by PUT /api/inventory; until then they are counted by that name and are on no map'
    );
  }
}

/** In Ts: 16·64·Tc / 2^µ (TS 38.213, 4.2), that is 16 Ts at 15 kHz as in LTE; NR in TDD bands runs at 30 kHz (default). */
const stepTs = ({ radio }: ReportedServer, cell: Cell | undefined): number =>
  radio === 'NR' && cell?.duplex !== 'FDD' ? STEP_TS / 2 : STEP_TS;

const binOf = ({ rsrpDbm }: RawReport, ts: number | undefined): TimingBin => ({
  form: 'reports',
  ...(ts !== undefined && { ts: timingBin(ts) }),
  ...(rsrpDbm !== undefined && { dbm: levelBin(rsrpDbm - HALF_CODE_DB) }),
  samples: 1,
});

interface ReportPlace extends GroundPoint {
  kind: 'mr' | 'mdt';
}

function placeOf(report: RawReport, cell: Cell | undefined, ts: number | undefined, index: number) {
  const { lat, lon } = report;
  const own = lat !== undefined && lon !== undefined && (lat !== 0 || lon !== 0);
  if (own) return { lat, lon, kind: 'mdt' } satisfies ReportPlace;
  if (ts === undefined || cell === undefined || !isPlaced(cell)) return undefined;
  const spread = (salt: number) => dither(textHash(`${cell.id} ${String(report.at)}`) ^ salt, index);
  const bearing = bearingOf(report, cell, spread(1));
  if (bearing === undefined) return undefined;
  // Anywhere within the step, so that the hexagons of a ring share its reports; the same file gives the same places.
  const metres = metresOfTs(ts + stepTs(report, cell) * spread(2));
  return { ...placeAt(cell, bearing, metres), kind: 'mr' } satisfies ReportPlace;
}

/** @param spread 0…1 */
function bearingOf({ arrivalDeg }: RawReport, { azimuthDeg }: Cell, spread: number): number | undefined {
  const isBelieved = azimuthDeg === undefined || turnDeg(arrivalDeg ?? 0, azimuthDeg) <= MOST_OFF_DEG;
  if (arrivalDeg !== undefined && isBelieved) return arrivalDeg;
  return azimuthDeg === undefined ? undefined : azimuthDeg + (2 * spread - 1) * HALF_SECTOR_DEG;
}

function recordOf({ at, radio, rsrpDbm, rsrqDb, sinrDb }: RawReport, cell: string, place: ReportPlace) {
  const values = { rsrpDbm, rsrqDb, sinrDb };
  return { at, ...place, cell, radio, ...values };
}
