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
    { -privacy } – چه چیزی دربارهٔ شما نگهداری می‌شود
digest-usage = در جواب یک مقاله یا پیام لینک‌دار { -digest } بنویسید، یا { -digest } را با یک لینک بفرستید.

## Progress

reading = مقاله را می‌خوانم…
fetching = { $host } را باز می‌کنم…
translating = به { $language } ترجمه می‌کنم…
queued = درخواست شما در نوبت است. به‌زودی شروع می‌کنم.
still-working = کار جریان دارد. مقاله‌های دراز و ترجمه کمی بیشتر وقت می‌گیرد.
several-links =
    { $count ->
        [1] { NUMBER($count) } لینک: یک فشرده می‌گیرید.
       *[other] { NUMBER($count) } لینک: برای هر کدام یک فشرده می‌گیرید.
    }

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
button-open = خواندن مقاله
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
rate-limited = درخواست‌ها بسیار زیاد شد. چند ثانیه بعد دوباره کوشش کنید.

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
inline-prepare-description = از مقالهٔ { $host }
inline-preparing = فشردهٔ مقالهٔ { $host } را می‌سازم…
inline-open-bot = باز کردن بات
inline-none = بعد از نام بات یک لینک بنویسید

## Frame of a digest; its other labels are in pipelines/data/labels.tsv

continued = بخش { NUMBER($part) } از { NUMBER($parts) }
sources-title = جمله‌های مقاله که فشرده از آن‌ها ساخته شده است
details-title = به { $language }

## Later: channels

cmd-channels = فشرده برای کانال‌ها و گروپ‌های شما

## Issues of auto-digests

issue-heading = فشردهٔ خبرها
issue-empty = از شمارهٔ پیشین تا اکنون خبر تازه‌ای نیست.
feed-disabled = فید «{ $feed }» یک هفته خوانده نشد و دیگر به آن مراجعه نمی‌شود. با { -channels } می‌توانید آن را دوباره فعال یا حذف کنید.
