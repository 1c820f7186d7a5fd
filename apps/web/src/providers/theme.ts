'use client';
import { useSyncExternalStore } from 'react';
import { darkDevice, storageKey } from './theme-script.ts';

const themes = ['light', 'dark', 'system'] as const;
/** What the reader chose; `system` follows the device. */
export type Theme = (typeof themes)[number];

const listeners = new Set<() => void>();

/** The chosen theme, and how to choose another. */
export function useTheme(): { theme: Theme; setTheme: (theme: Theme) => void } {
  return { theme: useSyncExternalStore(onTheme, readTheme, () => 'system'), setTheme };
}

/** Keeps the page painted as chosen while other tabs or the device change; the returned function ends it. */
export function followTheme(): () => void {
  const device = window.matchMedia(darkDevice);
  window.addEventListener('storage', tell);
  device.addEventListener('change', tell);
  const leave = onTheme(paint);
  return () => {
    window.removeEventListener('storage', tell);
    device.removeEventListener('change', tell);
    leave();
  };
}

function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** Where storage is blocked, the choice lasts as long as the page. */
let unstored: string | null = null;

function readTheme(): Theme {
  const stored = unstored ?? readStored();
  return themes.find((theme) => theme === stored) ?? 'system';
}

function readStored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function setTheme(theme: Theme): void {
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    unstored = theme;
  }
  tell();
}

/** Changes every colour at once instead of fading each by its own transition. */
function paint(): void {
  const theme = readTheme();
  const still = document.createElement('style');
  still.textContent = '*,*::before,*::after{transition:none!important}';
  document.head.append(still);
  document.documentElement.classList.toggle(
    'dark',
    theme === 'dark' || (theme === 'system' && window.matchMedia(darkDevice).matches),
  );
  window.getComputedStyle(document.body).getPropertyValue('color');
  setTimeout(() => still.remove(), 1);
}
