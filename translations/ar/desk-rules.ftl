# المصادر والقواعد.
sources-lead = ما أُضيف ومن أين ومتى وما آل إليه.
sources-empty = لم يُضف شيء بعد
sources-empty-hint = على الجهاز نفسه:
source-input = المصدر
source-started = متى
source-accepted = جديدة
source-duplicates = معروفة
source-refused = مرفوضة
source-state = الحالة
source-ended = قُرئ حتى آخره
source-broken-off = توقّف بعد السطر { $line }
owners = لمن تعود المصادر
owners-lead = ما يأتي به مصدر تابع لمنظمة بدرجة AMBER+STRICT أو RED لا يراه إلا أفراد تلك المنظمة أو من أُذن له بها بالاسم، ولا يخرج أبدًا. أما المصدر الذي لا منظمة له فتحكمه درجة التداول وحدها.
owner-source-hint = كما يظهر في القائمة. وقد يكون مصدرًا لم يأتِ منه شيء بعد.
owner-organisation-hint = كما هي لدى المستخدمين. وإذا تُركت فارغة فلا يعود المصدر لأحد.
owner-none = لا أحد
owner-change = تغيير
owners-next = مصادر أخرى
done-source-owned = حُفظت جهة المصدر، ويظهر ما أتى به وفقًا لها.
rules-lead = { $count ->
   *[other] عدد العلامات التي يُبحث عنها: { $count }.
}
rules-version = الإصدار { $version }.
rules-check = فحص القواعد في مجلد البيانات
rules-reload = قراءة القواعد من جديد
rules-checked = نتيجة الفحص
rules-hold = { $count ->
   *[other] القواعد صالحة. عدد العلامات: { $count }.
}
rules-broken = توجد أخطاء: لن تُستخدم هذه القواعد وتبقى القديمة.
rules-try = جرّب نصًا
rules-text = نص عرض عمل
rules-text-hint = لا يُحفظ.
rules-try-do = عرض العلامات
rules-found = { $count ->
   *[other] عدد المقاطع: { $count }
}
rules-found-none = لا تنطبق أي قاعدة على هذا النص.
rules-indicator = العلامة
rules-indicators = العلامات
rules-words = الكلمات
rules-pattern = القاعدة
rules-what = ما يُحتسب
rules-why = السبب
rules-means = للباحث عن عمل
rules-source = المصدر
done-rules-reloaded = قُرئت القواعد من جديد.
