import { existsSync } from 'node:fs';

const simulated = (process.env.GANTRY_E2E_UP ?? '').includes('simulated');

/** Real nodes need root and a container runtime, and nobody who asked for simulated ones; everything else runs anywhere. */
export const canRunContainers = process.getuid?.() === 0 && existsSync('/usr/bin/containerd') && !simulated;
