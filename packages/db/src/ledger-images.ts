/**
 * The forms in which people look for an image: as it is, without tag and digest, and both without what precedes the
 * last part of the name. `quay.io/team/web:1.2` gives itself, `quay.io/team/web`, `web:1.2` and `web`.
 */
export function imageTerms(images: readonly string[]): string[] {
  const terms = new Set<string>();
  for (const image of images) {
    const [name = ''] = image.split('@');
    const colon = name.lastIndexOf(':');
    const bare = colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
    for (const form of [image, name, bare]) {
      terms.add(form);
      terms.add(form.slice((form.split('@')[0] ?? '').lastIndexOf('/') + 1));
    }
  }
  terms.delete('');
  return [...terms];
}
