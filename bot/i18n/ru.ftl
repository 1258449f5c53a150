### Russian. To «вы», plain and short. Blank lines separate paragraphs.

## Commands: descriptions in Telegram's menu

cmd-start = Что умеет этот бот
cmd-help = Что можно прислать и как
cmd-digest = Дайджест по ссылке или по сообщению, на которое вы отвечаете
cmd-language = На каком языке мне говорить с вами
cmd-languages = На каких языках присылать дайджесты
cmd-length = Короткие, средние или длинные дайджесты
cmd-settings = Ссылки и кнопки в этой группе
cmd-privacy = Что о вас хранится и как это удалить
cmd-stats = Сколько сделано дайджестов
cmd-cancel = Остановить то, что я для вас делаю
cmd-admin = Для владельца: доступ, лимиты, ошибки, модели

## Who I am

bot-description =
    Пришлите ссылку на новость или её текст. В ответ придёт короткий дайджест: что произошло и кто главные действующие лица — на дари, пушту, русском или английском.

    Имена пишутся так, как принято в каждом языке, а любое предложение можно сверить со статьёй.
bot-short-description = Короткие дайджесты новостей на дари, пушту, русском и английском: с верными именами и источниками.
welcome =
    Здравствуйте! Пришлите ссылку на статью или её текст. В ответ придёт короткий дайджест: что произошло и кто главные действующие лица.

    { -languages } — языки дайджестов, { -length } — их длина, { -language } — язык, на котором я говорю. Что ещё я умею — { -help }.
welcome-group =
    Здравствуйте! Ответьте на сообщение командой { -digest } или напишите { -digest } и ссылку — пришлю короткий дайджест.

    Без просьбы я молчу. Администраторы группы могут разрешить мне отвечать на каждую ссылку: { -settings }.
help =
    Что можно прислать:
    • ссылку на статью или сразу несколько
    • текст статьи, можно в нескольких сообщениях
    • пересланную публикацию
    • файл { -pdf }, { -docx }, { -txt } или { -html }

    В группе: ответьте на сообщение командой { -digest }, напишите { -digest } и ссылку или упомяните меня вместе со ссылкой.

    В любом чате: напишите { $bot } и ссылку, затем выберите дайджест.

    Кнопки под дайджестом меняют язык и длину, показывают предложения статьи, на которых он основан, и помогают сообщить об ошибке в имени или переводе.

    { -languages } — языки дайджестов
    { -length } — их длина
    { -language } — язык, на котором я говорю
    { -channels } — дайджесты для ваших каналов и групп, сами по себе
    { -privacy } — что о вас хранится
digest-usage = Ответьте на статью или на сообщение со ссылкой либо напишите { -digest } и ссылку.

## Progress

reading = Читаю статью…
fetching = Открываю { $host }…
translating = Перевожу на { $language }…

## What went wrong, by the code of the error

error-too-short =
    { $words ->
        [one] В тексте всего { NUMBER($words) } слово, а для дайджеста нужно не меньше { NUMBER($needed) }. Пришлите статью целиком.
        [few] В тексте всего { NUMBER($words) } слова, а для дайджеста нужно не меньше { NUMBER($needed) }. Пришлите статью целиком.
       *[many] В тексте всего { NUMBER($words) } слов, а для дайджеста нужно не меньше { NUMBER($needed) }. Пришлите статью целиком.
    }
error-unknown-language = Не узнаю язык этого текста. Пришлите статью на английском, русском, дари, персидском или пушту.
error-no-article = Статьи там не нашлось. Пришлите ссылку на саму статью, а не на главную страницу, или её текст.
error-login-wall = Статьи на этой странице не видно: сайт просит войти, заплатить или подтвердить, что вы не робот. Скопируйте текст статьи и пришлите его.
error-unreachable = Сайт { $host } не отвечает. Проверьте ссылку или попробуйте позже.
error-http-status =
    { $status ->
        [401] Сайт { $host } не даёт мне прочитать эту страницу. Скопируйте текст статьи и пришлите его.
        [403] Сайт { $host } не даёт мне прочитать эту страницу. Скопируйте текст статьи и пришлите его.
        [404] На сайте { $host } нет такой страницы. Проверьте ссылку.
        [410] Эту страницу с сайта { $host } удалили. Поищите статью в другом месте.
        [429] К сайту { $host } сейчас слишком много запросов. Попробуйте позже.
        [451] Сайт { $host } не может показать эту страницу по закону. Скопируйте текст статьи и пришлите его.
       *[other] Сайт { $host } ответил ошибкой { NUMBER($status, useGrouping: 0) }. Попробуйте позже или пришлите текст статьи.
    }
error-forbidden-address = Это адрес частной сети. Я открываю только общедоступные страницы.
error-bad-url = Это не адрес страницы. Ссылка начинается с { -https } или { -http }.
error-too-large = Эта страница слишком большая. Скопируйте текст статьи и пришлите его.
error-unsupported-type = Читать там нечего: это картинка, видео или другой файл без текста. Я читаю веб-страницы и файлы { -pdf }, { -docx }, { -txt } и { -html }.
error-unreadable = Не удаётся это прочитать: файл повреждён, защищён или в нём только изображения текста. Пришлите сам текст.
error-not-a-feed = Ленты новостей там нет. Пришлите адрес ленты ({ -rss }, { -atom } или { -json }), сайта с такой лентой или открытого канала.
error-too-many-redirects = Эта ссылка без конца ведёт с одной страницы на другую. Откройте её в браузере и пришлите адрес самой статьи.
error-backend-failed = Сейчас не получилось сделать дайджест или перевод. Попробуйте через несколько минут.
error-internal = У меня произошёл сбой, он записан для владельца бота. Попробуйте позже.
error-file-too-big = Файл слишком большой: можно не больше { NUMBER($most) } МБ. Пришлите файл поменьше или сам текст.
error-file-lost = Не удалось получить этот файл из { -telegram }. Пришлите его ещё раз.
error-too-many-links =
    { $most ->
        [one] Слишком много ссылок: за раз можно { NUMBER($most) } ссылку. Остальные пришлите отдельно.
        [few] Слишком много ссылок: за раз можно не больше { NUMBER($most) }. Остальные пришлите отдельно.
       *[many] Слишком много ссылок: за раз можно не больше { NUMBER($most) }. Остальные пришлите отдельно.
    }
nothing-to-do = Здесь нет ни ссылки, ни статьи. Пришлите ссылку, текст статьи или файл. Подробнее — { -help }.
only-photo = Картинки я читать не умею. Пришлите ссылку на статью или её текст.
voice-or-video = Я не умею слушать голосовые сообщения и смотреть видео. Пришлите ссылку на статью или её текст.

## Buttons

button-shorter = Короче
button-longer = Подробнее
button-sources = Предложения статьи
button-back = Назад к дайджесту
button-original = Оригинал
button-up = 👍
button-down = 👎
button-wrong-name = Ошибка в имени
button-wrong-translation = Ошибка в переводе
button-done = Готово
button-cancel = Отмена

## Languages: labels of buttons; .inline is the name inside a sentence, where it differs

lang-en = Английский
    .inline = английский
lang-ru = Русский
    .inline = русский
lang-prs = Дари
    .inline = дари
lang-ps = Пушту
    .inline = пушту
lang-fa = Персидский
    .inline = персидский
lang-und = Неизвестный язык
    .inline = неизвестный язык

## Lists of names

list-and = { $first } и { $last }
list-comma = { $first }, { $last }

## Answers to presses: Telegram shows 200 characters

thanks-feedback = Спасибо, отмечено.
feedback-note-ask = Спасибо. Что неверно и как правильно? Ответьте на это сообщение.
feedback-noted = Спасибо. Владелец бота увидит вашу заметку.
press-not-yours = Этими кнопками может пользоваться только тот, кто попросил дайджест.
press-admins-only = Этими кнопками могут пользоваться только администраторы группы.
press-expired = Этот дайджест больше не хранится. Пришлите ссылку ещё раз.
no-translation = Модель для перевода на { $language } не установлена. Её может добавить владелец бота.
already-shown = Это уже на экране.

## Settings

language-ask = На каком языке мне говорить?
language-set = Язык сообщений бота: { $language }.
length-ask = Какой длины присылать дайджесты?
length-short = Короткие
length-medium = Средние
length-long = Длинные
length-set =
    { $length ->
        [short] Дайджесты будут короткими.
        [long] Дайджесты будут длинными.
       *[medium] Дайджесты будут средней длины.
    }
languages-ask = На каких языках присылать дайджесты? Выберите один или несколько.
languages-set = Языки дайджестов: { $languages }.
languages-none = Дайджесты будут на языке статьи.
group-settings = Настройки группы
group-auto-on = Теперь я отвечаю на каждую ссылку в этой группе.
group-auto-off = Теперь я отвечаю в этой группе только по просьбе.
group-admins-only = Это могут менять только администраторы группы.
groups-command-only = Это работает только в группах.
button-auto-on = Отвечать на каждую ссылку
button-auto-off = Отвечать только по просьбе
presses-ask = Кому доступны кнопки под дайджестом?
presses-anyone = Всем
presses-asker = Кто попросил дайджест
presses-admins = Только администраторам
saved = Сохранено.

## Privacy

privacy-text =
    Что я о вас храню:
    • ваш номер в { -telegram }, выбранные языки и длину дайджестов
    • сколько дайджестов вы просили за каждый день
    • сами дайджесты и ваши отзывы о них — { $digest_days ->
        [one] { NUMBER($digest_days) } день
        [few] { NUMBER($digest_days) } дня
       *[many] { NUMBER($digest_days) } дней
    }
    • ваши сообщения — пока не отвечу, мои ответы — { $message_days ->
        [one] { NUMBER($message_days) } день
        [few] { NUMBER($message_days) } дня
       *[many] { NUMBER($message_days) } дней
    }

    Имени и номера телефона я не храню.

    Кнопка ниже удалит всё это, в том числе присланные вами тексты и файлы. Дайджесты веб-страниц останутся, но без следов того, кто их просил.
privacy-record =
    Сейчас хранится:
    • ваш номер в { -telegram }: { $id }
    • дайджестов запрошено: { NUMBER($digests) }
    • оценок: { NUMBER($votes) }
    • заметок: { NUMBER($notes) }
    • каналов настроено: { NUMBER($channels) }
privacy-delete-button = Удалить всё обо мне
privacy-deleted = Всё, что о вас хранилось, удалено. Если напишете снова, начнём с чистого листа.
privacy-nothing = О вас ничего не хранится.

## Counts and stopping

stats-text =
    { $total ->
        [0] Вы пока не просили дайджестов.
        [one] Вы попросили { NUMBER($total) } дайджест, из них сегодня: { NUMBER($today) }.
        [few] Вы попросили { NUMBER($total) } дайджеста, из них сегодня: { NUMBER($today) }.
       *[many] Вы попросили { NUMBER($total) } дайджестов, из них сегодня: { NUMBER($today) }.
    }
stats-group =
    { $total ->
        [0] В этой группе пока не было дайджестов.
        [one] В этой группе сделан { NUMBER($total) } дайджест, из них сегодня: { NUMBER($today) }.
        [few] В этой группе сделано { NUMBER($total) } дайджеста, из них сегодня: { NUMBER($today) }.
       *[many] В этой группе сделано { NUMBER($total) } дайджестов, из них сегодня: { NUMBER($today) }.
    }
cancelled = Остановлено.
nothing-to-cancel = Сейчас я ничего для вас не делаю.

## Access and quotas

not-allowed = Этот бот отвечает только тем, кого добавил владелец. Ваш номер для владельца: { $id }.
groups-only = Этот бот отвечает только в группах. Спросите меня в группе, где я есть.
quota-person =
    Сегодня вы получили { $limit ->
        [one] { NUMBER($limit) } дайджест
        [few] { NUMBER($limit) } дайджеста
       *[many] { NUMBER($limit) } дайджестов
    } — больше в день одному человеку нельзя. Приходите через { $hours ->
        [one] { NUMBER($hours) } час
        [few] { NUMBER($hours) } часа
       *[many] { NUMBER($hours) } часов
    }.
quota-chat =
    Сегодня в этом чате сделано дайджестов: { NUMBER($limit) } — больше в день одному чату нельзя. Приходите через { $hours ->
        [one] { NUMBER($hours) } час
        [few] { NUMBER($hours) } часа
       *[many] { NUMBER($hours) } часов
    }.

## The owner

admin-text =
    { -admin-allow } — впустить человека или чат
    { -admin-remove } — отменить доступ
    { -admin-quota-person } — дайджестов в день на человека
    { -admin-quota-chat } — дайджестов в день на чат
    { -admin-errors } — последние ошибки
    { -admin-backends } — чем делаются дайджесты и переводы
    { -admin-models } — установленные модели
admin-stats =
    Людей: { NUMBER($people) }
    Чатов: { NUMBER($chats) }; ушло: { NUMBER($gone) }
    Дайджестов сегодня: { NUMBER($today) }; всего: { NUMBER($total) }
    👍 { NUMBER($up) }   👎 { NUMBER($down) }
    Ошибок в именах: { NUMBER($names) }; в переводах: { NUMBER($translations) }
admin-access-open = Доступ: для всех.
admin-access-list =
    { $count ->
        [0] Доступ: пока только для вас.
        [one] Доступ по списку: { NUMBER($count) } человек или чат.
        [few] Доступ по списку: { NUMBER($count) } человека и чата.
       *[many] Доступ по списку: { NUMBER($count) } человек и чатов.
    }
admin-access-groups = Доступ: только в группах.
admin-allow-usage = Укажите номер человека или чата: { -admin-allow }
admin-allowed = { $id }: доступ открыт.
admin-removed = { $id }: доступ закрыт.
admin-errors = Последние ошибки
admin-errors-none = Записанных ошибок нет.
admin-backends = Чем делаются дайджесты и переводы
admin-models = Установленные модели
admin-models-none = Ни одной модели не установлено. Дайджесты остаются на языке статьи.
admin-quota = Дайджестов в день: на человека — { NUMBER($person) }, на чат — { NUMBER($chat) }.
admin-quota-none = Число дайджестов не ограничено.
admin-quota-usage = Укажите число, 0 — без ограничений: { -admin-quota-person } или { -admin-quota-chat }
admin-quota-set = Новые лимиты действуют.
admin-unknown = Такой команды нет. Вот те, что есть:

## Inline queries

inline-prepare = Сделать дайджест
inline-open-bot = Открыть бота
inline-none = Напишите ссылку после имени бота

## Channels

cmd-channels = Дайджесты для ваших каналов и групп
channels-no-chats =
    Я могу сам публиковать дайджесты новостей в вашем канале или группе: в те дни и часы и из тех лент, которые вы выберете.

    1. Добавьте меня в канал или группу администратором с правом публиковать сообщения — для этого есть кнопки ниже.
    2. Вернитесь сюда и снова отправьте { -channels }.

    Если я там уже есть, нажмите «Указать чат» или отправьте { -channels } в самой группе.
channels-list =
    Ваши каналы и группы. Выберите, что настроить.

    🟢 включено   ⚪ выключено   ➕ ещё не настроено
channels-topics = Темы чата { $name }, для которых выходят дайджесты. Чтобы добавить другую тему, отправьте { -channels } в ней.
channels-topic = { $name } › тема { $id }
channels-greeting =
    Спасибо, что добавили меня в канал { $name }. Сам я там пока ничего не публикую.

    Отправьте { -channels }, чтобы выбрать ленты, языки и время.
channels-sent-private = Настройки отправил вам в личный чат.
channels-open-private = Откройте личный чат со мной и отправьте там { -channels }: в группе настройки не показываются.

channels-off = ⚪ Выключено: ничего не публикуется.
channels-off-by-itself = ⚪ Выключено: я больше не мог там писать. Проверьте мои права и включите снова.
channels-on = 🟢 Включено. Следующий выпуск: { $time }
channels-on-live = 🟢 Включено.
channels-feeds-count =
    { $count ->
        [0] Ленты: пока ни одной
       *[other] Ленты: { NUMBER($count) }
    }
channels-languages = Языки: { $languages }
channels-times = Время: { $times }
channels-live = По мере появления новостей, круглосуточно
channels-live-quiet = По мере появления новостей; тишина с { $start } до { $end }
channels-weekdays = Дни: { $days }
channels-zone = Часовой пояс: { $zone }
channels-length =
    { $length ->
        [short] О каждом событии: одно предложение
        [long] О каждом событии: до трёх предложений
       *[medium] О каждом событии: до двух предложений
    }
channels-most = Событий в выпуске: не больше { NUMBER($count) }
channels-least =
    { $count ->
        [one] Только события, о которых сообщила хотя бы { NUMBER($count) } лента
        [few] Только события, о которых сообщили хотя бы { NUMBER($count) } ленты
       *[many] Только события, о которых сообщили хотя бы { NUMBER($count) } лент
    }
channels-include = Только со словами: { $terms }
channels-include-any = Только со словами: с любыми
channels-exclude = Без слов: { $terms }
channels-exclude-no = Без слов: запретов нет
channels-heading = Заголовок: { $text }
channels-empty-said = Если нового нет: сообщаю об этом
channels-empty-silent = Если нового нет: молчу
channels-feed = { $text } ({ $url })
channels-feed-stopped = Лента слишком долго не открывалась, больше её не читаю.
channels-feed-failing =
    { $count ->
        [one] Не открылась { NUMBER($count) } раз подряд
        [few] Не открылась { NUMBER($count) } раза подряд
       *[many] Не открылась { NUMBER($count) } раз подряд
    }
channels-no-feeds = Лент пока нет. Добавьте первую: адрес сайта, ленты { -rss } или открытого канала.

channels-ask-feeds =
    Пришлите ленты, каждую с новой строки:
    • адрес сайта — ленту найду сам
    • адрес ленты { -rss }, { -atom } или { -json }
    • открытый канал: { -channel-example }

    Каждую открою сразу и скажу, работает ли она. Передумали — { -cancel }.
channels-ask-times = Пришлите время выпусков, например: 08:00 18:30
channels-ask-quiet = С какого и до какого часа молчать? Например: 23:00-07:00
channels-ask-include = Пришлите слова, из которых в новости должно быть хотя бы одно: каждое с новой строки или через запятую.
channels-ask-exclude = Пришлите слова, которых в новости быть не должно: каждое с новой строки или через запятую.
channels-ask-heading = Пришлите заголовок выпусков. Дату добавлю сам.
channels-ask-opml = Пришлите файл { -opml }. Сначала покажу, что в нём есть, и только потом что-то изменю.
channels-ask-json = Пришлите файл { -json }, который я когда-то вам дал. Сначала покажу, что в нём есть, и только потом что-то изменю.
channels-ask-chat = Пришлите имя канала или группы ({ -channel-example }), ссылку или перешлите оттуда сообщение. Вы должны быть там администратором, а я — участником.
channels-ask-languages = На каких языках публиковать? Каждый выпуск выйдет по разу на каждом из них.
channels-ask-when = Если не выбран ни один день — каждый день.
channels-ask-zone = Выберите часовой пояс канала или пришлите его название, например { -zone-example }.
channels-ask-length = Насколько подробно писать о каждом событии?
channels-ask-most = Сколько событий может быть в выпуске?
channels-ask-least = Сколько лент должны сообщить о событии?
channels-ask-ready = Прежде чем включить, посмотрите, что вышло бы сейчас: это увидите только вы.
channels-ask-delete = Удалить все настройки этого канала? Опубликованное останется.
channels-terms-help = Пишите обычные слова: другие их формы я найду сам. Большие и маленькие буквы не различаются.
channels-again-or-cancel = Пришлите ещё раз или отправьте { -cancel }, чтобы всё осталось как было.

channels-bad-time = «{ $text }» — это не время. Пишите так: 07:30
channels-bad-times =
    { $most ->
        [one] Пришлите время выпуска, например 08:00. Больше { NUMBER($most) } нельзя.
        [few] Пришлите время выпусков, например 08:00 18:30. Больше { NUMBER($most) } нельзя.
       *[many] Пришлите время выпусков, например 08:00 18:30. Больше { NUMBER($most) } нельзя.
    }
channels-bad-quiet = Нужны два разных времени, например 23:00-07:00.
channels-bad-zone = Не знаю часового пояса «{ $text }». Пишите так: { -zone-example }
channels-bad-term =
    { $most ->
        [one] «{ $text }…» — слишком длинно: в слове не больше { NUMBER($most) } знака.
        [few] «{ $text }…» — слишком длинно: в слове не больше { NUMBER($most) } знаков.
       *[many] «{ $text }…» — слишком длинно: в слове не больше { NUMBER($most) } знаков.
    }
channels-bad-terms = Слишком много слов: всего их может быть не больше { NUMBER($most) }.
channels-bad-heading =
    { $most ->
        [one] Заголовок не длиннее { NUMBER($most) } знака.
        [few] Заголовок не длиннее { NUMBER($most) } знаков.
       *[many] Заголовок не длиннее { NUMBER($most) } знаков.
    }
channels-bad-addresses =
    { $most ->
        [one] За один раз беру { NUMBER($most) } адрес. Если их больше, пришлите файл { -opml }.
        [few] За один раз беру до { NUMBER($most) } адресов. Если их больше, пришлите файл { -opml }.
       *[many] За один раз беру до { NUMBER($most) } адресов. Если их больше, пришлите файл { -opml }.
    }
channels-bad-chat = «{ $text }» — не имя чата. Пришлите имя ({ -channel-example }) или номер.

channels-not-admin = Это могут делать только администраторы этого канала или группы.
channels-unknown-chat = Не нахожу этого чата, или меня там нет, или вы там не администратор. Добавьте меня администратором и пришлите имя ещё раз.
channels-gone = Эти настройки удалены. Чтобы начать заново, отправьте { -channels }.
channels-expired = Этот вопрос уже закрыт. Пришлите файл ещё раз.
channels-needs-feeds = Сначала добавьте хотя бы одну ленту.
channels-cannot-post = Мне нельзя там публиковать. Сделайте меня администратором с правом публиковать и попробуйте снова.
channels-deleted = Настройки удалены.
channels-file-not-sent = Файл отправить не удалось. Нажмите кнопку ещё раз.
channels-feed-again = Снова читаю эту ленту.
channels-checking =
    { $count ->
        [one] Открываю { NUMBER($count) } ленту…
        [few] Открываю { NUMBER($count) } ленты… Это займёт до нескольких минут.
       *[many] Открываю { NUMBER($count) } лент… Это займёт до нескольких минут.
    }
channels-preview-making = Готовлю пробный выпуск. Это займёт до нескольких минут.
channels-preview-empty = Показать пока нечего: в лентах нет подходящих новостей, или я их ещё не прочитал. Попробуйте через минуту.
channels-preview-below = Пробный выпуск — ниже.
channels-preview-over = Так выглядел бы выпуск сейчас. Его видите только вы.

channels-feeds-added =
    { $count ->
        [one] Добавлена { NUMBER($count) } лента:
        [few] Добавлены { NUMBER($count) } ленты:
       *[many] Добавлено { NUMBER($count) } лент:
    }
channels-feeds-known =
    { $count ->
        [one] { NUMBER($count) } лента здесь уже была.
        [few] { NUMBER($count) } ленты здесь уже были.
       *[many] { NUMBER($count) } лент здесь уже были.
    }
channels-feeds-too-many = Лент может быть не больше { NUMBER($most) }; остальные не добавлены.
channels-feeds-failed =
    { $count ->
        [one] Не удалось добавить { NUMBER($count) } адрес:
        [few] Не удалось добавить { NUMBER($count) } адреса:
       *[many] Не удалось добавить { NUMBER($count) } адресов:
    }
channels-feed-bad-address = это не адрес
channels-feed-private = этот адрес из закрытой сети
channels-feed-silent = { $host } не отвечает
channels-feed-refused = { $host } ответил ошибкой { NUMBER($status, useGrouping: 0) }
channels-feed-too-large = страница слишком большая
channels-feed-none = ленты там нет

channels-opml-where = Сначала откройте канал, для которого эти ленты, и пришлите файл снова: { -channels }
channels-opml-bad = Этот файл не читается как { -opml }.
channels-opml-empty =
    { $count ->
        [0] В этом файле нет лент.
        [one] { NUMBER($count) } лента из этого файла уже добавлена.
        [few] Все { NUMBER($count) } ленты из этого файла уже добавлены.
       *[many] Все { NUMBER($count) } лент из этого файла уже добавлены.
    }
channels-opml-found =
    { $count ->
        [one] В файле { NUMBER($count) } лента, из них новых: { NUMBER($fresh) }. Каждую открою, прежде чем добавить. Начать?
        [few] В файле { NUMBER($count) } ленты, из них новых: { NUMBER($fresh) }. Каждую открою, прежде чем добавить. Начать?
       *[many] В файле { NUMBER($count) } лент, из них новых: { NUMBER($fresh) }. Каждую открою, прежде чем добавить. Начать?
    }
channels-json-bad = Это не файл настроек, который я умею читать. Я читаю файлы { -json }, которые выдаю сам.
channels-json-entry = Запись номер { NUMBER($number) } в файле не читается. Ничего не изменено.
channels-json-foreign =
    { $count ->
        [0] В этом файле нет настроек.
        [one] В файле настройки { NUMBER($count) } канала, но вы там не администратор или меня там нет.
        [few] В файле настройки { NUMBER($count) } каналов, но ни в одном из них вы не администратор или меня там нет.
       *[many] В файле настройки { NUMBER($count) } каналов, но ни в одном из них вы не администратор или меня там нет.
    }
channels-json-found =
    { $count ->
        [one] В файле есть настройки { NUMBER($count) } вашего канала или темы.
        [few] В файле есть настройки { NUMBER($count) } ваших каналов и тем.
       *[many] В файле есть настройки { NUMBER($count) } ваших каналов и тем.
    }
channels-json-left-out =
    { $count ->
        [one] Ещё { NUMBER($count) } запись пропущена: вы там не администратор или меня там нет.
        [few] Ещё { NUMBER($count) } записи пропущены: вы там не администратор или меня там нет.
       *[many] Ещё { NUMBER($count) } записей пропущено: вы там не администратор или меня там нет.
    }
channels-json-replaces = Они заменят нынешние настройки. Новые каналы сначала будут выключены. Заменить?
channels-json-taken =
    { $count ->
        [one] Перенесены настройки { NUMBER($count) } канала или темы.
        [few] Перенесены настройки { NUMBER($count) } каналов и тем.
       *[many] Перенесены настройки { NUMBER($count) } каналов и тем.
    }

button-add-to-channel = Добавить меня в канал
button-add-to-group = Добавить меня в группу
button-find-chat = Указать чат
button-export-all = Сохранить всё в файл
button-import-all = Загрузить из файла
button-back-to-list = Все каналы
button-whole-chat = Весь чат
button-to-settings = ‹ Назад
button-turn-on = Включить
button-turn-on-now = Включить сейчас
button-turn-off = Выключить
button-preview = Пробный выпуск
button-delete = Удалить
button-delete-really = Да, удалить
button-feeds = Ленты
button-when = Время и дни
button-languages = Языки
button-length = Подробность
button-items = Число событий
button-sources-least = Сколько лент нужно
button-terms = Слова
button-heading = Заголовок
button-empty-say = Сообщать, если нового нет
button-empty-silent = Молчать, если нового нет
button-add-feed = Добавить ленты
button-feed-again = Ещё раз
button-opml-in = Ленты из файла
button-opml-out = Ленты в файл
button-at-times = По часам
button-live = По мере появления
button-times = Изменить время
button-quiet = Часы тишины
button-no-quiet = Без часов тишины
button-zone = Часовой пояс
button-include = Обязательные слова
button-exclude = Запретные слова
button-no-terms = Без слов
button-no-heading = Обычный заголовок
button-add-all = Начать
button-take-over = Заменить

weekday-0 = Пн
weekday-1 = Вт
weekday-2 = Ср
weekday-3 = Чт
weekday-4 = Пт
weekday-5 = Сб
weekday-6 = Вс
zone-kabul = Кабул
zone-tehran = Тегеран
zone-dushanbe = Душанбе
zone-tashkent = Ташкент
zone-karachi = Карачи
zone-moscow = Москва
zone-istanbul = Стамбул
zone-berlin = Берлин
zone-london = Лондон
zone-utc = Всемирное время

## Issues of auto-digests

issue-heading = Дайджест новостей
issue-empty = С прошлого выпуска ничего нового.
feed-disabled = Источник «{ $feed }» не удавалось прочитать целую неделю, и он больше не запрашивается. Вернуть или удалить его можно через { -channels }.
