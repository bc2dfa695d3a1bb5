// What a person does on a page that isn't live yet. Until its circuit has rendered it again (main[data-interactive] of
// Frame/MainLayout.razor), nobody hears a press, and what was typed goes with the elements that the live page replaces.
// So: what was typed, chosen and opened is put back, the focus as well, and the last press is done as soon as there is a button for it.
(() => {
  // Work without a circuit: doing them again would undo or repeat them. Forms of the circuit have an action until it is there, but no method.
  const workAlready = 'form[method] *, [data-theme-switch], [data-copy], [data-reload], [data-reconnect]';
  const pressable = 'button, [role="button"], [role="combobox"], [role="tab"], .mud-select';
  const patience = 30_000;

  let values = new Map();
  let opened = new Map();
  let taken = [];
  let press = null;
  let focus = null;
  let liveSince = null;

  const isWaiting = () => document.querySelector('main#content:not([data-interactive])') !== null;

  // The live page has no element in common with the one before, so they are known by what a person knows them by.
  const nameOf = element => [
    element.tagName,
    element.type ?? '',
    element.getAttribute('aria-label') ?? '',
    element.labels?.[0]?.textContent.trim() ?? '',
    element.matches('button, summary, [role="button"], [role="tab"]') ? element.textContent.trim() : '',
    element.name?.startsWith('mud') ? '' : element.name ?? '',
    element.value && element.matches('[type="radio"]') ? element.value : '',
  ].join('\n');
  const namesakes = (tag, name) => [...document.getElementsByTagName(tag)].filter(element => nameOf(element) === name);
  const describe = element => {
    const name = nameOf(element);
    const all = namesakes(element.tagName, name);
    return { tag: element.tagName, name, index: all.indexOf(element), count: all.length };
  };
  // Never another one that only looks the same.
  const find = ({ tag, name, index, count }) => {
    const all = namesakes(tag, name);
    return all.length === count ? all[index] : undefined;
  };
  const keep = (map, element, what) => {
    const described = describe(element);
    map.set(`${described.name}\n${described.index}`, { described, what });
  };

  const keepField = event => {
    const field = event.target;
    if (isWaiting() && field.matches?.('input, textarea, select')) {
      keep(values, field, field.matches('[type="checkbox"], [type="radio"]') ? { checked: field.checked } : { value: field.value });
      keepFocus();
    }
  };

  const keepFocus = () => {
    const element = document.activeElement;
    if (isWaiting() && element && element !== document.body) {
      const selection = element.matches('textarea, [type="text"], [type="search"], [type="password"]')
        ? [element.selectionStart, element.selectionEnd] : null;
      focus = { described: describe(element), selection, typed: '' };
    }
  };

  const keepPress = event => {
    if (!isWaiting()) {
      press = null;
      return;
    }

    const summary = event.target.closest('summary');
    if (summary) {
      // Its details open after this.
      setTimeout(() => isWaiting() && keep(opened, summary, summary.parentElement.open));
    }

    const control = event.target.closest(pressable);
    if (control && !control.matches(workAlready) && !control.disabled) {
      event.preventDefault();
      document.querySelectorAll('[data-pressed-early]').forEach(other => {
        other.removeAttribute('data-pressed-early');
        other.removeAttribute('aria-busy');
      });
      press = describe(control);
      control.setAttribute('data-pressed-early', '');
      control.setAttribute('aria-busy', 'true');
    }
  };

  addEventListener('input', keepField, { capture: true });
  addEventListener('change', keepField, { capture: true });
  addEventListener('click', keepPress, { capture: true });
  addEventListener('focusin', keepFocus, { capture: true });
  document.addEventListener('selectionchange', keepFocus);
  addEventListener('addressestaken', event => {
    if (isWaiting()) {
      taken.push({ described: describe(event.target), detail: event.detail });
    }
  }, { capture: true });
  addEventListener('submit', event => {
    if (isWaiting() && !event.target.hasAttribute('method')) {
      event.preventDefault();
    }
  }, { capture: true });

  // Between the page before and the field on the live one, keys would go nowhere.
  addEventListener('keydown', event => {
    if (!focus || isWaiting() || document.activeElement !== document.body || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }

    if (event.key === 'Tab') {
      focus = null;
    } else if (event.key.length === 1 && focus.selection) {
      focus.typed += event.key;
      event.preventDefault();
    }
  }, { capture: true });

  const fill = (field, { value, checked }) => {
    if (checked !== undefined) {
      if (field.checked !== checked) {
        field.click();
      }
    } else if (field.value !== value) {
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
  };

  const putBack = map => {
    for (const [key, { described, what }] of map) {
      const element = find(described);
      if (element) {
        map.delete(key);
        if (typeof what === 'boolean') {
          element.parentElement.open = what;
        } else {
          fill(element, what);
        }
      }
    }
  };

  const putFocusBack = () => {
    const element = focus && find(focus.described);
    if (!element) {
      return;
    }

    const { selection, typed } = focus;
    focus = null;
    // Whoever has gone elsewhere since stays there.
    if (document.activeElement === document.body) {
      element.focus();
      if (selection) {
        element.setSelectionRange(...selection);
        if (typed) {
          element.setRangeText(typed, ...selection, 'end');
          element.dispatchEvent(new Event('input', { bubbles: true }));
          element.dispatchEvent(new Event('change', { bubbles: true }));
        }
      }
    }
  };

  const pressAgain = () => {
    const control = press && find(press);
    if (control && !control.disabled) {
      press = null;
      for (const type of ['mousedown', 'mouseup']) {
        control.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
      }

      control.click();
    }
  };

  const carryOver = () => {
    if (isWaiting()) {
      liveSince = null;
      return;
    }

    if (!document.querySelector('main#content[data-interactive]') || !(values.size || opened.size || taken.length || press || focus)) {
      return;
    }

    liveSince ??= performance.now();
    if (performance.now() - liveSince > patience) {
      [values, opened, taken, press, focus] = [new Map(), new Map(), [], null, null];
      return;
    }

    putBack(values);
    putBack(opened);
    taken = taken.filter(({ described, detail }) => {
      find(described)?.dispatchEvent(new CustomEvent('addressestaken', { bubbles: true, detail }));
      return !find(described);
    });
    putFocusBack();
    pressAgain();
  };

  new MutationObserver(carryOver).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-interactive', 'disabled'] });
})();
