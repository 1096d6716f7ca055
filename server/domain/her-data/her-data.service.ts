// Her right to everything that the hub keeps about her. The hub makes one; only she herself gets it, by her password.
import type { Readable } from 'node:stream';
import { deleteAccountSchema, exportSchema, type DataPart, type DataRow } from '#shared/her-data.ts';
import type { LocalizedText } from '#shared/locales.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import { parse } from '../kernel/parse.ts';
import type { ErasureRepository } from './her-data.erasure.repository.ts';
import type { HerDataRepository } from './her-data.repository.ts';
import type { Her } from './her-data.entities.ts';
import { SOURCES } from './her-data.sources.ts';

interface Parts {
  repository: HerDataRepository;
  accounts: {
    /** Raises auth.wrong-password, rate.limited. */
    confirm(actor: Actor, password: string): Promise<void>;
    /** Raises rate.limited when she saved it a moment ago. */
    countSaving(actor: Actor): Promise<void>;
    /** Raises auth.last-coordinator. */
    beginLeaving(actor: Actor): Promise<void>;
    closeAccount(userId: string): Promise<{ setCookie: string }>;
    personViews(ids: string[]): Promise<Map<string, { displayName: string }>>;
  };
  roomNames(ids: string[]): Promise<Map<string, { name: LocalizedText }>>;
  openFile(id: string): Readable;
  /** The author of this message and she are apart: it is not there for her. */
  keptFrom(userId: string, messageId: string): Promise<boolean>;
  erasures: Pick<ErasureRepository, 'ask'>;
  clock: Clock;
}
export type HerDataService = ReturnType<typeof createHerDataService>;

/** All of it, read as it is asked for; parts come in any number of rows. */
export interface HerExport {
  rows(part: DataPart): AsyncGenerator<DataRow>;
  open(fileId: string): Readable;
}

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);

export function createHerDataService(parts: Parts) {
  const { repository, accounts, roomNames, openFile, keptFrom, erasures, clock } = parts;
  async function* rows(her: Her, part: DataPart, locale: Actor['locale']): AsyncGenerator<DataRow> {
    const names = new Map<string, string>();
    async function nameOf(room: unknown): Promise<string> {
      if (room === undefined || room === null) return '';
      const id = String(room);
      if (!names.has(id)) names.set(id, (await roomNames([id])).get(id)?.name[locale] ?? '');
      return names.get(id) ?? '';
    }
    for (const source of SOURCES) {
      if (source.part !== part) continue;
      for await (const row of repository.rows(source.collection, source.filter(her))) {
        const said = source.say(row, her);
        if (!said) continue;
        const { messageId } = said.data;
        if (typeof messageId === 'string' && (await keptFrom(her.id, messageId))) continue;
        const where = await nameOf(said.room);
        const person = said.person && (await accounts.personViews([said.person])).get(said.person)?.displayName;
        const words = [person, ...(said.words ?? [])].filter(
          (one): one is string => typeof one === 'string' && one.trim() !== '',
        );
        const data = {
          ...said.data,
          ...(where ? { room: where } : {}),
          ...(said.file ? { file: said.file.name } : {}),
        };
        yield { at: iso(said.at), where, words, data, ...(said.file ? { file: said.file } : {}) };
      }
    }
  }

  return {
    /** Raises auth.wrong-password, rate.limited, input.*, unavailable. */
    async export(actor: Actor, input: unknown): Promise<HerExport> {
      const { password } = parse(exportSchema, input);
      await accounts.confirm(actor, password);
      await accounts.countSaving(actor);
      const her = await repository.her(actor.id);
      return { rows: (part) => rows(her, part, actor.locale), open: openFile };
    },

    /**
     * She cannot sign in any more and her name is gone when this resolves; a job does the rest. Raises
     * auth.wrong-password, auth.last-coordinator, rate.limited, input.*, unavailable.
     */
    async deleteAccount(actor: Actor, input: unknown): Promise<{ setCookie: string }> {
      const { password, messages } = parse(deleteAccountSchema, input);
      await accounts.confirm(actor, password);
      await accounts.beginLeaving(actor);
      await erasures.ask(actor.id, messages, clock.now());
      return accounts.closeAccount(actor.id);
    },
  };
}
