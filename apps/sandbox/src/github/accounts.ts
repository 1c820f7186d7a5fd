import { createHash } from 'node:crypto';

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Organization';
  readonly name: string;
  readonly email: string | null;
}

/** The organization that owns the sample bots; the first two test users are its members. */
export const samplesOwner: Account = {
  id: 2001,
  login: 'zarpa-exemplos',
  type: 'Organization',
  name: 'Exemplos da Zarpa',
  email: null,
};

export const testUsers: readonly [Account, Account, Account] = [
  { id: 1001, login: 'marina-costa', type: 'User', name: 'Marina Costa', email: 'marina.costa@example.com' },
  { id: 1002, login: 'diego-ramos', type: 'User', name: 'Diego Ramos', email: 'diego.ramos@example.com' },
  { id: 1003, login: 'lia-nunes', type: 'User', name: 'Lia Nunes', email: 'lia.nunes@example.com' },
];

const members: Readonly<Record<string, readonly string[]>> = { 'zarpa-exemplos': ['marina-costa', 'diego-ramos'] };
const known = [...testUsers, samplesOwner];

/** GitHub's rules for a login. */
export function isLogin(text: string): boolean {
  return /^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}$/i.test(text);
}

/** A folder that belongs to no known account is a person's. */
export function accountOf(login: string): Account {
  return known.find((account) => sameName(account.login, login)) ?? ownerOfFolder(login);
}

function ownerOfFolder(login: string): Account {
  return { id: stableId(login), login, type: 'User', name: login, email: `${login.toLowerCase()}@example.com` };
}

/** Every login whose repositories this person may see and change. */
export function ownersOf(login: string): string[] {
  const organizations = Object.keys(members).filter((owner) =>
    members[owner]?.some((member) => sameName(member, login)),
  );
  return [login, ...organizations];
}

export function noReplyEmail(account: Account): string {
  return `${account.id}+${account.login}@users.noreply.github.com`;
}

/** GitHub compares names without regard to case. */
export function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** The same number for the same name on every machine, far above the fixed ids. */
export function stableId(name: string): number {
  return 100_000 + (createHash('sha256').update(name.toLowerCase()).digest().readUInt32BE() % 2_000_000_000);
}
