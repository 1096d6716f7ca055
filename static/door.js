// Runs on every page, before the app and without it: the quick exit, the sheet with the numbers, showing a password. Plain.
(() => {
  const page = document.documentElement;
  const SHIFTS = 3;
  /** ms for all of them. */
  const SHIFTS_WITHIN = 2000;
  page.classList.add('js');

  const exit = () => document.querySelector('form[data-leave]');

  function forgetCookies(mark) {
    for (const pair of document.cookie.split(';')) {
      const name = pair.split('=')[0].trim();
      if (name && name !== mark) document.cookie = `${name}=; path=/; max-age=0`;
    }
  }

  /** Deletes what this site keeps on the device; a database that is still open goes with the page. */
  async function forget(mark) {
    localStorage.clear();
    sessionStorage.clear();
    forgetCookies(mark);
    const databases = indexedDB.databases?.() ?? Promise.resolve([]);
    const workers = navigator.serviceWorker?.getRegistrations() ?? Promise.resolve([]);
    const work = [
      databases.then((all) => all.forEach(({ name }) => name && indexedDB.deleteDatabase(name))),
      workers.then((all) => Promise.all(all.map((worker) => worker.unregister()))),
    ];
    if (self.caches) work.push(caches.keys().then((all) => Promise.all(all.map((name) => caches.delete(name)))));
    await Promise.allSettled(work);
  }

  /**
   * Covers the page at once, closes the line, wipes, and goes; waits at most 200 ms. The mark is a cookie: should the hub
   * not hear of it, the next page signs out before it shows anything. Signing out comes last, as the page goes: the app
   * would answer it with the sign-in page, and be seen.
   */
  function leave() {
    const form = exit();
    if (!form || page.classList.contains('leaving')) return;
    const { mark, leave: to } = form.dataset;
    page.classList.add('leaving');
    document.title = '';
    dispatchEvent(new Event('leaving'));
    document.cookie = `${mark}=1; path=/; max-age=31536000; samesite=lax`;
    let told = false;
    const signOut = () => {
      // what was written while the page went
      localStorage.clear();
      sessionStorage.clear();
      told ||= navigator.sendBeacon('/leave');
    };
    addEventListener('pagehide', signOut);
    setTimeout(signOut, 3000);
    const go = () => location.replace(to);
    Promise.race([forget(mark), new Promise((resolve) => setTimeout(resolve, 200))]).then(go, go);
  }

  document.addEventListener('submit', (event) => {
    if (!event.target.dataset.leave) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leave();
  });

  let shifts = [];
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.repeat) return;
      const alone = event.key === 'Shift' && !event.ctrlKey && !event.altKey && !event.metaKey;
      shifts = alone ? [...shifts, event.timeStamp].filter((at) => event.timeStamp - at < SHIFTS_WITHIN) : [];
      if (shifts.length >= SHIFTS) leave();
    },
    true,
  );

  /** A question that lies over the page covers the bar as well: the place of the ✕ stays the way out. */
  function overExit(event) {
    if (event.target.nodeName !== 'DIALOG') return false;
    const { left, right, top, bottom } = exit()?.getBoundingClientRect() ?? {};
    return event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
  }

  /** Opens the numbers on this page; false: the browser is too old for it, and the link leads to the page of them. */
  function showHelp() {
    const sheet = document.getElementById('help-sheet');
    if (!sheet?.showPopover) return false;
    sheet.showPopover();
    sheet.querySelector('h2').focus();
    return true;
  }

  document.addEventListener(
    'click',
    (event) => {
      if (!(event.target instanceof Element)) return;
      if (overExit(event)) return leave();
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
      const link = event.target.closest('a[href="/help"]');
      if (link && location.pathname !== '/help' && showHelp()) event.preventDefault();
    },
    true,
  );

  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element && event.target.closest('[data-shows-password]');
    const input = button && button.parentElement?.querySelector('input');
    if (!input) return;
    const shown = input.type === 'password';
    input.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
  });

  // A page that the browser kept for "back" may belong to a login that is over: it is covered until it was asked for again.
  addEventListener('pagehide', (event) => {
    if (event.persisted) page.classList.add('leaving');
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });

  // app.html covered it: "back" from a harmless page leads to a harmless page
  if (page.classList.contains('leaving')) {
    const to = exit()?.dataset.leave;
    if (to) location.replace(to);
    else page.classList.remove('leaving');
  }

  // her pages under another name
  const plain = page.dataset.plain;
  if (plain) {
    const rename = () => {
      if (document.title && !document.title.endsWith(plain)) document.title = plain;
    };
    new MutationObserver(rename).observe(document.head, { childList: true, subtree: true, characterData: true });
    rename();
  }
})();
