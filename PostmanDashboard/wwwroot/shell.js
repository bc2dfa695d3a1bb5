// Menus made of <details> close when the person goes elsewhere.
document.addEventListener('click', event => {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
});

// Nor does one stay over what Tab leads to next.
document.addEventListener('focusout', event => {
  const menu = event.target.closest('details.menu[open]');
  // Safari gives the focus to what is around a button that is clicked.
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget) && !event.relatedTarget.contains(menu)) {
    menu.open = false;
  }
});

document.addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  }
});

// The link that skips to the content moves the focus as well, which Blazor's way of following a link doesn't.
document.addEventListener('click', event => {
  if (event.target.closest('.skip-link')) {
    event.preventDefault();
    document.getElementById('content').focus();
  }
});

// What is chosen from a menu of a row closes it, and a dialog that opens then gives the focus back to the menu's button.
document.addEventListener('click', event => {
  const menu = event.target.closest('.key-menu button')?.closest('details');
  if (menu) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
}, { capture: true });

// The banner of a lost connection (Shell/Layout/LostConnection.razor).
document.addEventListener('click', async event => {
  if (event.target.closest('[data-reconnect]')) {
    const regained = await globalThis.Blazor.reconnect().catch(() => null);
    if (regained === false) {
      // The server answers, but it has let this page go.
      document.getElementById('components-reconnect-modal').className = 'components-reconnect-rejected';
    }
  } else if (event.target.closest('[data-reload]')) {
    location.reload();
  }
});

// Asked from the moment at which the page holds something that is shown once: a lock that the server sets comes a little later.
addEventListener('beforeunload', event => {
  if (document.querySelector('[data-shown-once]')) {
    event.preventDefault();
  }
});

// Copying happens here, inside the click itself: a round trip to the server first would cost the browser's permission.
document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (!button) {
    return;
  }

  const source = document.getElementById(button.dataset.copy);
  const outcome = document.getElementById(button.dataset.copyOutcome);
  const text = source.value ?? source.textContent;
  const copied = await copy(text, source);
  showCopied(copied ? button : null);
  outcome.dataset.copied = copied;
  // Emptied first, so that a screen reader says it again the second time.
  outcome.textContent = '';
  requestAnimationFrame(() => {
    outcome.textContent = copied
      ? 'Copied.'
      : `Your browser doesn’t let us copy. The text is selected: press ${/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl+'}C.`;
  });
});

// The button says so for as long as it is true, as far as this page can know: until it copies something else.
function showCopied(button) {
  for (const other of document.querySelectorAll('[data-copy-name]')) {
    other.firstChild.data = other.dataset.copyName;
    delete other.dataset.copyName;
  }

  if (button) {
    // The text itself and not its element, which is Blazor's.
    button.dataset.copyName = button.firstChild.data;
    button.firstChild.data = 'Copied';
  }
}

// A file from a field, made here: what it holds goes to no server, and its address is good for this one click.
document.addEventListener('click', event => {
  const button = event.target.closest('[data-download]');
  if (!button) {
    return;
  }

  const text = `${button.dataset.downloadBefore}${document.getElementById(button.dataset.download).value}\n`;
  const file = document.createElement('a');
  file.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  file.download = button.dataset.downloadName;
  file.click();
  // Not at once: the browser reads it after this click.
  setTimeout(() => URL.revokeObjectURL(file.href));
});

async function copy(text, source) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, source);
  }
}

// Plain http has no navigator.clipboard. The old command copies what is selected, so select the very element that shows
// the text: it is inside the dialog's focus trap, where a helper element elsewhere would lose the focus and copy nothing.
function copyBySelection(text, source) {
  select(source);
  let taken = null;
  const observe = event => {
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
    taken = event.clipboardData.getData('text/plain');
  };
  document.addEventListener('copy', observe, { once: true });
  let said = false;
  try {
    said = document.execCommand('copy');
  } catch {
    said = false;
  }

  document.removeEventListener('copy', observe);
  return said && taken === text;
}

function select(source) {
  if (source.select) {
    source.focus();
    source.select();
  } else {
    getSelection().selectAllChildren(source);
  }
}

// A token that is checked goes to the server in the body of a request, and is out of the page before the answer is there.
document.addEventListener('submit', async event => {
  const form = event.target.closest('[data-check-key]');
  if (!form) {
    return;
  }

  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  form.reset();
  const outcome = document.getElementById(form.dataset.checkKey);
  outcome.textContent = 'Checking…';
  try {
    // A session that has ended would be led to the sign-in page, which is no answer.
    const answer = await fetch(form.action, { method: 'POST', body, redirect: 'error' });
    if (!answer.ok && answer.status !== 429) {
      throw new Error(answer.status);
    }

    outcome.innerHTML = await answer.text();
  } catch {
    outcome.textContent = 'The key could not be checked. Reload this page and try again.';
  }
});

// A field of addresses hands over what is complete and empties itself at once. If the server did that, whoever types on
// would lose what they typed in the meantime.
// Complete is what ends in an address: what comes before one may be a name (Mei Tan <mei@agency.gov.sg>).
const complete = /^[^]*[@＠][^\s,;，；、]+[\s,;，；、]+/;

document.addEventListener('input', event => {
  // What is being composed (Chinese, Japanese) isn't finished.
  if (!event.isComposing) {
    takeComplete(event.target, event.inputType);
  }
});

document.addEventListener('compositionend', event => takeComplete(event.target));

function takeComplete(field, inputType) {
  if (field.matches?.('[data-addresses]')) {
    const text = field.value;
    const length = inputType === 'insertFromPaste' && /[\s,;<，；、＜]/.test(text) ? text.length : complete.exec(text)?.[0].length ?? 0;
    if (length > 0) {
      take(field, text.slice(0, length), text.slice(length));
    }
  }
}

document.addEventListener('keydown', event => {
  if (event.key === 'Enter' && event.target.matches?.('[data-addresses]')) {
    event.preventDefault();
    take(event.target, event.target.value, '');
  }
});

document.addEventListener('focusout', event => {
  if (event.target.matches?.('[data-addresses]')) {
    take(event.target, event.target.value, '');
  }
});

// A browser shows the line of a field of several lines that is typed into, and may leave the rest of it hidden.
document.addEventListener('focusin', event => {
  if (event.target.matches?.('textarea')) {
    event.target.scrollIntoView({ block: 'nearest' });
  }
});

// A dialog with a form may ask first (Shell/Forms/FormDialog.razor). What stands in a field of addresses is something that somebody typed.
document.addEventListener('keydown', event => {
  const button = event.key === 'Escape' && !event.isComposing && document.querySelector('[data-escape]');
  if (button) {
    if (event.target.matches?.('[data-addresses]')) {
      take(event.target, event.target.value, '');
    }

    button.click();
  }
});

// Asked by Shell/Forms/EntryForm.razor. The form may be gone meanwhile.
const fields = 'input:not([type="hidden"]), textarea, select';
globalThis.focusField = form => form?.querySelector(fields)?.focus();
globalThis.focusFault = form => form?.querySelector('[aria-invalid="true"]')?.focus();

function take(field, text, rest) {
  field.value = rest;
  if (text.trim()) {
    field.dispatchEvent(new CustomEvent('addressestaken', { bubbles: true, detail: { text } }));
  }
}
