import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { accountOf, isLogin } from '../accounts.ts';

const directory = new URL('../../../assets/', import.meta.url);
const types: Record<string, string> = { 'sandbox.css': 'text/css; charset=utf-8', 'mark.svg': 'image/svg+xml' };

export function assetRoutes(): Hono {
  const routes = new Hono();
  for (const [name, type] of Object.entries(types)) {
    routes.get(`/_assets/${name}`, async (context) => {
      context.header('cache-control', 'public, max-age=300');
      return context.body(await readFile(new URL(name, directory), 'utf8'), 200, { 'content-type': type });
    });
  }
  routes.get('/_avatars/:login', (context) => {
    const { login } = context.req.param();
    if (!isLogin(login)) return context.text('404: Not Found', 404);
    context.header('cache-control', 'public, max-age=86400');
    return context.body(avatar(login), 200, { 'content-type': 'image/svg+xml' });
  });
  return routes;
}

/** Two letters on a colour of their own. */
function avatar(login: string): string {
  const { id, login: name } = accountOf(login);
  const initials = name
    .split('-')
    .map((part) => part.charAt(0))
    .join('')
    .slice(0, 2)
    .toUpperCase();
  const text = `font-family="system-ui,sans-serif" font-size="34" font-weight="600" fill="#fff" text-anchor="middle"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><rect width="80" height="80" fill="oklch(.5 .1 ${(id * 67) % 360})"/><text x="40" y="52" ${text}>${initials}</text></svg>`;
}
