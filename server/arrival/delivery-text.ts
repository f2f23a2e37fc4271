// From the bytes of a delivery to its text: unpacked, decoded, and never about people where pieces of it are kept.

import type { Delivery } from '../api/doors.ts';
import { ApiError } from '../api/problem.ts';
import { detectPeople } from '../collect/formats.ts';
import { unpack } from '../collect/unpack.ts';
import type { Receipt, Rejection } from '../model/rejection.ts';

export interface DeliveryTextRooms {
  /** Keeps, counts and shows what was refused. */
  refuse(source: string, rejections: readonly Rejection[], total: number): void;
  maxBodyBytes: number;
  /** Encoding of texts that are no UTF-8 and declare nothing (`CELLSTAR_CHARSET`). */
  charset?: string;
}

interface TextOptions {
  /** Door and sender. */
  source: string;
  file?: string;
  /** Whether what is refused may repeat what was sent. */
  quotes?: boolean;
}

type Take = (text: string) => Promise<Receipt>;

export class DeliveryText {
  constructor(private readonly rooms: DeliveryTextRooms) {}

  /** Hands the text of a body or file to `take`; the receipt also says how it was decoded, or why it could not be. */
  async read(
    { bytes, charset }: Pick<Delivery, 'bytes' | 'charset'>,
    { source, file, quotes = true }: TextOptions,
    take: Take,
  ): Promise<Receipt> {
    const { maxBodyBytes, charset: standard } = this.rooms;
    const unpacked = await unpack(bytes, maxBodyBytes, { declared: charset, standard });
    if (unpacked.kind === 'text') {
      const receipt = await take(unpacked.text);
      return unpacked.note ? { ...receipt, notes: [unpacked.note, ...(receipt.notes ?? [])] } : receipt;
    }
    if (unpacked.tooLarge && file === undefined) {
      throw new ApiError(413, 'The body is too large', unpacked.rejection.detail);
    }
    // The sentence may name an encoding that the text declares.
    const detail = quotes
      ? unpacked.rejection.detail
      : 'the bytes cannot be read: send UTF-8, plain or gzip, or declare the encoding as in Content-Type: text/csv; charset=gb18030';
    return this.refused(source, { ...unpacked.rejection, detail, ...(file && { file }) });
  }

  /** Of people sent to a door that keeps pieces of what it refuses, nothing is read. */
  readWithoutPeople(delivery: Pick<Delivery, 'bytes' | 'charset'>, source: string, take: Take): Promise<Receipt> {
    return this.read(delivery, { source }, async (text) => {
      const found = detectPeople(text);
      if (!found) return take(text);
      const detail = `this is about people (it has a field subscriber): send it to /ingest/${found.people}`;
      return this.refused(source, { reason: 'wrong-shape', detail });
    });
  }

  refused(source: string, rejection: Rejection): Receipt {
    this.rooms.refuse(source, [rejection], 1);
    return { accepted: 0, rejected: 1, rejections: [rejection] };
  }
}
