import { InitialSchema1763600000000 } from './1763600000000-initial-schema.ts';
import { GithubTokenRefused1763700000000 } from './1763700000000-github-token-refused.ts';
import { Clusters1763800000000 } from './1763800000000-clusters.ts';
import { GithubTokenRefresh1763900000000 } from './1763900000000-github-token-refresh.ts';

/** Oldest first. One that has run anywhere never changes: the next change is a new file. */
export const migrations = [
  InitialSchema1763600000000,
  GithubTokenRefused1763700000000,
  Clusters1763800000000,
  GithubTokenRefresh1763900000000,
];
