// The lineage of a value: the formula that made it and, line by line, the counters that went in.

/** One line of a formula: its first amount, what that is divided by, or the next fraction. */
export interface LineageStep {
  sign: '' | '÷' | '×';
  /** As in `L.E-RAB.AbnormRel + L.E-RAB.NormRel`. */
  expression: string;
  value: number;
  /** The counters in it, by our names. */
  counters: string[];
}

/** A counter or subcounter as it is kept, and as its sender may have named it before the deployment's file did. */
export interface LineagePart {
  name: string;
  value: number;
  /** Empty where it is kept under the sender's own name; several where the file gives several names the same meaning. */
  sentAs: { name: string; value: number }[];
}

export interface Lineage {
  variant: string;
  /** Clause of the standard, vendor, or `convention`. */
  source: string;
  expression: string;
  /** Of the catalogue, as in `2026.2+3fa9c2d1`. */
  version: string;
  /** The variables of the formula by name; `period` in seconds. */
  counters: Record<string, number>;
  /** What each variable was taken or added up from. */
  parts: Record<string, LineagePart[]>;
  steps: LineageStep[];
}
