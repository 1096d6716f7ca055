// The part of the hub's wiring that is about a woman's own data: her copy of it, and its erasure. Only hub.ts imports it.
import type mongoose from 'mongoose';
import type { AccountsService } from './domain/accounts/accounts.service.ts';
import type { AttachmentsService } from './domain/attachments/attachments.service.ts';
import type { BlobStore } from './domain/attachments/blob-store.ts';
import type { AuditService } from './domain/audit/audit.service.ts';
import type { CommunityService } from './domain/community/community.service.ts';
import { createErasureRepository } from './domain/her-data/her-data.erasure.repository.ts';
import { createErasure } from './domain/her-data/her-data.erasure.ts';
import { createHerDataModels } from './domain/her-data/her-data.model.ts';
import { createHerDataRepository } from './domain/her-data/her-data.repository.ts';
import { createHerDataService, type HerDataService } from './domain/her-data/her-data.service.ts';
import type { Job } from './domain/jobs/jobs.service.ts';
import type { Clock } from './domain/kernel/clock.ts';
import type { Logger } from './domain/kernel/logger.ts';
import type { MessagesService } from './domain/messages/messages.service.ts';
import type { CaseAges } from './domain/moderation/moderation.ages.ts';
import { createRetention } from './domain/retention/retention.service.ts';
import type { RoomsRepository } from './domain/rooms/rooms.repository.ts';
import type { RoomsService } from './domain/rooms/rooms.service.ts';
import type { SearchService } from './domain/search/search.service.ts';
import { createErase } from './hub.erase.ts';

const ERASE_MS = 60_000;

export interface DataHub {
  /** Open to whom moderators shut out, too. */
  herData: HerDataService;
}
interface Wiring {
  connection: mongoose.Connection;
  accounts: AccountsService;
  rooms: Pick<RoomsService, 'namesOf'>;
  roomsRepository: RoomsRepository;
  messages: Pick<MessagesService, 'withdraw' | 'purgeOld' | 'oldestSeq'>;
  community: Pick<CommunityService, 'reportDays'>;
  /** Called late: moderation is composed after this. */
  cases(): CaseAges;
  audit: Pick<AuditService, 'erase'>;
  search: Pick<SearchService, 'flush' | 'forget'>;
  attachments: Pick<AttachmentsService, 'release'>;
  blobs: BlobStore;
  /** Called late: queues are composed after this. */
  leaveHelp(userId: string): Promise<void>;
  /** The author of this message and she are apart. */
  keptFrom(userId: string, messageId: string): Promise<boolean>;
  clock: Clock;
  log: Logger;
}

interface DataParts extends DataHub {
  dataJobs: Job[];
  eraseRoom(roomId: string): Promise<void>;
}

export function wireHerData(wiring: Wiring): DataParts {
  const { connection, accounts, rooms, messages, audit, blobs, clock, log } = wiring;
  const eraseRoom = createErase({
    connection,
    release: (messageId) => wiring.attachments.release(messageId),
    forget: (ids) => wiring.search.forget(ids),
  });
  const repository = createHerDataRepository(connection);
  const erasures = createErasureRepository(connection, createHerDataModels(connection));
  const herData = createHerDataService({
    ...{ repository, erasures, accounts, clock },
    roomNames: (ids) => rooms.namesOf(ids),
    openFile: (id) => blobs.open(id),
    keptFrom: wiring.keptFrom,
  });
  const erasure = createErasure({
    ...{ erasures, repository, clock, log },
    closeAccount: (id) => accounts.closeAccount(id),
    leaveHelp: (id) => wiring.leaveHelp(id),
    removeMessage: (roomId, messageId) => messages.withdraw(roomId, messageId),
    eraseRoom,
    removeBlobs: (ids) => blobs.remove(ids),
    settleSearch: () => wiring.search.flush(),
    eraseAudit: (id) => audit.erase(id),
  });
  const retention = createRetention({
    ...{ rooms: wiring.roomsRepository, messages, cases: () => wiring.cases(), clock, log },
    reportDays: () => wiring.community.reportDays(),
  });
  const erase = { name: 'accounts.erase', everyMs: ERASE_MS, run: () => erasure.run() };
  return { herData, eraseRoom, dataJobs: [erase, retention] };
}
