type Leave = (how: 'push' | 'replace') => void;

let guard: ((leave: Leave) => void) | null = null;

/** Goes to another page, after the guard that stands on this one has asked. `replace` where a step back is to lead past it. */
export function askToLeave(href: string, leave: Leave): void {
  const isElsewhere = new URL(href, window.location.href).pathname !== window.location.pathname;
  if (guard && isElsewhere) guard(leave);
  else leave('push');
}

/** Puts a guard on the page that is open, until the returned function is called. */
export function guardPage(ask: (leave: Leave) => void): () => void {
  guard = ask;
  return () => {
    if (guard === ask) guard = null;
  };
}
