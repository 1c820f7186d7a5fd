'use client';
import { useEffect } from 'react';
import { followTheme } from './theme.ts';

/** Stands once in the page, so that the theme changes with the device and with other tabs. */
export function ThemeFollower() {
  useEffect(followTheme, []);
  return null;
}
