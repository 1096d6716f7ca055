// What clients send to change messages: schemas. The server parses with them; pages take the types of realtime.ts.
import * as v from 'valibot';
import { attachmentIdsSchema } from './attachments.ts';
import { LIMITS } from './limits.ts';
import { captionSchema, clientIdSchema, messageTextSchema } from './messages.ts';
import { REACTIONS } from './reactions.ts';
import { roomIdSchema } from './rooms.ts';
import { COMMUNITY_LANGUAGES } from './text/languages.ts';

const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid'));
const one = { roomId: roomIdSchema, messageId: id };
const before = v.nullish(id);
const line = (max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.maxLength(max, 'too-long'),
    v.regex(/^[^\p{Cc}\p{Cs}\p{Co}\p{Cn}]*$/u, 'invalid'),
    v.check((text) => /[^\p{Cf}\p{Z}\p{M}]/u.test(text), 'empty'),
  );
/** Nobody mentions everybody: people are named one by one, and few. */
const mentionsSchema = v.pipe(
  v.array(id),
  v.maxLength(LIMITS.mentions, 'too-long'),
  v.transform((ids) => [...new Set(ids)]),
);
const langSchema = v.picklist(COMMUNITY_LANGUAGES);

export const postSchema = v.pipe(
  v.object({
    roomId: roomIdSchema,
    clientId: clientIdSchema,
    text: captionSchema,
    replyTo: v.nullish(id),
    threadId: v.nullish(id),
    anonymous: v.optional(v.boolean(), false),
    cover: v.nullish(line(LIMITS.coverLength)),
    attachments: v.optional(attachmentIdsSchema, []),
    question: v.optional(v.boolean(), false),
    lang: v.nullish(langSchema),
    mentions: v.optional(mentionsSchema, []),
  }),
  v.forward(
    v.partialCheck(
      [['text'], ['attachments']],
      ({ text, attachments }) => text !== '' || attachments.length > 0,
      'empty',
    ),
    ['text'],
  ),
);
export type PostInput = v.InferOutput<typeof postSchema>;
export const oneMessageSchema = v.object(one);
export const editSchema = v.object({ ...one, text: messageTextSchema, mentions: v.optional(mentionsSchema) });
export const reactSchema = v.object({ ...one, reaction: v.picklist(REACTIONS), on: v.boolean() });
export const pinSchema = v.object({
  ...one,
  on: v.boolean(),
  position: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});
export const markSchema = v.object({ ...one, as: v.picklist(['question', 'answer', 'none']), answers: v.optional(id) });
export const verifySchema = v.object({
  ...one,
  until: v.nullable(v.pipe(v.string(), v.isoTimestamp('invalid'))),
  /** Where it was checked: a page of the web, nothing else. */
  source: v.nullish(
    v.pipe(
      line(LIMITS.sourceLength),
      // "www.bamf.de/hours", as people write it
      v.transform((link) =>
        /^[a-z][a-z\d+.-]*:/i.test(link) || !/^[^\s/]+\.[^\s/]{2,}/.test(link) ? link : `https://${link}`,
      ),
      v.url('invalid'),
      v.check((link) => /^https?:\/\//i.test(link), 'invalid'),
    ),
  ),
});
export const languageSchema = v.object({ ...one, lang: langSchema });
export const saveSchema = v.object({ ...one, on: v.boolean() });
export const moveSchema = v.object({ ...one, toRoomId: roomIdSchema });
export const threadSchema = v.object({
  roomId: roomIdSchema,
  rootId: id,
  before: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1))),
});
export const questionsSchema = v.object({
  roomId: roomIdSchema,
  state: v.picklist(['open', 'answered']),
  before: v.nullish(v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'invalid'))),
});
export const listSchema = v.object({ before });
/** `before` is the `next` of the page before: when the last one there ended, and its id. */
export const expiredSchema = v.object({
  before: v.nullish(v.pipe(v.string(), v.regex(/^\d{1,15}-[0-9a-f]{24}$/, 'invalid'))),
});
export const aboutSchema = v.object({
  ...one,
  before: v.nullish(v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'invalid'))),
});
/** At most a page of them. */
export const readMentionsSchema = v.object({
  messageIds: v.pipe(v.array(id), v.minLength(1, 'empty'), v.maxLength(LIMITS.listPage, 'too-long')),
});
/** `post`: the first one that is unread again. */
export const unreadSchema = v.object({ roomId: roomIdSchema, post: v.pipe(v.number(), v.integer(), v.minValue(1)) });
