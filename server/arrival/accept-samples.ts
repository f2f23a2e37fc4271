// Takes a delivery of radio samples or measurement reports: intake checks it, the journal keeps it, and it counts once.

import { createHash } from 'node:crypto';
import type { FormatContext } from '../collect/format.ts';
import type { ReportFormat } from '../collect/report-format.ts';
import { type CellsByIdentity, ReportCells } from '../intake/report-cells.ts';
import { ReportSamples } from '../intake/report-samples.ts';
import type { ParsedSample, SampleIntake } from '../intake/samples.ts';
import type { Journal } from '../journal/journal.ts';
import type { Directory } from '../live/directory.ts';
import type { Receipt, Rejection } from '../model/rejection.ts';
import { askingForLater } from './ask-later.ts';
import { SampleAppender } from './sample-appender.ts';

export interface SampleRooms {
  journal: Journal;
  sampleIntake: SampleIntake;
  /** Which of these digests of samples are stored already. */
  knownSamples?(digests: readonly string[]): Promise<string[]>;
  directory: CellsByIdentity & Pick<Directory, 'get'>;
  /** Keeps, counts and shows what was refused. */
  refuse(source: string, rejections: readonly Rejection[], total: number): void;
  /** Wall time, epoch milliseconds. */
  now(): number;
}

/** One delivery: its whole text, by which it is known again, and who sent it. */
interface Sent {
  text: string;
  /** Door and sender. */
  source: string;
}

export class SampleAcceptance {
  private readonly appender: SampleAppender;
  private readonly reportCells: ReportCells;

  constructor(private readonly rooms: SampleRooms) {
    this.reportCells = new ReportCells(rooms.directory);
    this.appender = new SampleAppender({
      append: (batch) => askingForLater(rooms.journal.append({ kind: 'samples', batch })),
      known: async (digests) => (await rooms.knownSamples?.(digests)) ?? [],
    });
  }

  async accept(parsed: Iterable<ParsedSample>, { text, source }: Sent, context: FormatContext): Promise<Receipt> {
    const { sampleIntake, refuse, now } = this.rooms;
    const delivery = this.appender.begin();
    const { receipt, rejections } = await sampleIntake.accept(
      parsed,
      { source, digest: createHash('sha256').update(text).digest('hex') },
      { now: now(), zoneOffsetMinutes: context.zoneOffsetMinutes },
      (batch) => delivery.take(batch),
    );
    refuse(source, rejections, receipt.rejected);
    return withMore(receipt, delivery.notes());
  }

  async acceptReports(format: ReportFormat, sent: Sent, context: FormatContext): Promise<Receipt> {
    const { directory } = this.rooms;
    const reports = new ReportSamples(this.reportCells, (id) => directory.get(id)?.cell);
    const receipt = await this.accept(reports.read(format.parse(sent.text, context)), sent, context);
    return withMore(receipt, reports.notes());
  }
}

function withMore(receipt: Receipt, notes: readonly string[]): Receipt {
  return notes.length > 0 ? { ...receipt, notes: [...(receipt.notes ?? []), ...notes] } : receipt;
}
