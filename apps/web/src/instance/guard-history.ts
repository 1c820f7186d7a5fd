const mark = 'zarpaUnsaved';

/**
 * Stands between a page and the one before it: the same page once more in the browser's history, so that a step back is noticed
 * before anything is lost. A step back cannot be refused, only stepped into again.
 */
export function guardHistory(onBack: () => void): {
  /** The step back that was asked about, once released. */
  goBack: () => void;
  /** Takes no more notice; the entry on top is about to be replaced. */
  release: () => void;
  /** Takes no more notice and takes the additional entry away, if it is still on top. */
  drop: () => void;
} {
  const isOnTop = () => window.history.state?.[mark] === true;
  const stepIn = () => {
    if (!isOnTop()) window.history.pushState({ ...window.history.state, [mark]: true }, '', window.location.href);
  };
  const onPopState = () => {
    stepIn();
    onBack();
  };
  const release = () => window.removeEventListener('popstate', onPopState);
  stepIn();
  window.addEventListener('popstate', onPopState);
  return {
    release,
    goBack: () => window.history.go(-2),
    drop: () => {
      release();
      if (isOnTop()) stepOut();
    },
  };
}

/** The page stays as it is scrolled. */
function stepOut(): void {
  window.history.scrollRestoration = 'manual';
  const onPopState = () => {
    window.history.scrollRestoration = 'auto';
  };
  window.addEventListener('popstate', onPopState, { once: true });
  window.history.back();
}
