import { z } from 'zod';

/** Milliseconds since 1970 in UTC. Inside messages and streams; HTTP uses ISO 8601 strings. */
export const EpochMs = z.int().nonnegative();

/** ISO 8601 in UTC, as HTTP answers carry it. */
export const Timestamp = z.iso.datetime().meta({ id: 'Timestamp' });

/** A git commit's full SHA-1. */
export const CommitSha = z.string().regex(/^[0-9a-f]{40}$/);

/** `owner/name` as GitHub spells it. */
export const RepositoryName = z
  .string()
  .max(140)
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/, 'must be owner/name')
  .meta({ id: 'RepositoryName' });

/** A branch's name, within what git allows and without control characters. */
export const BranchName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^(?!\/|-)(?!.*(?:\.\.|\/\/|@\{|\\))[^\s~^:?*[\p{Cc}\p{Cs}]+(?<!\/|\.lock|\.)$/u, 'must be a branch name')
  .meta({ id: 'BranchName' });

/** Folder inside a repository, `''` for its root. */
export const RootDirectory = z
  .string()
  .max(255)
  .regex(
    /^(?!\/)(?!.*(?:^|\/)\.{1,2}(?:\/|$))(?!.*\/\/)[^\\\p{Cc}\p{Cs}]*(?<!\/)$/u,
    'must be a folder inside the repository',
  )
  .meta({ id: 'RootDirectory' });

/** An environment variable's name as POSIX shells take it. */
export const VariableName = z
  .string()
  .max(128)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'letters, digits and _ only, not starting with a digit')
  .meta({ id: 'VariableName' });

/** AES-256-GCM: which key of the ring, and base64 of nonce (12 bytes), ciphertext and tag (16 bytes). */
export const SealedBox = z.object({
  keyId: z.string().min(1).max(64),
  nonce: z.base64(),
  ciphertext: z.base64(),
  tag: z.base64(),
});
export type SealedBox = z.infer<typeof SealedBox>;
