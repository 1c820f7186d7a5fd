import fc from 'fast-check';
import * as jsqr from 'jsqr';
import QRCode from 'qrcode';
import terminal from 'qrcode-terminal';
import { describe, expect, test } from 'vitest';
import { esc } from '../colour-sequence.ts';
import { createQrRecognizer } from './recognizer.ts';
import type { Matrix } from './structure.ts';

/** Dark modules of a code for this text, with `border` light ones around. */
function pixels(text: string, border: number): boolean[][] {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'L' }).modules;
  const at = (index: number): number => index - border;
  const inside = (index: number): boolean => index >= 0 && index < size;
  return Array.from({ length: size + 2 * border }, (_, y) =>
    Array.from(
      { length: size + 2 * border },
      (__, x) => inside(at(x)) && inside(at(y)) && data[at(y) * size + at(x)] === 1,
    ),
  );
}

function halfBlocks(rows: boolean[][], blocks: readonly [string, string, string, string], filler: boolean): string {
  const lines: string[] = [];
  for (let y = 0; y < rows.length; y += 2) {
    const lower = rows[y + 1] ?? rows[y]?.map(() => filler) ?? [];
    lines.push((rows[y] ?? []).map((upper, x) => blocks[(upper ? 1 : 0) + (lower[x] ? 2 : 0)]).join(''));
  }
  return lines.join('\n');
}

const doubled = (rows: boolean[][], dark: string, light: string): string =>
  rows.map((row) => row.map((module) => (module ? dark : light)).join('')).join('\n');

function pythonTty(text: string): string {
  const rows = pixels(text, 0);
  const edge = `${esc}[1;47m${' '.repeat(rows.length * 2 + 4)}${esc}[0m`;
  const light = `${esc}[1;47m  ${esc}[40m`;
  return [
    edge,
    ...rows.map((row) => `${light}${row.map((dark) => (dark ? '  ' : light)).join('')}${esc}[1;47m  ${esc}[0m`),
    edge,
  ].join('\n');
}

function segno(text: string, border: number): string {
  const rows = pixels(text, border);
  return rows.map((row) => row.map((dark) => `${esc}[${dark ? 49 : 7}m  ${esc}[0m`).join('')).join('\n');
}

const withQrcodeTerminal = (text: string, small: boolean): string => {
  let result = '';
  terminal.generate(text, { small }, (printed) => {
    result = printed;
  });
  return result;
};

const asciiBlocks = ['\u00a0', '▀', '▄', '█'] as const;
const invertedBlocks = ['█', '▄', '▀', '\u00a0'] as const;

const formats: Record<string, (text: string) => string | Promise<string>> = {
  'qrcode-terminal': (text) => withQrcodeTerminal(text, false),
  'qrcode-terminal small': (text) => withQrcodeTerminal(text, true),
  'qrcode terminal': (text) => QRCode.toString(text, { type: 'terminal' }),
  'qrcode terminal small': (text) => QRCode.toString(text, { type: 'terminal', small: true }),
  'qrcode terminal small inverse': (text) =>
    QRCode.toString(text, { type: 'terminal', small: true, inverse: true } as QRCode.QRCodeToStringOptions),
  'qrcode utf8': (text) => QRCode.toString(text, { type: 'utf8' }),
  'qrcode utf8 inverse': (text) =>
    QRCode.toString(text, { type: 'utf8', color: { dark: '#ffffff', light: '#000000' } }),
  'Python qrcode print_ascii': (text) => halfBlocks(pixels(text, 4), asciiBlocks, false),
  'Python qrcode print_ascii inverted': (text) => halfBlocks(pixels(text, 4), invertedBlocks, true),
  'Python qrcode print_ascii on a terminal': (text) =>
    halfBlocks(pixels(text, 4), invertedBlocks, true).replace(/^.*$/gm, `${esc}[48;5;232m${esc}[38;5;255m$&${esc}[0m`),
  'Python qrcode print_tty': pythonTty,
  'segno terminal': (text) => segno(text, 4),
  'segno terminal without border': (text) => segno(text, 0),
  'segno compact': (text) => halfBlocks(pixels(text, 4), ['█', '▄', '▀', ' '], true),
  'half blocks without border': (text) => halfBlocks(pixels(text, 0), [' ', '▀', '▄', '█'], false),
  'full blocks': (text) => doubled(pixels(text, 2), '██', '  '),
  'full blocks inverted': (text) => doubled(pixels(text, 2), '  ', '██'),
  'colours of the 256-colour palette': (text) => doubled(pixels(text, 1), `${esc}[48;5;16m  `, `${esc}[48;5;231m  `),
  'true colours': (text) =>
    doubled(pixels(text, 1), `${esc}[48;2;0;0;0m  ${esc}[0m`, `${esc}[48;2;255;255;255m  ${esc}[0m`),
};

const prefixes: Record<string, (line: string, index: number) => string> = {
  'as printed': (line) => line,
  indented: (line) => `    ${line}`,
  'with a time': (line, index) => `[2026-11-20T10:00:${String(index).padStart(2, '0')}.123Z] ${line}`,
  'with a level of changing length': (line, index) => `${index + 8}: INFO bot | ${line}`,
  'with a coloured level': (line) => `${esc}[32minfo${esc}[39m: ${line}`,
  'with a heading on the first line': (line, index) => (index === 0 ? `QR recebido:\n${line}` : line),
  'without trailing spaces': (line) => line.trimEnd(),
};

function recognize(printed: string): Matrix[] {
  const recognizer = createQrRecognizer();
  return printed
    .split('\n')
    .map((line) => recognizer.push(line))
    .filter((matrix) => matrix !== null);
}

function readBack(matrix: Matrix): string | undefined {
  const scale = 4;
  const border = 4;
  const width = (matrix.length + 2 * border) * scale;
  const image = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const dark = matrix[Math.floor(y / scale) - border]?.[Math.floor(x / scale) - border] === '1';
      if (dark) image.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return jsqr.default.default(image, width, width)?.data;
}

const base64Key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const ref = fc.stringMatching(/^2@[A-Za-z0-9+/]{60,140}={0,2}$/);
const pairing = fc
  .tuple(
    fc.constantFrom('', 'https://wa.me/settings/linked_devices#'),
    ref,
    base64Key,
    base64Key,
    base64Key,
    fc.constantFrom('', ',1'),
  )
  .map(
    ([address, start, noise, identity, secret, platform]) =>
      `${address}${start},${noise},${identity},${secret}${platform}`,
  );

describe.each(Object.entries(formats))('a QR code printed by %s', (_, print) => {
  test.each(Object.entries(prefixes))('is read back %s', async (__, prefix) => {
    await fc.assert(
      fc.asyncProperty(pairing, async (text) => {
        const printed = (await print(text)).split('\n').map(prefix).join('\n');
        expect(recognize(printed).map(readBack)).toEqual([text]);
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  test('is read back at any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 400 }), async (content) => {
        const text = content.replace(/[^ -~]/g, 'x');
        expect(recognize(await print(text)).map(readBack)).toEqual([text]);
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });

  test('is found again and again between other lines', async () => {
    const codes = await Promise.all([print('first code'), print('second code'), print('third code')]);
    const log = codes.map((code, index) => `QR ${index}\nScan it\n\n${code}\nwaiting\n`).join('');
    expect(recognize(log).map(readBack)).toEqual(['first code', 'second code', 'third code']);
  });
});

describe('what is no QR code', () => {
  const art = fc.constantFrom(' ', '█', '▀', '▄', '  ', '██', `${esc}[40m  ${esc}[0m`, `${esc}[47m  ${esc}[0m`);
  test('is not taken for one: random blocks', () => {
    const line = fc.array(art, { minLength: 21, maxLength: 90 }).map((cells) => cells.join(''));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 70 }), (lines) => {
        expect(recognize(lines.join('\n'))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('is not taken for one: any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 200 }), { maxLength: 50 }), (lines) => {
        expect(recognize(lines.join('\n'))).toEqual([]);
      }),
    );
  });

  test('is not taken for one: a code with one wrong module in its fixed patterns, or cut off', async () => {
    const printed = await QRCode.toString('a bot', { type: 'utf8', margin: 2 });
    const rows = printed.split('\n');
    expect(recognize(rows.join('\n'))).toHaveLength(1);
    expect(recognize(rows.slice(0, -2).join('\n'))).toEqual([]);
    expect(recognize(rows.slice(2).join('\n'))).toEqual([]);
    const damaged = rows.map((row, index) => (index === 2 ? row.replace('█', '▀') : row));
    expect(recognize(damaged.join('\n'))).toEqual([]);
  });

  test('is not taken for one: progress bars, tables and banners', () => {
    const bars = Array.from({ length: 60 }, (_, done) => `${'█'.repeat(done)}${' '.repeat(60 - done)} ${done}%`);
    const table = Array.from({ length: 60 }, () => '▄▄▄▄▄▄▄▄▄▄▄▄ ▄▄▄▄▄▄▄▄▄▄▄▄ ▀▀▀▀▀▀▀▀▀▀▀▀ ████████████');
    expect(recognize([...bars, ...table, ...bars].join('\n'))).toEqual([]);
  });
});

test('a code in one line of JSON is found', async () => {
  const code = await QRCode.toString('in json', { type: 'utf8', margin: 2 });
  expect(recognize(JSON.stringify({ level: 30, msg: `\n${code}\n` })).map(readBack)).toEqual(['in json']);
  expect(recognize(JSON.stringify({ level: 30, msg: withQrcodeTerminal('in colours', false) })).map(readBack)).toEqual([
    'in colours',
  ]);
});
