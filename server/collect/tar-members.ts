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
  let links = 0;
  let firstLink = '';
  for await (const { header, body } of entries) {
    const isFile = header.type === undefined || header.type === 'file';
    if (!isFile || isLitter(header.name)) {
      await body.cancel();
      if (isFile || header.type === 'directory' || isLitter(header.name)) continue;
      if (links++ === 0) firstLink = header.name;
      continue;
    }
    meter.member();
    yield {
      name: header.name,
      ...(await gather(body as unknown as ReadableStream<Uint8Array>, header.size, meter.bounds)),
    };
  }
  if (links > 0) yield linksAt(firstLink, links);
}

/** What a link leads to is not in the archive, or is there under its own name: all of them are one rejection. */
function linksAt(name: string, count: number): Member {
  const detail =
    'a link, or what is no file, is not followed (this is the first): put the file itself in, tar -h does it';
  return { name, bytes: new Uint8Array(), rejection: { reason: 'wrong-shape', detail, count } };
}

/** The library's types are a browser's; Node's streams are the same. */
type Decoder = { readable: ReadableStream<ParsedTarEntry>; writable: WritableStream };
