// Unpacking: gzip within a bound, and text that is what it says.

import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpack } from '../../server/collect/unpack.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('what arrives as bytes', () => {
  it('comes out as the same text, plain or gzip', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const clean = text.replaceAll('\uFEFF', '');
        expect(await unpack(bytes(clean))).toEqual({ kind: 'text', text: clean });
        expect(await unpack(gzipSync(bytes(clean)))).toEqual({ kind: 'text', text: clean });
      }),
    );
  });

  it('loses its byte order mark', async () => {
    expect(await unpack(bytes('\uFEFF{}'))).toEqual({ kind: 'text', text: '{}' });
    expect(await unpack(Buffer.from('\uFEFF<a/>', 'utf16le'))).toEqual({ kind: 'text', text: '<a/>' });
  });

  it('is decoded as its XML declaration says', async () => {
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>Pié</a>', 'latin1');
    expect(await unpack(latin)).toMatchObject({ text: expect.stringContaining('Pié') });
    const head = bytes("<?xml version='1.0' encoding='GB18030'?><a>");
    const chinese = Buffer.concat([head, Buffer.from([0xc2, 0xeb, 0xcd, 0xb7]), bytes('</a>')]);
    expect(await unpack(chinese)).toMatchObject({ text: expect.stringContaining('码头') });
  });

  it('in an encoding nobody knows is refused with its name', async () => {
    const answer = await unpack(bytes('<?xml version="1.0" encoding="klingon"?><a/>'));
    expect(answer).toMatchObject({
      kind: 'rejection',
      rejection: { reason: 'not-utf8', detail: expect.stringContaining('klingon') },
    });
  });

  it('with a broken character is refused with its line', async () => {
    const answer = await unpack(Buffer.concat([bytes('a\nb\n'), Buffer.from([0xff, 0xfe, 0x41])]));
    expect(answer).toMatchObject({ kind: 'rejection', tooLarge: false, rejection: { reason: 'not-utf8', line: 3 } });
  });

  it('and inflates beyond the bound is refused as too large', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await unpack(bomb, 1_000_000)).toMatchObject({
      kind: 'rejection',
      tooLarge: true,
      rejection: { reason: 'too-long' },
    });
    expect(await unpack(new Uint8Array(11), 10)).toMatchObject({ kind: 'rejection', tooLarge: true });
    expect(await unpack(bytes('0123456789'), 10)).toMatchObject({ kind: 'text' });
  });

  it('as gzip that is cut or damaged is refused, never half read', async () => {
    const whole = gzipSync(bytes('x,y\n'.repeat(1000)));
    for (const length of [2, 10, whole.length - 1]) {
      expect(await unpack(whole.subarray(0, length))).toMatchObject({
        kind: 'rejection',
        tooLarge: false,
        rejection: { reason: 'unknown-format' },
      });
    }
  });

  it('and is no text at all is called what it is, not broken letters', async () => {
    for (const [packed, named] of [
      [gzipSync(gzipSync(bytes('cell,at'))), 'this is gzip within gzip: it was packed twice'],
      [gzipSync(Buffer.from('504b030414000000ffff', 'hex')), 'this is a zip archive within gzip'],
      [Buffer.from('d0cf11e0a1b11ae1ffff', 'hex'), 'save its table as .xlsx or CSV'],
    ] as const)
      expect(await unpack(packed)).toMatchObject({ rejection: { detail: expect.stringContaining(named) } });
  });
});
