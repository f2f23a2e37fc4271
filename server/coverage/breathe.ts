// Lets the process do other things between the steps of long work.

/** Rows or hexagons that are worked through at a stretch. */
export const STRETCH = 20_000;

export const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));
