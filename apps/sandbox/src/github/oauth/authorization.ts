import { z } from 'zod';

const scopes = /^[a-z_:]+$/;

/** The query of `/login/oauth/authorize`. Scopes may be separated by spaces or commas; unreadable ones are left out. */
export const AuthorizationRequest = z.object({
  client_id: z.string(),
  redirect_uri: z.string().refine(isWebAddress),
  scope: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(/[ ,]+/)
        .filter((scope) => scopes.test(scope))
        .join(','),
    ),
  state: z.string().max(2_000).optional(),
  login: z.string().optional(),
  code_challenge: z
    .string()
    .regex(/^[\w-]{43}$/)
    .optional(),
  code_challenge_method: z.literal('S256').optional(),
});
export type AuthorizationRequest = z.infer<typeof AuthorizationRequest>;

export function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hash === '';
}

/** Where the browser goes back to, with the result of the authorization. */
export function callbackAddress(request: AuthorizationRequest, result: Record<string, string>): string {
  const url = new URL(request.redirect_uri);
  for (const [name, value] of Object.entries(result)) url.searchParams.set(name, value);
  if (request.state !== undefined) url.searchParams.set('state', request.state);
  return url.href;
}
