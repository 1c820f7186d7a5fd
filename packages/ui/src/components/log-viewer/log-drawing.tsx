import { matrixPath } from '../../lib/matrix-path.ts';

const quietZone = 4;
const squarePx = 6;

/** A QR code that a bot drew with characters, as crisp black squares on white, whatever font or theme is in use. */
export function LogDrawing({ squares, label }: { squares: boolean[][]; label: string }) {
  const width = (squares[0]?.length ?? 0) + quietZone * 2;
  const height = squares.length + quietZone * 2;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      shapeRendering="crispEdges"
      className="my-1 block h-auto max-w-full rounded-sm"
      style={{ width: width * squarePx }}
    >
      <rect width={width} height={height} fill="#fff" />
      <path d={matrixPath(squares, quietZone)} fill="#000" />
    </svg>
  );
}
