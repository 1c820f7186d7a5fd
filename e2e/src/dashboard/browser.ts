import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { onTestFailed } from 'vitest';

const screenshots = fileURLToPath(new URL('../../../.zarpa/screenshots/', import.meta.url));

/** Debian's Chromium, without a call to anybody outside. `hosts` are names that it finds at a port of this machine. */
export function openBrowser({ hosts = {} }: { hosts?: Readonly<Record<string, number>> } = {}): Promise<Browser> {
  const rules = Object.entries(hosts).map(([name, port]) => `MAP ${name} 127.0.0.1:${port}`);
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-proxy-server',
      `--host-resolver-rules=${rules.join(',')}`,
    ],
  });
}

export const wide = { width: 1440, height: 900 } as const;
export const narrow = { width: 390, height: 844 } as const;

/** A visitor of their own: cookies, language and colours. */
export function newVisitor(
  browser: Browser,
  options: { locale?: string; dark?: boolean; viewport?: typeof wide | typeof narrow } = {},
): Promise<BrowserContext> {
  const { locale = 'pt-BR', dark = false, viewport = wide } = options;
  return browser.newContext({
    locale,
    viewport,
    colorScheme: dark ? 'dark' : 'light',
    timezoneId: 'America/Sao_Paulo',
  });
}

/** Keeps a picture where a test fails, for whoever has to find out why. */
export function pictureOnFailure(page: () => Page | undefined): void {
  onTestFailed(async ({ task }) => {
    const shown = page();
    if (shown) await keepPicture(shown, `falhou-${task.name.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 60)}`);
  });
}

/** Keeps a picture for people to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await page.screenshot({ path: `${screenshots}${name}.png` });
}
