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
    { -privacy } – ستاسو په اړه څه ساتل کېږي
digest-usage = د لیکنې یا د لینک لرونکي پیغام په ځواب کې { -digest } ولیکئ، یا { -digest } له لینک سره راولېږئ.

## Progress

reading = لیکنه لولم…
fetching = { $host } پرانیزم…
translating = { $language } ته یې ژباړم…
queued = ستاسو غوښتنه په نوبت کې ده. ډېر ژر یې پیلوم.
still-working = کار روان دی. اوږدې لیکنې او ژباړې لږ ډېر وخت غواړي.
several-links =
    { $count ->
        [one] { NUMBER($count) } لینک: یو لنډیز درکوم.
       *[other] { NUMBER($count) } لینکونه: د هر یوه لنډیز درکوم.
    }

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
button-open = لیکنه ولولئ
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
rate-limited = غوښتنې ډېرې شوې. څو ثانیې وروسته بیا هڅه وکړئ.

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
inline-prepare-description = د { $host } د لیکنې
inline-preparing = د { $host } د لیکنې لنډیز جوړوم…
inline-open-bot = بوټ پرانیزئ
inline-none = د بوټ له نوم وروسته لینک ولیکئ

## Frame of a digest; its other labels are in pipelines/data/labels.tsv

continued = { NUMBER($part) }مه برخه له { NUMBER($parts) } څخه
sources-title = د لیکنې هغه جملې چې لنډیز ترې جوړ شوی
details-title = په { $language }

## Later: channels

cmd-channels = ستاسو د چینلونو او ګروپونو لنډیزونه

## Issues of auto-digests

issue-heading = د خبرونو لنډیز
issue-empty = له تېرې ګڼې راهیسې کوم نوی خبر نشته.
feed-disabled = د «{ $feed }» فیډ یوه اوونۍ ونه لوستل شو او نور نه کتل کېږي. په { -channels } کې یې بیا فعالولای یا لرې کولای شئ.
