// Runs in the browser: takes frames of changes into the map's layer of cells and draws it, and times its main thread.

import type { CustomRenderMethodInput, Map as MapLibre } from 'maplibre-gl';
import type { CellRow } from '../../server/api/contract.ts';
import { decodeCellFrame, encodeCellFrame } from '../../server/model/cell-frame.ts';
import { HEALTHS } from '../../server/model/health.ts';
import { applyFrame, createNetwork } from '../../web/data/network.ts';
import { CellLayer } from '../../web/parts/map/cell-layer.ts';
import { createPlaces } from '../../web/parts/map/places.ts';

/** Milliseconds, one an update. */
export interface MapTimes {
  updates: number[];
  /** A bare upload of as many bytes as the layer has vertices. */
  uploads: number[];
}

declare global {
  interface Window {
    measureMap(cells: number, updates: number): Promise<MapTimes>;
  }
}

/** A zoom at which every cell is drawn. */
const ZOOM = 11;
/** Clip space for one unit of Mercator: the part of the network that is then in view is a city's. */
const MAGNIFIED = 4_000;
const CHANGED_SHARE = 0.1;

window.measureMap = async (cells, updates) => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1280, 800];
  document.body.append(canvas);
  const gl = canvas.getContext('webgl2')!;
  const network = createNetwork(
    Array.from({ length: cells }, (_, i) => madeRow(i)),
    null,
  );
  const layer = new CellLayer(network, createPlaces(network));
  layer.onAdd({ getCanvas: () => canvas, getZoom: () => ZOOM, triggerRepaint: () => undefined } as MapLibre, gl);
  const mainMatrix = [MAGNIFIED, 0, 0, 0, 0, MAGNIFIED, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const input = { defaultProjectionData: { mainMatrix } } as unknown as CustomRenderMethodInput;
  const bytes = new Uint8Array(cells * 3);
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, bytes, gl.DYNAMIC_DRAW);

  const times: MapTimes = { updates: [], uploads: [] };
  for (let update = 0; update < updates; update++) {
    const message = changes(cells, update);
    times.uploads.push(
      await inAFrame(() => {
        gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
        gl.bufferSubData(gl.ARRAY_BUFFER, 0, bytes);
      }),
    );
    times.updates.push(
      await inAFrame(() => {
        layer.update(applyFrame(network, decodeCellFrame(message)).changed);
        layer.render(gl, input);
      }),
    );
  }
  return times;
};

/** Milliseconds of the main thread; what the graphics process does afterwards is waited for, not counted. */
function inAFrame(act: () => void): Promise<number> {
  return new Promise((resolve) =>
    requestAnimationFrame(() => {
      const start = performance.now();
      act();
      const took = performance.now() - start;
      setTimeout(() => resolve(took), 100);
    }),
  );
}

function madeRow(index: number): CellRow {
  const site = Math.floor(index / 3);
  return {
    id: `cell-${index}`,
    index,
    siteId: `site-${site}`,
    radio: 'LTE',
    lat: 38 + (site % 200) / 200,
    lon: -9 + Math.floor(site / 200) / 200,
    azimuthDeg: (index % 3) * 120,
    health: 'ok',
    at: null,
    kpis: {},
  };
}

/** One second's message: a tenth of the cells change, most of them back to ok. */
function changes(cells: number, update: number): ArrayBuffer {
  const count = Math.round(cells * CHANGED_SHARE);
  const index = Uint32Array.from({ length: count }, (_, i) => (i * 10 + update) % cells);
  const health = Uint8Array.from({ length: count }, (_, i) => (i % 4 === 0 ? (i + update) % HEALTHS.length : 0));
  const frame = { seq: update, dataAt: 1, whole: false, index, health, ageMinutes: new Uint16Array(count) };
  return encodeCellFrame(frame).buffer as ArrayBuffer;
}
