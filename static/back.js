// Runs before anything is shown on the sign-in page that somebody was turned away to: "back" from a harmless page leads to a
// closed one, and nothing may be seen of either. door.js goes on to the harmless page. hooks.server.ts puts it there.
{
  const [way] = performance.getEntriesByType('navigation');
  if (way?.type === 'back_forward') document.documentElement.classList.add('leaving');
}
