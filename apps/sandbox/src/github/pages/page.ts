import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import { chooseLanguage, isLanguage, type Language, languageNames, languages } from './language.ts';
import { type Texts, textsOf } from './texts/texts.ts';

export interface PageEnvironment {
  Variables: { language: Language; texts: Texts };
}
export type PageContext = Context<PageEnvironment>;
export type Html = ReturnType<typeof html>;

const languageCookie = 'sandbox_language';

/** Language by `?lang=`, then the cookie that it leaves, then the browser's wish; and the headers of a page without scripts. */
export const pageMiddleware: MiddlewareHandler<PageEnvironment> = async (context, next) => {
  const asked = context.req.query('lang');
  if (isLanguage(asked)) setCookie(context, languageCookie, asked, { path: '/', sameSite: 'Lax', maxAge: 31_536_000 });
  const kept = getCookie(context, languageCookie);
  const language = isLanguage(asked)
    ? asked
    : isLanguage(kept)
      ? kept
      : chooseLanguage(context.req.header('accept-language'));
  context.set('language', language);
  context.set('texts', textsOf(language));
  await next();
  context.header(
    'content-security-policy',
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  context.header('x-content-type-options', 'nosniff');
  context.header('referrer-policy', 'same-origin');
};

interface Page {
  readonly title: string;
  readonly body: Html;
  readonly status?: 200 | 400 | 404 | 409;
  /** Where the language links lead; the page's own address unless it came from a form. */
  readonly address?: string;
}

export function answerPage(
  context: PageContext,
  { title, body, status = 200, address }: Page,
): Response | Promise<Response> {
  const { language, texts } = context.var;
  return context.html(
    html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${texts.sandbox}</title>
<link rel="icon" href="/_assets/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/_assets/sandbox.css">
</head>
<body>
<a class="skip" href="#main">${texts.skipToContent}</a>
<header class="top">
<a class="mark" href="/"><img src="/_assets/mark.svg" alt="" width="24" height="24"><span>${texts.sandbox}</span></a>
<nav aria-label="${texts.navigation}">
<a href="/">${texts.repositories}</a>
<a href="/deliveries">${texts.deliveries}</a>
<a href="/apps/zarpa/installations/new">${texts.installations}</a>
</nav>
<nav class="languages" aria-label="${texts.language}">${languages.map((other) => languageLink(context, other, address))}</nav>
</header>
<main id="main" tabindex="-1">${body}</main>
<footer>${texts.footer}</footer>
</body>
</html>`,
    status,
  );
}

function languageLink(context: PageContext, other: Language, address: string | undefined) {
  const url = new URL(address ?? context.req.url, context.req.url);
  url.searchParams.set('lang', other);
  const current = other === context.var.language ? html` aria-current="true"` : '';
  const short = other.slice(0, 2).toUpperCase();
  return html`<a href="${url.pathname}${url.search}" lang="${other}" title="${languageNames[other]}"${current}>${short}</a>`;
}
