export type * from './catalog.ts';
export { Consumer } from './consumer.ts';
export { type DeadLetter, DeadLetters } from './dead-letters.ts';
export {
  InvalidMessage,
  type InvalidMessageCode,
  PublishError,
  type PublishErrorCode,
  RejectMessage,
  RetryLater,
} from './errors.ts';
export type { MessageHandlers, MessageKey, MessageMeta } from './handlers.ts';
export { Outbox, type OutboxMessage, outboxMigration, type QueryRunnerLike } from './outbox.ts';
export { type OutboxPublisher, OutboxRelay } from './outbox-relay.ts';
export { Publisher, type PublishOptions } from './publisher.ts';
export { createTopology, type MessageQueue, queueNames, type Topology } from './topology.ts';
