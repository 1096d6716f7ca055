// Reads the demo conversations, which are written as transcripts so that they read like a chat. Imported by them and the schedule.
import { PEOPLE, type PersonKey } from '../people.ts';

/** `day`: calendar days before the newest one, `minute` of that day in Europe/Berlin; or `ago`: minutes before now. */
export type SeedMessage = { by: PersonKey; text: string } & ({ day: number; minute: number } | { ago: number });

const HEADING = /^== (?:(?<day>\d+)|now)$/;
const DATED = /^(?<hour>\d\d):(?<minute>\d\d) (?<by>[a-z]+): (?<text>.+)$/u;
const RECENT = /^-(?<ago>\d+) (?<by>[a-z]+): (?<text>.+)$/u;
const CONTINUED = /^ {2}(?<text>\S.*)$/u;

const isPerson = (key: string): key is PersonKey => Object.hasOwn(PEOPLE, key);

/**
 * `== 13` begins the day 13 days before the newest, with lines `09:12 name: text`; `== now` begins the last hours, with lines
 * `-40 name: text` (minutes ago). A line that begins with two spaces goes on in the message above. Anything else is an error.
 */
export function transcript(source: string): SeedMessage[] {
  const messages: SeedMessage[] = [];
  let day: number | null = null;
  for (const line of source.split('\n').filter((each) => each !== '')) {
    const heading = HEADING.exec(line);
    const said = day === null ? RECENT.exec(line) : DATED.exec(line);
    const continued = CONTINUED.exec(line);
    const last = messages.at(-1);
    if (heading) day = heading.groups?.day === undefined ? null : Number(heading.groups.day);
    else if (continued?.groups && last) last.text += `\n${continued.groups.text ?? ''}`;
    else if (said?.groups) {
      const { by = '', text = '', hour, minute, ago } = said.groups;
      if (!isPerson(by)) throw new Error(`nobody is called "${by}" in the demo`);
      if (day === null) messages.push({ by, text, ago: Number(ago) });
      else messages.push({ by, text, day, minute: Number(hour) * 60 + Number(minute) });
    } else throw new Error(`not a line of a transcript: ${line.slice(0, 40)}`);
  }
  return messages;
}
