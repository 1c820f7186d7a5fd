/**
 * Aborted together with `parent`, or alone; whoever made it aborts it in the end. Several are open for each followed log, and `AbortSignal.any`
 * takes ten times the memory.
 */
export function abortedWith(parent: AbortSignal): AbortController {
  const own = new AbortController();
  const abort = () => own.abort(parent.reason);
  if (parent.aborted) {
    abort();
    return own;
  }
  parent.addEventListener('abort', abort);
  own.signal.addEventListener('abort', () => parent.removeEventListener('abort', abort));
  return own;
}
