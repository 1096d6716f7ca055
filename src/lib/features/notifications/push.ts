// Being told on this device: what the browser allows, switching it on and off. Browser only; PushAsk and the settings page use it.
import type { PushView } from '#shared/push.ts';

/** 'refused': the browser or she said no. 'unable': it cannot. 'failed': it did not work this time. */
export type PushState = 'on' | 'off' | 'refused' | 'unable' | 'failed';

const PATIENCE_MS = 20_000;
/** She does not want to be asked again on this device. */
const NO = 'push-no';

const able = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
const later = (): Promise<never> =>
  new Promise((_resolve, reject) => setTimeout(() => reject(new Error('no answer')), PATIENCE_MS));

async function tell(action: 'on' | 'off', body: Record<string, string> = {}): Promise<boolean> {
  const answer = await fetch(`/me/push?/${action}`, {
    method: 'POST',
    body: new URLSearchParams(body),
    headers: { 'x-sveltekit-action': 'true', accept: 'application/json' },
  });
  return answer.ok && ((await answer.json()) as { type?: unknown }).type === 'success';
}
async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** `here`: the hub has this login as one that is told. */
export async function stateHere(here: boolean): Promise<PushState> {
  if (!able()) return 'unable';
  if (Notification.permission === 'denied') return 'refused';
  try {
    return here && Notification.permission === 'granted' && (await subscription()) ? 'on' : 'off';
  } catch {
    return 'off';
  }
}
/** Whether she may be asked here: she can say yes, and has said neither yes nor no. Asks the hub as the last. */
export async function mayAsk(): Promise<PushView | null> {
  if (!able() || Notification.permission === 'denied' || localStorage.getItem(NO)) return null;
  const answer = await fetch('/me/push/state');
  if (!answer.ok) return null;
  const push = (await answer.json()) as PushView;
  return (await stateHere(push.here)) === 'off' ? push : null;
}
export const saidNo = (): void => localStorage.setItem(NO, '1');

/** From a tap of hers: the browser asks her, then the hub knows of this device. Never raises. */
export async function turnOn(publicKey: string): Promise<PushState> {
  try {
    if (!able()) return 'unable';
    const answer = await Notification.requestPermission();
    if (answer !== 'granted') return answer === 'denied' ? 'refused' : 'off';
    const { pushManager } = await Promise.race([navigator.serviceWorker.ready, later()]);
    // one that was made for somebody else here before, or for other keys, is not hers
    await (await pushManager.getSubscription())?.unsubscribe();
    const options = { userVisibleOnly: true, applicationServerKey: publicKey };
    const { endpoint, keys } = (await Promise.race([pushManager.subscribe(options), later()])).toJSON();
    const { p256dh, auth } = keys ?? {};
    if (!endpoint || !p256dh || !auth) return 'failed';
    if (!(await tell('on', { endpoint, p256dh, auth }))) return 'failed';
    localStorage.removeItem(NO);
    return 'on';
  } catch {
    return 'failed';
  }
}
/** Never raises. */
export async function turnOff(): Promise<PushState> {
  try {
    await (await subscription())?.unsubscribe();
    return (await tell('off')) ? 'off' : 'failed';
  } catch {
    return 'failed';
  }
}
