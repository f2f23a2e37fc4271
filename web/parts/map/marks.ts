// Draws one mark at each point: a site's worst state, or a hexagon's; one point each, its picture from a sprite.

import { HEALTHS, type Health } from '../../../server/model/health.ts';
import { drawMark } from '../glyph-shapes.ts';
import { createBuffer, createProgram, type Frame, uniformsOf } from './gl.ts';
import { orderByRank } from './ranked-order.ts';

/** Rows of the sprite: on a disc of land colour inside a flower, alone, and dark on a hexagon's hue. */
export const MARK_ROWS = { flower: 0, dot: 1, hexagon: 2 } as const;
export type MarkRow = keyof typeof MARK_ROWS;

const TILE = 64;
const ROWS = 3;
/** Size of the mark within its tile, by row; the rest is the disc and room at the edge. */
const SHARE = [0.66, 0.8, 0.8];

const VERTEX = `#version 300 es
uniform mat4 u_matrix;
uniform float u_size;
uniform float u_okSize;
uniform uint u_shown;
in vec2 a_position;
in uint a_health;
flat out uint v_health;
flat out float v_strength;
void main() {
  gl_Position = u_matrix * vec4(a_position, 0.0, 1.0);
  gl_PointSize = a_health == 0u ? u_okSize : u_size;
  v_health = a_health;
  v_strength = (u_shown & (1u << a_health)) != 0u ? 1.0 : 0.16;
}`;

const FRAGMENT = `#version 300 es
precision highp float;
uniform sampler2D u_sprite;
uniform float u_row;
flat in uint v_health;
flat in float v_strength;
out vec4 colour;
void main() {
  vec2 at = (vec2(float(v_health), u_row) + gl_PointCoord) / vec2(${HEALTHS.length}.0, ${ROWS}.0);
  colour = texture(u_sprite, at) * v_strength;
  if (colour.a < 0.004) discard;
}`;

const UNIFORMS = ['u_matrix', 'u_size', 'u_okSize', 'u_shown', 'u_sprite', 'u_row'] as const;

export interface MarkColours {
  of(health: Health): string;
  land: string;
  /** On the hue of a hexagon. */
  dark: string;
}

/** The sprite as a canvas: one column a health, one row a place of use. */
export function paintSprite(colours: MarkColours): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = TILE * HEALTHS.length;
  canvas.height = TILE * ROWS;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  HEALTHS.forEach((health, column) => {
    for (let row = 0; row < ROWS; row++) {
      const [x, y] = [(column + 0.5) * TILE, (row + 0.5) * TILE];
      if (row === MARK_ROWS.flower && health !== 'ok') {
        context.fillStyle = colours.land;
        context.beginPath();
        context.arc(x, y, TILE * 0.47, 0, 2 * Math.PI);
        context.fill();
      }
      const colour = row === MARK_ROWS.hexagon ? colours.dark : colours.of(health);
      drawMark(context, health, x, y, TILE * SHARE[row]!, colour);
    }
  });
  return canvas;
}

/** The sprite on the card; shared by all marks of a map. */
export function createSprite(gl: WebGL2RenderingContext, canvas: HTMLCanvasElement): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, canvas);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  gl.generateMipmap(gl.TEXTURE_2D);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return texture;
}

export class Marks {
  /** Health code by point; write here, then call `touch`. */
  readonly health: Uint8Array;
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #uniforms: Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null>;
  readonly #array: WebGLVertexArrayObject;
  readonly #buffers: WebGLBuffer[];
  readonly #healthBuffer: WebGLBuffer;
  readonly #order: Uint32Array;
  #count = 0;
  #dirty = true;
  #orderedWithOk = false;

  /** `positions`: x, y minus origin for each point. */
  constructor(gl: WebGL2RenderingContext, positions: Float32Array<ArrayBuffer>) {
    this.#gl = gl;
    this.health = new Uint8Array(positions.length / 2);
    this.#order = new Uint32Array(this.health.length);
    this.#program = createProgram(gl, VERTEX, FRAGMENT);
    this.#uniforms = uniformsOf(gl, this.#program, UNIFORMS);
    this.#array = gl.createVertexArray();
    gl.bindVertexArray(this.#array);
    const positionBuffer = createBuffer(gl, positions);
    const position = gl.getAttribLocation(this.#program, 'a_position');
    gl.enableVertexAttribArray(position);
    gl.vertexAttribPointer(position, 2, gl.FLOAT, false, 0, 0);
    this.#healthBuffer = createBuffer(gl, this.health, true);
    const health = gl.getAttribLocation(this.#program, 'a_health');
    gl.enableVertexAttribArray(health);
    gl.vertexAttribIPointer(health, 1, gl.UNSIGNED_BYTE, 0, 0);
    const indexBuffer = gl.createBuffer();
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, indexBuffer);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, this.#order.byteLength, gl.DYNAMIC_DRAW);
    gl.bindVertexArray(null);
    this.#buffers = [positionBuffer, this.#healthBuffer, indexBuffer];
  }

  /** What stands in `health` is new. */
  touch(): void {
    this.#dirty = true;
  }

  /** Draws the marks, worst last. Sizes in CSS pixels of a whole tile; without `okSize` the ok ones are left out. */
  draw(frame: Frame, sprite: WebGLTexture, row: MarkRow, size: number, shown: number, okSize?: number): void {
    const gl = this.#gl;
    const withOk = okSize !== undefined;
    gl.useProgram(this.#program);
    gl.bindVertexArray(this.#array);
    if (this.#dirty || withOk !== this.#orderedWithOk) this.#upload(withOk);
    if (this.#count > 0) {
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, sprite);
      gl.uniform1i(this.#uniforms.u_sprite, 0);
      gl.uniformMatrix4fv(this.#uniforms.u_matrix, false, frame.matrix);
      gl.uniform1f(this.#uniforms.u_row, MARK_ROWS[row]);
      gl.uniform1f(this.#uniforms.u_size, size * frame.ratio);
      gl.uniform1f(this.#uniforms.u_okSize, (okSize ?? 0) * frame.ratio);
      gl.uniform1ui(this.#uniforms.u_shown, shown);
      gl.drawElements(gl.POINTS, this.#count, gl.UNSIGNED_INT, 0);
    }
    gl.bindVertexArray(null);
  }

  #upload(withOk: boolean): void {
    const gl = this.#gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#healthBuffer);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, this.health);
    this.#count = orderByRank(this.health, this.#order, withOk);
    gl.bufferSubData(gl.ELEMENT_ARRAY_BUFFER, 0, this.#order, 0, this.#count);
    this.#orderedWithOk = withOk;
    this.#dirty = false;
  }

  free(): void {
    for (const buffer of this.#buffers) this.#gl.deleteBuffer(buffer);
    this.#gl.deleteVertexArray(this.#array);
    this.#gl.deleteProgram(this.#program);
  }
}
