// The words of a poster in each interface language that its hosts speak; no names. Only +page.server.ts files import it.
import { m } from '#lib/i18n/generated/messages.js';
import { directionOf, LOCALES, type Locale } from '#shared/locales.ts';
import { HUB_ZONE, type DropInView } from '#shared/office-hours.ts';
import { languageName } from '#shared/text/languages.ts';

export interface PosterText {
  locale: Locale;
  dir: 'ltr' | 'rtl';
  title: string;
  when: string;
  topics: string;
  where: string;
  how: string;
  free: string;
}

function textOf(dropIn: DropInView, locale: Locale): PosterText {
  const options = { locale };
  const tag = locale === 'en' ? 'en-GB' : locale;
  const write = (at: string, parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(tag, { timeZone: HUB_ZONE, ...parts }).format(new Date(at));
  const clock = (at: string) => write(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const times = `${clock(dropIn.startsAt)}–${clock(dropIn.endsAt)}`;
  const day = write(dropIn.startsAt, { weekday: 'long' });
  const date = write(dropIn.startsAt, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const when = {
    once: () => `${date}${locale === 'ar' ? '،' : ','} ${times}`,
    weekly: () => m.drop_every({ day, times }, options),
    biweekly: () => `${m.drop_every_second({ day, times }, options)} (${date})`,
  };
  return {
    locale,
    dir: directionOf(locale),
    title: m.drop_poster_title({}, options),
    when: when[dropIn.repeat](),
    topics: dropIn.topics.map(({ name }) => name[locale]).join(' · '),
    where: dropIn.online ? (dropIn.place === null ? m.drop_poster_online_only : m.drop_poster_online)({}, options) : '',
    how: m.drop_poster_how({}, options),
    free: m.drop_poster_free({}, options),
  };
}

/** German last, for those who hang it up; the languages that have no interface stand on the poster by name. */
export function posterTexts(dropIn: DropInView): { blocks: PosterText[]; languages: string } {
  const spoken = LOCALES.filter((locale) => locale !== 'de' && dropIn.languages.includes(locale));
  const blocks = [...spoken, 'de' as const].map((locale) => textOf(dropIn, locale));
  return { blocks, languages: dropIn.languages.map(languageName).join(' · ') };
}
