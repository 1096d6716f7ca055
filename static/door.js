// On every page, before the app and without it: quick exit, numbers, showing a password.
(() => {
  const page = document.documentElement;
  const exit = () => document.querySelector('form[data-leave]');
  page.classList.add('js');

  const clear = () => {
    localStorage.clear();
    sessionStorage.clear();
  };

  /** All that this site keeps here; an open database goes with the page, the worker with the hub's answer: it may carry the sign-out. */
  function forget(mark) {
    clear();
    for (const pair of document.cookie.split(';')) {
      const name = pair.split('=')[0].trim();
      if (name !== mark) document.cookie = `${name}=; path=/; max-age=0`;
    }
    const all = (found, drop) => found?.then((list) => Promise.all(list.map(drop)));
    return Promise.allSettled([
      all(indexedDB.databases?.(), ({ name }) => void indexedDB.deleteDatabase(name)),
      all(self.caches?.keys(), (name) => caches.delete(name)),
    ]);
  }

  /**
   * Covers first, then closes the line: so the app hears nothing of the sign-out and shows no sign-in page. The mark is a
   * cookie: if the hub does not hear of it, the next page signs out before it shows anything.
   */
  function leave() {
    const form = exit();
    if (!form || page.classList.contains('leaving')) return;
    const { mark, leave: to } = form.dataset;
    page.classList.add('leaving');
    document.title = '';
    dispatchEvent(new Event('leaving'));
    navigator.serviceWorker
      ?.getRegistrations()
      .then((all) => all.map(({ active, installing }) => (active ?? installing)?.postMessage({ leave: true })));
    document.cookie = `${mark}=1; path=/; max-age=31536000; samesite=lax`;
    let told = false;
    fetch('/leave', { method: 'POST', keepalive: true }).then(
      ({ ok }) => (told = ok),
      () => undefined,
    );
    // what was written meanwhile: Kit notes places of scrolling as the page goes, and this listener comes after its own
    addEventListener('visibilitychange', clear);
    addEventListener('pagehide', () => {
      clear();
      if (!told) navigator.sendBeacon('/leave');
    });
    const go = () => location.replace(to);
    Promise.race([forget(mark), new Promise((resolve) => setTimeout(resolve, 500))]).then(go, go);
  }

  document.addEventListener('submit', (event) => {
    if (!event.target.dataset.leave) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leave();
  });

  // Shift alone, three times within two seconds; a capital letter is none
  let alone = false;
  let taps = [];
  const press = ({ key }) => {
    alone = key === 'Shift';
    if (!alone) taps = [];
  };
  const release = ({ key, timeStamp: now }) => {
    if (!alone || key !== 'Shift') return;
    taps = [...taps, now].filter((at) => now - at < 2000);
    if (taps.length > 2) leave();
  };
  document.addEventListener('keydown', press, true);
  document.addEventListener('keyup', release, true);

  /** A dialog covers the bar; the places of the ✕ and of the numbers stay what they are. */
  function behind({ target, clientX: x, clientY: y }, part) {
    const box = target.nodeName === 'DIALOG' && part?.getBoundingClientRect();
    return box && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
  }

  const onClick = (event) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    if (behind(event, exit())) return leave();
    const numbers = behind(event, document.querySelector('nav a[href="/help"]'));
    if (numbers) target.close();
    const sheet = document.getElementById('help-sheet');
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (
      plain &&
      (numbers || target.closest('a[href="/help"]')) &&
      location.pathname !== '/help' &&
      sheet?.showPopover
    ) {
      event.preventDefault();
      sheet.showPopover();
      sheet.querySelector('h2').focus();
    }
    const button = target.closest('[data-shows-password]');
    const input = button?.parentElement?.querySelector('input');
    if (!input) return;
    const shown = input.type === 'password';
    input.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
  };
  document.addEventListener('click', onClick, true);

  // kept by the browser for "back": covered until asked for again; to whom it is closed by now, a harmless page
  addEventListener('pagehide', ({ persisted }) => persisted && page.classList.add('leaving'));
  const again = () => location.reload();
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    const asked = fetch(location.href, { redirect: 'manual' });
    asked.then(({ type }) => (type === 'opaqueredirect' ? location.replace(exit().dataset.leave) : again()), again);
  });

  // covered by back.js
  if (page.classList.contains('leaving')) location.replace(exit().dataset.leave);

  const { plain } = page.dataset;
  if (plain) {
    const rename = () => {
      if (document.title && !document.title.endsWith(plain)) document.title = plain;
    };
    new MutationObserver(rename).observe(document.head, { childList: true, subtree: true, characterData: true });
    rename(); // the app may have been quicker
  }
})();
