export interface TaggedImage {
  readonly tag: string;
  readonly digest: string;
}

export const imagesKept = 5;
const youngMs = 60 * 60_000;

/**
 * Pure: which of an instance's images may go. Tags are deployments' ids, whose order is their age. Kept: what is in use (running, and the one
 * before), the cache, the newest five, what is younger than an hour; and whatever has the digest of something kept, as a digest goes with all its tags.
 */
export function outdatedDigests(options: {
  images: readonly TaggedImage[];
  digestsInUse: readonly string[];
  cacheTag: string;
  madeAt: (tag: string) => number | null;
  now: number;
}): string[] {
  const { images, digestsInUse, cacheTag, madeAt, now } = options;
  const ofDeployments = images.filter(({ tag }) => madeAt(tag) !== null).toSorted((a, b) => (a.tag < b.tag ? 1 : -1));
  const newest = ofDeployments.slice(0, imagesKept);
  const young = ofDeployments.filter(({ tag }) => now - (madeAt(tag) ?? now) < youngMs);
  const cache = images.filter(({ tag }) => tag === cacheTag);
  const kept = new Set([...digestsInUse, ...[...newest, ...young, ...cache].map(({ digest }) => digest)]);
  return [...new Set(ofDeployments.map(({ digest }) => digest))].filter((digest) => !kept.has(digest));
}
