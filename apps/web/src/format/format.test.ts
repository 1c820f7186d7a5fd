import { expect, test } from 'vitest';
import { formatDuration } from './duration.ts';
import { formatBytes, formatMegabytes, formatMoney } from './size.ts';

test('durations take two units at most', () => {
  expect(formatDuration(0, 'pt-BR')).toBe('0 s');
  expect(formatDuration(4_230, 'pt-BR')).toBe('4,2 s');
  expect(formatDuration(4_230, 'en')).toBe('4.2 s');
  expect(formatDuration(42_900, 'en')).toBe('42 s');
  expect(formatDuration(95_000, 'en')).toBe('1 min 35 s');
  expect(formatDuration(3 * 3_600_000, 'en')).toBe('3 h');
  expect(formatDuration(3 * 3_600_000 + 12 * 60_000, 'en')).toBe('3 h 12 min');
  expect(formatDuration(50 * 3_600_000, 'en')).toBe('2 d 2 h');
  expect(formatDuration(25 * 60_000 + 10_000, 'en')).toBe('25 min');
});

test('a clock that runs behind shows no negative time', () => {
  expect(formatDuration(-500, 'en')).toBe('0 s');
});

test('sizes turn to GB at a thousand MB', () => {
  expect(formatBytes(84 * 1_048_576, 'pt-BR')).toBe('84 MB');
  expect(formatBytes(400_000, 'pt-BR')).toBe('0,4 MB');
  expect(formatMegabytes(256, 'pt-BR')).toBe('256 MB');
  expect(formatMegabytes(1024, 'pt-BR')).toBe('1 GB');
  expect(formatMegabytes(1536, 'en')).toBe('1.5 GB');
});

test('money is written as the reader writes it', () => {
  expect(formatMoney(500, 'BRL', 'pt-BR').replace(/\s/g, ' ')).toBe('R$ 5,00');
});
