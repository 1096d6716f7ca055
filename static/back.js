// Runs before anything is shown on the pages that strangers come in by. "Back" from a harmless page leads to where she was turned
// away, or to the sign-in or help of before: nothing may be seen of either, and door.js goes on to the harmless page. A quick exit
// empties this tab's storage: so a page that she comes back to without the note below was left that way. Without scripts nothing can
// be done about it: then the sign-in page shows. hooks.server.ts puts it there.
{
  let noted = true; // a browser that keeps nothing cannot tell
  try {
    noted = 'here' in sessionStorage;
  } catch {
    // no storage at all
  }
  const [way] = performance.getEntriesByType('navigation');
  const turnedAway = new URLSearchParams(location.search).has('next');
  if (way?.type === 'back_forward' && (turnedAway || !noted)) document.documentElement.classList.add('leaving');
  else if (!noted) sessionStorage.here = 1;

  // kept whole by the browser: before door.js, which would load it anew
  addEventListener('pageshow', (event) => {
    if (!event.persisted || 'here' in sessionStorage) return;
    event.stopImmediatePropagation();
    location.replace(document.querySelector('form[data-leave]').dataset.leave);
  });
}
