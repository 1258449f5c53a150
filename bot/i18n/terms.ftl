### What is written alike in every language. As terms they stand in isolates, so that "/digest" keeps its stroke in front and a
### list of Latin words keeps its order inside right-to-left text. The other catalogues must not spell these out.

-start = /start
-help = /help
-digest = /digest
-language = /language
-languages = /languages
-channels = /channels
-length = /length
-settings = /settings
-privacy = /privacy
-admin-allow = /admin allow 123456789
-admin-remove = /admin remove 123456789
-admin-quota-person = /admin quota person 30
-admin-quota-chat = /admin quota chat 100
-admin-errors = /admin errors
-admin-backends = /admin backends
-admin-models = /admin models
-telegram = Telegram
-pdf = PDF
-docx = DOCX
-txt = TXT
-html = HTML
-https = https://
-http = http://
