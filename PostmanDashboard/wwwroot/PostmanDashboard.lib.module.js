// Blazor loads this by its name when it starts.
export function afterWebStarted(blazor) {
  // Raised by shell.js; see ApiKeys/Panel/ContactEmailsField.razor.
  blazor.registerCustomEventType('addressestaken', { createEventArgs: event => event.detail });
}

// A circuit that is gone may be gone because its session ended. Nobody is asked to look at their network then.
export function beforeServerStart(options) {
  const usual = () => globalThis.Blazor.defaultReconnectionHandler;
  options.reconnectionHandler = {
    async onConnectionDown(...details) {
      if (!await showIfEnded()) {
        usual().onConnectionDown(...details);
      }
    },
    onConnectionUp() {
      usual().onConnectionUp();
    },
  };
  // Asked again at every try: when a computer wakes up, its network comes later.
  document.getElementById('components-reconnect-modal')?.addEventListener('components-reconnect-state-changed', async event => {
    if (event.detail.state !== 'hide' && await showIfEnded()) {
      usual().onConnectionUp();
    } else if (['rejected', 'resume-failed'].includes(event.detail.state)) {
      comeBack();
    }
  });
}

// The server is there again, but it doesn't know this page any more: it was restarted. What was typed is kept (Shell/Live/Drafts.cs), so the
// page comes back by itself; not where it holds what is shown once, nor over and over again.
function comeBack() {
  const last = Number(sessionStorage.getItem('came-back') ?? 0);
  if (!document.querySelector('[data-shown-once]') && Date.now() - last > 10_000) {
    sessionStorage.setItem('came-back', Date.now());
    location.reload();
  }
}

// Also when the browser has another session by now: this page is still of the one before.
async function showIfEnded() {
  const template = document.getElementById('session-ended');
  if (!template) {
    // Shown already.
    return true;
  }

  try {
    const answer = await fetch('/session', { cache: 'no-store', redirect: 'error' });
    if (!answer.ok || await answer.text() === template.dataset.session) {
      return false;
    }
  } catch {
    return false;
  }

  showEnded(template);
  return true;
}

// Takes everything away that only the circuit kept right, dialogs included, and leaves what is shown once: it can still be copied.
function showEnded(template) {
  const main = document.getElementById('content');
  const card = template.content.cloneNode(true);
  const kept = document.querySelector('[data-shown-once]')?.closest('.field');
  if (kept) {
    const place = card.querySelector('[data-kept]');
    place.hidden = false;
    place.append(kept);
  }

  card.querySelector('a').href = `/sign-in?ReturnUrl=${encodeURIComponent(location.pathname + location.search)}`;
  for (const element of document.querySelectorAll('.bar-grid > :not(.brand), body > :not(.bar, main, style, script)')) {
    element.remove();
  }

  // MudBlazor's, while a dialog is open.
  document.body.classList.remove('scroll-locked');
  main.replaceChildren(card);
  document.title = 'Your session has ended – Postman';
  // Nothing follows links within the page any more.
  addEventListener('click', event => event.target.closest('a') && event.stopImmediatePropagation(), { capture: true });
  if (document.activeElement === document.body) {
    main.querySelector('h1').focus();
  }
}
