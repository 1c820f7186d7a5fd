import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { DomainError, type FieldError } from '../problems/domain-error.ts';
import { fieldText } from '../problems/field-text.ts';

const mostErrors = 50;

/** Parses what came in by the schema of its parameter; says which fields are wrong, never what was in them. */
export const validation: PipeTransform = {
  transform(value: unknown, { type, schema }: ArgumentMetadata): unknown {
    if (type === 'custom' || !(schema instanceof z.ZodType)) return value;
    const result = schema.safeParse(value, { reportInput: true });
    if (result.success) return result.data;
    throw new DomainError('invalid_input', { errors: result.error.issues.slice(0, mostErrors).map(fieldError) });
  },
};

const fieldError = (issue: z.core.$ZodIssue): FieldError => ({
  path: issue.path.map(String).join('.'),
  text: fieldText(issue),
});
