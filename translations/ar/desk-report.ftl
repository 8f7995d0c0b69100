# التقارير: البحث وصفحة التقرير.
report-lead = إعلانات عمل ومحادثات وبلاغات وأخبار: ابحث عنها بكلمات أي كتابة وبما يُعرف عنها.
report-hint = يجب أن توجد كل الكلمات. «بين علامتي اقتباس» لعبارة، بداية* لأول كلمة، ‎-كلمة لاستبعادها. لا فرق بين الأحرف المشكولة وغيرها.
report-any = الكل
report-search = بحث
report-further = مرشحات أخرى
report-chosen = المرشحات المختارة
report-take-away = (إزالة)
report-none = لا نتائج
report-none-hint = جرّب كلمات أو مرشحات أقل. تدخل التقارير بالأمر «forewarn ingest»، وترى ما أنت مخوّل له.
report-pages = الصفحات
report-first-page = الصفحة الأولى
report-campaign = الحملة
report-more-than = أكثر من { $count } نتيجة
report-waiting = { $count ->
    [one] تقرير واحد ينتظر القراءة ولا يظهر بعد.
    [two] تقريران ينتظران القراءة ولا يظهران بعد.
    [few] { $count } تقارير تنتظر القراءة ولا تظهر بعد.
    [many] { $count } تقريرًا تنتظر القراءة ولا تظهر بعد.
   *[other] { $count } تقرير تنتظر القراءة ولا تظهر بعد.
}
report-seen-times = { $count ->
    [one] شوهد مرة واحدة
    [two] شوهد مرتين
    [few] شوهد { $count } مرات
    [many] شوهد { $count } مرة
   *[other] شوهد { $count } مرة
}
report-field-q = كلمات
report-field-kind = النوع
report-field-verdict = التقدير
report-field-country = البلد
report-field-language = اللغة
report-field-sort = الترتيب
report-field-identifier = المعرّف
report-field-identifier-kind = نوع المعرّف
report-field-tlp = درجة التداول
report-field-grading = التقييم على الأقل
report-field-claims = إفادات عن الاتجاه
report-field-source = المصدر
report-field-campaign = الحملة
report-field-from = استُلم من
report-field-to = استُلم حتى
report-field-published-from = نُشر من
report-field-published-to = نُشر حتى
report-field-probability-min = الاحتمال من
report-field-probability-max = الاحتمال حتى
report-kind-job-ad = إعلان عمل
report-kind-chat = محادثة
report-kind-scam-report = بلاغ عن احتيال
report-kind-testimony = شهادة
report-kind-news = خبر
report-kind-advisory = تحذير رسمي
report-verdict-strong-signs = علامات قوية
report-verdict-some-signs = بعض العلامات
report-verdict-no-known-signs = لا علامات معروفة
report-sort-newest = الأحدث أولًا
report-sort-score = الأعلى درجة أولًا
report-claims-yes = مع إفادات
report-claims-no = بلا إفادات
report-text = النص
report-key = معنى العلامات
report-key-sign = علامة تحذير
report-key-contact = وسيلة اتصال
report-key-web = عنوان إنترنت
report-key-money = مال أو حساب
report-key-place = مكان
report-normalized = الأصل والنص الموحّد جنبًا إلى جنب
report-normalized-hint = تقرأ القواعد والبحث النص الموحّد: صورة واحدة للأحرف المتشابهة والأرقام وحالة الأحرف والنقاط المخفية.
report-original = الأصل
report-normalized-text = الموحّد
report-reasons = أسباب الدرجة
report-reasons-hint = بلوغاريتم الأرجحية: ما يضيفه كل سبب. يمينًا يرجّح التجنيد لمركز احتيال، ويسارًا يخالفه. ومجموعها هو الدرجة.
report-dated = سُجّل بدرجة { $chance }: تغيّرت القواعد أو النموذج منذ ذلك.
report-reason = السبب
report-log-odds = لوغاريتم الأرجحية
report-bar = الوزن
report-reason-prior = قبل قراءة أي شيء
report-reason-structure = يُظهره النص كله.
report-reason-wording = الصياغة كما تُعلّمت من أمثلة
report-money = مبلغ من المال
report-identifiers = المعرّفات
report-times = المرات
report-claims-title = إفادات عن الاتجاه
report-claims-all = كل الإفادات
report-claim-decide = البتّ فيها
report-claim-confirmed = مؤكدة
report-claim-rejected = مرفوضة
report-facts = بيانات
report-id = الرقم
report-published = نُشر { $time }
report-kept = يبقى لدى { $organisation }
report-marking = درجة التداول والتقييم
report-mark-tlp = التداول (TLP)
report-mark-pap = الأفعال المسموحة (PAP)
report-mark-reliability = المصدر
report-mark-credibility = المعلومة
report-why = السبب
report-change = تغيير
report-history = السجل
report-changed-by = { $who }: { $why }
done-report-marked = غُيّرت درجة التداول والتقييم.
done-report-unchanged = كان كذلك من قبل: لم يتغير شيء.
report-shown-by = يُظهره
report-slight = { $count ->
    [one] سبب واحد أقل وزنًا
    [two] سببان أقل وزنًا
    [few] { $count } أسباب أقل وزنًا
    [many] { $count } سببًا أقل وزنًا
   *[other] { $count } سبب أقل وزنًا
}
