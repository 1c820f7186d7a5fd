import type { OwnerId } from '@zarpa/contracts';

/**
 * Whose rows a repository may touch. Repositories take it instead of an owner's id, so that a caller who never
 * authenticated has nothing to pass.
 */
export class OwnerScope {
  private constructor(readonly ownerId: OwnerId) {}

  /** For the session's guard, and for work that the platform itself does on an owner's row that it has read. */
  static of(row: { ownerId: OwnerId }): OwnerScope {
    return new OwnerScope(row.ownerId);
  }
}
