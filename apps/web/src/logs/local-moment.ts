/** A moment as a `datetime-local` control takes it, in the machine's own time zone. */
export function localMoment(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}
