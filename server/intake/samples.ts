// Intake of radio samples: raw records in; columnar batches, binned to hexagons, and a receipt out.

import type { Radio } from '../model/cell.ts';
import type { Receipt, Rejection } from '../model/rejection.ts';
import type { SampleBatch } from '../model/sample.ts';
import type { TimingBin } from '../model/timing-advance.ts';
import { type CheckContext, checkTime, isRefusal } from './check-reading.ts';
import { type CheckedSample, checkSample, type RawSample } from './check-sample.ts';
import { isMeasurable } from './measurable.ts';
import type { CellNames } from './named-cells.ts';
import { MOST_SHOWN_REJECTIONS, RejectionList } from './rejection-list.ts';
import { SampleBatchBuilder } from './sample-batch-builder.ts';
import { Unmeasured } from './unmeasured.ts';

export interface SampleIntakeOptions {
  /** A cell that nobody but samples names stays a name: it may be a rival's. */
  names: Pick<CellNames, 'find'>;
  /** Technology of a cell that is known. */
  radioOf(cell: string): Radio | undefined;
  /** H3 index of the hexagon that holds a place, degrees WGS 84. */
  hexOf(lat: number, lon: number, resolution: number): bigint;
  /** END of the local day that holds a moment, epoch milliseconds. */
  dayEndOf(at: number): number;
}

export type ParsedSample =
  /** `bins`: what it adds to the table of its cell. */
  | { kind: 'record'; record: RawSample; where: Where; bins?: readonly TimingBin[] }
  /** For the table of a cell alone. */
  | { kind: 'counts'; cell: string; at: unknown; bins: readonly TimingBin[]; where: Where }
  /** Equal `group`s are told once, with their count. */
  | { kind: 'rejection'; rejection: Rejection; group?: string };

interface Where {
  index?: number;
  line?: number;
  file?: string;
}

export interface SampleDelivery {
  /** Door and sender. */
  source: string;
  /** SHA-256 of the whole delivery, hex. */
  digest: string;
}

export interface AcceptedSamples {
  receipt: Receipt;
  /** All rejections, bounded; the receipt shows the first of them. */
  rejections: Rejection[];
}

/** Records of one batch, those that are refused too: the same delivery falls into the same parts. */
export const MOST_ROWS_A_PART = 20_000;
/** Records taken before others have their turn. */
const ROWS_A_TURN = 500;
/** A receiver's position is good to some metres; one by timing advance to some hundreds. */
const RESOLUTION = { byReceiver: 12, byTimingAdvance: 9 } as const;

export class SampleIntake {
  constructor(private readonly options: SampleIntakeOptions) {}

  /**
   * Takes what a format parsed from one delivery. Each full part goes to `take` before the next is begun, so that memory
   * is bounded by one part; `take` may reject, and what it took before stays taken. Records with the same index are the
   * parts of one: it is counted once.
   */
  async accept(
    parsed: Iterable<ParsedSample>,
    delivery: SampleDelivery,
    context: CheckContext,
    take: (batch: SampleBatch) => Promise<void>,
  ): Promise<AcceptedSamples> {
    const samples = new Samples(this.options, context);
    let part = 0;
    let rows = 0;
    const finish = async () => {
      const head = { source: delivery.source, receivedAt: context.now, digest: `${delivery.digest}#${part++}` };
      const batch = samples.takeBatch(head);
      if (batch) await take(batch);
    };
    for (const one of parsed) {
      samples.take(one);
      rows++;
      if (rows % ROWS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
      if (rows % MOST_ROWS_A_PART === 0) await finish();
    }
    await finish();
    return samples.receipt();
  }
}

/** One delivery on its way through. */
class Samples {
  private accepted = 0;
  private lastIndex: number | undefined;
  private builder = new SampleBatchBuilder();
  private readonly rejections = new RejectionList();
  private readonly unmeasured = new Unmeasured();

  constructor(
    private readonly options: SampleIntakeOptions,
    private readonly context: CheckContext,
  ) {}

  take(parsed: ParsedSample): void {
    if (parsed.kind === 'rejection') {
      if (parsed.group === undefined) this.rejections.add(parsed.rejection);
      else this.rejections.count(parsed.rejection, parsed.group);
      return;
    }
    if (parsed.kind === 'counts') {
      this.takeCounts(parsed);
      return;
    }
    const { record, where, bins } = parsed;
    const isFurtherPart = where.index !== undefined && where.index === this.lastIndex;
    this.lastIndex = where.index;
    const checked = checkSample(record, this.context);
    if (!isRefusal(checked)) {
      const cell = this.settle(checked);
      if (bins && cell !== undefined) this.builder.count(cell, this.options.dayEndOf(checked.at), bins);
      if (!isFurtherPart) this.accepted++;
    } else if (!isFurtherPart) this.rejections.add({ ...where, ...checked });
  }

  private takeCounts({ cell, at, bins, where }: Extract<ParsedSample, { kind: 'counts' }>): void {
    const checked = checkTime(at, this.context);
    if (typeof checked !== 'number') {
      this.rejections.count({ ...where, ...checked }, `counts ${checked.reason}`);
      return;
    }
    if (bins.length > 0) this.builder.count(cell, this.options.dayEndOf(checked), bins);
    this.accepted++;
  }

  /** Gives the id of its cell. */
  private settle(checked: CheckedSample): string | undefined {
    const { cells, lat, lon, ...rest } = checked;
    const { names, radioOf, hexOf } = this.options;
    const cell = cells.map((name) => names.find(name)).find((id) => id !== undefined) ?? cells[0];
    const radio = checked.radio ?? (cell === undefined ? undefined : radioOf(cell));
    const resolution = checked.kind === 'mr' ? RESOLUTION.byTimingAdvance : RESOLUTION.byReceiver;
    this.unmeasured.addSample();
    const values = checked.values.map((number, value) => {
      if (isMeasurable(value, number, radio)) return number;
      this.unmeasured.add(value, number);
      return Number.NaN;
    });
    this.builder.add({ ...rest, values, cell, radio, hex: hexOf(lat, lon, resolution) });
    return cell;
  }

  /** Undefined when nothing was accepted since the last. */
  takeBatch(head: Pick<SampleBatch, 'source' | 'receivedAt' | 'digest'>): SampleBatch | undefined {
    if (this.builder.isEmpty) return undefined;
    const batch = this.builder.build(head);
    this.builder = new SampleBatchBuilder();
    return batch;
  }

  receipt(): AcceptedSamples {
    const { kept, total } = this.rejections;
    const notes = this.unmeasured.notes();
    const shown = kept.slice(0, MOST_SHOWN_REJECTIONS);
    const receipt = { accepted: this.accepted, rejected: total, rejections: shown, ...(notes.length > 0 && { notes }) };
    return { receipt, rejections: kept };
  }
}
