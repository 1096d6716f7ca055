// The offline page is nobody's: the service worker fetches it without cookies, so it names no one.
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ setHeaders }) => {
  setHeaders({ 'cache-control': 'no-cache' });
};
