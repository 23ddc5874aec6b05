import { SCORE_MAX, type ScorePlugin } from '../framework/plugin.ts';

const MEBIBYTE = 1024 * 1024;
const LEAST_BYTES = 23 * MEBIBYTE;
const MOST_BYTES_PER_CONTAINER = 1000 * MEBIBYTE;

/** `nginx` → `nginx:latest`; names with a tag or digest stay. */
function withTag(image: string): string {
  return image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image;
}

/** Prefers nodes that have the images, the more the more nodes have them (so that one node doesn't draw all pods). */
export const imageLocality: ScorePlugin = {
  name: 'ImageLocality',
  weight: 1,
  plan({ pod, cache }) {
    const containers = [...(pod.pod.spec.initContainers ?? []), ...pod.pod.spec.containers];
    const images = containers.map((container) => withTag(container.image ?? ''));
    const nodes = cache.nodes.length;
    const spread = images.map((image) => (cache.imageNodes.get(image) ?? 0) / Math.max(1, nodes));
    if (spread.every((share) => share === 0)) return undefined;
    const most = MOST_BYTES_PER_CONTAINER * containers.length;
    return {
      score(node) {
        let bytes = 0;
        for (let i = 0; i < images.length; i++)
          bytes += Math.floor((node.images.get(images[i] ?? '') ?? 0) * (spread[i] ?? 0));
        const bounded = Math.min(most, Math.max(LEAST_BYTES, bytes));
        return Math.floor((SCORE_MAX * (bounded - LEAST_BYTES)) / (most - LEAST_BYTES));
      },
    };
  },
};
