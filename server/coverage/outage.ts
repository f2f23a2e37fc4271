// A time during which a cell was known to be off air or not heard.

/** Data time; `to` undefined while it lasts. */
export interface Outage {
  cell: string;
  from: number;
  to?: number;
}
