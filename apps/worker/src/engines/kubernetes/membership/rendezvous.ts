import { hash } from 'node:crypto';

/** The member that a key belongs to: the same for everybody who knows the same members, and moved only by its own coming or going. */
export function ownerOf(members: Iterable<string>, key: string): string | null {
  let owner: string | null = null;
  let highest = '';
  for (const member of members) {
    const score = `${hash('sha256', `${member}\n${key}`, 'hex').slice(0, 16)}${member}`;
    if (score > highest) [owner, highest] = [member, score];
  }
  return owner;
}
