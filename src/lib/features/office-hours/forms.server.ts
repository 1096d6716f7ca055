// What the form actions of the drop-in pages share. Only +page.server.ts files import it.
import { fieldsOf } from '#lib/features/accounts/forms.server.ts';
import type { ScheduleValues } from './form.ts';

const LISTS = ['topics', 'languages'] as const;
const FIELDS = [
  ...([
    'clientId',
    'revision',
    'repeat',
    'weekday',
    'date',
    'from',
    'to',
    'until',
    'ownTopic',
    'where',
    'place',
  ] as const),
  ...(['capacity', 'minutesPerTalk', 'open', 'firstTimersFirst', 'cooldownMinutes', 'comeMinutes'] as const),
];

/** As the service takes it. */
export function scheduleInput(form: FormData): Record<string, unknown> {
  const { open, firstTimersFirst, cooldownMinutes, comeMinutes, weekday, ...fields } = fieldsOf(form, ...FIELDS);
  const lists = Object.fromEntries(LISTS.map((name) => [name, form.getAll(name)]));
  return {
    ...fields,
    ...lists,
    ...(weekday ? { weekday } : {}),
    open,
    firstTimersFirst,
    ...(cooldownMinutes ? { cooldownMinutes } : {}),
    ...(comeMinutes ? { comeMinutes } : {}),
  };
}
/** What she chose and typed, so that a refused form can show it again. */
export const scheduleValues = (form: FormData): ScheduleValues => ({
  ...fieldsOf(form, ...FIELDS),
  ...(Object.fromEntries(LISTS.map((name) => [name, form.getAll(name).map(String).join(',')])) as Record<
    (typeof LISTS)[number],
    string
  >),
});
