/** Pure: where a token is to be had, by a registry's `WWW-Authenticate`; null where it asks for something else. */
export function bearerChallenge(header: string | undefined, scope: string): URL | null {
  if (header === undefined || !/^bearer /i.test(header)) return null;
  const values = new Map([...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
  const realm = values.get('realm');
  if (realm === undefined || !URL.canParse(realm)) return null;
  const url = new URL(realm);
  const service = values.get('service');
  if (service !== undefined) url.searchParams.set('service', service);
  url.searchParams.set('scope', values.get('scope') ?? scope);
  return url;
}
