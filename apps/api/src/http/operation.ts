import { applyDecorators, Header, HttpCode } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { ZodType } from 'zod';

interface OperationOptions {
  readonly id: string;
  readonly summary: string;
  readonly answer?: ZodType;
  readonly status?: 200 | 201 | 202 | 204 | 302;
  /** For answers that are not JSON; text is in UTF-8. */
  readonly contentType?: string;
}

/** What OpenAPI says of a route, and its status. */
export function Operation({ id, summary, answer, status = 200, contentType }: OperationOptions): MethodDecorator {
  const response = answer
    ? ApiResponse({ status, description: summary, standardSchema: answer })
    : ApiResponse({
        status,
        description: summary,
        ...(contentType && { content: { [contentType]: { schema: { type: 'string' } } } }),
      });
  return applyDecorators(
    ApiOperation({ operationId: id, summary }),
    response,
    HttpCode(status),
    ...(contentType
      ? [Header('content-type', contentType.startsWith('text/') ? `${contentType}; charset=utf-8` : contentType)]
      : []),
  );
}
