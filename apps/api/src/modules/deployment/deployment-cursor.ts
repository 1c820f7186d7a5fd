import { DomainError } from '../../problems/domain-error.ts';
import { ownFieldText } from '../../problems/field-text.ts';

const beyondAll = 2_147_483_647;

/** A page goes on below a deployment's number. */
export const cursorOf = (lastNumber: number): string => `n${lastNumber}`;

export function positionOf(cursor: string | undefined): number {
  if (cursor === undefined) return beyondAll;
  const [, digits] = /^n(\d{1,9})$/.exec(cursor) ?? [];
  if (digits === undefined) {
    throw new DomainError('invalid_input', {
      errors: [{ path: 'cursor', text: ownFieldText('is not a cursor of this list') }],
    });
  }
  return Number(digits);
}
