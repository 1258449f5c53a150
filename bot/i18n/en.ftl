### English. Plain and short: what happened, then what to try. Blank lines separate paragraphs.
### NUMBER() stands round every number; a language among the arguments comes as its name.

## Commands: descriptions in Telegram's menu

cmd-start = What this bot does
cmd-help = What you can send, and how
cmd-digest = Digest of a link or of the message you reply to
cmd-language = The language I speak to you
cmd-languages = The languages of your digests
cmd-length = Short, medium or long digests
cmd-settings = Links and buttons in this group
cmd-privacy = What is stored about you, and how to delete it
cmd-stats = How many digests were made
cmd-cancel = Stop what I am doing for you
cmd-admin = For the owner: access, quotas, errors, models

## Who I am

bot-description =
    Send me a link to a news article, or its text. I answer with a short digest: what happened and who the key people and organisations are, in Dari, Pashto, Russian or English.

    Names are written as each language writes them, and every sentence can be traced to the article.
bot-short-description = Short news digests in Dari, Pashto, Russian and English, with the right names and the sources.
welcome =
    Welcome! Send me a link to an article, or paste its text. I answer with a short digest: what happened, and who the key people are.

    { -languages } chooses the languages of your digests, { -length } how long they are, { -language } the language I speak. { -help } says what else I can do.
welcome-group =
    Hello! Reply to a message with { -digest }, or write { -digest } and a link, and I answer with a short digest.

    I say nothing unless asked. Admins of this group can let me answer every link: { -settings }.
help =
    What you can send me:
    • a link to an article, or several links
    • the text of an article, also in several messages
    • a forwarded post
    • a file: { -pdf }, { -docx }, { -txt } or { -html }

    In a group: reply to a message with { -digest }, write { -digest } and a link, or mention me with a link.

    In any chat: write { $bot } and a link, and choose the digest.

    The buttons under a digest change its language and length, show the sentences it rests on, and tell us of a wrong name or translation.

    { -languages } – languages of your digests
    { -length } – their length
    { -language } – the language I speak
    { -channels } – digests for your channels and groups, by themselves
    { -privacy } – what is stored about you
digest-usage = Reply to an article or to a message with a link, or write { -digest } and a link.

## Progress

reading = Reading the article…
fetching = Opening { $host }…
translating = Translating into { $language }…

## What went wrong, by the code of the error

error-too-short =
    { $words ->
        [one] The text has only { NUMBER($words) } word; a digest needs at least { NUMBER($needed) }. Send the whole article.
       *[other] The text has only { NUMBER($words) } words; a digest needs at least { NUMBER($needed) }. Send the whole article.
    }
error-unknown-language = I do not know the language of this text. Send an article in English, Russian, Dari, Persian or Pashto.
error-no-article = I found no article there. Send a link to the article itself, not to a front page, or paste its text.
error-login-wall = That page shows no article: it asks readers to sign in, to pay or to prove that they are human. Copy the text of the article and send it to me.
error-unreachable = { $host } does not answer. Check the link, or try again later.
error-http-status =
    { $status ->
        [401] { $host } does not let me read that page. Copy the text of the article and send it to me.
        [403] { $host } does not let me read that page. Copy the text of the article and send it to me.
        [404] There is no such page on { $host }. Check the link.
        [410] That page on { $host } has been removed. Look for the article elsewhere.
        [429] { $host } is asked too often at the moment. Try again later.
        [451] { $host } may not show that page for legal reasons. Copy the text of the article and send it to me.
       *[other] { $host } answered with error { NUMBER($status, useGrouping: 0) }. Try again later, or paste the text of the article.
    }
error-forbidden-address = That address belongs to a private network. I open public web pages only.
error-bad-url = That is not a web address. A link begins with { -https } or { -http }.
error-too-large = That page is too large for me. Copy the text of the article and send it to me.
error-unsupported-type = There is no text to read there: it is a picture, a video or another kind of file. I read web pages and { -pdf }, { -docx }, { -txt } and { -html } files.
error-unreadable = I cannot read that: it is damaged, protected, or has only pictures of text. Send me the text itself.
error-not-a-feed = I find no feed there. Send the address of a feed ({ -rss }, { -atom } or { -json }), of a site that has one, or of a public channel.
error-too-many-redirects = That link leads from page to page without end. Open it in a browser, and send me the address of the article.
error-backend-failed = The digest or its translation could not be made just now. Try again in a few minutes.
error-internal = Something went wrong on my side. It has been recorded for the owner of the bot. Try again later.
error-file-too-big = The file is too big: I can take up to { NUMBER($most) } MB. Send a smaller file or the text itself.
error-file-lost = I could not get that file from Telegram. Send it again.
error-too-many-links =
    { $most ->
        [one] Too many links: I take { NUMBER($most) } at a time. Send the others in messages of their own.
       *[other] Too many links: I take up to { NUMBER($most) } at a time. Send the others in another message.
    }
nothing-to-do = I see no link and no article here. Send me a link, the text of an article or a file. { -help } says more.
only-photo = I cannot read pictures. Send me a link to the article or its text.
voice-or-video = I cannot listen to voice messages or watch videos. Send me a link to the article or its text.

## Buttons

button-shorter = Shorter
button-longer = Longer
button-sources = Source sentences
button-back = Back to the digest
button-original = Original
button-up = 👍
button-down = 👎
button-wrong-name = Wrong name
button-wrong-translation = Wrong translation
button-done = Done
button-cancel = Cancel

## Languages: labels of buttons; .inline is the name inside a sentence, where it differs

lang-en = English
lang-ru = Russian
lang-prs = Dari
lang-ps = Pashto
lang-fa = Persian
lang-und = Unknown language
    .inline = an unknown language

## Lists of names

list-and = { $first } and { $last }
list-comma = { $first }, { $last }

## Answers to presses: Telegram shows 200 characters

thanks-feedback = Thank you, noted.
feedback-note-ask = Thank you. What is wrong, and what would be right? Reply to this message.
feedback-noted = Thank you. The owner of the bot will see your note.
press-not-yours = Only the person who asked for this digest can use its buttons.
press-admins-only = Only admins of this group can use these buttons.
press-expired = This digest is no longer kept. Send the link again.
no-translation = No model that translates into { $language } is installed. The owner of the bot can add one.
already-shown = You are looking at it already.

## Settings

language-ask = Which language shall I speak?
language-set = I now speak { $language }.
length-ask = How long shall your digests be?
length-short = Short
length-medium = Medium
length-long = Long
length-set =
    { $length ->
        [short] Your digests will be short.
        [long] Your digests will be long.
       *[medium] Your digests will be of medium length.
    }
languages-ask = Which languages shall your digests come in? Choose one or several.
languages-set = Your digests will come in: { $languages }.
languages-none = Your digests will come in the language of the article.
group-settings = Settings of this group
group-auto-on = I will now answer every link in this group.
group-auto-off = I will now answer in this group only when asked.
group-admins-only = Only admins of this group can change that.
groups-command-only = That works in groups only.
button-auto-on = Answer every link
button-auto-off = Answer only when asked
presses-ask = Who can use the buttons under a digest?
presses-anyone = Everyone
presses-asker = Who asked for the digest
presses-admins = Admins only
saved = Saved.

## Privacy

privacy-text =
    What I store about you:
    • your number in Telegram, and the languages and the length you chose
    • how many digests you asked for each day
    • the digests, with what you said of them, for { $digest_days ->
        [one] { NUMBER($digest_days) } day
       *[other] { NUMBER($digest_days) } days
    }
    • your messages until they are answered, and my answers for { $message_days ->
        [one] { NUMBER($message_days) } day
       *[other] { NUMBER($message_days) } days
    }

    I store neither your name nor your phone number.

    The button below deletes all this, the texts and files you sent included. Digests of web pages remain, with no trace of who asked.
privacy-record =
    Stored now:
    • your number in Telegram: { $id }
    • digests asked for: { NUMBER($digests) }
    • opinions: { NUMBER($votes) }
    • notes: { NUMBER($notes) }
    • channels you set up: { NUMBER($channels) }
privacy-delete-button = Delete everything about me
privacy-deleted = Everything stored about you has been deleted. If you write to me again, I begin anew.
privacy-nothing = Nothing is stored about you.

## Counts and stopping

stats-text =
    { $total ->
        [0] You have not asked for a digest yet.
        [one] You have asked for { NUMBER($total) } digest so far, { NUMBER($today) } of them today.
       *[other] You have asked for { NUMBER($total) } digests so far, { NUMBER($today) } of them today.
    }
stats-group =
    { $total ->
        [0] No digest has been made in this group yet.
        [one] { NUMBER($total) } digest has been made in this group, { NUMBER($today) } of them today.
       *[other] { NUMBER($total) } digests have been made in this group, { NUMBER($today) } of them today.
    }
cancelled = Stopped.
nothing-to-cancel = I am doing nothing for you at the moment.

## Access and quotas

not-allowed = This bot answers only people whom its owner has added. Your number, for the owner: { $id }.
groups-only = This bot answers in groups only. Ask me in a group that I am in.
quota-person =
    You have had { $limit ->
        [one] { NUMBER($limit) } digest
       *[other] { NUMBER($limit) } digests
    } today, the most that one person can get. Come back in { $hours ->
        [one] { NUMBER($hours) } hour
       *[other] { NUMBER($hours) } hours
    }.
quota-chat =
    This chat has had { $limit ->
        [one] { NUMBER($limit) } digest
       *[other] { NUMBER($limit) } digests
    } today, the most that one chat can get. Come back in { $hours ->
        [one] { NUMBER($hours) } hour
       *[other] { NUMBER($hours) } hours
    }.

## The owner

admin-text =
    { -admin-allow } – let a person or a chat in
    { -admin-remove } – take that back
    { -admin-quota-person } – digests a day for one person
    { -admin-quota-chat } – digests a day for one chat
    { -admin-errors } – latest errors
    { -admin-backends } – what summarises and translates
    { -admin-models } – models installed
admin-stats =
    People: { NUMBER($people) }
    Chats: { NUMBER($chats) }; gone: { NUMBER($gone) }
    Digests today: { NUMBER($today) }; so far: { NUMBER($total) }
    👍 { NUMBER($up) }   👎 { NUMBER($down) }
    Wrong names: { NUMBER($names) }; wrong translations: { NUMBER($translations) }
admin-access-open = Access: everybody.
admin-access-list =
    { $count ->
        [0] Access: nobody but you is allowed yet.
        [one] Access: { NUMBER($count) } person or chat that you allowed.
       *[other] Access: { NUMBER($count) } people and chats that you allowed.
    }
admin-access-groups = Access: groups only.
admin-allow-usage = Give the number of a person or of a chat: { -admin-allow }
admin-allowed = { $id } can use the bot now.
admin-removed = { $id } can no longer use the bot.
admin-errors = Latest errors
admin-errors-none = No errors have been recorded.
admin-backends = What summarises and translates
admin-models = Models installed
admin-models-none = No model is installed. Digests stay in the language of the article.
admin-quota = Digests a day: for one person { NUMBER($person) }, for one chat { NUMBER($chat) }.
admin-quota-none = There is no limit on digests.
admin-quota-usage = Give a number; 0 means no limit: { -admin-quota-person } or { -admin-quota-chat }
admin-quota-set = The new limits are in force.
admin-unknown = I do not know that order. Here are those I know:

## Inline queries

inline-prepare = Make a digest
inline-open-bot = Open the bot
inline-none = Write a link after the name of the bot

## Channels

cmd-channels = Digests for your channels and groups
channels-no-chats =
    I can post digests of news in your channel or group by myself: on the days and at the times you choose, from the feeds you choose.

    1. Add me to your channel or group as an admin with the right to post. The buttons below do that.
    2. Come back and send { -channels } again.

    If I am in it already, press “Name a chat”, or send { -channels } in the group itself.
channels-list =
    Your channels and groups. Choose one to set it up.

    🟢 on   ⚪ off   ➕ not set up yet
channels-topics = Topics of { $name } that get digests. For another topic, send { -channels } inside it.
channels-topic = { $name } › topic { $id }
channels-greeting =
    Thank you for adding me to { $name }. I post nothing there by myself yet.

    Send { -channels } to choose its feeds, languages and times.
channels-sent-private = I have sent you the settings in our private chat.
channels-open-private = Open me in private and send { -channels } there: settings are not shown in a group.

channels-off = ⚪ Off: nothing is posted.
channels-off-by-itself = ⚪ Off: I could not post there any more. Check my rights, then turn it on again.
channels-on = 🟢 On. Next issue: { $time }
channels-on-live = 🟢 On.
channels-feeds-count =
    { $count ->
        [0] Feeds: none yet
       *[other] Feeds: { NUMBER($count) }
    }
channels-languages = Languages: { $languages }
channels-times = Times: { $times }
channels-live = As it happens, day and night
channels-live-quiet = As it happens, but quiet from { $start } to { $end }
channels-weekdays = Days: { $days }
channels-zone = Timezone: { $zone }
channels-length =
    { $length ->
        [short] Each story: one sentence
        [long] Each story: up to three sentences
       *[medium] Each story: up to two sentences
    }
channels-most = Stories in an issue: up to { NUMBER($count) }
channels-least =
    { $count ->
        [one] Only stories told by at least { NUMBER($count) } feed
       *[other] Only stories told by at least { NUMBER($count) } feeds
    }
channels-include = Only with: { $terms }
channels-include-any = Only with: any words
channels-exclude = Never with: { $terms }
channels-exclude-no = Never with: no words
channels-heading = Heading: { $text }
channels-empty-said = When nothing is new: I say so
channels-empty-silent = When nothing is new: I say nothing
channels-feed = { $text } ({ $url })
channels-feed-stopped = It failed for too long and is read no more.
channels-feed-failing =
    { $count ->
        [one] Not reached the last { NUMBER($count) } time
       *[other] Not reached the last { NUMBER($count) } times
    }
channels-no-feeds = There are no feeds yet. Add one: the address of a site, of an { -rss } feed or of a public channel.

channels-ask-feeds =
    Send the feeds, one a line:
    • the address of a site: I look for its feed
    • the address of an { -rss }, { -atom } or { -json } feed
    • a public channel: { -channel-example }

    I open each of them now and say whether it works. { -cancel } leaves this.
channels-ask-times = Send the times of the day, for example: 08:00 18:30
channels-ask-quiet = From when to when shall I be quiet? For example: 23:00-07:00
channels-ask-include = Send the words of which a story must have at least one. One a line, or with commas between them.
channels-ask-exclude = Send the words that a story must not have. One a line, or with commas between them.
channels-ask-heading = Send the heading of the issues. The date is added by itself.
channels-ask-opml = Send the { -opml } file. Before anything changes I say what is in it.
channels-ask-json = Send the { -json } file that I once gave you. Before anything changes I say what is in it.
channels-ask-chat = Send the name of the channel or group ({ -channel-example }), a link to it, or forward a post of it. You must be its admin, and I must be in it.
channels-ask-languages = In which languages shall I post? An issue comes once in each of them.
channels-ask-when = No day chosen: every day.
channels-ask-zone = Choose the timezone of the channel, or send its name, for example { -zone-example }.
channels-ask-length = How much shall I say of each story?
channels-ask-most = How many stories may an issue have?
channels-ask-least = By how many feeds must a story be told?
channels-ask-ready = Look at a preview before you turn this on: it shows what I would post now, only to you.
channels-ask-delete = Delete all settings of this channel? What was posted there stays.
channels-terms-help = Write plain words; I also find their other forms. Capital letters make no difference.
channels-again-or-cancel = Send it again, or { -cancel } to leave it as it was.

channels-bad-time = “{ $text }” is no time of the day. Write it like this: 07:30
channels-bad-times =
    { $most ->
        [one] Send one time of the day, like 08:00.
       *[other] Send from one to { NUMBER($most) } times of the day, like 08:00 18:30.
    }
channels-bad-quiet = I need two different times, like 23:00-07:00.
channels-bad-zone = I know no timezone “{ $text }”. Write it like this: { -zone-example }
channels-bad-term =
    { $most ->
        [one] “{ $text }…” is too long; a term has at most { NUMBER($most) } character.
       *[other] “{ $text }…” is too long; a term has at most { NUMBER($most) } characters.
    }
channels-bad-terms =
    { $most ->
        [one] There can be { NUMBER($most) } term.
       *[other] There can be up to { NUMBER($most) } terms in all.
    }
channels-bad-heading =
    { $most ->
        [one] A heading has at most { NUMBER($most) } character.
       *[other] A heading has at most { NUMBER($most) } characters.
    }
channels-bad-addresses =
    { $most ->
        [one] I take { NUMBER($most) } address at a time.
       *[other] I take up to { NUMBER($most) } addresses at a time. For more, send an { -opml } file.
    }
channels-bad-chat = “{ $text }” names no chat. Send its name ({ -channel-example }) or its number.

channels-not-admin = Only admins of that channel or group can do this.
channels-unknown-chat = I do not find that chat, or I am not in it, or you are not its admin. Add me to it as an admin, then send its name again.
channels-gone = These settings have been deleted. Send { -channels } to begin anew.
channels-expired = That question is no longer open. Send the file again.
channels-needs-feeds = Add a feed first.
channels-cannot-post = I may not post there. Make me an admin with the right to post, then try again.
channels-deleted = The settings have been deleted.
channels-file-not-sent = The file could not be sent. Press the button again.
channels-feed-again = I will read that feed again at once.
channels-checking =
    { $count ->
        [one] I am opening { NUMBER($count) } feed…
       *[other] I am opening { NUMBER($count) } feeds… This may take a few minutes.
    }
channels-preview-making = I am making the preview. This may take a few minutes.
channels-preview-empty = There is nothing to show now: the feeds have no news that fits, or I have not read them yet. Try again in a minute.
channels-preview-below = The preview is below.
channels-preview-over = So would the issue look now. It was shown only to you.

channels-feeds-added =
    { $count ->
        [one] { NUMBER($count) } feed added:
       *[other] { NUMBER($count) } feeds added:
    }
channels-feeds-known =
    { $count ->
        [one] { NUMBER($count) } feed was there already.
       *[other] { NUMBER($count) } feeds were there already.
    }
channels-feeds-too-many =
    { $most ->
        [one] A channel can have { NUMBER($most) } feed.
       *[other] A channel can have up to { NUMBER($most) } feeds; the others were left out.
    }
channels-feeds-failed =
    { $count ->
        [one] { NUMBER($count) } address could not be added:
       *[other] { NUMBER($count) } addresses could not be added:
    }
channels-feed-bad-address = this is no address
channels-feed-private = this address belongs to a private network
channels-feed-silent = { $host } does not answer
channels-feed-refused = { $host } answered with error { NUMBER($status, useGrouping: 0) }
channels-feed-too-large = the page is too large
channels-feed-none = I find no feed there

channels-opml-where = Open the channel that shall get these feeds first, then send the file: { -channels }
channels-opml-bad = I cannot read this file as { -opml }.
channels-opml-empty =
    { $count ->
        [0] There is no feed in this file.
        [one] The { NUMBER($count) } feed in this file is there already.
       *[other] All { NUMBER($count) } feeds in this file are there already.
    }
channels-opml-found =
    { $count ->
        [one] { NUMBER($count) } feed in the file, { NUMBER($fresh) } of them new. I open each one before I add it. Begin?
       *[other] { NUMBER($count) } feeds in the file, { NUMBER($fresh) } of them new. I open each one before I add it. Begin?
    }
channels-json-bad = This is no file of settings that I can read. I read the { -json } files that I give out myself.
channels-json-entry = Entry { NUMBER($number) } of the file cannot be read. Nothing was changed.
channels-json-foreign =
    { $count ->
        [0] There are no settings in this file.
        [one] The settings of { NUMBER($count) } channel are in this file; you are not its admin, or I am not in it.
       *[other] The settings of { NUMBER($count) } channels are in this file; you are the admin of none of them, or I am not in them.
    }
channels-json-found =
    { $count ->
        [one] The file has the settings of { NUMBER($count) } channel or topic of yours.
       *[other] The file has the settings of { NUMBER($count) } channels and topics of yours.
    }
channels-json-left-out =
    { $count ->
        [one] { NUMBER($count) } more is left out: you are not its admin, or I am not in it.
       *[other] { NUMBER($count) } more are left out: you are not their admin, or I am not in them.
    }
channels-json-replaces = They take the place of what is set there now. A channel that is new comes turned off. Take them over?
channels-json-taken =
    { $count ->
        [one] The settings of { NUMBER($count) } channel or topic have been taken over.
       *[other] The settings of { NUMBER($count) } channels and topics have been taken over.
    }

button-add-to-channel = Add me to a channel
button-add-to-group = Add me to a group
button-find-chat = Name a chat
button-export-all = Export all
button-import-all = Import
button-back-to-list = All channels
button-whole-chat = The chat as a whole
button-to-settings = ‹ Back
button-turn-on = Turn on
button-turn-on-now = Turn on now
button-turn-off = Turn off
button-preview = Preview
button-delete = Delete
button-delete-really = Yes, delete
button-feeds = Feeds
button-when = Times and days
button-languages = Languages
button-length = Length
button-items = Number of stories
button-sources-least = Least feeds a story
button-terms = Words
button-heading = Heading
button-empty-say = Say when nothing is new
button-empty-silent = Say nothing when nothing is new
button-add-feed = Add feeds
button-feed-again = Try again
button-opml-in = Feeds from a file
button-opml-out = Feeds as a file
button-at-times = At fixed times
button-live = As it happens
button-times = Change the times
button-quiet = Quiet time
button-no-quiet = No quiet time
button-zone = Timezone
button-include = Words a story must have
button-exclude = Words a story must not have
button-no-terms = No words
button-no-heading = The usual heading
button-add-all = Begin
button-take-over = Take over

weekday-0 = Mon
weekday-1 = Tue
weekday-2 = Wed
weekday-3 = Thu
weekday-4 = Fri
weekday-5 = Sat
weekday-6 = Sun
zone-kabul = Kabul
zone-tehran = Tehran
zone-dushanbe = Dushanbe
zone-tashkent = Tashkent
zone-karachi = Karachi
zone-moscow = Moscow
zone-istanbul = Istanbul
zone-berlin = Berlin
zone-london = London
zone-utc = Universal time

## Issues of auto-digests

issue-heading = News digest
issue-empty = Nothing new since the last digest.
feed-disabled = The feed “{ $feed }” could not be read for a week and is no longer asked. { -channels } revives or removes it.
