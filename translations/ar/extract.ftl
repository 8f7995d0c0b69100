# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = تحذيرات عامة
extract-title-orange = تحذير: عروض عمل تؤدي إلى مراكز احتيال
extract-title-purple = تحذير: كيف تؤدي عروض العمل إلى مراكز احتيال
extract-hubs = أُبلغ عن مراكز احتيال في: { $countries }.
extract-origins = نُقل إليها أشخاص من هذه البلدان: { $countries }.
extract-route = مسار معروف: { $from } ← { $to }
extract-destinations = تذكر العروض من هذا النوع: { $countries }. وقد تنتهي الرحلة في مكان آخر.
extract-people = أشخاص أُبلغ عن فقدانهم أو احتجازهم أو تحريرهم: { $people }.
extract-signs = علامات التحذير في هذه العروض
extract-avoid = لا تستخدم هذه العناوين
extract-number = الرقم
extract-issued = أصدرته { $issuer } في { $date }
extract-withdrawn = سُحب هذا التحذير في { $date } ولم يعد قائمًا.
extract-superseded = حلّ محل هذا التحذير تحذير أحدث في { $date }.
extract-expired = انتهى هذا التحذير في { $date }.
