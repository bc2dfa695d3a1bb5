// For /docs/api: tells the validator in its script to do without eval, which the page's policy forbids and it would only try.
globalThis.__zod_globalConfig = { jitless: true };

document.documentElement.lang = 'en';

// The page follows the dashboard's theme (theme.js), not one of its own.
(() => {
  const root = document.documentElement;
  try {
    localStorage.setItem('colorMode', root.dataset.theme);
  } catch {
    // A browser that keeps nothing: the page asks the system, as the dashboard does.
  }

  new MutationObserver(() => {
    for (const theme of ['light', 'dark']) {
      document.body?.classList.toggle(`${theme}-mode`, root.dataset.theme === theme);
    }
  }).observe(root, { attributeFilter: ['data-theme'] });

  // What scrolls can be reached by keyboard.
  new MutationObserver(() => {
    for (const scroller of document.querySelectorAll('.custom-scroll:not([tabindex])')) {
      scroller.tabIndex = 0;
    }
  }).observe(root, { childList: true, subtree: true });
})();
