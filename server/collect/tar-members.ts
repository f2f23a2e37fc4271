// The members of a tar file, plain or gzip, in the order in which they stand: it is read once, from front to back.

import { pipeline, Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { createTarDecoder, type ParsedTarEntry } from 'modern-tar';
import { gather, isLitter, type Member, type Meter } from './archive-member.ts';

export async function* tarMembers(stream: Readable, kind: 'tar' | 'tar.gz', meter: Meter): AsyncGenerator<Member> {
  // An error of the file reaches the reader through the gunzip.
  const plain = kind === 'tar' ? stream : pipeline(stream, createGunzip(), () => undefined);
  const bytes = Readable.toWeb(Readable.from(meter.through(plain), { objectMode: false }));
  const entries = (bytes as ReadableStream<Uint8Array>).pipeThrough(createTarDecoder({ strict: true }) as Decoder);
  for await (const { header, body } of entries) {
    const isFile = header.type === undefined || header.type === 'file';
    if (!isFile || isLitter(header.name)) {
      await body.cancel();
      continue;
    }
    meter.member();
    yield {
      name: header.name,
      ...(await gather(body as unknown as ReadableStream<Uint8Array>, header.size, meter.bounds)),
    };
  }
}

/** The library's types are a browser's; Node's streams are the same. */
type Decoder = { readable: ReadableStream<ParsedTarEntry>; writable: WritableStream };
