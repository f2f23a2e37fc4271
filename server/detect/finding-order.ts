// The one order of findings, whatever the number of threads they come from.

import type { Finding } from '../model/finding.ts';

/** By time, cell and kind; for a stable sort, so that findings of one (time, cell, kind) keep theirs. */
export function byTimeCellKind(a: Finding, b: Finding): number {
  return a.at - b.at || compareText(a.subject.id, b.subject.id) || compareText(a.kind, b.kind);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
