import { esc } from './colour-sequence.ts';

const colour = new RegExp(`^${esc}\\[[0-9;:]*m$`);
const sequences = new RegExp(
  [
    `${esc}\\[[0-?]*[ -/]*[@-~]`,
    `${esc}\\][^\u0007${esc}]*(?:\u0007|${esc}\\\\)`,
    `${esc}[PX^_][^${esc}]*${esc}\\\\`,
    `${esc}[ -/]*[0-OQ-WYZ\\\\\`-~]`,
  ].join('|'),
  'g',
);
const controls = new RegExp(
  `[\\u0000-\\u0008\\u000a-\\u001a\\u001c-\\u001f\\u007f-\\u009f]|${esc}(?!\\[[0-9;:]*m)`,
  'g',
);

/**
 * A log line's bytes as text that is safe to show: valid Unicode (broken UTF-8 becomes U+FFFD), colour sequences (SGR) and tabs kept,
 * other escape sequences left out, what a carriage return overwrote left out, other control characters as their visible symbols.
 */
export function cleanText(bytes: Uint8Array): string {
  const decoded = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return cleanString(decoded);
}

/** The same for what is text already. */
export function cleanString(text: string): string {
  const coloured = text.includes(esc) ? text.replace(sequences, (found) => (colour.test(found) ? found : '')) : text;
  return lastOverwrite(coloured).replace(controls, visible);
}

function lastOverwrite(text: string): string {
  if (!text.includes('\r')) return text;
  const shown = text.replace(/\r+$/, '');
  return shown.slice(shown.lastIndexOf('\r') + 1);
}

function visible(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
