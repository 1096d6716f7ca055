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
   * Covers the page at once, wipes, and goes; waits at most 200 ms. The mark is a cookie: should the hub not hear of it,
   * the next page signs out before it shows anything. Signing out comes last, as the page goes: the app would answer it
   * with the sign-in page, and be seen.
   */
  function leave({ mark, to }) {
    page.classList.add('leaving');
    document.title = '';
    document.cookie = `${mark}=1; path=/; max-age=31536000; samesite=lax`;
    let told = false;
    const signOut = () => {
      told ||= navigator.sendBeacon('/leave');
    };
    addEventListener('pagehide', signOut);
    setTimeout(signOut, 3000);
    const go = () => location.replace(to);
    Promise.race([forget(), new Promise((resolve) => setTimeout(resolve, 200))]).then(go, go);
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
