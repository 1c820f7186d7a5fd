import { StandardSchemaValidationPipe } from '@nestjs/common';
import { DomainError } from '../problems/domain-error.ts';

type Issue = Parameters<
  NonNullable<ConstructorParameters<typeof StandardSchemaValidationPipe>[0]>['exceptionFactory'] & {}
>[0][number];

const mostErrors = 50;

/** Parses what came in by the schema of its parameter; says which fields are wrong, never what was in them. */
export const validation = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) =>
    new DomainError('invalid_input', { errors: issues.slice(0, mostErrors).map(fieldError) }),
});

function fieldError({ path = [], message }: Issue): { path: string; message: string } {
  const keys = path.map((part) => String(typeof part === 'object' ? part.key : part));
  return { path: keys.join('.'), message };
}
