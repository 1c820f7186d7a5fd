'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False on the server and while its page is taken over, for parts that only the browser can draw. */
export const useInBrowser = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
