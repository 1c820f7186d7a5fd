import { InitialSchema1763600000000 } from './1763600000000-initial-schema.ts';
import { GithubTokenRefused1763700000000 } from './1763700000000-github-token-refused.ts';

/** Oldest first. One that has run anywhere never changes: the next change is a new file. */
export const migrations = [InitialSchema1763600000000, GithubTokenRefused1763700000000];
