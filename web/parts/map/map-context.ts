// Hands the map down to the components that draw on it.

import type { Map as MapLibre } from 'maplibre-gl';
import { createContext } from 'svelte';

export const [getMap, setMap] = createContext<{ readonly map: MapLibre }>();
