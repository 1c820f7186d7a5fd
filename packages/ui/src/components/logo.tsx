import { cn } from '../lib/cn.ts';

/** The mark: a sail cut from a Z. The upper stroke is the yard, the diagonal the sail, the lower stroke the hull. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn('size-7 text-brand', className)}>
      <path
        d="M5 4h22L13.4 17.2C10.2 20.2 7.6 21.8 4 22.6 9.4 17.4 15 11.6 18.6 8.6H8.2C6.6 8.6 5.4 7.2 5 4Z"
        fill="currentColor"
      />
      <path d="M27.4 9.4c1 5.2.4 9.6-1.6 13.2H12.2c6-2.4 11-6.8 15.2-13.2Z" fill="currentColor" opacity="0.72" />
      <path d="M4 25h24c-.9 2.6-2.6 4-5.4 4H9.4C6.6 29 4.900 27.600 4 25Z" fill="currentColor" />
    </svg>
  );
}

/** The mark with the name. */
export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2 font-semibold text-lg tracking-tight', className)}>
      <LogoMark />
      Zarpa
    </span>
  );
}
