// The calm page that stands in while the database, or a part of the built pages, is away; works without JavaScript. Only hooks.server.ts imports it.
import { directionOf, type Locale } from '#shared/locales.ts';

const WORDS: Record<Locale, { title: string; wait: string; sent: string }> = {
  de: {
    title: 'Einen Moment bitte',
    wait: 'Der Hub ist gerade nicht erreichbar. Diese Seite versucht es von selbst noch einmal.',
    sent: 'Der Hub ist gerade nicht erreichbar. Geh zurück – dein Text ist noch da – und sende ihn in einer Minute noch einmal.',
  },
  en: {
    title: 'One moment, please',
    wait: 'The hub cannot be reached right now. This page tries again by itself.',
    sent: 'The hub cannot be reached right now. Go back – what you wrote is still there – and send it again in a minute.',
  },
  ar: {
    title: 'لحظة من فضلكِ',
    wait: 'لا يمكن الوصول إلى المنصة الآن. تحاول هذه الصفحة مرة أخرى من تلقاء نفسها.',
    sent: 'لا يمكن الوصول إلى المنصة الآن. ارجعي إلى الصفحة السابقة، فما كتبتِه ما زال هناك، ثم أرسليه مرة أخرى بعد دقيقة.',
  },
  uk: {
    title: 'Хвилинку, будь ласка',
    wait: 'Зараз немає зв’язку з хабом. Ця сторінка сама спробує ще раз.',
    sent: 'Зараз немає зв’язку з хабом. Поверніться назад – написане збереглося – і надішліть ще раз за хвилину.',
  },
};

/**
 * What `use:enhance` understands as a failed action with `form.error.code` 'unavailable' (devalue's notation, the shape of
 * the pages' own failures). `on`: which form, by the name of its action.
 */
function failedAction(url: string): string {
  const on = /^\?\/(\w+)/.exec(new URL(url).search)?.[1] ?? '';
  const data = JSON.stringify([{ error: 1, values: 3, on: 4 }, { code: 2 }, 'unavailable', {}, on]);
  return JSON.stringify({ type: 'failure', status: 503, data });
}

/**
 * Status 503. A page tries again every five seconds; a sent form is not sent again by itself; an enhanced form keeps
 * what was typed and shows the error.
 */
export function unavailable(request: Request, locale: Locale): Response {
  const headers = { 'cache-control': 'no-store', 'retry-after': '5' };
  if (request.headers.get('x-sveltekit-action') === 'true') {
    return new Response(failedAction(request.url), {
      status: 503,
      headers: { ...headers, 'content-type': 'application/json' },
    });
  }
  const reading = request.method === 'GET' || request.method === 'HEAD';
  const { title, wait, sent } = WORDS[locale];
  const nonce = crypto.randomUUID();
  const html = `<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${reading ? '<meta http-equiv="refresh" content="5">' : ''}
<title>${title}</title>
<style nonce="${nonce}">body{font:1.125rem/1.6 system-ui,sans-serif;max-width:32rem;margin:20vh auto 0;padding:0 1.25rem}</style>
</head>
<body><main role="status"><h1>${title}</h1><p>${reading ? wait : sent}</p></main></body>
</html>`;
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  return new Response(html, {
    status: 503,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
  });
}
