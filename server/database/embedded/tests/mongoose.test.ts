// Tests that mongoose works on the engine as it does on MongoDB.
import mongoose, { Schema } from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useEngine } from './support.ts';

const engine = useEngine();
const connection = mongoose.createConnection();

const User = connection.model(
  'User',
  new Schema(
    {
      email: { type: String, unique: true },
      n: { type: Number, default: 0 },
      tags: [String],
      price: Schema.Types.Decimal128,
      marks: { type: Map, of: Number },
    },
    { timestamps: true },
  ),
);
const Post = connection.model(
  'Post',
  new Schema({
    by: { type: Schema.Types.ObjectId, ref: 'User' },
    text: String,
    likes: [{ type: Schema.Types.ObjectId, ref: 'User' }],
  }),
);

beforeAll(async () => {
  await connection.openUri(engine.it.embedded.uri);
  await Promise.all([User.init(), Post.init()]);
});
afterAll(() => connection.close());

test('documents are saved, changed and versioned', async () => {
  const user = await User.create({ email: 'a@b', tags: ['x'], price: '2.50', marks: { a: 1 } });
  user.tags.push('y');
  user.marks?.set('b', 2);
  await user.save();
  const other = await User.findById(user._id).orFail();
  expect([...other.tags]).toEqual(['x', 'y']);
  expect(other.__v).toBe(1);
  expect(other.marks?.get('b')).toBe(2);
  expect(String(other.price)).toBe('2.50');
  other.set('tags', ['z']);
  await other.save();
  user.set('tags', ['q']);
  await expect(user.save()).rejects.toThrow(/No matching document/);
});

test('a duplicate key is reported with its field', async () => {
  await expect(User.create({ email: 'a@b' })).rejects.toMatchObject({ code: 11000, keyPattern: { email: 1 } });
});

test('references are populated', async () => {
  const author = await User.findOne({ email: 'a@b' }).orFail();
  const reader = await User.create({ email: 'w@b' });
  await Post.create({ by: author._id, text: 'hi', likes: [author._id, reader._id] });
  const post = await Post.findOne({ text: 'hi' })
    .populate<{ by: { email: string }; likes: { email: string }[] }>(['by', 'likes'])
    .orFail();
  expect(post.by.email).toBe('a@b');
  expect(post.likes.map(({ email }) => email)).toEqual(['a@b', 'w@b']);
});

test('an upsert sets defaults and timestamps', async () => {
  const options = { upsert: true, returnDocument: 'after', setDefaultsOnInsert: true } as const;
  const change = { $inc: { n: 1 }, $setOnInsert: { tags: ['t'] } };
  const user = await User.findOneAndUpdate({ email: 'new@b' }, change, options).orFail();
  expect(user.n).toBe(1);
  expect([...user.tags]).toEqual(['t']);
  expect(user.createdAt).toBeInstanceOf(Date);
});

test('insertMany, cursors and bulkWrite handle many documents', async () => {
  await Post.insertMany(Array.from({ length: 250 }, (_, i) => ({ text: `t${i}` })));
  let seen = 0;
  for await (const post of Post.find({ text: /^t/ }).lean().cursor()) if (post.text?.startsWith('t')) seen++;
  expect(seen).toBe(250);
  const result = await Post.bulkWrite([{ updateMany: { filter: { text: /^t1/ }, update: { $set: { text: 'one' } } } }]);
  expect(result.modifiedCount).toBe(111);
});
