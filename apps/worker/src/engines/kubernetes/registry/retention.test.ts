import { describe, expect, it } from 'vitest';
import { outdatedDigests, type TaggedImage } from './retention.ts';

const hourMs = 3_600_000;
/** Tags `d00`, `d01`, …: one an hour, the first one long ago. */
const images = (count: number): TaggedImage[] =>
  Array.from({ length: count }, (_, i) => ({ tag: `d${String(i).padStart(2, '0')}`, digest: `sha256:${i}` }));
const madeAt = (tag: string) => (tag.startsWith('d') ? Number(tag.slice(1)) * hourMs : null);
const outdated = (all: TaggedImage[], digestsInUse: string[] = [], now = 100 * hourMs) =>
  outdatedDigests({ images: all, digestsInUse, cacheTag: 'cache', madeAt, now });

describe('outdatedDigests', () => {
  it('keeps the newest five', () => {
    expect(outdated(images(7))).toEqual(['sha256:1', 'sha256:0']);
  });

  it('keeps what runs and what ran before, however old', () => {
    expect(outdated(images(8), ['sha256:0', 'sha256:2'])).toEqual(['sha256:1']);
  });

  it('keeps what is younger than an hour', () => {
    const burst = images(9).map((image, i) => ({ ...image, tag: `d99.5${i}` }));
    expect(outdated(burst)).toEqual([]);
  });

  it('keeps the cache and what it does not know', () => {
    const others = [
      { tag: 'cache', digest: 'sha256:c' },
      { tag: 'other', digest: 'sha256:o' },
    ];
    expect(outdated([...images(5), ...others])).toEqual([]);
  });

  it('never removes a digest that an image to keep has too', () => {
    const [oldest, ...rest] = images(6);
    const same = { tag: oldest?.tag ?? '', digest: rest.at(-1)?.digest ?? '' };
    expect(outdated([same, ...rest])).toEqual([]);
  });
});
