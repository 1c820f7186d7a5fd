/** Where the chosen theme is kept. */
export const storageKey = 'theme';
/** Asks the device. */
export const darkDevice = '(prefers-color-scheme: dark)';

/** Paints the stored choice before the first frame; stands in the page as text, so that nothing has to load for it. */
export const themeScript = `try{var t=localStorage.getItem('${storageKey}')}catch{}document.documentElement.classList.toggle('dark',t==='dark'||t!=='light'&&matchMedia('${darkDevice}').matches)`;
