"""The Bot API's methods for the bot's profile, and for what a bot can learn of a chat."""

from __future__ import annotations

from telegram import (
    AcceptedGiftTypes,
    BotCommand,
    BotCommandScope,
    BotDescription,
    BotName,
    BotShortDescription,
    ChatFullInfo,
    ChatMember,
    ChatMemberMember,
    ChatMemberOwner,
    MenuButton,
    MenuButtonDefault,
)

from bot.demo.rules.profile import check_commands, check_text
from bot.demo.world.cast import BOT
from bot.demo.world.world import World


class ProfileMethods:
    """Commands, texts and menu buttons of the bot; chats and their members.

    An empty `language_code` stands for every language that has no value of its own.
    """

    def __init__(self, world: World) -> None:
        """Keep the world that holds the commands and the chats."""
        self._world = world
        self._texts: dict[tuple[str, str], str] = {}
        self._menu_buttons: dict[int, MenuButton] = {}

    async def setMyCommands(
        self,
        commands: list[BotCommand],
        scope: BotCommandScope | None = None,
        language_code: str = "",
    ) -> bool:
        """Set the commands of a scope and language."""
        check_commands(commands)
        self._world.commands.set(scope, language_code, commands)
        self._world.events.append("commands")
        return True

    async def getMyCommands(
        self, scope: BotCommandScope | None = None, language_code: str = ""
    ) -> tuple[BotCommand, ...]:
        """Return the commands that were set for exactly this scope and language."""
        return self._world.commands.get(scope, language_code)

    async def deleteMyCommands(
        self, scope: BotCommandScope | None = None, language_code: str = ""
    ) -> bool:
        """Remove the commands of a scope and language."""
        return await self.setMyCommands([], scope, language_code)

    async def setMyName(self, name: str = "", language_code: str = "") -> bool:
        """Set the bot's name."""
        return self._keep("name", language_code, name)

    async def getMyName(self, language_code: str = "") -> BotName:
        """Return the bot's name."""
        return BotName(self._kept("name", language_code) or BOT.first_name)

    async def setMyDescription(self, description: str = "", language_code: str = "") -> bool:
        """Set the text that an empty chat with the bot shows."""
        return self._keep("description", language_code, description)

    async def getMyDescription(self, language_code: str = "") -> BotDescription:
        """Return the text that an empty chat with the bot shows."""
        return BotDescription(self._kept("description", language_code))

    async def setMyShortDescription(
        self, short_description: str = "", language_code: str = ""
    ) -> bool:
        """Set the text on the bot's profile page."""
        return self._keep("short_description", language_code, short_description)

    async def getMyShortDescription(self, language_code: str = "") -> BotShortDescription:
        """Return the text on the bot's profile page."""
        return BotShortDescription(self._kept("short_description", language_code))

    async def setChatMenuButton(
        self, chat_id: int = 0, menu_button: MenuButton | None = None
    ) -> bool:
        """Set the menu button of a private chat, or of all of them if `chat_id` is 0."""
        self._menu_buttons[chat_id] = menu_button or MenuButtonDefault()
        return True

    async def getChatMenuButton(self, chat_id: int = 0) -> MenuButton:
        """Return the menu button of a private chat, or of all of them if `chat_id` is 0."""
        everywhere = self._menu_buttons.get(0, MenuButtonDefault())
        return self._menu_buttons.get(chat_id, everywhere)

    async def getChat(self, chat_id: str) -> ChatFullInfo:
        """Return a chat."""
        chat = self._world.room(chat_id).chat
        return ChatFullInfo(
            id=chat.id,
            type=chat.type,
            title=chat.title,
            username=chat.username,
            first_name=chat.first_name,
            accent_color_id=0,
            max_reaction_count=11,
            accepted_gift_types=AcceptedGiftTypes(False, False, False, False, False),
        )

    async def getChatMember(self, chat_id: str, user_id: int) -> ChatMember:
        """Return a member of a chat; the first of its people owns it."""
        room = self._world.room(chat_id)
        member = room.member(user_id)
        if member == room.people[0]:
            return ChatMemberOwner(member, is_anonymous=False)
        return ChatMemberMember(member)

    def _keep(self, field: str, language: str, text: str) -> bool:
        check_text(field, text)
        self._texts[field, language] = text
        return True

    def _kept(self, field: str, language: str) -> str:
        return self._texts.get((field, language)) or self._texts.get((field, ""), "")
