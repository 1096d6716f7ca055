// What a device says about itself when she wants to be told on it, and her settings: schemas and views.
import * as v from 'valibot';

const base64url = (bytes: number) =>
  v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9_-]+={0,2}$/, 'invalid'),
    v.transform((text) => text.replace(/=+$/, '')),
    v.check((text) => text.length === Math.ceil((bytes * 4) / 3), 'invalid'),
  );
/** What a browser's PushSubscription has. */
export const pushOnSchema = v.object({
  endpoint: v.pipe(v.string(), v.maxLength(1000, 'too-long'), v.url('invalid')),
  p256dh: base64url(65),
  auth: base64url(16),
});
const hour = v.union([v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'invalid')), v.literal('')]);
/** hh:mm by the hub's clock, both or none; they may go over midnight. */
export const pushQuietSchema = v.pipe(
  v.object({ quietFrom: hour, quietTo: hour }),
  v.forward(
    v.check(({ quietFrom, quietTo }) => (quietFrom === '') === (quietTo === ''), 'empty'),
    ['quietTo'],
  ),
);

/** Her settings for being told on devices. */
export interface PushView {
  /** For the browser's subscription; what it signs is the hub's. */
  publicKey: string;
  /** Devices of hers that are told; and whether the one that asks is among them. */
  devices: number;
  here: boolean;
  quietFrom: string;
  quietTo: string;
}
