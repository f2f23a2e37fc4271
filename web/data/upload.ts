// Sends a file that a person chose to the door that its content asks for.

import type { Receipt } from '../../server/api/contract.ts';

export interface Door {
  method: 'POST' | 'PUT';
  path: string;
  type: string;
}

const HEAD_CHARACTERS = 4096;

/** Which door a file belongs to, by its beginning. */
export function doorFor(head: string): Door {
  const text = head.trimStart();
  if (text.startsWith('<')) return { method: 'POST', path: '/ingest/pm', type: 'application/xml' };
  if (/^[{[]/.test(text)) return jsonDoor(text);
  const heading = /^[^\r\n]*/.exec(text)![0];
  if (/\bdate\b/i.test(heading) && /\btype\b/i.test(heading) && !/\b(?:cell|id)\b/i.test(heading))
    return { method: 'PUT', path: '/api/calendar', type: 'text/csv' };
  return { method: 'PUT', path: '/api/inventory', type: 'text/csv' };
}

function jsonDoor(text: string): Door {
  if (/^\{\s*"cells"|^\{\s*"type"/.test(text))
    return { method: 'PUT', path: '/api/inventory', type: 'application/json' };
  const lines = !/^\{\s*"readings"|^\[/.test(text);
  return { method: 'POST', path: '/ingest/readings', type: lines ? 'application/x-ndjson' : 'application/json' };
}

async function headOf(file: Blob, zipped: boolean): Promise<string> {
  if (!zipped) return file.slice(0, HEAD_CHARACTERS).text();
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value?.slice(0, HEAD_CHARACTERS));
}

/** Sends the file; answers what was kept and refused. Throws when the server gives no receipt. */
export async function upload(file: File): Promise<Receipt> {
  const zipped = file.name.endsWith('.gz');
  const door = doorFor(await headOf(file, zipped));
  const headers: Record<string, string> = { 'content-type': door.type };
  if (zipped) headers['content-encoding'] = 'gzip';
  const response = await fetch(`${door.path}?source=${encodeURIComponent(file.name)}`, {
    method: door.method,
    headers,
    body: file,
  });
  const answer = (await response.json()) as Receipt & { detail?: string };
  if (answer.accepted === undefined) throw new Error(answer.detail ?? response.statusText);
  return answer;
}
