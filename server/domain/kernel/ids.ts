// Ids and secrets.
import { createHash, randomBytes } from 'node:crypto';
import mongoose from 'mongoose';

/** A new document id: 24 hex digits. */
export const newId = (): string => new mongoose.Types.ObjectId().toHexString();

/** An unguessable token, `bytes` of randomness as base64url. */
export const newToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** What is stored instead of a token: SHA-256 as hex. Enough, since tokens are random and long. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
