"""Methods that ask about chats and files, and leave."""

from __future__ import annotations

from tests.telegram.fake.calls import Call, method
from tests.telegram.fake.errors import Json, bad_request

MAX_DOWNLOAD = 20 * 1024 * 1024


@method("getChat")
def get_chat(call: Call) -> Json:
    chat = call.chat()
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    )
    return chat.to_json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


@method("getChatMember")
def get_chat_member(call: Call) -> Json:
    chat = call.chat()
    user_id = call.params["user_id"]
    if user_id not in call.world.users:
        raise bad_request("invalid user_id specified")
    member = chat.members.get(user_id)
    if member is None:
        return {"status": "left", "user": call.world.users[user_id].to_json()}
    return member.to_json(chat.kind)


@method("getChatMemberCount")
def get_chat_member_count(call: Call) -> int:
    return sum(member.inside for member in call.chat().members.values())


@method("getChatAdministrators")
def get_chat_administrators(call: Call) -> list[Json]:
    chat = call.chat()
    if chat.owner:
        raise bad_request("there are no administrators in the private chat")
    return [
        member.to_json(chat.kind)
        for member in chat.members.values()
        if member.status in {"creator", "administrator"} and (not member.user.is_bot or member.user is call.bot.user)
    ]


@method("leaveChat")
def leave_chat(call: Call) -> bool:
    chat = call.chat()
    if chat.owner:
        raise bad_request("chat member status can't be changed in private chats")
    call.member(chat).status = "left"
    call.world.record(chat, call.bot.user, "leaves")
    return True


@method("getFile")
def get_file(call: Call) -> Json:
    file = call.world.files.get(call.params["file_id"])
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.data) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": file.id, "file_unique_id": f"Ag{file.id[-8:]}", "file_size": len(file.data), "file_path": file.path
    }  # fmt: skip
