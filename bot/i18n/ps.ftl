### Pashto of Afghanistan. To «تاسو»; a noun after a number above one is plural. Blank lines separate paragraphs.

## Commands: descriptions in Telegram's menu

cmd-start = دا بوټ څه کوي
cmd-help = څه رالېږلی شئ او څنګه
cmd-digest = د یو لینک یا د هغه پیغام لنډیز چې ځواب ورکوئ
cmd-language = له تاسو سره په کومه ژبه وغږېږم
cmd-languages = ستاسو لنډیزونه دې په کومو ژبو وي
cmd-length = لنډ، منځني یا اوږده لنډیزونه
cmd-settings = په دې ګروپ کې لینکونه او تڼۍ
cmd-privacy = ستاسو په اړه څه ساتل کېږي او څنګه پاکېږي
cmd-stats = څومره لنډیزونه جوړ شوي دي
cmd-cancel = هغه کار ودروئ چې ستاسو لپاره یې کوم
cmd-admin = د بوټ خاوند ته: اجازې، حدونه، تېروتنې، ماډلونه

## Who I am

bot-description =
    د خبر لینک یا متن راولېږئ. لنډیز یې درکوم: څه پېښ شوي او مهم اشخاص او بنسټونه څوک دي؛ په دري، پښتو، روسي یا انګلیسي.

    نومونه داسې راځي لکه څنګه چې په هره ژبه کې لیکل کېږي، او هره جمله له لیکنې سره پرتله کولی شئ.
bot-short-description = د خبرونو لنډیز په دري، پښتو، روسي او انګلیسي، له سمو نومونو او د هرې جملې له سرچینې سره.
welcome =
    سلام، ښه راغلاست! د لیکنې لینک یا متن راولېږئ. لنډیز یې درکوم: څه پېښ شوي او مهم اشخاص څوک دي.

    په { -languages } سره د لنډیزونو ژبې، په { -length } سره یې اوږدوالی او په { -language } سره زما د خبرو ژبه وټاکئ. نور کارونه مې په { -help } کې دي.
welcome-group =
    سلام! د پیغام په ځواب کې { -digest } ولیکئ، یا { -digest } له لینک سره راولېږئ؛ لنډیز یې درکوم.

    څو چې ونه پوښتئ، څه نه وایم. د ګروپ مدیران اجازه راکولی شي چې هر لینک ته ځواب ووایم: { -settings }
help =
    دا شیان رالېږلی شئ:
    • د لیکنې لینک یا څو لینکونه
    • د لیکنې متن، په یوه یا څو پیغامونو کې
    • فاروارډ شوی پوسټ
    • { -pdf }، { -docx }، { -txt } یا { -html } فایل

    په ګروپ کې: د پیغام په ځواب کې { -digest } ولیکئ، { -digest } له لینک سره راولېږئ، یا زما نوم له لینک سره ولیکئ.

    په هر چټ کې: { $bot } او لینک ولیکئ او لنډیز وټاکئ.

    د لنډیز لاندې تڼۍ یې ژبه او اوږدوالی بدلوي، د سرچینې جملې ښيي او د ناسم نوم یا ناسمې ژباړې خبر راکوي.

    { -languages } – د لنډیزونو ژبې
    { -length } – د لنډیزونو اوږدوالی
    { -language } – زما د خبرو ژبه
    { -channels } – ستاسو چینلونو او ډلو ته په خپله لنډیزونه
    { -privacy } – ستاسو په اړه څه ساتل کېږي
digest-usage = د لیکنې یا د لینک لرونکي پیغام په ځواب کې { -digest } ولیکئ، یا { -digest } له لینک سره راولېږئ.

## Progress

reading = لیکنه لولم…
fetching = { $host } پرانیزم…
translating = { $language } ته یې ژباړم…

## What went wrong, by the code of the error

error-too-short =
    { $words ->
        [one] په دې متن کې یوازې { NUMBER($words) } کلمه ده؛ د لنډیز لپاره لږ تر لږه { NUMBER($needed) } په کار دي. ټوله لیکنه راولېږئ.
       *[other] په دې متن کې یوازې { NUMBER($words) } کلمې دي؛ د لنډیز لپاره لږ تر لږه { NUMBER($needed) } په کار دي. ټوله لیکنه راولېږئ.
    }
error-unknown-language = د دې متن ژبه مې ونه پېژندله. په انګلیسي، روسي، دري، فارسي یا پښتو لیکنه راولېږئ.
error-no-article = هلته مې لیکنه ونه موندله. د لیکنې خپل لینک راولېږئ، نه د وېبپاڼې د لومړي مخ؛ یا یې متن راولېږئ.
error-login-wall = دا پاڼه لیکنه نه ښيي؛ له لوستونکي غواړي چې حساب ته ننوځي، پیسې ورکړي یا ثابته کړي چې روبوټ نه دی. د لیکنې متن کاپي کړئ او راولېږئ.
error-unreachable = { $host } ځواب نه وایي. لینک وګورئ یا وروسته بیا هڅه وکړئ.
error-http-status =
    { $status ->
        [401] { $host } د دې پاڼې د لوستلو اجازه نه راکوي. د لیکنې متن کاپي کړئ او راولېږئ.
        [403] { $host } د دې پاڼې د لوستلو اجازه نه راکوي. د لیکنې متن کاپي کړئ او راولېږئ.
        [404] په { $host } کې داسې پاڼه نشته. لینک وګورئ.
        [410] دا پاڼه له { $host } لرې شوې ده. لیکنه په بل ځای کې ولټوئ.
        [429] له { $host } اوس مهال ډېرې غوښتنې کېږي. وروسته بیا هڅه وکړئ.
        [451] { $host } دا پاڼه د قانون له مخې نه ښيي. د لیکنې متن کاپي کړئ او راولېږئ.
       *[other] له { $host } څخه د { NUMBER($status, useGrouping: 0) } تېروتنې ځواب راغی. وروسته بیا هڅه وکړئ یا د لیکنې متن راولېږئ.
    }
error-forbidden-address = دا پته د یوې خصوصي شبکې ده. زه یوازې عامه انټرنېټي پاڼې پرانیزم.
error-bad-url = دا انټرنېټي پته نه ده. لینک په { -https } یا { -http } پیلېږي.
error-too-large = دا پاڼه ډېره لویه ده. د لیکنې متن کاپي کړئ او راولېږئ.
error-unsupported-type = هلته د لوستلو متن نشته؛ انځور، ویډیو یا بل ډول فایل دی. زه انټرنېټي پاڼې او { -pdf }، { -docx }، { -txt } او { -html } فایلونه لولم.
error-unreadable = دا نه شم لوستلی؛ خراب دی، پټنوم لري یا یوازې د متن انځور دی. پخپله متن راولېږئ.
error-not-a-feed = هلته مې د خبرونو سرچینه پیدا نه کړه. د سرچینې ({ -rss }، { -atom } یا { -json })، د هغې لرونکې وېب‌پاڼې یا د یوه عام چینل پته راولېږئ.
error-too-many-redirects = دا لینک پرله‌پسې له یوې پاڼې بلې ته ځي. په براوزر کې یې پرانیزئ او د لیکنې خپله پته راولېږئ.
error-backend-failed = لنډیز یا ژباړه اوس جوړه نه شوه. څو دقیقې وروسته بیا هڅه وکړئ.
error-internal = زما په کار کې ستونزه پېښه شوه او د بوټ خاوند ته ثبت شوه. وروسته بیا هڅه وکړئ.
error-file-too-big = فایل ډېر لوی دی؛ تر { NUMBER($most) } مېګابایټه پورې یې اخیستلی شم. کوچنی فایل یا پخپله متن راولېږئ.
error-file-lost = دا فایل مې له { -telegram } څخه تر لاسه نه کړ. بیا یې راولېږئ.
error-too-many-links =
    { $most ->
        [one] لینکونه ډېر دي؛ په یو ځل { NUMBER($most) } لینک اخیستلی شم. نور جلا راولېږئ.
       *[other] لینکونه ډېر دي؛ په یو ځل تر { NUMBER($most) } لینکونو پورې اخیستلی شم. نور په بل پیغام کې راولېږئ.
    }
nothing-to-do = دلته نه لینک شته او نه لیکنه. لینک، د لیکنې متن یا فایل راولېږئ. نور معلومات: { -help }
only-photo = انځور نه شم لوستلی. د لیکنې لینک یا متن راولېږئ.
voice-or-video = غږیز پیغام نه شم اورېدلی او ویډیو نه شم کتلی. د لیکنې لینک یا متن راولېږئ.

## Buttons

button-shorter = لا لنډ
button-longer = لا اوږد
button-sources = د سرچینې جملې
button-back = بېرته لنډیز ته
button-original = اصلي متن
button-up = 👍
button-down = 👎
button-wrong-name = ناسم نوم
button-wrong-translation = ناسمه ژباړه
button-done = بس
button-cancel = لغوه

## Languages: labels of buttons; .inline is the name inside a sentence, where it differs

lang-en = انګلیسي
lang-ru = روسي
lang-prs = دري
lang-ps = پښتو
lang-fa = فارسي
lang-und = نامعلومه ژبه

## Lists of names

list-and = { $first } او { $last }
list-comma = { $first }، { $last }

## Answers to presses: Telegram shows 200 characters

thanks-feedback = مننه، ثبت شو.
feedback-note-ask = مننه. څه ناسم دي او سم یې څه دي؟ د همدې پیغام په ځواب کې یې ولیکئ.
feedback-noted = مننه. د بوټ خاوند به ستاسو یادښت وګوري.
press-not-yours = یوازې هغه کس دا تڼۍ کارولی شي چې لنډیز یې غوښتی دی.
press-admins-only = یوازې د ګروپ مدیران دا تڼۍ کارولی شي.
press-expired = دا لنډیز نور نه ساتل کېږي. لینک بیا راولېږئ.
no-translation = { $language } ته د ژباړې ماډل نه دی نصب شوی. د بوټ خاوند یې نصبولی شي.
already-shown = همدا اوس یې ګورئ.

## Settings

language-ask = په کومه ژبه وغږېږم؟
language-set = له دې وروسته په { $language } غږېږم.
length-ask = لنډیزونه دې څومره اوږده وي؟
length-short = لنډ
length-medium = منځنی
length-long = اوږد
length-set =
    { $length ->
        [short] ستاسو لنډیزونه به لنډ وي.
        [long] ستاسو لنډیزونه به اوږده وي.
       *[medium] ستاسو لنډیزونه به منځني وي.
    }
languages-ask = ستاسو لنډیزونه دې په کومو ژبو وي؟ یوه یا څو ژبې وټاکئ.
languages-set = ستاسو د لنډیزونو ژبې: { $languages }.
languages-none = ستاسو لنډیزونه به د لیکنې په خپله ژبه وي.
group-settings = د دې ګروپ امستنې
group-auto-on = له دې وروسته په دې ګروپ کې هر لینک ته ځواب وایم.
group-auto-off = له دې وروسته په دې ګروپ کې یوازې هغه وخت ځواب وایم چې وپوښتئ.
group-admins-only = یوازې د ګروپ مدیران دا بدلولی شي.
groups-command-only = دا کار یوازې په ګروپونو کې کېږي.
button-auto-on = هر لینک ته ځواب
button-auto-off = یوازې پوښتنې ته ځواب
presses-ask = څوک د لنډیز لاندې تڼۍ کارولی شي؟
presses-anyone = ټول
presses-asker = چا چې لنډیز غوښتی
presses-admins = یوازې مدیران
saved = ثبت شو.

## Privacy

privacy-text =
    ستاسو په اړه دا شیان ساتم:
    • په ټېلېګرام کې ستاسو شمېره، او هغه ژبې او اوږدوالی چې ټاکلي مو دي
    • هره ورځ مو څومره لنډیزونه غوښتي دي
    • لنډیزونه او د هغو په اړه ستاسو نظر تر { $digest_days ->
        [one] { NUMBER($digest_days) } ورځې
       *[other] { NUMBER($digest_days) } ورځو
    } پورې
    • ستاسو پیغامونه تر ځواب پورې، او زما ځوابونه تر { $message_days ->
        [one] { NUMBER($message_days) } ورځې
       *[other] { NUMBER($message_days) } ورځو
    } پورې

    ستاسو نوم او د ټېلېفون شمېره نه ساتم.

    لاندې تڼۍ دا ټول پاکوي، هغه متنونه او فایلونه هم چې رالېږلي مو دي. د انټرنېټي پاڼو لنډیزونه پاتې کېږي، خو نه پوهېږم چې چا غوښتي وو.
privacy-record =
    اوس دا ساتل کېږي:
    • په { -telegram } کې ستاسو شمېره: { $id }
    • لنډیزونه چې غوښتي مو دي: { NUMBER($digests) }
    • نظرونه: { NUMBER($votes) }
    • یادښتونه: { NUMBER($notes) }
    • چینلونه چې تنظیم کړي مو دي: { NUMBER($channels) }
privacy-delete-button = زما ټول معلومات پاک کړه
privacy-deleted = هر څه چې ستاسو په اړه ساتل کېدل، پاک شول. که بیا پیغام راولېږئ، له سره یې پیلوو.
privacy-nothing = ستاسو په اړه هېڅ نه ساتل کېږي.

## Counts and stopping

stats-text =
    { $total ->
        [0] تر اوسه مو هېڅ لنډیز نه دی غوښتی.
        [one] تر اوسه مو { NUMBER($total) } لنډیز غوښتی، نن: { NUMBER($today) }.
       *[other] تر اوسه مو { NUMBER($total) } لنډیزونه غوښتي، نن: { NUMBER($today) }.
    }
stats-group =
    { $total ->
        [0] په دې ګروپ کې تر اوسه هېڅ لنډیز نه دی جوړ شوی.
        [one] په دې ګروپ کې { NUMBER($total) } لنډیز جوړ شوی، نن: { NUMBER($today) }.
       *[other] په دې ګروپ کې { NUMBER($total) } لنډیزونه جوړ شوي، نن: { NUMBER($today) }.
    }
cancelled = ودرول شو.
nothing-to-cancel = اوس ستاسو لپاره کوم کار روان نه دی.

## Access and quotas

not-allowed = دا بوټ یوازې هغو کسانو ته ځواب وایي چې خاوند یې اجازه ورکړې ده. د بوټ خاوند ته ستاسو شمېره: { $id }
groups-only = دا بوټ یوازې په ګروپونو کې ځواب وایي. په هغه ګروپ کې وپوښتئ چې زه پکې یم.
quota-person =
    نن مو { $limit ->
        [one] { NUMBER($limit) } لنډیز واخیست
       *[other] { NUMBER($limit) } لنډیزونه واخیستل
    } او یو کس تر دې ډېر نه شي اخیستلی. { $hours ->
        [one] { NUMBER($hours) } ساعت
       *[other] { NUMBER($hours) } ساعته
    } وروسته بیا راشئ.
quota-chat =
    نن په دې چټ کې { $limit ->
        [one] { NUMBER($limit) } لنډیز جوړ شو
       *[other] { NUMBER($limit) } لنډیزونه جوړ شول
    } او د یوه چټ لپاره تر دې ډېر نه کېږي. { $hours ->
        [one] { NUMBER($hours) } ساعت
       *[other] { NUMBER($hours) } ساعته
    } وروسته بیا راشئ.

## The owner

admin-text =
    { -admin-allow } – یوه کس یا چټ ته اجازه ورکول
    { -admin-remove } – اجازه بېرته اخیستل
    { -admin-quota-person } – د یوه کس لپاره په ورځ کې لنډیزونه
    { -admin-quota-chat } – د یوه چټ لپاره په ورځ کې لنډیزونه
    { -admin-errors } – وروستۍ تېروتنې
    { -admin-backends } – د لنډیز او ژباړې وسیلې
    { -admin-models } – نصب شوي ماډلونه
admin-stats =
    کاروونکي: { NUMBER($people) }
    چټونه: { NUMBER($chats) }؛ تللي: { NUMBER($gone) }
    د نن لنډیزونه: { NUMBER($today) }؛ تر اوسه: { NUMBER($total) }
    👍 { NUMBER($up) }   👎 { NUMBER($down) }
    ناسم نومونه: { NUMBER($names) }؛ ناسمې ژباړې: { NUMBER($translations) }
admin-access-open = لاسرسی: ټول.
admin-access-list =
    { $count ->
        [0] لاسرسی: اوس یوازې تاسو.
        [one] لاسرسی: { NUMBER($count) } کس یا چټ چې اجازه مو ورکړې ده.
       *[other] لاسرسی: { NUMBER($count) } کسان او چټونه چې اجازه مو ورکړې ده.
    }
admin-access-groups = لاسرسی: یوازې ګروپونه.
admin-allow-usage = د کس یا چټ شمېره ولیکئ: { -admin-allow }
admin-allowed = { $id } اوس بوټ کارولی شي.
admin-removed = { $id } نور بوټ نه شي کارولی.
admin-errors = وروستۍ تېروتنې
admin-errors-none = هېڅ تېروتنه نه ده ثبت شوې.
admin-backends = د لنډیز او ژباړې وسیلې
admin-models = نصب شوي ماډلونه
admin-models-none = هېڅ ماډل نه دی نصب شوی. لنډیزونه د لیکنې په خپله ژبه پاتې کېږي.
admin-quota = په ورځ کې لنډیزونه: د یوه کس لپاره { NUMBER($person) }، د یوه چټ لپاره { NUMBER($chat) }.
admin-quota-none = د لنډیزونو لپاره حد نشته.
admin-quota-usage = یوه شمېره ولیکئ؛ ۰ د بې‌حده په مانا ده: { -admin-quota-person } یا { -admin-quota-chat }
admin-quota-set = نوي حدونه اوس نافذ دي.
admin-unknown = دا امر نه پېژنم. دا یې پېژنم:

## Inline queries

inline-prepare = لنډیز جوړول
inline-open-bot = بوټ پرانیزئ
inline-none = د بوټ له نوم وروسته لینک ولیکئ

## Channels

cmd-channels = ستاسو د چینلونو او ګروپونو لنډیزونه
channels-no-chats =
    زه کولی شم چې د خبرونو لنډیز پخپله ستاسو په چینل یا ګروپ کې خپور کړم: په هغو ورځو او ساعتونو کې چې تاسو یې ټاکئ او له هغو سرچینو چې تاسو یې غوره کوئ.

    ۱. ما د پیغام خپرولو له اجازې سره د خپل چینل یا ګروپ مدیر کړئ؛ لاندې تڼۍ همدا کار کوي.
    ۲. بېرته دلته راشئ او بیا { -channels } راولېږئ.

    که له مخکې هلته یم، «د چټ نوم ورکړئ» کېکاږئ یا پخپله په ګروپ کې { -channels } راولېږئ.
channels-list =
    ستاسو چینلونه او ګروپونه. یو یې وټاکئ چې تنظیم یې کړو.

    🟢 فعال   ⚪ بند   ➕ لا نه دی تنظیم شوی
channels-topics = د { $name } هغه موضوعات چې لنډیز ورته خپرېږي. د بلې موضوع لپاره په همغې کې { -channels } راولېږئ.
channels-topic = { $name } › موضوع { $id }
channels-greeting =
    مننه چې { $name } ته مو راوستم. اوس هلته پخپله څه نه خپروم.

    د سرچینو، ژبو او وخت د ټاکلو لپاره { -channels } راولېږئ.
channels-sent-private = امستنې مې په شخصي چټ کې درولېږلې.
channels-open-private = ما په شخصي چټ کې پرانیزئ او هلته { -channels } راولېږئ؛ امستنې په ګروپ کې نه ښودل کېږي.

channels-off = ⚪ بند: هېڅ نه خپرېږي.
channels-off-by-itself = ⚪ بند: نور مې هلته نه شو لیکلی. زما اجازې وګورئ او بیا یې فعال کړئ.
channels-on = 🟢 فعال. بله ګڼه: { $time }
channels-on-live = 🟢 فعال.
channels-feeds-count =
    { $count ->
        [0] سرچینې: لا هېڅ نشته
       *[other] سرچینې: { NUMBER($count) }
    }
channels-languages = ژبې: { $languages }
channels-times = ساعتونه: { $times }
channels-live = څنګه چې خبر راشي، شپه او ورځ
channels-live-quiet = څنګه چې خبر راشي؛ خو له { $start } تر { $end } چوپتیا
channels-weekdays = ورځې: { $days }
channels-zone = د وخت سیمه: { $zone }
channels-length =
    { $length ->
        [short] هره پېښه: یوه جمله
        [long] هره پېښه: تر دریو جملو پورې
       *[medium] هره پېښه: تر دوو جملو پورې
    }
channels-most = په هره ګڼه کې پېښې: تر { NUMBER($count) } پورې
channels-least =
    { $count ->
        [one] یوازې هغه پېښې چې لږ تر لږه { NUMBER($count) } سرچینې ویلې وي
       *[other] یوازې هغه پېښې چې لږ تر لږه { NUMBER($count) } سرچینو ویلې وي
    }
channels-include = یوازې له دې کلمو سره: { $terms }
channels-include-any = یوازې له دې کلمو سره: هره کلمه
channels-exclude = له دې کلمو پرته: { $terms }
channels-exclude-no = له دې کلمو پرته: هېڅ
channels-heading = سرلیک: { $text }
channels-empty-said = که نوی خبر نه وي: همدا وایم
channels-empty-silent = که نوی خبر نه وي: څه نه وایم
channels-feed = { $text } ({ $url })
channels-feed-stopped = دا سرچینه ډېره موده پرانیستل نه شوه؛ نور یې نه لولم.
channels-feed-failing =
    { $count ->
        [one] { NUMBER($count) } ځل پرانیستل نه شوه
       *[other] پرله پسې { NUMBER($count) } ځله پرانیستل نه شوه
    }
channels-no-feeds = لا هېڅ سرچینه نشته. یوه ورزیاته کړئ: د وېب‌پاڼې، د { -rss } یا د یوه عام چینل پته.

channels-ask-feeds =
    سرچینې راولېږئ، هره یوه په جلا کرښه کې:
    • د وېب‌پاڼې پته؛ د خبرونو سرچینه یې پخپله پیدا کوم
    • د { -rss }، { -atom } یا { -json } پته
    • یو عام چینل: { -channel-example }

    هره یوه همدا اوس پرانیزم او وایم چې کار کوي که نه. که یې نه غواړئ: { -cancel }
channels-ask-times = د خپرېدو ساعتونه راولېږئ، د بېلګې په توګه: ۰۸:۰۰ ۱۸:۳۰
channels-ask-quiet = له څو بجو تر څو بجو چوپ پاتې شم؟ د بېلګې په توګه: ۲۳:۰۰-۰۷:۰۰
channels-ask-include = هغه کلمې راولېږئ چې لږ تر لږه یوه یې باید په خبر کې وي؛ هره یوه په جلا کرښه کې یا په کامه بېله.
channels-ask-exclude = هغه کلمې راولېږئ چې په خبر کې باید نه وي؛ هره یوه په جلا کرښه کې یا په کامه بېله.
channels-ask-heading = د ګڼو سرلیک راولېږئ. نېټه پخپله ورزیاتوم.
channels-ask-opml = د { -opml } فایل راولېږئ. له هر بدلون مخکې وایم چې څه پکې دي.
channels-ask-json = د { -json } هغه فایل راولېږئ چې ما درکړی و. له هر بدلون مخکې وایم چې څه پکې دي.
channels-ask-chat = د چینل یا ګروپ نوم ({ -channel-example }) یا لینک راولېږئ، یا یې یو پیغام فاروارډ کړئ. تاسو باید مدیر یې واوسئ او زه باید پکې یم.
channels-ask-languages = په کومو ژبو یې خپور کړم؟ هره ګڼه په هره ژبه یو ځل راځي.
channels-ask-when = که هېڅ ورځ نه وي ټاکل شوې: هره ورځ.
channels-ask-zone = د چینل د وخت سیمه وټاکئ یا یې نوم راولېږئ، د بېلګې په توګه { -zone-example }
channels-ask-length = د هرې پېښې په اړه څومره ووایم؟
channels-ask-most = په هره ګڼه کې دې تر څو پېښې وي؟
channels-ask-least = یوه پېښه دې لږ تر لږه څو سرچینو ویلې وي؟
channels-ask-ready = له فعالولو مخکې بېلګه وګورئ: ښيي چې اوس به څه خپرېدل، یوازې تاسو ته.
channels-ask-delete = د دې چینل ټولې امستنې پاکې شي؟ خپاره شوي شیان پاتې کېږي.
channels-terms-help = ساده کلمې ولیکئ؛ نورې بڼې یې پخپله پیدا کوم.
channels-again-or-cancel = بیا یې راولېږئ، یا { -cancel } چې هماغسې پاتې شي.

channels-bad-time = «{ $text }» ساعت نه دی. داسې یې ولیکئ: ۰۷:۳۰
channels-bad-times =
    { $most ->
        [one] { NUMBER($most) } ساعت راولېږئ، لکه ۰۸:۰۰
       *[other] له یوه تر { NUMBER($most) } ساعتونو پورې راولېږئ، لکه ۰۸:۰۰ ۱۸:۳۰
    }
channels-bad-quiet = دوه بېل ساعتونه په کار دي، لکه ۲۳:۰۰-۰۷:۰۰
channels-bad-zone = د «{ $text }» په نوم د وخت سیمه نه پېژنم. داسې یې ولیکئ: { -zone-example }
channels-bad-term =
    { $most ->
        [one] «{ $text }…» ډېره اوږده ده؛ هره کلمه { NUMBER($most) } توری کېدی شي.
       *[other] «{ $text }…» ډېره اوږده ده؛ هره کلمه تر { NUMBER($most) } تورو پورې کېدی شي.
    }
channels-bad-terms =
    { $most ->
        [one] ټولټال { NUMBER($most) } کلمه کېدی شي.
       *[other] کلمې ډېرې دي؛ ټولټال تر { NUMBER($most) } پورې کېدی شي.
    }
channels-bad-heading =
    { $most ->
        [one] سرلیک { NUMBER($most) } توری کېدی شي.
       *[other] سرلیک تر { NUMBER($most) } تورو پورې کېدی شي.
    }
channels-bad-addresses =
    { $most ->
        [one] په یو ځل { NUMBER($most) } پته اخیستلی شم. که ډېرې وي، د { -opml } فایل راولېږئ.
       *[other] په یو ځل تر { NUMBER($most) } پتو پورې اخیستلی شم. که ډېرې وي، د { -opml } فایل راولېږئ.
    }
channels-bad-chat = «{ $text }» د چټ نوم نه دی. نوم یې ({ -channel-example }) یا شمېره یې راولېږئ.

channels-not-admin = یوازې د هغه چینل یا ګروپ مدیران دا کار کولی شي.
channels-unknown-chat = دا چټ مې پیدا نه کړ، یا زه پکې نه یم، یا تاسو یې مدیر نه یاست. ما یې مدیر کړئ او نوم یې بیا راولېږئ.
channels-gone = دا امستنې پاکې شوې دي. د بیا پیل لپاره { -channels } راولېږئ.
channels-expired = دا پوښتنه نوره خلاصه نه ده. فایل بیا راولېږئ.
channels-needs-feeds = لومړی یوه سرچینه ورزیاته کړئ.
channels-cannot-post = هلته د خپرولو اجازه نه لرم. ما د پیغام خپرولو له اجازې سره مدیر کړئ او بیا هڅه وکړئ.
channels-deleted = امستنې پاکې شوې.
channels-file-not-sent = فایل ونه لېږل شو. تڼۍ بیا کېکاږئ.
channels-feed-again = دا سرچینه بیا لولم.
channels-checking =
    { $count ->
        [one] { NUMBER($count) } سرچینه پرانیزم…
       *[other] { NUMBER($count) } سرچینې پرانیزم… ښايي څو دقیقې وخت ونیسي.
    }
channels-preview-making = بېلګه جوړوم. ښايي څو دقیقې وخت ونیسي.
channels-preview-empty = اوس د ښودلو څه نشته: په سرچینو کې مناسب خبر نشته، یا مې لا نه دي لوستلې. یوه دقیقه وروسته بیا هڅه وکړئ.
channels-preview-below = بېلګه لاندې ده.
channels-preview-over = ګڼه به اوس داسې وه. یوازې تاسو ولیدله.

channels-feeds-added =
    { $count ->
        [one] { NUMBER($count) } سرچینه ورزیاته شوه:
       *[other] { NUMBER($count) } سرچینې ورزیاتې شوې:
    }
channels-feeds-known =
    { $count ->
        [one] { NUMBER($count) } سرچینه له مخکې وه.
       *[other] { NUMBER($count) } سرچینې له مخکې وې.
    }
channels-feeds-too-many =
    { $most ->
        [one] یو چینل { NUMBER($most) } سرچینه لرلی شي.
       *[other] یو چینل تر { NUMBER($most) } سرچینو پورې لرلی شي؛ نورې ورزیاتې نه شوې.
    }
channels-feeds-failed =
    { $count ->
        [one] { NUMBER($count) } پته ورزیاته نه شوه:
       *[other] { NUMBER($count) } پتې ورزیاتې نه شوې:
    }
channels-feed-bad-address = دا پته نه ده
channels-feed-private = دا پته د یوې خصوصي شبکې ده
channels-feed-silent = { $host } ځواب نه ورکوي
channels-feed-refused = { $host } د { NUMBER($status, useGrouping: 0) } تېروتنه وښوده
channels-feed-too-large = پاڼه ډېره لویه ده
channels-feed-none = هلته مې د خبرونو سرچینه پیدا نه کړه

channels-opml-where = لومړی هغه چینل پرانیزئ چې دا سرچینې یې دي، بیا فایل راولېږئ: { -channels }
channels-opml-bad = دا فایل د { -opml } په توګه نه شم لوستلی.
channels-opml-empty =
    { $count ->
        [0] په دې فایل کې هېڅ سرچینه نشته.
        [one] د دې فایل { NUMBER($count) } سرچینه له مخکې شته.
       *[other] د دې فایل ټولې { NUMBER($count) } سرچینې له مخکې شته.
    }
channels-opml-found =
    { $count ->
        [one] په فایل کې { NUMBER($count) } سرچینه ده، نوې: { NUMBER($fresh) }. له ورزیاتولو مخکې یې پرانیزم. پیل یې کړم؟
       *[other] په فایل کې { NUMBER($count) } سرچینې دي، نوې: { NUMBER($fresh) }. له ورزیاتولو مخکې هره یوه پرانیزم. پیل یې کړم؟
    }
channels-json-bad = دا د امستنو داسې فایل نه دی چې ویې لولم. زه د { -json } هغه فایلونه لولم چې پخپله یې درکوم.
channels-json-entry = د فایل { NUMBER($number) }مه برخه نه لوستل کېږي. هېڅ بدل نه شول.
channels-json-foreign =
    { $count ->
        [0] په دې فایل کې هېڅ امستنې نشته.
        [one] په دې فایل کې د { NUMBER($count) } چینل امستنې دي، خو تاسو یې مدیر نه یاست یا زه پکې نه یم.
       *[other] په دې فایل کې د { NUMBER($count) } چینلونو امستنې دي، خو تاسو د هېڅ یوه مدیر نه یاست یا زه پکې نه یم.
    }
channels-json-found =
    { $count ->
        [one] په دې فایل کې ستاسو د { NUMBER($count) } چینل یا موضوع امستنې دي.
       *[other] په دې فایل کې ستاسو د { NUMBER($count) } چینلونو او موضوعاتو امستنې دي.
    }
channels-json-left-out =
    { $count ->
        [one] { NUMBER($count) } بل نه اخیستل کېږي: تاسو یې مدیر نه یاست یا زه پکې نه یم.
       *[other] { NUMBER($count) } نور نه اخیستل کېږي: تاسو یې مدیر نه یاست یا زه پکې نه یم.
    }
channels-json-replaces = دا د اوسنیو امستنو ځای نیسي. نوی چینل په پیل کې بند وي. واخیستل شي؟
channels-json-taken =
    { $count ->
        [one] د { NUMBER($count) } چینل یا موضوع امستنې واخیستل شوې.
       *[other] د { NUMBER($count) } چینلونو او موضوعاتو امستنې واخیستل شوې.
    }

button-add-to-channel = ما چینل ته ورزیات کړئ
button-add-to-group = ما ګروپ ته ورزیات کړئ
button-find-chat = د چټ نوم ورکړئ
button-export-all = ټول په یوه فایل کې
button-import-all = له فایل څخه اخیستل
button-back-to-list = ټول چینلونه
button-whole-chat = ټول چټ
button-to-settings = ‹ بېرته
button-turn-on = فعالول
button-turn-on-now = اوس یې فعال کړئ
button-turn-off = بندول
button-preview = بېلګه
button-delete = پاکول
button-delete-really = هو، پاک یې کړئ
button-feeds = سرچینې
button-when = ساعتونه او ورځې
button-languages = ژبې
button-length = اوږدوالی
button-items = د پېښو شمېر
button-sources-least = لږ تر لږه سرچینې
button-terms = کلمې
button-heading = سرلیک
button-empty-say = که نوی خبر نه وي، ووایه
button-empty-silent = که نوی خبر نه وي، څه مه وایه
button-add-feed = سرچینې ورزیاتول
button-feed-again = بیا یې ولوله
button-opml-in = سرچینې له فایل څخه
button-opml-out = سرچینې په فایل کې
button-at-times = په ټاکلو ساعتونو
button-live = څنګه چې خبر راشي
button-times = ساعتونه بدلول
button-quiet = د چوپتیا وخت
button-no-quiet = له چوپتیا پرته
button-zone = د وخت سیمه
button-include = لازمې کلمې
button-exclude = ناغوښتې کلمې
button-no-terms = له کلمو پرته
button-no-heading = عادي سرلیک
button-add-all = پیل
button-take-over = اخیستل

weekday-0 = دوشنبه
weekday-1 = سه‌شنبه
weekday-2 = چارشنبه
weekday-3 = پنجشنبه
weekday-4 = جمعه
weekday-5 = شنبه
weekday-6 = یکشنبه
zone-kabul = کابل
zone-tehran = تهران
zone-dushanbe = دوشنبه
zone-tashkent = تاشکند
zone-karachi = کراچۍ
zone-moscow = مسکو
zone-istanbul = استانبول
zone-berlin = برلین
zone-london = لندن
zone-utc = نړیوال وخت

## Issues of auto-digests

issue-heading = د خبرونو لنډیز
issue-empty = له تېرې ګڼې راهیسې کوم نوی خبر نشته.
feed-disabled = د «{ $feed }» سرچینه یوه اوونۍ ونه لوستل شوه او نوره نه کتل کېږي. په { -channels } کې یې بیا فعالولای یا لرې کولای شئ.
