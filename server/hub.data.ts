// The part of the hub's wiring that is about a woman's own data: her copy of it. Only hub.ts imports it.
import type mongoose from 'mongoose';
import type { AccountsService } from './domain/accounts/accounts.service.ts';
import type { BlobStore } from './domain/attachments/blob-store.ts';
import { createHerDataRepository } from './domain/her-data/her-data.repository.ts';
import { createHerDataService, type HerDataService } from './domain/her-data/her-data.service.ts';
import type { RoomsService } from './domain/rooms/rooms.service.ts';

export interface DataHub {
  /** Open to whom moderators shut out, too. */
  herData: HerDataService;
}
interface Wiring {
  connection: mongoose.Connection;
  accounts: AccountsService;
  rooms: RoomsService;
  blobs: BlobStore;
}

export function wireHerData({ connection, accounts, rooms, blobs }: Wiring): DataHub {
  const herData = createHerDataService({
    repository: createHerDataRepository(connection),
    accounts,
    roomNames: (ids) => rooms.namesOf(ids),
    openFile: (id) => blobs.open(id),
  });
  return { herData };
}
