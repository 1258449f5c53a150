"""Our own description of what the bot may ask of the Bot API: the methods, their parameters and the types inside them.

A method or a parameter that is not here is refused, so that a new one is added on purpose. ``!`` marks what is required.
Source: core.telegram.org/bots/api, Bot API 10.1.
"""

from __future__ import annotations

from tests.telegram.fake.schema import Schema

METHODS = """
getMe
getUpdates offset:int limit:int timeout:int allowed_updates:[str]
setWebhook url!:str certificate:InputFile ip_address:str max_connections:int allowed_updates:[str]
  drop_pending_updates:bool secret_token:str
deleteWebhook drop_pending_updates:bool
getWebhookInfo
logOut
close
sendMessage chat_id!:int|str message_thread_id:int text!:str parse_mode:str entities:[MessageEntity]
  link_preview_options:LinkPreviewOptions disable_notification:bool protect_content:bool message_effect_id:str
  reply_parameters:ReplyParameters reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply
sendRichMessage chat_id!:int|str message_thread_id:int rich_message!:InputRichMessage disable_notification:bool
  protect_content:bool message_effect_id:str reply_parameters:ReplyParameters
  reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply
sendDocument chat_id!:int|str message_thread_id:int document!:InputFile|str thumbnail:InputFile|str caption:str
  parse_mode:str caption_entities:[MessageEntity] disable_content_type_detection:bool disable_notification:bool
  protect_content:bool reply_parameters:ReplyParameters
  reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply
sendMessageDraft chat_id!:int message_thread_id:int draft_id!:int text:str parse_mode:str entities:[MessageEntity]
sendRichMessageDraft chat_id!:int message_thread_id:int draft_id!:int rich_message!:InputRichMessage
sendChatAction chat_id!:int|str message_thread_id:int action!:str
editMessageText chat_id:int|str message_id:int inline_message_id:str text:str parse_mode:str entities:[MessageEntity]
  link_preview_options:LinkPreviewOptions rich_message:InputRichMessage reply_markup:InlineKeyboardMarkup
editMessageReplyMarkup chat_id:int|str message_id:int inline_message_id:str reply_markup:InlineKeyboardMarkup
deleteMessage chat_id!:int|str message_id!:int
deleteMessages chat_id!:int|str message_ids!:[int]
setMessageReaction chat_id!:int|str message_id!:int reaction:[ReactionType] is_big:bool
answerCallbackQuery callback_query_id!:str text:str show_alert:bool url:str cache_time:int
answerInlineQuery inline_query_id!:str results!:[InlineQueryResult] cache_time:int is_personal:bool next_offset:str
  button:InlineQueryResultsButton
savePreparedInlineMessage user_id!:int result!:InlineQueryResult allow_user_chats:bool allow_bot_chats:bool
  allow_group_chats:bool allow_channel_chats:bool
getFile file_id!:str
getChat chat_id!:int|str
getChatMember chat_id!:int|str user_id!:int
getChatMemberCount chat_id!:int|str
getChatAdministrators chat_id!:int|str return_bots:bool
leaveChat chat_id!:int|str
setMyCommands commands!:[BotCommand] scope:BotCommandScope language_code:str
deleteMyCommands scope:BotCommandScope language_code:str
getMyCommands scope:BotCommandScope language_code:str
setMyName name:str language_code:str
getMyName language_code:str
setMyDescription description:str language_code:str
getMyDescription language_code:str
setMyShortDescription short_description:str language_code:str
getMyShortDescription language_code:str
"""

TYPES = """
MessageEntity type!:str offset!:int length!:int url:str user:User language:str custom_emoji_id:str unix_time:int
  date_time_format:str
User id!:int is_bot!:bool first_name!:str last_name:str username:str language_code:str is_premium:bool
LinkPreviewOptions is_disabled:bool url:str prefer_small_media:bool prefer_large_media:bool show_above_text:bool
ReplyParameters message_id!:int chat_id:int|str allow_sending_without_reply:bool quote:str quote_parse_mode:str
  quote_entities:[MessageEntity] quote_position:int
InputRichMessage html:str markdown:str is_rtl:bool skip_entity_detection:bool
InlineKeyboardMarkup inline_keyboard!:[[InlineKeyboardButton]]
InlineKeyboardButton text!:str icon_custom_emoji_id:str style:str url:str callback_data:str web_app:WebAppInfo
  switch_inline_query:str switch_inline_query_current_chat:str
  switch_inline_query_chosen_chat:SwitchInlineQueryChosenChat copy_text:CopyTextButton
WebAppInfo url!:str
CopyTextButton text!:str
SwitchInlineQueryChosenChat query:str allow_user_chats:bool allow_bot_chats:bool allow_group_chats:bool
  allow_channel_chats:bool
ReplyKeyboardMarkup keyboard!:[[KeyboardButton]] is_persistent:bool resize_keyboard:bool one_time_keyboard:bool
  input_field_placeholder:str selective:bool
KeyboardButton text!:str icon_custom_emoji_id:str style:str
ReplyKeyboardRemove remove_keyboard!:bool selective:bool
ForceReply force_reply!:bool input_field_placeholder:str selective:bool
ReactionTypeEmoji type!:str emoji!:str
ReactionTypeCustomEmoji type!:str custom_emoji_id!:str
InlineQueryResultArticle type!:str id!:str title!:str input_message_content!:InputMessageContent
  reply_markup:InlineKeyboardMarkup url:str description:str thumbnail_url:str thumbnail_width:int thumbnail_height:int
InputTextMessageContent message_text!:str parse_mode:str entities:[MessageEntity] link_preview_options:LinkPreviewOptions
InputRichMessageContent rich_message!:InputRichMessage
InlineQueryResultsButton text!:str web_app:WebAppInfo start_parameter:str
BotCommand command!:str description!:str
BotCommandScopeDefault type!:str
BotCommandScopeAllPrivateChats type!:str
BotCommandScopeAllGroupChats type!:str
BotCommandScopeAllChatAdministrators type!:str
BotCommandScopeChat type!:str chat_id!:int|str
BotCommandScopeChatAdministrators type!:str chat_id!:int|str
BotCommandScopeChatMember type!:str chat_id!:int|str user_id!:int
"""

UNIONS = """
ReactionType ReactionTypeEmoji ReactionTypeCustomEmoji
InlineQueryResult InlineQueryResultArticle
InputMessageContent InputTextMessageContent InputRichMessageContent
BotCommandScope BotCommandScopeDefault BotCommandScopeAllPrivateChats BotCommandScopeAllGroupChats
  BotCommandScopeAllChatAdministrators BotCommandScopeChat BotCommandScopeChatAdministrators BotCommandScopeChatMember
"""

OURS = Schema.from_table(METHODS, TYPES, UNIONS.replace("\n  ", " "))
BY_LOWER_CASE = {name.lower(): name for name in OURS.methods}
"""Telegram takes method names in any case."""
