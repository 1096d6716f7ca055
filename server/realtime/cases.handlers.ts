// The list of what needs a decision over sockets: hints to moderators that it changed, and who still looks at a case. Realtime only.
import type { Hub } from '../hub.ts';
import { rankOf } from '#shared/accounts.ts';
import { CASES_CHANNEL, socketsIn } from './channels.ts';
import type { Live } from './index.ts';
import type { LiveServer } from './types.ts';

export function handleCases({ hub, events }: Live): void {
  const on = events.answering();
  on('cases:watch', async (actor, _input, socket) => {
    const found = await hub.moderation.watch(actor);
    await socket.join(CASES_CHANNEL);
    return found;
  });
  on('cases:look', (actor, input) => hub.moderation.lookAt(actor, input));
}

/** Says only that something changed: who may not see it gets nothing out of it, and no hint either. */
export function createCasesLive(io: LiveServer, hub: Hub): { stop(): void } {
  function tell(caseId: string | null, aboutId = ''): void {
    for (const socket of socketsIn(io, CASES_CHANNEL)) {
      const { id, role } = socket.data.actor;
      if (id !== aboutId && rankOf(role) >= rankOf('moderator')) socket.emit('cases:changed', { caseId });
    }
  }
  const off = [
    hub.bus.on('case.changed', ({ caseId, aboutId }) => tell(caseId, aboutId)),
    hub.bus.on('room.requests-changed', () => tell(null)),
    hub.bus.on('door.changed', () => tell(null)),
  ];
  return {
    stop() {
      for (const end of off) end();
    },
  };
}
