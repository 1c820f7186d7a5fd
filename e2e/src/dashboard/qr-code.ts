import { waitFor } from '@zarpa/testing';
import jsqr from 'jsqr';
import type { Locator } from 'playwright-core';
import { PNG } from 'pngjs';

/** What a phone's camera reads in a picture of this place, as soon as it can. */
export function scanQrCode(place: Locator): Promise<string> {
  return waitFor(() => readQrCode(place), { timeoutMs: 15_000, describe: 'a QR code that can be read' });
}

async function readQrCode(place: Locator): Promise<string | undefined> {
  const { data, width, height } = PNG.sync.read(await place.screenshot());
  return jsqr.default(new Uint8ClampedArray(data), width, height)?.data;
}
