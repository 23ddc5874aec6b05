import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const config: NextConfig = {
  // Types are checked by `npm run typecheck`, with the whole repository's flags.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // The front compresses nothing twice, and streams must not wait for a compressor.
  compress: true,
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) },
};

export default config;
