/** What the page knows: the chats, folded out of the server's events. */

const TYPING_MILLISECONDS = 5000;

export class State {
  /** Take what `getRooms` returns; the first chat and its first person are the ones to begin with. */
  constructor({ bot, rooms }) {
    this.bot = bot;
    this.online = false;
    this.rooms = new Map(rooms.map((room) => [room.chat.id, new Room(room, bot)]));
    this.room = [...this.rooms.values()][0];
    this.speaker = this.room.people[0];
  }

  /** Take in an event and return the chat that it changed, if any. */
  apply({ kind, data }) {
    const room = this.rooms.get(data.message?.chat.id ?? data.chat_id);
    if (kind === "online") this.online = true;
    if (kind === "message") room.put(data.message, room !== this.room);
    if (kind === "deleted") room.messages.delete(data.message_id);
    if (kind === "action") room.typingUntil = data.date * 1000 + TYPING_MILLISECONDS;
    return room;
  }

  /** Say whether a message is by the person the page speaks for. */
  isOwn(message) {
    return message.from.id === this.speaker.id;
  }
}

class Room {
  constructor({ chat, people }, bot) {
    this.chat = chat;
    this.people = people;
    this.isGroup = chat.type !== "private";
    this.name = chat.title ?? bot.first_name;
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
