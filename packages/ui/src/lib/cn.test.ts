import { expect, test } from 'vitest';
import { cn } from './cn.ts';

test('the later of two classes that set the same thing wins', () => {
  expect(cn('h-control w-full px-3.5', 'w-control px-0')).toBe('h-control w-control px-0');
  expect(cn('size-4 text-ink', 'size-3 text-fail-text')).toBe('size-3 text-fail-text');
  expect(cn('h-8 w-8', 'size-5')).toBe('size-5');
  expect(cn('text-sm text-ink', 'text-xs')).toBe('text-ink text-xs');
  expect(cn('bg-surface font-medium', 'bg-transparent font-normal')).toBe('bg-transparent font-normal');
});

test('classes that set different things stay', () => {
  expect(cn('text-left text-sm text-ink text-balance', 'rounded-lg border', 'flex items-center')).toBe(
    'text-left text-sm text-ink text-balance rounded-lg border flex items-center',
  );
  expect(cn('hover:bg-raised', 'bg-surface', 'max-sm:hidden', 'flex')).toBe(
    'hover:bg-raised bg-surface max-sm:hidden flex',
  );
});

test('a border keeps its width and takes the later colour', () => {
  expect(cn('border border-b-2 border-line', 'border-brand')).toBe('border border-b-2 border-brand');
  expect(cn('border-l-2 border-l-transparent', 'border-l-fail')).toBe('border-l-2 border-l-fail');
});

test('one side or axis is not the whole', () => {
  expect(cn('gap-x-3 gap-y-2 rounded-t-xl', 'rounded-b-md')).toBe('gap-x-3 gap-y-2 rounded-t-xl rounded-b-md');
  expect(cn('gap-x-3 rounded-lg', 'gap-2 rounded-md')).toBe('gap-2 rounded-md');
});

test('leaves out what is not', () => {
  expect(cn('a', false, undefined, null, ['b'])).toBe('a b');
});
