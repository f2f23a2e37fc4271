// The few lines of WebGL that every layer of the map needs.

export interface Frame {
  /** Mercator position minus origin → clip space. */
  matrix: Float32Array;
  /** Size of the map in CSS pixels. */
  width: number;
  height: number;
  /** Device pixels for a CSS pixel. */
  ratio: number;
  zoom: number;
}

/** Compiles a program; throws with the compiler's words, for only a mistake of ours gets there. */
export function createProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) throw new Error('no shader could be made');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost()) {
      throw new Error(gl.getShaderInfoLog(shader) ?? 'a shader did not compile');
    }
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return program;
}

/** Uniform locations by name. */
export function uniformsOf<Name extends string>(
  gl: WebGL2RenderingContext,
  program: WebGLProgram,
  names: readonly Name[],
): Record<Name, WebGLUniformLocation | null> {
  return Object.fromEntries(names.map((name) => [name, gl.getUniformLocation(program, name)])) as Record<
    Name,
    WebGLUniformLocation | null
  >;
}

/** A buffer with these contents. */
export function createBuffer(gl: WebGL2RenderingContext, data: AllowSharedBufferSource, dynamic = false): WebGLBuffer {
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, data, dynamic ? gl.DYNAMIC_DRAW : gl.STATIC_DRAW);
  return buffer;
}

/** `#rrggbb` → 0…1 numbers. */
export function colourOf(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.replace('#', ''), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** The matrix of the whole Mercator world moved to an origin: in doubles first, for floats are too coarse. */
export function matrixAt(matrix: ArrayLike<number>, x: number, y: number): Float32Array {
  const moved = new Float32Array(16);
  for (let i = 0; i < 12; i++) moved[i] = matrix[i]!;
  for (let i = 0; i < 4; i++) moved[12 + i] = matrix[i]! * x + matrix[4 + i]! * y + matrix[12 + i]!;
  return moved;
}
