// A rejection: something that was refused, where it stood, and why; counted, kept and shown, never silently dropped.

/** Why something was refused. Sentences for these codes stand in `words/`. */
export type RejectionReason =
  | 'not-json'
  | 'not-xml'
  | 'not-csv'
  | 'not-utf8'
  | 'wrong-shape'
  | 'missing-field'
  | 'wrong-type'
  | 'out-of-range'
  | 'bad-time'
  | 'future-time'
  | 'ancient-time'
  | 'bad-period'
  | 'unknown-kpi'
  | 'no-values'
  | 'not-a-cell'
  | 'not-a-number'
  | 'unknown-radio'
  | 'duplicate'
  | 'ambiguous'
  | 'too-long'
  | 'unknown-format'
  | 'unknown-event'
  | 'cannot-fetch'
  | 'store-refused';

export interface Rejection {
  /** Position in a JSON list or NDJSON file, from 0. */
  index?: number;
  /** Line of the file, from 1. */
  line?: number;
  file?: string;
  reason: RejectionReason;
  /** What exactly, with the field and the value quoted, and what to do; English. */
  detail: string;
  /** The offending field, where there is one. */
  field?: string;
  /** A piece of the offending text (at most 200 characters). */
  excerpt?: string;
  /** How many equal ones this stands for (one a class of objects, say); 1 unless told. */
  count?: number;
}

/** What a door answers: everything that came is either accepted or has a rejection. */
export interface Receipt {
  accepted: number;
  rejected: number;
  /** At most the first 100. `rejected` counts all. */
  rejections: Rejection[];
  /** Accepted ones that came after a newer one of their cell: kept in their place, not judged. Absent where none did. */
  late?: number;
  /** What a sender may want to know though nothing was refused: columns that mean nothing here, an empty file. */
  notes?: string[];
}
