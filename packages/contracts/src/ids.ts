import { z } from 'zod';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const body = '[0-9a-hjkmnp-tv-z]{26}';

const prefixes = {
  owner: 'own',
  session: 'ses',
  instance: 'inst',
  deployment: 'dep',
  message: 'msg',
  delivery: 'dlv',
  move: 'mov',
} as const;

/** The kinds of ids that Zarpa makes. */
export type IdKind = keyof typeof prefixes;

const id = <Kind extends IdKind>(kind: Kind) =>
  z
    .string()
    .regex(new RegExp(`^${prefixes[kind]}_${body}$`), `must be an id such as ${prefixes[kind]}_01j…`)
    .brand<Kind>();

export const OwnerId = id('owner').meta({ id: 'OwnerId' });
export type OwnerId = z.infer<typeof OwnerId>;
export const SessionId = id('session').meta({ id: 'SessionId' });
export type SessionId = z.infer<typeof SessionId>;
export const InstanceId = id('instance').meta({ id: 'InstanceId' });
export type InstanceId = z.infer<typeof InstanceId>;
export const DeploymentId = id('deployment').meta({ id: 'DeploymentId' });
export type DeploymentId = z.infer<typeof DeploymentId>;
export const MessageId = id('message').meta({ id: 'MessageId' });
export type MessageId = z.infer<typeof MessageId>;
export const DeliveryId = id('delivery').meta({ id: 'DeliveryId' });
export type DeliveryId = z.infer<typeof DeliveryId>;
export const MoveId = id('move').meta({ id: 'MoveId' });
export type MoveId = z.infer<typeof MoveId>;

/** A cluster's name: lower case, usable as a queue's and a namespace's suffix. */
export const ClusterId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/)
  .brand<'cluster'>()
  .meta({ id: 'ClusterId' });
export type ClusterId = z.infer<typeof ClusterId>;

/** A plan's name, such as `development`. */
export const PlanId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/)
  .brand<'plan'>()
  .meta({ id: 'PlanId' });
export type PlanId = z.infer<typeof PlanId>;

type IdOf = {
  owner: OwnerId;
  session: SessionId;
  instance: InstanceId;
  deployment: DeploymentId;
  message: MessageId;
  delivery: DeliveryId;
  move: MoveId;
};

/**
 * A new id: prefix, then 26 characters of Crockford's base 32 in lower case (a ULID: 48 bits of milliseconds, 80 random bits).
 * Ids sort by the time they were made; two made in the same millisecond do not.
 */
export function newId<Kind extends IdKind>(kind: Kind, now: number = Date.now()): IdOf[Kind] {
  let time = '';
  for (let rest = now, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = alphabet.charAt(rest % 32) + time;
  const random = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => alphabet.charAt(byte % 32)).join('');
  return `${prefixes[kind]}_${time}${random}` as IdOf[Kind];
}
