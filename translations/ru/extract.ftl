# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = Публичные предупреждения
extract-title-orange = Предупреждение: предложения работы, которые ведут в мошеннические центры
extract-title-purple = Предупреждение: как предложения работы приводят людей в мошеннические центры
extract-hubs = О мошеннических центрах сообщалось в следующих странах: { $countries }.
extract-origins = Туда вывозили людей из следующих стран: { $countries }.
extract-route = Известный маршрут: { $from } → { $to }
extract-destinations = В таких предложениях называют: { $countries }. Поездка может закончиться в другом месте.
extract-people = Пропавшие, удерживаемые или освобождённые люди, по сообщениям: { $people }.
extract-signs = Тревожные признаки в этих предложениях
extract-avoid = Не пользуйтесь этими адресами
extract-number = Номер
extract-issued = Выпущено: { $issuer }, { $date }
extract-withdrawn = Это предупреждение отозвано { $date }. Оно больше не действует.
extract-superseded = Это предупреждение заменено более новым { $date }.
extract-expired = Срок действия этого предупреждения истёк { $date }.
