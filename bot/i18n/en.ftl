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
    { -privacy } – what is stored about you
digest-usage = Reply to an article or to a message with a link, or write { -digest } and a link.

## Progress

reading = Reading the article…
fetching = Opening { $host }…
translating = Translating into { $language }…
queued = Your request is in the queue. I will begin soon.
still-working = Still working on it. Long articles and translations take a little longer.
several-links =
    { $count ->
        [one] { NUMBER($count) } link: you will get one digest.
       *[other] { NUMBER($count) } links: you will get a digest of each.
    }

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
button-open = Read the article
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
rate-limited = Too many requests at once. Wait a few seconds, then try again.

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
inline-prepare-description = Of the article on { $host }
inline-preparing = Making a digest of the article on { $host }…
inline-open-bot = Open the bot
inline-none = Write a link after the name of the bot

## Frame of a digest; its other labels are in pipelines/data/labels.tsv

continued = Part { NUMBER($part) } of { NUMBER($parts) }
sources-title = Sentences of the article that the digest rests on
details-title = In { $language }

## Later: channels

cmd-channels = Digests for your channels and groups

## Issues of auto-digests

issue-heading = News digest
issue-empty = Nothing new since the last digest.
feed-disabled = The feed “{ $feed }” could not be read for a week and is no longer asked. { -channels } revives or removes it.
