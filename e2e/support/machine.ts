import { existsSync } from 'node:fs';

/** Real nodes need root and a container runtime; everything else runs anywhere. */
export const canRunContainers = process.getuid?.() === 0 && existsSync('/usr/bin/containerd');
