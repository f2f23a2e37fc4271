// The shape of every state, drawn once as paths in an 18 × 18 box; the page, the map and the charts all draw these.

import type { Health, Severity } from '../../server/model/health.ts';

export type Mark = Health | Severity;

export const GLYPH_BOX = 18;

export interface Shape {
  /** Filled with the hue, even-odd, so that a sign can be cut out. */
  fill?: string;
  /** Drawn as lines in the hue. */
  stroke?: string;
  /** Dash pattern of the lines. */
  dash?: readonly number[];
  /** The outline that stands for the same state foretold, drawn dashed. */
  outline: string;
}

const RING = 'M9 2a7 7 0 1 1 0 14a7 7 0 1 1 0-14Z';
const DIAMOND = 'M9 .6 17.4 9 9 17.4 .6 9Z';
const TRIANGLE = 'M9 1.8 16.8 15.6H1.2Z';
const SQUARE = 'M2.6 2.6h12.8v12.8H2.6Z';
const EXCLAMATION = 'M8 4.6h2l-.35 5.2h-1.3ZM9 10.9a1.05 1.05 0 1 1 0 2.1a1.05 1.05 0 1 1 0-2.1Z';
const QUESTION = 'M7 7.2a2 2 0 1 1 2.9 1.8C9.3 9.4 9 9.8 9 10.5M9 12.6v.3';

export const SHAPES: Readonly<Record<Mark, Shape>> = {
  critical: { fill: DIAMOND + EXCLAMATION, outline: DIAMOND },
  major: { fill: TRIANGLE, outline: TRIANGLE },
  minor: { fill: SQUARE, outline: SQUARE },
  warning: { fill: RING, outline: RING },
  indeterminate: { stroke: RING + QUESTION, outline: RING },
  cleared: { stroke: `${RING}M5.9 9.2l2.2 2.2 4-4.5`, outline: RING },
  saving: { fill: 'M7.4 2.3a7 7 0 1 0 8.4 8.7A5.7 5.7 0 0 1 7.4 2.3Z', outline: RING },
  planned: { stroke: `${SQUARE}M2.6 9 9 2.6M2.6 15.4 15.4 2.6M9 15.4 15.4 9`, outline: SQUARE },
  unknown: { stroke: RING, dash: [2.9, 2.6], outline: RING },
  ok: { fill: 'M9 6.4a2.6 2.6 0 1 1 0 5.2a2.6 2.6 0 1 1 0-5.2Z', outline: RING },
};

export const STROKE_WIDTH = 1.6;
export const FORETOLD_DASH = [2.4, 1.8] as const;

/** Draws a mark on a canvas, centred. The colour is given, for a canvas knows no tokens. */
export function drawMark(
  context: CanvasRenderingContext2D,
  mark: Mark,
  x: number,
  y: number,
  size: number,
  colour: string,
): void {
  const shape = SHAPES[mark];
  context.save();
  context.translate(x - size / 2, y - size / 2);
  context.scale(size / GLYPH_BOX, size / GLYPH_BOX);
  if (shape.fill) {
    context.fillStyle = colour;
    context.fill(new Path2D(shape.fill), 'evenodd');
  }
  if (shape.stroke) {
    context.strokeStyle = colour;
    context.lineWidth = STROKE_WIDTH;
    context.lineCap = shape.dash ? 'butt' : 'round';
    context.setLineDash(shape.dash ? [...shape.dash] : []);
    context.stroke(new Path2D(shape.stroke));
  }
  context.restore();
}
