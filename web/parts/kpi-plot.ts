// Draws one KPI with uPlot: band, line, what lies outside in its severity, marks at their time, and the hairline of now.

import uPlot from 'uplot';
import type { Series } from '../../server/api/contract.ts';
import { formatNumber } from '../text/format.ts';
import { axisWidth, type ChartData, chartData, concerns, linesOf, scaleFor, severityAt, stepOf } from './chart-data.ts';
import { drawMark } from './glyph-shapes.ts';
import { token } from './theme.ts';
import { tickHours, timeTicks } from './time-ticks.ts';

export interface PlotOptions {
  series: Series;
  width: number;
  height: number;
  /** Epoch milliseconds: what the axis spans. */
  from: number;
  to: number;
  now: number;
  zone: string;
  unit: string;
  /** Draws the axes; without, only the line remains (for a small picture). */
  axes: boolean;
  /** A limit: a dashed line with its words. */
  limit?: { value: number; words: string };
  /** Shaded stretches of time, epoch milliseconds. */
  shaded?: readonly (readonly [from: number, to: number])[];
  /** Charts of one name move their cursors together. */
  together?: string;
  dayName(at: number): string;
  hourName(at: number): string;
  /** The index under the cursor, null when it has left. */
  oncursor?(index: number | null, data: ChartData): void;
}

const MARK_SIZE = 12;
const BAR_HEIGHT = 3;
/** Half of the longest name of a day. */
const EDGE_PX = 26;
const AXIS_FONT = '11px Inter, system-ui, "Segoe UI", Roboto, "PingFang SC", "Noto Sans CJK SC", sans-serif';

export interface Plot {
  data: ChartData;
  resize(width: number, height: number): void;
  destroy(): void;
}

/** Puts a chart into an element. Colours are read from the tokens at this moment. */
export function createPlot(target: HTMLElement, options: PlotOptions): Plot {
  const data = chartData(options.series);
  const plot = new uPlot(plotOptions(options, data), columnsOf(data), target);
  return {
    data,
    resize: (width, height) => plot.setSize({ width, height }),
    destroy: () => plot.destroy(),
  };
}

function columnsOf(data: ChartData): uPlot.AlignedData {
  return [data.x, data.high, data.low, data.value] as uPlot.AlignedData;
}

function plotOptions(options: PlotOptions, data: ChartData): uPlot.Options {
  const band = token(options.series.band.length > 0 ? 'band' : 'spread');
  return {
    width: options.width,
    height: options.height,
    padding: options.axes ? [8, 2, 0, 0] : [4, 4, 4, 0],
    legend: { show: false },
    cursor: {
      show: options.oncursor !== undefined,
      y: false,
      drag: { setScale: false, x: false, y: false },
      points: { show: false },
      sync: options.together ? { key: options.together, setSeries: false } : undefined,
    },
    select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    scales: {
      x: { time: false, range: [options.from / 1000, options.to / 1000] },
      y: yScale(options, data),
    },
    axes: options.axes ? [timeAxis(options), valueAxis(options, data)] : [{ show: false }, { show: false }],
    series: [
      {},
      { stroke: 'transparent', width: 0, points: { show: false } },
      { stroke: 'transparent', width: 0, points: { show: false } },
      { stroke: token('ink-1'), width: 1.4, points: { show: false }, spanGaps: false },
    ],
    bands: [{ series: [1, 2], fill: band }],
    hooks: {
      drawClear: [(plot) => shade(plot, options.shaded ?? [])],
      draw: [(plot) => drawOver(plot, options, data)],
      setCursor: [(plot) => options.oncursor?.(plot.cursor.idx ?? null, data)],
    },
  };
}

function yScale({ series, limit }: PlotOptions, data: ChartData): uPlot.Scale {
  const { min, max } = scaleFor(series.kpi, data, limit?.value);
  return { range: [min, max] };
}

function timeAxis(options: PlotOptions): uPlot.Axis {
  const hours = tickHours(options.to - options.from, Math.max(3, Math.min(7, options.width / 60)));
  // A name at the very edge would be cut off.
  const edge = ((options.to - options.from) * EDGE_PX) / options.width;
  const ticks = timeTicks(options.from + edge, options.to - edge, hours, options.zone);
  const midnights = new Set(ticks.filter((tick) => tick.midnight).map((tick) => tick.at / 1000));
  return {
    stroke: token('ink-3'),
    font: AXIS_FONT,
    size: 24,
    gap: 4,
    grid: { show: false },
    ticks: { show: false },
    splits: () => ticks.map((tick) => tick.at / 1000),
    values: (_plot, splits) =>
      splits.map((at) => (midnights.has(at) ? options.dayName(at * 1000) : options.hourName(at * 1000))),
  };
}

function valueAxis(options: PlotOptions, data: ChartData): uPlot.Axis {
  const scale = scaleFor(options.series.kpi, data, options.limit?.value);
  const lines = linesOf(scale);
  const decimals = Math.max(0, ...lines.map((line) => (String(line).split('.')[1] ?? '').length));
  return {
    stroke: token('ink-3'),
    font: AXIS_FONT,
    size: (_plot, labels) => axisWidth(labels ?? []),
    gap: 6,
    grid: { stroke: token('line'), width: 1 },
    ticks: { show: false },
    splits: () => lines,
    values: (_plot, splits) =>
      splits.map((line, i) => {
        const unit = i === splits.length - 1 && options.unit.length <= 2 ? ` ${options.unit}` : '';
        return formatNumber(line, decimals) + unit;
      }),
  };
}

/** What uPlot does not know: severities, marks, doubts, the last point and now. Coordinates are canvas pixels. */
function drawOver(plot: uPlot, options: PlotOptions, data: ChartData): void {
  const { ctx } = plot;
  ctx.save();
  ctx.beginPath();
  // A little above the frame, for marks at its edge.
  ctx.rect(plot.bbox.left, plot.bbox.top - 8, plot.bbox.width + 6, plot.bbox.height + 16);
  ctx.clip();
  fadeAhead(plot, options.now);
  drawNow(plot, options.now);
  if (options.limit) drawLimit(plot, options.limit);
  drawOutside(plot, options.series, data);
  drawMarks(plot, options, data);
  drawLastPoint(plot, options.series, data);
  ctx.restore();
}

const ratio = () => window.devicePixelRatio || 1;

function at(plot: uPlot, seconds: number, value: number): [number, number] {
  return [plot.valToPos(seconds, 'x', true), plot.valToPos(value, 'y', true)];
}

/** Beyond now the usual range stands at half its strength. */
function fadeAhead(plot: uPlot, now: number): void {
  const { ctx, bbox } = plot;
  const x = plot.valToPos(now / 1000, 'x', true);
  ctx.save();
  ctx.globalAlpha = 0.5;
  ctx.fillStyle = token('g0');
  ctx.fillRect(x, bbox.top, Math.max(0, bbox.left + bbox.width - x), bbox.height);
  ctx.restore();
}

function drawNow(plot: uPlot, now: number): void {
  const x = Math.round(plot.valToPos(now / 1000, 'x', true)) + 0.5;
  plot.ctx.strokeStyle = token('ink-2');
  plot.ctx.lineWidth = ratio();
  plot.ctx.beginPath();
  plot.ctx.moveTo(x, plot.bbox.top);
  plot.ctx.lineTo(x, plot.bbox.top + plot.bbox.height);
  plot.ctx.stroke();
}

/** Behind all else, with an edge on top so that short stretches are seen too. */
function shade(plot: uPlot, stretches: readonly (readonly [number, number])[]): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.fillStyle = token('tide');
  for (const [from, to] of stretches) {
    const left = Math.max(bbox.left, plot.valToPos(from / 1000, 'x', true));
    const width = Math.max(2 * ratio(), Math.min(bbox.left + bbox.width, plot.valToPos(to / 1000, 'x', true)) - left);
    ctx.globalAlpha = 0.3;
    ctx.fillRect(left, bbox.top, width, bbox.height);
    ctx.globalAlpha = 1;
    ctx.fillRect(left, bbox.top, width, BAR_HEIGHT * ratio());
  }
  ctx.restore();
}

function drawLimit(plot: uPlot, { value, words }: NonNullable<PlotOptions['limit']>): void {
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(value, 'y', true)) + 0.5;
  ctx.save();
  ctx.strokeStyle = token('ink-2');
  ctx.lineWidth = 1.5 * ratio();
  ctx.setLineDash([6 * ratio(), 4 * ratio()]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = AXIS_FONT.replace('11px', `${11 * ratio()}px`);
  ctx.fillStyle = token('ink-2');
  ctx.textAlign = 'right';
  ctx.textBaseline = 'alphabetic';
  const hasRoomAbove = y - bbox.top > 18 * ratio();
  ctx.fillText(words, bbox.left + bbox.width - 4 * ratio(), hasRoomAbove ? y - 5 * ratio() : y + 14 * ratio());
  ctx.restore();
}

function drawOutside(plot: uPlot, series: Series, data: ChartData): void {
  const { ctx } = plot;
  const step = stepOf(series);
  ctx.lineWidth = 2.1 * ratio();
  for (let i = 1; i < data.x.length; i++) {
    const [before, here] = [data.value[i - 1], data.value[i]];
    if (!data.outside[i] || typeof before !== 'number' || typeof here !== 'number') continue;
    const severity = severityAt(series.marks, data.x[i]! * 1000, step);
    if (!severity) continue;
    ctx.strokeStyle = token(severity);
    ctx.beginPath();
    ctx.moveTo(...at(plot, data.x[i - 1]!, before));
    ctx.lineTo(...at(plot, data.x[i]!, here));
    ctx.stroke();
  }
}

function drawMarks(plot: uPlot, options: PlotOptions, data: ChartData): void {
  const { series } = options;
  for (const mark of series.marks) {
    if (mark.kind === 'suspect' || mark.kind === 'late') drawHollow(plot, data, mark);
    else if (mark.kind === 'changed') drawChange(plot, mark.at);
    else if (mark.kind === 'planned' || concerns(mark, data, stepOf(series))) {
      const name = mark.kind === 'planned' ? 'planned' : (mark.severity ?? 'indeterminate');
      if (mark.kind === 'alert') drawDuration(plot, mark.at, mark.until ?? options.now, token(name));
      const x = Math.max(plot.bbox.left, plot.valToPos(mark.at / 1000, 'x', true));
      const y =
        mark.kind === 'planned' ? plot.bbox.top + plot.bbox.height * 0.6 : plot.bbox.top + MARK_SIZE * 0.7 * ratio();
      drawMark(plot.ctx, name, x, y, MARK_SIZE * ratio(), token(name));
    }
  }
}

/** Length of the stalk of a late point, pixels. */
const STALK = 8;

/** Where the cell became another machine, or another in name: what stands on either side may not compare. */
function drawChange(plot: uPlot, at: number): void {
  const { ctx, bbox } = plot;
  const x = Math.round(plot.valToPos(at / 1000, 'x', true));
  ctx.save();
  ctx.strokeStyle = token('ink-3');
  ctx.lineWidth = ratio();
  ctx.setLineDash([2 * ratio(), 3 * ratio()]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

/** A bar on the axis for as long as an alert lasted. */
function drawDuration(plot: uPlot, from: number, until: number, colour: string): void {
  const { ctx, bbox } = plot;
  const left = Math.max(bbox.left, plot.valToPos(from / 1000, 'x', true));
  const right = Math.min(bbox.left + bbox.width, plot.valToPos(until / 1000, 'x', true));
  const height = BAR_HEIGHT * ratio();
  ctx.fillStyle = colour;
  ctx.fillRect(left, bbox.top + bbox.height - height, Math.max(height, right - left), height);
}

/** A hollow point; one that came late stands on a stalk. */
function drawHollow(plot: uPlot, data: ChartData, mark: Series['marks'][number]): void {
  const { ctx } = plot;
  ctx.lineWidth = 1.2 * ratio();
  ctx.strokeStyle = token('ink-1');
  ctx.fillStyle = token('g0');
  data.x.forEach((x, i) => {
    const value = data.value[i];
    if (typeof value !== 'number' || x * 1000 < mark.at || x * 1000 > (mark.until ?? mark.at)) return;
    const [left, top] = at(plot, x, value);
    ctx.beginPath();
    if (mark.kind === 'late') {
      ctx.moveTo(left, top);
      ctx.lineTo(left, top + STALK * ratio());
      ctx.stroke();
      ctx.beginPath();
    }
    ctx.arc(left, top, 2.6 * ratio(), 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  });
}

function drawLastPoint(plot: uPlot, series: Series, data: ChartData): void {
  const last = data.value.findLastIndex((value) => typeof value === 'number');
  if (last < 0) return;
  const x = data.x[last]!;
  const severity = data.outside[last] ? severityAt(series.marks, x * 1000, stepOf(series)) : null;
  plot.ctx.fillStyle = token(severity ?? 'ink-1');
  plot.ctx.beginPath();
  plot.ctx.arc(...at(plot, x, data.value[last] as number), 2.4 * ratio(), 0, 2 * Math.PI);
  plot.ctx.fill();
}
