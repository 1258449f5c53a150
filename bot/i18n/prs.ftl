### Dari of Afghanistan, not the Persian of Iran. To «شما»; a noun after a number is singular. Blank lines separate paragraphs.

## Commands: descriptions in Telegram's menu

cmd-start = این بات چه کار می‌کند
cmd-help = چه می‌توانید بفرستید و چگونه
cmd-digest = فشردهٔ یک لینک یا پیامی که به آن جواب می‌دهید
cmd-language = به کدام زبان با شما گپ بزنم
cmd-languages = فشرده‌ها به کدام زبان‌ها باشد
cmd-length = فشردهٔ کوتاه، متوسط یا مفصل
cmd-settings = لینک‌ها و دکمه‌ها در این گروپ
cmd-privacy = چه چیزی دربارهٔ شما نگهداری می‌شود و چطور پاک می‌شود
cmd-stats = چند فشرده ساخته شده است
cmd-cancel = توقف کاری که برای شما انجام می‌دهم
cmd-admin = برای صاحب بات: اجازه‌ها، محدودیت‌ها، خطاها، مودل‌ها

## Who I am

bot-description =
    لینک یک خبر یا متن آن را به من بفرستید. فشردهٔ کوتاهی می‌گیرید: چه شده و چهره‌ها و نهادهای اصلی کدام‌اند؛ به دری، پشتو، روسی یا انگلیسی.

    نام‌ها همان‌گونه می‌آید که در هر زبان نوشته می‌شود و هر جمله را می‌توانید با مقاله مقابله کنید.
bot-short-description = فشردهٔ کوتاه خبرها به دری، پشتو، روسی و انگلیسی، با نام‌های درست و منبع هر جمله.
welcome =
    سلام، خوش آمدید! لینک یک مقاله یا متن آن را به من بفرستید. فشردهٔ کوتاهی می‌گیرید: چه شده و چهره‌های اصلی کی‌ها هستند.

    با { -languages } زبان‌های فشرده را انتخاب کنید، با { -length } درازی آن را و با { -language } زبان گپ زدن مرا. کارهای دیگرم در { -help } آمده است.
welcome-group =
    سلام! در جواب یک پیام { -digest } بنویسید، یا { -digest } را با یک لینک بفرستید؛ فشردهٔ کوتاه آن را می‌فرستم.

    تا نپرسید چیزی نمی‌گویم. مدیران گروپ می‌توانند اجازه بدهند که به هر لینک جواب بدهم: { -settings }
help =
    این‌ها را می‌توانید بفرستید:
    • لینک یک مقاله یا چند لینک
    • متن مقاله، در یک یا چند پیام
    • پست فورورد شده
    • فایل { -pdf }، { -docx }، { -txt } یا { -html }

    در گروپ: در جواب یک پیام { -digest } بنویسید، { -digest } را با یک لینک بفرستید، یا نام مرا با یک لینک بنویسید.

    در هر چت: { $bot } و یک لینک بنویسید و فشرده را انتخاب کنید.

    با دکمه‌های زیر فشرده می‌توانید زبان و درازی آن را تغییر بدهید، جمله‌های منبع را ببینید و از نام یا ترجمهٔ نادرست خبر بدهید.

    { -languages } – زبان‌های فشرده
    { -length } – درازی فشرده
    { -language } – زبان گپ زدن من
    { -channels } – فشرده‌های خودکار برای کانال‌ها و گروه‌های شما
    { -privacy } – چه چیزی دربارهٔ شما نگهداری می‌شود
digest-usage = در جواب یک مقاله یا پیام لینک‌دار { -digest } بنویسید، یا { -digest } را با یک لینک بفرستید.

## Progress

reading = مقاله را می‌خوانم…
fetching = { $host } را باز می‌کنم…
translating = به { $language } ترجمه می‌کنم…

## What went wrong, by the code of the error

error-too-short = این متن تنها { NUMBER($words) } کلمه دارد؛ برای فشرده دست‌کم { NUMBER($needed) } کلمه لازم است. تمام مقاله را بفرستید.
error-unknown-language = زبان این متن را نشناختم. مقاله‌ای به انگلیسی، روسی، دری، فارسی یا پشتو بفرستید.
error-no-article = در آنجا مقاله‌ای نیافتم. لینک خود مقاله را بفرستید، نه صفحهٔ اول ویب‌سایت را؛ یا متن آن را بفرستید.
error-login-wall = این صفحه مقاله را نشان نمی‌دهد؛ از خواننده می‌خواهد وارد حساب شود، پول بپردازد یا ثابت کند که روبات نیست. متن مقاله را کاپی کرده به من بفرستید.
error-unreachable = { $host } جواب نمی‌دهد. لینک را بررسی کنید یا بعداً دوباره کوشش کنید.
error-http-status =
    { $status ->
        [401] { $host } اجازه نمی‌دهد این صفحه را بخوانم. متن مقاله را کاپی کرده به من بفرستید.
        [403] { $host } اجازه نمی‌دهد این صفحه را بخوانم. متن مقاله را کاپی کرده به من بفرستید.
        [404] در { $host } چنین صفحه‌ای نیست. لینک را بررسی کنید.
        [410] این صفحه از { $host } برداشته شده است. مقاله را در جای دیگری جستجو کنید.
        [429] فعلاً از { $host } بیش از حد درخواست می‌شود. بعداً دوباره کوشش کنید.
        [451] { $host } این صفحه را به دلایل قانونی نشان نمی‌دهد. متن مقاله را کاپی کرده به من بفرستید.
       *[other] { $host } با خطای { NUMBER($status, useGrouping: 0) } جواب داد. بعداً دوباره کوشش کنید یا متن مقاله را بفرستید.
    }
error-forbidden-address = این آدرس مربوط به یک شبکهٔ خصوصی است. من تنها صفحه‌های عمومی انترنت را باز می‌کنم.
error-bad-url = این آدرس انترنتی نیست. لینک با { -https } یا { -http } شروع می‌شود.
error-too-large = این صفحه بیش از حد بزرگ است. متن مقاله را کاپی کرده به من بفرستید.
error-unsupported-type = در آنجا متنی برای خواندن نیست؛ عکس، ویدیو یا فایل دیگری است. من صفحه‌های انترنتی و فایل‌های { -pdf }، { -docx }، { -txt } و { -html } را می‌خوانم.
error-unreadable = این را خوانده نتوانستم؛ خراب است، رمز دارد یا تنها عکس متن است. خود متن را بفرستید.
error-not-a-feed = در آنجا منبع خبری نیافتم. آدرس یک منبع ({ -rss }، { -atom } یا { -json })، ویب‌سایتی که آن را داشته باشد، یا یک کانال عمومی را بفرستید.
error-too-many-redirects = این لینک پیهم از یک صفحه به صفحهٔ دیگر می‌برد. آن را در مرورگر باز کنید و آدرس خود مقاله را بفرستید.
error-backend-failed = فعلاً فشرده یا ترجمه ساخته نشد. چند دقیقه بعد دوباره کوشش کنید.
error-internal = در کار من مشکلی پیش آمد و برای صاحب بات ثبت شد. بعداً دوباره کوشش کنید.
error-file-too-big = فایل بیش از حد بزرگ است؛ تا { NUMBER($most) } میگابایت گرفته می‌توانم. فایل کوچک‌تر یا خود متن را بفرستید.
error-file-lost = این فایل را از { -telegram } گرفته نتوانستم. آن را دوباره بفرستید.
error-too-many-links = لینک‌ها زیاد است؛ در یک بار تا { NUMBER($most) } لینک گرفته می‌توانم. باقی را در پیام دیگری بفرستید.
nothing-to-do = در اینجا نه لینکی است و نه مقاله‌ای. لینک، متن مقاله یا فایل بفرستید. معلومات بیشتر: { -help }
only-photo = عکس را خوانده نمی‌توانم. لینک مقاله یا متن آن را بفرستید.
voice-or-video = پیام صوتی را شنیده و ویدیو را دیده نمی‌توانم. لینک مقاله یا متن آن را بفرستید.

## Buttons

button-shorter = کوتاه‌تر
button-longer = مفصل‌تر
button-sources = جمله‌های منبع
button-back = بازگشت به فشرده
button-original = متن اصلی
button-up = 👍
button-down = 👎
button-wrong-name = نام نادرست
button-wrong-translation = ترجمهٔ نادرست
button-done = تمام
button-cancel = لغو

## Languages: labels of buttons; .inline is the name inside a sentence, where it differs

lang-en = انگلیسی
lang-ru = روسی
lang-prs = دری
lang-ps = پشتو
lang-fa = فارسی
lang-und = زبان نامعلوم

## Lists of names

list-and = { $first } و { $last }
list-comma = { $first }، { $last }

## Answers to presses: Telegram shows 200 characters

thanks-feedback = تشکر، ثبت شد.
feedback-note-ask = تشکر. چه چیزی نادرست است و درست آن چیست؟ در جواب همین پیام بنویسید.
feedback-noted = تشکر. صاحب بات یادداشت شما را می‌بیند.
press-not-yours = تنها کسی که این فشرده را خواسته است، می‌تواند از دکمه‌های آن استفاده کند.
press-admins-only = تنها مدیران گروپ می‌توانند از این دکمه‌ها استفاده کنند.
press-expired = این فشرده دیگر نگهداری نمی‌شود. لینک را دوباره بفرستید.
no-translation = مودل ترجمه به { $language } نصب نیست. صاحب بات می‌تواند آن را نصب کند.
already-shown = همین حالا در پیش روی شماست.

## Settings

language-ask = به کدام زبان گپ بزنم؟
language-set = از این پس به { $language } گپ می‌زنم.
length-ask = فشرده‌ها چقدر دراز باشد؟
length-short = کوتاه
length-medium = متوسط
length-long = مفصل
length-set =
    { $length ->
        [short] فشرده‌های شما کوتاه خواهد بود.
        [long] فشرده‌های شما مفصل خواهد بود.
       *[medium] فشرده‌های شما متوسط خواهد بود.
    }
languages-ask = فشرده‌های شما به کدام زبان‌ها باشد؟ یک یا چند زبان را انتخاب کنید.
languages-set = زبان‌های فشردهٔ شما: { $languages }.
languages-none = فشرده‌های شما به زبان خود مقاله خواهد بود.
group-settings = تنظیمات این گروپ
group-auto-on = از این پس در این گروپ به هر لینک جواب می‌دهم.
group-auto-off = از این پس در این گروپ تنها وقتی جواب می‌دهم که بپرسید.
group-admins-only = تنها مدیران گروپ می‌توانند این را تغییر بدهند.
groups-command-only = این کار تنها در گروپ‌ها می‌شود.
button-auto-on = جواب به هر لینک
button-auto-off = جواب تنها در وقت پرسیدن
presses-ask = چه کسی می‌تواند از دکمه‌های زیر فشرده استفاده کند؟
presses-anyone = همه
presses-asker = کسی که فشرده را خواسته
presses-admins = تنها مدیران
saved = ثبت شد.

## Privacy

privacy-text =
    چیزهایی که دربارهٔ شما نگهداری می‌کنم:
    • شمارهٔ شما در تلگرام و زبان‌ها و درازی فشرده که انتخاب کرده‌اید
    • تعداد فشرده‌هایی که هر روز خواسته‌اید
    • فشرده‌ها و نظر شما دربارهٔ آن‌ها تا { NUMBER($digest_days) } روز
    • پیام‌های شما تا وقتی که جواب بدهم، و جواب‌های من تا { NUMBER($message_days) } روز

    نام و شمارهٔ تیلیفون شما را نگهداری نمی‌کنم.

    دکمهٔ زیر همهٔ این‌ها را پاک می‌کند، متن‌ها و فایل‌هایی که فرستاده‌اید نیز. فشردهٔ صفحه‌های انترنتی می‌ماند، ولی بدون نشانی از کسی که آن را خواسته بود.
privacy-record =
    آنچه حالا نگهداری می‌شود:
    • شمارهٔ شما در { -telegram }: { $id }
    • فشرده‌هایی که خواسته‌اید: { NUMBER($digests) }
    • نظرها: { NUMBER($votes) }
    • یادداشت‌ها: { NUMBER($notes) }
    • کانال‌هایی که تنظیم کرده‌اید: { NUMBER($channels) }
privacy-delete-button = پاک کردن همهٔ معلوماتم
privacy-deleted = هر چه دربارهٔ شما نگهداری می‌شد، پاک شد. اگر دوباره پیام بدهید، از نو شروع می‌کنیم.
privacy-nothing = هیچ چیزی دربارهٔ شما نگهداری نمی‌شود.

## Counts and stopping

stats-text =
    { $total ->
        [0] هنوز هیچ فشرده‌ای نخواسته‌اید.
       *[other] تا حال { NUMBER($total) } فشرده خواسته‌اید، از آن جمله { NUMBER($today) } فشرده امروز.
    }
stats-group =
    { $total ->
        [0] در این گروپ هنوز هیچ فشرده‌ای ساخته نشده است.
       *[other] در این گروپ { NUMBER($total) } فشرده ساخته شده است، از آن جمله { NUMBER($today) } فشرده امروز.
    }
cancelled = متوقف شد.
nothing-to-cancel = فعلاً کاری برای شما در جریان نیست.

## Access and quotas

not-allowed = این بات تنها به کسانی جواب می‌دهد که صاحب آن اجازه داده است. شمارهٔ شما برای صاحب بات: { $id }
groups-only = این بات تنها در گروپ‌ها جواب می‌دهد. در گروپی که من هستم بپرسید.
quota-person = امروز { NUMBER($limit) } فشرده گرفته‌اید و برای یک شخص بیشتر از این نمی‌شود. { NUMBER($hours) } ساعت بعد دوباره بیایید.
quota-chat = امروز در این چت { NUMBER($limit) } فشرده ساخته شد و برای یک چت بیشتر از این نمی‌شود. { NUMBER($hours) } ساعت بعد دوباره بیایید.

## The owner

admin-text =
    { -admin-allow } – اجازه دادن به یک شخص یا یک چت
    { -admin-remove } – پس گرفتن اجازه
    { -admin-quota-person } – تعداد فشرده در روز برای یک شخص
    { -admin-quota-chat } – تعداد فشرده در روز برای یک چت
    { -admin-errors } – خطاهای آخر
    { -admin-backends } – ابزار خلاصه و ترجمه
    { -admin-models } – مودل‌های نصب‌شده
admin-stats =
    کاربران: { NUMBER($people) }
    چت‌ها: { NUMBER($chats) }؛ رفته‌اند: { NUMBER($gone) }
    فشرده‌های امروز: { NUMBER($today) }؛ تا حال: { NUMBER($total) }
    👍 { NUMBER($up) }   👎 { NUMBER($down) }
    نام‌های نادرست: { NUMBER($names) }؛ ترجمه‌های نادرست: { NUMBER($translations) }
admin-access-open = دسترسی: همه.
admin-access-list =
    { $count ->
        [0] دسترسی: فعلاً تنها خود شما.
       *[other] دسترسی: { NUMBER($count) } شخص یا چت که اجازه داده‌اید.
    }
admin-access-groups = دسترسی: تنها گروپ‌ها.
admin-allow-usage = شمارهٔ یک شخص یا یک چت را بنویسید: { -admin-allow }
admin-allowed = { $id } حالا می‌تواند از بات استفاده کند.
admin-removed = { $id } دیگر نمی‌تواند از بات استفاده کند.
admin-errors = خطاهای آخر
admin-errors-none = هیچ خطایی ثبت نشده است.
admin-backends = ابزار خلاصه و ترجمه
admin-models = مودل‌های نصب‌شده
admin-models-none = هیچ مودلی نصب نیست. فشرده‌ها به زبان خود مقاله می‌ماند.
admin-quota = فشرده در روز: برای یک شخص { NUMBER($person) }، برای یک چت { NUMBER($chat) }.
admin-quota-none = تعداد فشرده محدودیت ندارد.
admin-quota-usage = یک عدد بنویسید؛ ۰ یعنی بدون محدودیت: { -admin-quota-person } یا { -admin-quota-chat }
admin-quota-set = محدودیت نو حالا نافذ است.
admin-unknown = این امر را نمی‌شناسم. این‌ها را می‌شناسم:

## Inline queries

inline-prepare = ساختن فشرده
inline-open-bot = باز کردن بات
inline-none = بعد از نام بات یک لینک بنویسید

## Channels

cmd-channels = فشرده برای کانال‌ها و گروپ‌های شما
channels-no-chats =
    من می‌توانم فشردهٔ خبرها را خودم در کانال یا گروپ شما نشر کنم: در روزها و ساعت‌هایی که شما می‌گویید و از منبع‌هایی که شما انتخاب می‌کنید.

    ۱. مرا با اجازهٔ نشر پیام، مدیر کانال یا گروپ خود بسازید؛ دکمه‌های زیر همین کار را می‌کند.
    ۲. به اینجا برگردید و دوباره { -channels } را بفرستید.

    اگر از پیش در آنجا هستم، «معرفی چت» را فشار بدهید یا در خود گروپ { -channels } بفرستید.
channels-list =
    کانال‌ها و گروپ‌های شما. یکی را برای تنظیم انتخاب کنید.

    🟢 فعال   ⚪ غیرفعال   ➕ هنوز تنظیم نشده
channels-topics = موضوع‌های { $name } که فشرده می‌گیرد. برای موضوع دیگر، در همان موضوع { -channels } بفرستید.
channels-topic = { $name } › موضوع { $id }
channels-greeting =
    تشکر که مرا به { $name } آوردید. فعلاً خودم چیزی در آنجا نشر نمی‌کنم.

    برای انتخاب منبع‌ها، زبان‌ها و وقت نشر { -channels } بفرستید.
channels-sent-private = تنظیمات را در چت خصوصی برای‌تان فرستادم.
channels-open-private = مرا در چت خصوصی باز کنید و در آنجا { -channels } بفرستید؛ تنظیمات در گروپ نشان داده نمی‌شود.

channels-off = ⚪ غیرفعال: چیزی نشر نمی‌شود.
channels-off-by-itself = ⚪ غیرفعال: دیگر در آنجا نوشته نمی‌توانستم. اجازه‌های مرا ببینید و دوباره فعال کنید.
channels-on = 🟢 فعال. نشر بعدی: { $time }
channels-on-live = 🟢 فعال.
channels-feeds-count =
    { $count ->
        [0] منبع‌ها: هنوز هیچ
       *[other] منبع‌ها: { NUMBER($count) }
    }
channels-languages = زبان‌ها: { $languages }
channels-times = ساعت‌ها: { $times }
channels-live = همین که خبری شد، شب و روز
channels-live-quiet = همین که خبری شد؛ خاموشی از { $start } تا { $end }
channels-weekdays = روزها: { $days }
channels-zone = منطقهٔ زمانی: { $zone }
channels-length =
    { $length ->
        [short] هر رویداد: یک جمله
        [long] هر رویداد: تا سه جمله
       *[medium] هر رویداد: تا دو جمله
    }
channels-most = رویدادها در هر نشر: تا { NUMBER($count) }
channels-least = تنها رویدادهایی که دست‌کم { NUMBER($count) } منبع گفته باشد
channels-include = تنها با این کلمه‌ها: { $terms }
channels-include-any = تنها با این کلمه‌ها: هر کلمه
channels-exclude = بدون این کلمه‌ها: { $terms }
channels-exclude-no = بدون این کلمه‌ها: هیچ
channels-heading = عنوان: { $text }
channels-empty-said = وقتی خبر نوی نیست: همین را می‌گویم
channels-empty-silent = وقتی خبر نوی نیست: چیزی نمی‌گویم
channels-feed = { $text } ({ $url })
channels-feed-stopped = این منبع مدت زیادی باز نشد؛ دیگر آن را نمی‌خوانم.
channels-feed-failing = { NUMBER($count) } بار پشت سر هم باز نشد
channels-no-feeds = هنوز هیچ منبعی نیست. یکی را اضافه کنید: آدرس یک ویب‌سایت، یک { -rss } یا یک کانال عمومی.

channels-ask-feeds =
    منبع‌ها را بفرستید، هر کدام در یک سطر:
    • آدرس یک ویب‌سایت؛ منبع خبرش را خودم پیدا می‌کنم
    • آدرس { -rss }، { -atom } یا { -json }
    • یک کانال عمومی: { -channel-example }

    هر کدام را همین حالا باز می‌کنم و می‌گویم که کار می‌کند یا نه. اگر نمی‌خواهید: { -cancel }
channels-ask-times = ساعت‌های نشر را بفرستید، مثلاً: ۰۸:۰۰ ۱۸:۳۰
channels-ask-quiet = از چند بجه تا چند بجه خاموش باشم؟ مثلاً: ۲۳:۰۰-۰۷:۰۰
channels-ask-include = کلمه‌هایی را بفرستید که دست‌کم یکی از آن‌ها در خبر باشد؛ هر کدام در یک سطر یا با کامه از هم جدا.
channels-ask-exclude = کلمه‌هایی را بفرستید که در خبر نباشد؛ هر کدام در یک سطر یا با کامه از هم جدا.
channels-ask-heading = عنوان نشرها را بفرستید. تاریخ را خودم اضافه می‌کنم.
channels-ask-opml = فایل { -opml } را بفرستید. پیش از هر تغییر می‌گویم که در آن چیست.
channels-ask-json = فایل { -json } را بفرستید که من به شما داده بودم. پیش از هر تغییر می‌گویم که در آن چیست.
channels-ask-chat = نام کانال یا گروپ ({ -channel-example }) یا لینک آن را بفرستید، یا یک پیام آن را فورورد کنید. شما باید مدیر آن باشید و من باید در آن باشم.
channels-ask-languages = به کدام زبان‌ها نشر کنم؟ هر نشر به هر زبان یک بار می‌آید.
channels-ask-when = اگر هیچ روزی انتخاب نشده باشد: هر روز.
channels-ask-zone = منطقهٔ زمانی کانال را انتخاب کنید یا نام آن را بفرستید، مثلاً { -zone-example }
channels-ask-length = از هر رویداد چقدر بگویم؟
channels-ask-most = در هر نشر تا چند رویداد باشد؟
channels-ask-least = یک رویداد را دست‌کم چند منبع گفته باشد؟
channels-ask-ready = پیش از فعال کردن، نمونه را ببینید: نشان می‌دهد که حالا چه نشر می‌شد، تنها به شما.
channels-ask-delete = همهٔ تنظیمات این کانال پاک شود؟ آنچه نشر شده است می‌ماند.
channels-terms-help = کلمه‌های ساده بنویسید؛ شکل‌های دیگر آن‌ها را خودم پیدا می‌کنم.
channels-again-or-cancel = دوباره بفرستید، یا { -cancel } تا همان‌گونه که بود بماند.

channels-bad-time = «{ $text }» ساعت نیست. این‌گونه بنویسید: ۰۷:۳۰
channels-bad-times = از یک تا { NUMBER($most) } ساعت بفرستید، مثلاً ۰۸:۰۰ ۱۸:۳۰
channels-bad-quiet = دو ساعت مختلف لازم است، مثلاً ۲۳:۰۰-۰۷:۰۰
channels-bad-zone = منطقهٔ زمانی «{ $text }» را نمی‌شناسم. این‌گونه بنویسید: { -zone-example }
channels-bad-term = «{ $text }…» بیش از حد دراز است؛ هر کلمه تا { NUMBER($most) } حرف می‌شود.
channels-bad-terms = کلمه‌ها زیاد است؛ همه با هم تا { NUMBER($most) } کلمه می‌شود.
channels-bad-heading = عنوان تا { NUMBER($most) } حرف می‌شود.
channels-bad-addresses = در یک بار تا { NUMBER($most) } آدرس گرفته می‌توانم. اگر بیشتر است، یک فایل { -opml } بفرستید.
channels-bad-chat = «{ $text }» نام چت نیست. نام آن ({ -channel-example }) یا شمارهٔ آن را بفرستید.

channels-not-admin = تنها مدیران آن کانال یا گروپ این کار را کرده می‌توانند.
channels-unknown-chat = این چت را نیافتم، یا من در آن نیستم، یا شما مدیر آن نیستید. مرا مدیر آن بسازید و نامش را دوباره بفرستید.
channels-gone = این تنظیمات پاک شده است. برای شروع دوباره { -channels } بفرستید.
channels-expired = این پرسش دیگر باز نیست. فایل را دوباره بفرستید.
channels-needs-feeds = اول یک منبع اضافه کنید.
channels-cannot-post = اجازهٔ نشر در آنجا را ندارم. مرا مدیر با اجازهٔ نشر پیام بسازید و دوباره کوشش کنید.
channels-deleted = تنظیمات پاک شد.
channels-file-not-sent = فایل فرستاده نشد. دکمه را دوباره فشار بدهید.
channels-feed-again = این منبع را دوباره می‌خوانم.
channels-checking = { NUMBER($count) } منبع را باز می‌کنم… شاید چند دقیقه وقت بگیرد.
channels-preview-making = نمونه را می‌سازم. شاید چند دقیقه وقت بگیرد.
channels-preview-empty = فعلاً چیزی برای نشان دادن نیست: در منبع‌ها خبر مناسب نیست، یا هنوز آن‌ها را نخوانده‌ام. یک دقیقه بعد دوباره کوشش کنید.
channels-preview-below = نمونه در زیر آمده است.
channels-preview-over = نشر حالا این‌گونه می‌بود. تنها شما آن را دیدید.

channels-feeds-added = { NUMBER($count) } منبع اضافه شد:
channels-feeds-known = { NUMBER($count) } منبع از پیش بود.
channels-feeds-too-many = یک کانال تا { NUMBER($most) } منبع داشته می‌تواند؛ باقی اضافه نشد.
channels-feeds-failed = { NUMBER($count) } آدرس اضافه نشد:
channels-feed-bad-address = این آدرس نیست
channels-feed-private = این آدرس مربوط به یک شبکهٔ خصوصی است
channels-feed-silent = { $host } جواب نمی‌دهد
channels-feed-refused = { $host } با خطای { NUMBER($status, useGrouping: 0) } جواب داد
channels-feed-too-large = صفحه بیش از حد بزرگ است
channels-feed-none = در آنجا منبع خبری نیافتم

channels-opml-where = اول کانالی را باز کنید که این منبع‌ها برای آن است، بعد فایل را بفرستید: { -channels }
channels-opml-bad = این فایل را به حیث { -opml } خوانده نتوانستم.
channels-opml-empty =
    { $count ->
        [0] در این فایل هیچ منبعی نیست.
       *[other] هر { NUMBER($count) } منبع این فایل از پیش اضافه شده است.
    }
channels-opml-found = در فایل { NUMBER($count) } منبع است که { NUMBER($fresh) } آن نو است. هر کدام را پیش از اضافه کردن باز می‌کنم. شروع کنم؟
channels-json-bad = این فایل تنظیماتی نیست که خوانده بتوانم. من فایل‌های { -json } را می‌خوانم که خودم می‌دهم.
channels-json-entry = بخش { NUMBER($number) } این فایل خوانده نمی‌شود. چیزی تغییر نکرد.
channels-json-foreign =
    { $count ->
        [0] در این فایل هیچ تنظیماتی نیست.
       *[other] در این فایل تنظیمات { NUMBER($count) } کانال است، ولی شما مدیر هیچ کدام نیستید یا من در آن‌ها نیستم.
    }
channels-json-found = در این فایل تنظیمات { NUMBER($count) } کانال یا موضوع شما است.
channels-json-left-out = { NUMBER($count) } تای دیگر گرفته نمی‌شود: شما مدیر آن نیستید یا من در آن نیستم.
channels-json-replaces = این‌ها جای تنظیمات فعلی را می‌گیرد. کانال نو در آغاز غیرفعال می‌باشد. گرفته شود؟
channels-json-taken = تنظیمات { NUMBER($count) } کانال یا موضوع گرفته شد.

button-add-to-channel = افزودن من به کانال
button-add-to-group = افزودن من به گروپ
button-find-chat = معرفی چت
button-export-all = همه در یک فایل
button-import-all = گرفتن از فایل
button-back-to-list = همهٔ کانال‌ها
button-whole-chat = تمام چت
button-to-settings = ‹ بازگشت
button-turn-on = فعال کردن
button-turn-on-now = حالا فعال شود
button-turn-off = غیرفعال کردن
button-preview = نمونه
button-delete = پاک کردن
button-delete-really = بلی، پاک شود
button-feeds = منبع‌ها
button-when = ساعت‌ها و روزها
button-languages = زبان‌ها
button-length = درازی
button-items = تعداد رویدادها
button-sources-least = حد اقل منبع‌ها
button-terms = کلمه‌ها
button-heading = عنوان
button-empty-say = اگر خبر نو نبود، بگو
button-empty-silent = اگر خبر نو نبود، چیزی نگو
button-add-feed = افزودن منبع
button-feed-again = دوباره بخوان
button-opml-in = منبع‌ها از فایل
button-opml-out = منبع‌ها در فایل
button-at-times = در ساعت‌های معین
button-live = همین که خبری شد
button-times = تغییر ساعت‌ها
button-quiet = وقت خاموشی
button-no-quiet = بدون خاموشی
button-zone = منطقهٔ زمانی
button-include = کلمه‌های لازم
button-exclude = کلمه‌های ناخواسته
button-no-terms = بدون کلمه
button-no-heading = عنوان عادی
button-add-all = شروع
button-take-over = گرفتن

weekday-0 = دوشنبه
weekday-1 = سه‌شنبه
weekday-2 = چهارشنبه
weekday-3 = پنجشنبه
weekday-4 = جمعه
weekday-5 = شنبه
weekday-6 = یکشنبه
zone-kabul = کابل
zone-tehran = تهران
zone-dushanbe = دوشنبه
zone-tashkent = تاشکند
zone-karachi = کراچی
zone-moscow = مسکو
zone-istanbul = استانبول
zone-berlin = برلین
zone-london = لندن
zone-utc = وقت جهانی

## Issues of auto-digests

issue-heading = فشردهٔ خبرها
issue-empty = از شمارهٔ پیشین تا اکنون خبر تازه‌ای نیست.
feed-disabled = منبع «{ $feed }» یک هفته خوانده نشد و دیگر به آن مراجعه نمی‌شود. با { -channels } می‌توانید آن را دوباره فعال یا حذف کنید.
