import jsQR from 'jsqr';
import { toString as drawQr } from 'qrcode';
import terminal from 'qrcode-terminal';
import { expect, test } from 'vitest';
import { type LogViewerLine, toLogItems } from './log-items.ts';

const secret = `https://wa.me/settings/linked_devices#2@${'aB3/'.repeat(40)},chave,1`;
const quietZone = 4;
const pixelsPerSquare = 4;

const toLines = (text: string): LogViewerLine[] =>
  text.split('\n').map((line, index) => ({ id: `1-${index}`, at: index, kind: 'line', text: line, data: null }));

function drawingsOf(text: string): boolean[][][] {
  return toLogItems(toLines(text)).flatMap((item) => (item.kind === 'drawing' ? [item.squares] : []));
}

/** What a QR reader sees in the drawing as the page shows it: black squares on white with a quiet zone. */
function readBack(squares: boolean[][], aspect = 1): string | undefined {
  const width = ((squares[0]?.length ?? 0) + quietZone * 2) * pixelsPerSquare;
  const height = (squares.length * aspect + quietZone * 2) * pixelsPerSquare;
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const row = Math.floor(y / pixelsPerSquare - quietZone);
      const column = Math.floor(x / pixelsPerSquare - quietZone);
      if (squares[row]?.[column]) pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return jsQR(pixels, width, height)?.data;
}

const withTerminal = (small: boolean): string => {
  let drawn = '';
  terminal.generate(secret, { small }, (drawing) => {
    drawn = drawing;
  });
  return drawn;
};

test('a small code of qrcode-terminal can be scanned', () => {
  const [squares] = drawingsOf(`pronto\n${withTerminal(true)}\nescaneie`);
  expect(readBack(squares ?? [])).toBe(secret);
});

test('a large code of qrcode-terminal, drawn with background colours, can be scanned', () => {
  const [squares] = drawingsOf(withTerminal(false));
  expect(readBack(squares ?? [])).toBe(secret);
});

test('the terminal around a code is left out', () => {
  const [squares = []] = drawingsOf(withTerminal(true));
  expect(squares.at(0)?.some(Boolean)).toBe(false);
  expect(squares.at(-1)?.some(Boolean)).toBe(false);
});

test('an indented code can be scanned', () => {
  const [squares] = drawingsOf(withTerminal(true).replace(/^/gm, '    '));
  expect(readBack(squares ?? [])).toBe(secret);
});

test('a code of qrcode, whose blocks are the dark squares, can be scanned', async () => {
  const [squares] = drawingsOf(await drawQr(secret, { type: 'utf8' }));
  expect(readBack(squares ?? [])).toBe(secret);
});

test.each([true, false])('a coloured terminal code of qrcode can be scanned (small: %s)', async (small) => {
  const [squares] = drawingsOf(await drawQr(secret, { type: 'terminal', small }));
  expect(readBack(squares ?? [])).toBe(secret);
});

test('two codes in a row with a line between are two drawings', () => {
  expect(drawingsOf(`${withTerminal(true)}\nnovo código\n${withTerminal(true)}`)).toHaveLength(2);
});

test('a progress bar and a banner stay text', () => {
  const bar = '█'.repeat(30);
  expect(drawingsOf(`${bar}\n${bar}\n${bar}`)).toEqual([]);
  expect(drawingsOf(Array.from({ length: 20 }, () => '██╗  ██║ olá ██████████████').join('\n'))).toEqual([]);
});
