// Draws the hexagons of the far view, filled by the worst state within.

import { createBuffer, createProgram, type Frame, uniformsOf } from './gl.ts';
import type { HexagonGrid } from './hexagon-grid.ts';

const VERTEX = `#version 300 es
uniform mat4 u_matrix;
uniform vec3 u_colours[8];
uniform uint u_shown;
in vec2 a_position;
in float a_tint;
in uint a_health;
out vec4 v_colour;
void main() {
  gl_Position = u_matrix * vec4(a_position, 0.0, 1.0);
  bool shown = (u_shown & (1u << a_health)) != 0u;
  float alpha = a_health == 0u ? a_tint : (a_health >= 5u ? 0.55 : 1.0);
  alpha *= shown ? 1.0 : 0.16;
  v_colour = vec4(u_colours[a_health] * alpha, alpha);
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 v_colour;
out vec4 colour;
void main() {
  colour = v_colour;
}`;

const UNIFORMS = ['u_matrix', 'u_colours', 'u_shown'] as const;
const FAINTEST = 0.16;
const STRONGEST = 0.7;

export class Hexagons {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #uniforms: Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null>;
  readonly #array: WebGLVertexArrayObject;
  readonly #buffers: WebGLBuffer[] = [];
  readonly #healthBuffer: WebGLBuffer;
  readonly #vertexHealth: Uint8Array;
  /** First vertex of each hexagon. */
  readonly #starts: number[];

  constructor(gl: WebGL2RenderingContext, grid: HexagonGrid) {
    const { positions, tints, starts } = trianglesOf(grid);
    this.#gl = gl;
    this.#starts = starts;
    this.#program = createProgram(gl, VERTEX, FRAGMENT);
    this.#uniforms = uniformsOf(gl, this.#program, UNIFORMS);
    this.#vertexHealth = new Uint8Array(tints.length);
    this.#array = gl.createVertexArray();
    gl.bindVertexArray(this.#array);
    this.#attribute('a_position', 2, gl.FLOAT, positions);
    this.#attribute('a_tint', 1, gl.FLOAT, tints);
    this.#healthBuffer = createBuffer(gl, this.#vertexHealth, true);
    this.#buffers.push(this.#healthBuffer);
    const health = gl.getAttribLocation(this.#program, 'a_health');
    gl.enableVertexAttribArray(health);
    gl.vertexAttribIPointer(health, 1, gl.UNSIGNED_BYTE, 0, 0);
    gl.bindVertexArray(null);
  }

  #attribute(name: string, size: number, type: number, data: AllowSharedBufferSource): void {
    const location = this.#gl.getAttribLocation(this.#program, name);
    this.#buffers.push(createBuffer(this.#gl, data));
    this.#gl.enableVertexAttribArray(location);
    this.#gl.vertexAttribPointer(location, size, type, false, 0, 0);
  }

  /** Health code by hexagon. */
  update(health: Uint8Array): void {
    for (let i = 0; i < health.length; i++) {
      this.#vertexHealth.fill(health[i]!, this.#starts[i]!, this.#starts[i + 1]!);
    }
    this.#gl.bindBuffer(this.#gl.ARRAY_BUFFER, this.#healthBuffer);
    this.#gl.bufferSubData(this.#gl.ARRAY_BUFFER, 0, this.#vertexHealth);
  }

  draw(frame: Frame, colours: Float32Array, shown: number): void {
    const gl = this.#gl;
    gl.useProgram(this.#program);
    gl.bindVertexArray(this.#array);
    gl.uniformMatrix4fv(this.#uniforms.u_matrix, false, frame.matrix);
    gl.uniform3fv(this.#uniforms.u_colours, colours);
    gl.uniform1ui(this.#uniforms.u_shown, shown);
    gl.drawArrays(gl.TRIANGLES, 0, this.#vertexHealth.length);
    gl.bindVertexArray(null);
  }

  free(): void {
    for (const buffer of this.#buffers) this.#gl.deleteBuffer(buffer);
    this.#gl.deleteVertexArray(this.#array);
    this.#gl.deleteProgram(this.#program);
  }
}

/** Each hexagon as a fan of triangles around its centre; its tint grows with the logarithm of its cells. */
function trianglesOf(grid: HexagonGrid) {
  const positions: number[] = [];
  const tints: number[] = [];
  const starts: number[] = [0];
  const most = Math.log1p(grid.cells.reduce((max, count) => Math.max(max, count), 1));
  grid.corners.forEach((corners, i) => {
    const tint = FAINTEST + (STRONGEST - FAINTEST) * (Math.log1p(grid.cells[i]!) / most);
    for (let c = 0; c < corners.length; c += 2) {
      const next = (c + 2) % corners.length;
      positions.push(grid.centres[i * 2]!, grid.centres[i * 2 + 1]!);
      positions.push(corners[c]!, corners[c + 1]!, corners[next]!, corners[next + 1]!);
      tints.push(tint, tint, tint);
    }
    starts.push(tints.length);
  });
  return { positions: Float32Array.from(positions), tints: Float32Array.from(tints), starts };
}
