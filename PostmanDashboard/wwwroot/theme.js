// The theme follows the system until somebody switches it; then this browser remembers their choice.
(() => {
  const stored = 'postman-theme';
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => {
    try {
      return localStorage.getItem(stored);
    } catch {
      return null;
    }
  };
  const show = () => {
    document.documentElement.dataset.theme = chosen() ?? (system.matches ? 'dark' : 'light');
  };

  show();
  system.addEventListener('change', show);
  addEventListener('storage', show);
  document.addEventListener('click', event => {
    if (!event.target.closest('[data-theme-switch]')) {
      return;
    }

    const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem(stored, next);
    } catch {
      // A browser that keeps nothing: the choice lasts as long as the page.
    }

    document.documentElement.dataset.theme = next;
  });

  // Enhanced navigation brings the new document's <html> attributes, which have no theme.
  document.addEventListener('DOMContentLoaded', () => globalThis.Blazor?.addEventListener?.('enhancedload', show));
})();
