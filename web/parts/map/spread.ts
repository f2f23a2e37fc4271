// Keeps labels of a map apart: what would lie on something more urgent is left out.

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Takes labels in order of urgency and leaves out those that would lie on an earlier one or on a reserved box. */
export function spread<T extends { box: Box }>(labels: readonly T[], reserved: readonly Box[], most: number): T[] {
  const kept: T[] = [];
  for (const label of labels) {
    if (kept.length >= most) break;
    if ([...reserved, ...kept.map((one) => one.box)].every((box) => !overlap(box, label.box))) kept.push(label);
  }
  return kept;
}
