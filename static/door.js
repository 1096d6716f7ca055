// Runs on every page, before the app and without it: the quick exit, and showing a password. Plain, so that it is there first.
(() => {
  const page = document.documentElement;
  page.classList.add('js');

  /** Deletes what this site keeps on the device; a database that is still open goes with the page. */
  async function forget() {
    localStorage.clear();
    sessionStorage.clear();
    for (const { name } of (await indexedDB.databases?.()) ?? []) if (name) indexedDB.deleteDatabase(name);
  }

  /**
   * Covers the page at once, leaves the mark (a cookie: when the network is away, the next page signs out first), signs
   * out, wipes, and goes. Waits at most 400 ms; the request outlives the page.
   */
  function leave({ mark, to }) {
    page.classList.add('leaving');
    document.title = '';
    document.cookie = `${mark}=1; path=/; max-age=31536000; samesite=lax`;
    const signedOut = fetch('/leave', { method: 'POST', keepalive: true, headers: { 'content-type': 'text/plain' } });
    const late = new Promise((resolve) => setTimeout(resolve, 400));
    const go = () => location.replace(to);
    Promise.race([Promise.allSettled([signedOut, forget()]), late]).then(go, go);
  }

  document.addEventListener('submit', (event) => {
    const { dataset } = event.target;
    if (!dataset.leave) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leave({ mark: dataset.mark, to: dataset.leave });
  });

  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element && event.target.closest('[data-shows-password]');
    const input = button && button.parentElement?.querySelector('input');
    if (!input) return;
    const shown = input.type === 'password';
    input.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
  });

  // A covered page that the browser kept for "back" is not shown again.
  addEventListener('pageshow', (event) => {
    if (event.persisted && page.classList.contains('leaving')) location.reload();
  });
})();
