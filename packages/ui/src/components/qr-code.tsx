import { cn } from '../lib/cn.ts';
import { matrixPath } from '../lib/matrix-path.ts';

const quietZone = 4;

/** A QR code from rows of `0` and `1` (dark), always black on white with the quiet zone that readers need. */
export function QrCode({ matrix, label, className }: { matrix: readonly string[]; label: string; className?: string }) {
  const size = matrix.length + quietZone * 2;
  const path = matrixPath(
    matrix.map((row) => Array.from(row, (module) => module === '1')),
    quietZone,
  );
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className={cn('aspect-square w-full max-w-80 rounded-lg bg-[#fff]', className)}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
