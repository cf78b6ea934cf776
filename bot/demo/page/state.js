/** The state of the page: the chats, built from the server's events. Topics of a forum are chats too. */

const TYPING_MILLISECONDS = 5000;

export class State {
  /** Take the result of `getRooms`; start in the first chat, as its first person. */
  constructor({ bot, rooms }) {
    this.bot = bot;
    this.online = false;
    const all = rooms.flatMap((room) => [new Room(room, bot), ...topicsOf(room, bot)]);
    this.rooms = new Map(all.map((room) => [room.key, room]));
    this.room = all[0];
    this.speaker = this.room.people[0];
  }

  /** Apply an event; returns the chat that it changed, or undefined. */
  apply({ kind, data }) {
    if (kind === "online") this.online = true;
    const room = this.roomOf(kind, data);
    if (!room) return undefined;
    if (kind === "message") room.put(data.message, room !== this.room);
    if (kind === "deleted") room.messages.delete(data.message_id);
    if (kind === "action") room.typingUntil = data.date * 1000 + TYPING_MILLISECONDS;
    return room;
  }

  roomOf(kind, { message, chat_id: id, message_id: number, message_thread_id: topic }) {
    if (message) return this.rooms.get(keyOf(message.chat.id, topicOf(message)));
    if (kind === "action") return this.rooms.get(keyOf(id, topic));
    return [...this.rooms.values()].find((room) => room.chat.id === id && room.messages.has(number));
  }

  /** Whether the speaker has written a message. */
  isOwn(message) {
    return message.from.id === this.speaker.id;
  }

  /** Whether a message is the bot's reply to the speaker. */
  isReplyToOwn({ from, reply_to_message: replied }) {
    // in a topic, a message without a reply counts as one to the message that opened the topic
    return from.is_bot && Boolean(replied) && !replied.forum_topic_created && this.isOwn(replied);
  }
}

const keyOf = (chatId, topic) => (topic ? `${chatId}/${topic}` : `${chatId}`);

// in an ordinary group the thread is a chain of replies, not a topic
const topicOf = (message) => (message.is_topic_message ? message.message_thread_id : 0);

const topicsOf = (room, bot) =>
  Object.entries(room.topics).map(([number, name]) => new Room(room, bot, Number(number), name));

class Room {
  constructor({ chat, people }, bot, topic = 0, name = undefined) {
    this.key = keyOf(chat.id, topic);
    this.chat = chat;
    this.topic = topic;
    this.people = people;
    this.isGroup = chat.type !== "private";
    this.name = name ?? chat.title ?? bot.first_name;
    this.messages = new Map();
    this.unread = 0;
    this.typingUntil = 0;
  }

  get lastMessage() {
    return [...this.messages.values()].at(-1);
  }

  put(message, unseen) {
    const isNew = !this.messages.has(message.message_id);
    this.messages.set(message.message_id, message);
    if (!message.from.is_bot) return;
    this.typingUntil = 0;
    if (isNew && unseen) this.unread += 1;
  }
}
