/** Tells of each press of a link that leads away from the page, instead of following it. Returns how to stop. */
export function guardLinks(onLeave: (href: string, inside: boolean) => void): () => void {
  const onClick = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
    if (!link || elsewhere || link.target === '_blank' || link.hasAttribute('download')) return;
    const to = new URL(link.href);
    const here = window.location;
    if (to.origin === here.origin && to.pathname === here.pathname && to.search === here.search) return;
    event.preventDefault();
    event.stopPropagation();
    onLeave(link.href, to.origin === here.origin);
  };
  document.addEventListener('click', onClick, true);
  return () => document.removeEventListener('click', onClick, true);
}
