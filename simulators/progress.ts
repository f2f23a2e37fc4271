// How far a long sending has come, for people: one moving line on a terminal, a line every tenth elsewhere.

export interface Progress {
  /** Data time that is sent by now, epoch milliseconds. */
  at: number;
  from: number;
  until: number;
  readings: number;
  /** Sent beside the readings so far. */
  samples?: number;
  voices?: number;
  /** Wall time since the sending began. */
  elapsedMs: number;
}

const BAR_CELLS = 24;
const LEAST_MS_BETWEEN_DRAWS = 100;

/** `backfill [=====     ] 41%  Tue 2026-11-03  38,120 readings/s  47,310 radio samples  12 s left` */
export function progressLine({ at, from, until, readings, samples = 0, voices = 0, elapsedMs }: Progress): string {
  const share = until > from ? Math.min(1, (at - from) / (until - from)) : 1;
  const bar = '='.repeat(Math.round(share * BAR_CELLS)).padEnd(BAR_CELLS);
  const perSecond = elapsedMs > 0 ? Math.round((1000 * readings) / elapsedMs) : 0;
  const left = share > 0 ? Math.ceil((elapsedMs * (1 - share)) / share / 1000) : null;
  const date = new Date(at);
  const day = `${date.toLocaleDateString('en-GB', { weekday: 'short', timeZone: 'UTC' })} ${date.toISOString().slice(0, 10)}`;
  const percent = `${Math.floor(100 * share)}%`.padStart(4);
  const time = left === null ? 'time left unknown' : `${left} s left`;
  const count = (value: number) => value.toLocaleString('en-GB');
  const beside = [
    ...(samples > 0 ? [`${count(samples)} radio samples`] : []),
    ...(voices > 0 ? [`${count(voices)} complaints and surveys`] : []),
  ];
  return [`backfill [${bar}]${percent}`, day, `${count(perSecond)} readings/s`, ...beside, time].join('  ');
}

export interface Screen {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Draws on a screen that is handed in. */
export class ProgressBar {
  readonly #screen: Screen;
  #drawnAtMs = Number.NEGATIVE_INFINITY;
  #tenth = 0;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  show(progress: Progress): void {
    const { at, from, until, elapsedMs } = progress;
    const isDone = at >= until;
    if (this.#screen.isTTY) {
      if (!isDone && elapsedMs - this.#drawnAtMs < LEAST_MS_BETWEEN_DRAWS) return;
      this.#drawnAtMs = elapsedMs;
      this.#screen.write(`\r\x1b[2K${progressLine(progress)}${isDone ? '\n' : ''}`);
      return;
    }
    const tenth = Math.floor((10 * (at - from)) / Math.max(1, until - from));
    if (tenth <= this.#tenth) return;
    this.#tenth = tenth;
    this.#screen.write(`${progressLine(progress)}\n`);
  }
}
