// The layer of hexagons as MapLibre draws it: flat triangles with one byte of state a corner, dots and hatches made in the shader.

import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from 'maplibre-gl';
import { colourOf, createBuffer, createProgram, matrixAt, uniformsOf } from '../../parts/map/gl.ts';
import { token } from '../../parts/theme.ts';
import type { HexagonMesh } from './hexagon-mesh.ts';
import { NOT_JUDGED_CODE, NOT_KNOWN_CODE, STEPS } from './hexagon-steps.ts';

const VERTEX = `#version 300 es
uniform mat4 u_matrix;
in vec2 a_position;
in vec2 a_local;
in uint a_code;
out vec2 v_local;
flat out uint v_code;
void main() {
  gl_Position = u_matrix * vec4(a_position, 0.0, 1.0);
  v_local = a_local;
  v_code = a_code;
}`;

const FRAGMENT = `#version 300 es
precision highp float;
uniform vec3 u_steps[${STEPS}];
uniform vec3 u_mark;
uniform float u_ratio;
in vec2 v_local;
flat in uint v_code;
out vec4 colour;
void main() {
  if (v_code < ${STEPS}u) {
    colour = vec4(u_steps[v_code], 1.0);
    return;
  }
  float alpha = 0.0;
  if (v_code == ${NOT_KNOWN_CODE}u) {
    float pixel = max(length(dFdx(v_local)), length(dFdy(v_local)));
    // Where hexagons are tiny a dot may be no more than a part of them.
    float radius = min(1.3 * u_ratio, 0.22 / pixel);
    alpha = 0.75 * clamp(radius - length(v_local) / pixel + 0.5, 0.0, 1.0);
  } else if (v_code == ${NOT_JUDGED_CODE}u) {
    alpha = 0.12 + 0.5 * step(0.72, fract((gl_FragCoord.x + gl_FragCoord.y) / (5.0 * u_ratio)));
  }
  if (alpha < 0.004) discard;
  colour = vec4(u_mark * alpha, alpha);
}`;

const UNIFORMS = ['u_matrix', 'u_steps', 'u_mark', 'u_ratio'] as const;

interface OnCard {
  mesh: HexagonMesh;
  array: WebGLVertexArrayObject;
  buffers: WebGLBuffer[];
  codes: WebGLBuffer;
  count: number;
}

export class HexagonLayer implements CustomLayerInterface {
  readonly id = 'hexagons';
  readonly type = 'custom' as const;
  readonly renderingMode = '2d' as const;
  #map: MapLibre | null = null;
  #gl: WebGL2RenderingContext | null = null;
  #program: WebGLProgram | null = null;
  #uniforms: Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null> | null = null;
  #drawn: OnCard | null = null;
  #steps = new Float32Array(STEPS * 3);
  #mark: [number, number, number] = [0, 0, 0];

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.#map = map;
    this.#gl = gl;
    this.#program = createProgram(gl, VERTEX, FRAGMENT);
    this.#uniforms = uniformsOf(gl, this.#program, UNIFORMS);
  }

  onRemove(): void {
    this.#free();
    if (this.#program) this.#gl?.deleteProgram(this.#program);
    this.#map = null;
  }

  /** Colours of the steps, `#rrggbb`; dots and hatches take theirs from the theme. */
  paint(steps: readonly string[]): void {
    for (const [i, step] of steps.entries()) this.#steps.set(colourOf(step), i * 3);
    this.#mark = colourOf(token('ink-3'));
    this.#map?.triggerRepaint();
  }

  /** Other hexagons, with the code of each. */
  show(mesh: HexagonMesh, codes: Uint8Array): void {
    const gl = this.#gl;
    const program = this.#program;
    if (!gl || !program) return;
    this.#free();
    const array = gl.createVertexArray();
    gl.bindVertexArray(array);
    const positions = createBuffer(gl, mesh.positions);
    attribute(gl, program, 'a_position', gl.FLOAT, false);
    const local = createBuffer(gl, mesh.local);
    attribute(gl, program, 'a_local', gl.BYTE, true);
    const byVertex = createBuffer(gl, spreadOverVertices(mesh, codes), true);
    const code = gl.getAttribLocation(program, 'a_code');
    gl.enableVertexAttribArray(code);
    gl.vertexAttribIPointer(code, 1, gl.UNSIGNED_BYTE, 0, 0);
    const indices = gl.createBuffer();
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, indices);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, mesh.indices, gl.STATIC_DRAW);
    gl.bindVertexArray(null);
    this.#drawn = {
      mesh,
      array,
      buffers: [positions, local, byVertex, indices],
      codes: byVertex,
      count: mesh.indices.length,
    };
    this.#map?.triggerRepaint();
  }

  /** Other codes for the same hexagons. */
  recode(codes: Uint8Array): void {
    if (!this.#gl || !this.#drawn) return;
    this.#gl.bindBuffer(this.#gl.ARRAY_BUFFER, this.#drawn.codes);
    this.#gl.bufferSubData(this.#gl.ARRAY_BUFFER, 0, spreadOverVertices(this.#drawn.mesh, codes));
    this.#map?.triggerRepaint();
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const drawn = this.#drawn;
    if (!this.#map || !drawn || !this.#uniforms || drawn.count === 0) return;
    const canvas = this.#map.getCanvas();
    const { originX, originY } = drawn.mesh;
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.disable(gl.CULL_FACE);
    gl.useProgram(this.#program);
    gl.bindVertexArray(drawn.array);
    gl.uniformMatrix4fv(
      this.#uniforms.u_matrix,
      false,
      matrixAt(input.defaultProjectionData.mainMatrix, originX, originY),
    );
    gl.uniform3fv(this.#uniforms.u_steps, this.#steps);
    gl.uniform3fv(this.#uniforms.u_mark, this.#mark);
    gl.uniform1f(this.#uniforms.u_ratio, canvas.width / Math.max(1, canvas.clientWidth));
    gl.drawElements(gl.TRIANGLES, drawn.count, gl.UNSIGNED_INT, 0);
    gl.bindVertexArray(null);
  }

  #free(): void {
    if (!this.#gl || !this.#drawn) return;
    for (const buffer of this.#drawn.buffers) this.#gl.deleteBuffer(buffer);
    this.#gl.deleteVertexArray(this.#drawn.array);
    this.#drawn = null;
  }
}

/** Two numbers a vertex, from the buffer that is bound. */
function attribute(
  gl: WebGL2RenderingContext,
  program: WebGLProgram,
  name: string,
  type: number,
  scaled: boolean,
): void {
  const location = gl.getAttribLocation(program, name);
  gl.enableVertexAttribArray(location);
  gl.vertexAttribPointer(location, 2, type, scaled, 0, 0);
}

function spreadOverVertices({ starts }: HexagonMesh, codes: Uint8Array): Uint8Array<ArrayBuffer> {
  const byVertex = new Uint8Array(starts[codes.length]!);
  for (let i = 0; i < codes.length; i++) byVertex.fill(codes[i]!, starts[i]!, starts[i + 1]!);
  return byVertex;
}
