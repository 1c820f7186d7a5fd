import type { Secret } from '@zarpa/env';

/** What `docker login` would write: for BuildKit and for nodes' pull secrets. Without credentials it names no registry. */
export function dockerConfigJson(registry: {
  host: string;
  username: string | null;
  password: Secret<string> | null;
}): string {
  const { host, username, password } = registry;
  if (username === null || password === null) return JSON.stringify({ auths: {} });
  const auth = Buffer.from(`${username}:${password.reveal()}`).toString('base64');
  return JSON.stringify({ auths: { [host]: { auth } } });
}
