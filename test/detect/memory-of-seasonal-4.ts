// What a detector of profile seasonal@4 saved of one cell whose delay was about 20 ms for fifteen days, hour by hour, up to `SAVED_AT`.

import { gunzipSync } from 'node:zlib';

/** The bytes, compressed and as base64. */
const KEPT = [
  'H4sIAAAAAAACA9WUTWgUSRSAC5dgNCJhYVk9qPAUhN1K6E5mpkP7l3qjiGBkQWEPQ6/U9LxMmqnpHrp6koxxQEFU1IM/B/ewCCJCdgUPooigIsJeBfWk',
  'F1nBZdmbiIgXleqeEUVEIwT01aXq1atXX7336hV3jtl7exibgUmKdRCF4IImqaNQqtEccPBJKQ3uDISyThrcUqoZsMDj0FDST3VhUymzjiJjWyp1TnHL',
  '8zj4kWrWw9SHorCaTIBrcxiPicAtee02Bx0oCn0yFjpqxpnP7EZwISGdGBAV+TVwbacwMlJwhiwjHEKaTooT5NdE0tlzrJF0r+1xqMqGceVxUFInW2UD',
  'XKvNodysVCkx11VkC9whK+cMcTPX4Nr2oO3YjpN3ck4h7xSGhrMYbP7oboNkzdxi8XkdHocyVZshuBYHFYQErt3mMBVUaCyapM47K3Ewnr4sDKoTydu3',
  '+TFRNxRJLAOVRbhO9ShupR4/lSWvzYGm/aamirFpEMU6OxhHU5V0FlJQnShHzThd6aCaseoG+YFUA2msTfh9qSisyDjD0RQHnYTXGgG4oGRCod/aXdfA',
  'oR5VSBklTZKCT2LyLtgMaBV0C0l2ayNfyHXqxo+aYfJ5WbPnNatt/g5fwbLmymfPc9W9zzdcmBvfPNN9wPe2L3w9fGnzSUi1DIz5fllDLY1LpSn9WIzd',
  'co7eaOF/z7ev7F/KUnl9o2ffJvYtSMZuZoafscvF3sU7Rlf/8PMGozvx6pF7ZMmDa13r06e+v3ks7rn+6y9/iEyzBffgRWHjj7gVn4kpXIbL8CecwX/F',
  'CuTYj9P4Gz4WHi7CVVjE73A5bsOleAHzuBgDPI7/i8PiOjoocVHxLg5jDc+Ifnwq+vCecPCAOISTeFv04UYsY4L3xRhuwF34UNi4Hf8SL8U/Yg3mcT0u',
  'xBfiiRjEvo/IgjnKbXaNnWWn2VU2y86wS2yWjbOD7Ao7yWJ2lAXsPNvP/mZ32GP2OzvH/vyCyK/FdbgeR3EdbsMCrk5z0PsGftAU0NEHAAA=',
];

export const memoryOfSeasonal4 = (): Uint8Array => gunzipSync(Buffer.from(KEPT.join(''), 'base64'));
