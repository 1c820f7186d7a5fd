export const dynamic = 'force-dynamic';

/** The process answers; it asks nobody else, so that an API that is down takes no dashboard with it. */
export function GET(): Response {
  return Response.json({ status: 'ok' });
}
