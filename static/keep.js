// On the pages before the sign-in and on the help page: whoever opened one can read the help without network from then on, in her
// language. Signed in, the app's own worker keeps more. Nothing of it is begun on a page that is being left. hooks.server.ts puts it there.
{
  const page = document.documentElement;
  const { serviceWorker } = navigator;
  const keep = async () => {
    if (page.classList.contains('leaving')) return;
    const kept = await serviceWorker.register('/help-worker.js', { scope: '/help' });
    (kept.active ?? kept.waiting ?? kept.installing)?.postMessage({ language: page.lang });
  };
  // without storage or over plain http there is no worker: then it is read with network only
  if (serviceWorker) addEventListener('load', () => void keep().catch(() => undefined));
}
