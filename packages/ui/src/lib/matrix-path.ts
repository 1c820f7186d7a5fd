/** An SVG path that fills each dark square of a matrix, one unit a square, offset by `quiet` units. Neighbours in a row are joined. */
export function matrixPath(rows: readonly (readonly boolean[])[], quiet: number): string {
  return rows
    .flatMap((row, y) => runs(row).map(([start, length]) => `M${start + quiet} ${y + quiet}h${length}v1h-${length}z`))
    .join('');
}

function runs(row: readonly boolean[]): [start: number, length: number][] {
  const found: [number, number][] = [];
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue;
    const last = found.at(-1);
    if (last && last[0] + last[1] === x) last[1]++;
    else found.push([x, 1]);
  }
  return found;
}
