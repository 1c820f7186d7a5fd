import type { z } from 'zod';

/** Thrown by a handler: it cannot be done now, nothing is wrong with the message. It comes back after the next delay. */
export class RetryLater extends Error {
  override readonly name = 'RetryLater';
}

/** Thrown by a handler: it can never be done. The message is dead-lettered at once with this code. */
export class RejectMessage extends Error {
  override readonly name = 'RejectMessage';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type InvalidMessageCode = 'unknown_message' | 'malformed_json' | 'invalid_payload';

/** A message that does not fit its catalog. Names the fields, never their values. */
export class InvalidMessage extends Error {
  override readonly name = 'InvalidMessage';
  readonly code: InvalidMessageCode;

  constructor(code: InvalidMessageCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export function invalidPayload(name: string, error: z.ZodError): InvalidMessage {
  const fields = error.issues.map((issue) => `${issue.path.join('.') || 'payload'}: ${issue.code}`);
  return new InvalidMessage('invalid_payload', `The payload of ${name} does not fit its schema (${fields.join(', ')})`);
}

/** `unroutable`: no queue takes the message. `rejected`: the broker refused it. Otherwise it may or may not have arrived. */
export type PublishErrorCode = 'unroutable' | 'rejected' | 'connection_lost' | 'timeout' | 'closed';

/** The broker has not confirmed a message. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
  readonly code: PublishErrorCode;

  constructor(code: PublishErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
