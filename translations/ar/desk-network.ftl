# The network: identifiers, campaigns and reports, and what ties them.
network-lead = ما يرتبط بمعرِّف ما، مع البلاغات التي تثبت كل رابط.
network-search = هاتف أو حساب أو موقع أو محفظة، أو رقم بلاغ أو حملة
network-steps = الخطوات
network-step = الخطوة
network-look = ابحث
network-from = من
network-until = إلى
network-unknown = لا يذكر شيء مما يحق لك رؤيته «{ $text }». اكتب الهاتف هكذا: ‎+447700900123‎ والحساب هكذا: ‎@name‎.
network-nothing-tied = لا شيء مرتبط هنا فيما يحق لك رؤيته.
network-begin = من أين تبدأ
network-begin-none = لا توجد حملات بعد. ابحث عن معرِّف أعلاه بعد ورود البلاغات.
network-begin-campaigns = أكبر الحملات
network-reports = { $count ->
    [zero] لا بلاغات
    [one] بلاغ واحد
    [two] بلاغان
    [few] { $count } بلاغات
    [many] { $count } بلاغًا
   *[other] { $count } بلاغ
}
network-reports-head = البلاغات
network-way = ما يربط بين اثنين
network-way-from = من
network-way-to = إلى
network-way-find = ابحث عن الطريق
network-way-choose = اختر الطرف الآخر في الصورة أو في الجدول. البداية:
network-way-start = طريق من هنا…
network-way-steps = { $count ->
    [zero] بلا خطوات.
    [one] خطوة واحدة.
    [two] خطوتان.
    [few] { $count } خطوات.
    [many] { $count } خطوة.
   *[other] { $count } خطوة.
}
network-no-way = لا شيء يربط بين الاثنين فيما يحق لك رؤيته.
network-loading = جارٍ التحميل …
network-incomplete = هناك أكثر مما يظهر هنا.
network-failed = لم ينجح ذلك.
network-no-picture = لا يستطيع هذا المتصفح رسم الصورة (WebGL معطَّل). تعرض الجداول أدناه الشيء نفسه.
network-tools = أدوات الصورة
network-zoom-in = أقرب
network-zoom-out = أبعد
network-fit = أظهر الكل
network-settle = رتِّب من جديد
network-unhide = أظهر المخفي
network-find = ابحث في هذه الشبكة
network-picture = صورة الشبكة؛ تعرض الجداول أدناه الشيء نفسه
network-keys = النقر يختار، والنقر المزدوج أو Enter يوسّع، والسحب يثبّت. الأسهم تحرّك، و+ و− يكبّران ويصغّران، وEscape يُلغي الاختيار.
network-row-keys = في الصف: E يوسّع، H يخفي، P يثبّت، W يبدأ طريقًا، والأسهم للصعود والنزول.
network-leave-out = استبعد
network-apply = طبِّق
network-nodes = العُقد
network-node = العُقدة
network-kind = النوع
network-ties = الروابط
network-acts = الإجراءات
network-expand = وسِّع
network-hide = أخفِ
network-pin = ثبِّت أو حرِّر
network-release = ألغِ الاختيار
network-more-rows = صفوف أخرى
network-tie-from = من
network-tie-to = إلى
network-strength = القوة
network-strength-of = القوة { $strength }
network-days = الأيام
network-panel = اختر عُقدة أو رابطًا في الصورة أو في جدول لترى أدلته هنا.
network-evidence = أدلة الرابط
network-latest = آخر البلاغات
network-proofs-more = { $count ->
    [zero] ولا بلاغات أخرى
    [one] وبلاغ آخر
    [two] وبلاغان آخران
    [few] و{ $count } بلاغات أخرى
    [many] و{ $count } بلاغًا آخر
   *[other] و{ $count } بلاغ آخر
}
network-shared-by = { $count ->
    [zero] لا تذكره أي مجموعة
    [one] تذكره مجموعة مستقلة واحدة
    [two] تتشاركه مجموعتان مستقلتان
    [few] تتشاركه { $count } مجموعات مستقلة
    [many] تتشاركه { $count } مجموعة مستقلة
   *[other] تتشاركه { $count } مجموعة مستقلة
}
network-open = افتح
network-centre = ضعه في الوسط
network-mark = علِّم هذا الرابط خاطئًا
network-mark-hint = يخرج من الشبكة ومن كل ما يُشتق منها إلى أن تُسحب العلامة. يبقى اسمك وسببك مسجَّلين.
network-why = السبب
network-marked = معلَّم خاطئًا
network-take-back = اسحب العلامة
network-common = { $count ->
    [zero] لا قيم شائعة
    [one] قيمة واحدة لا تربط أحدًا
    [two] قيمتان لا تربطان أحدًا
    [few] { $count } قيم لا تربط أحدًا
    [many] { $count } قيمة لا تربط أحدًا
   *[other] { $count } قيمة لا تربط أحدًا
}
network-common-why = تذكرها بلاغات كثيرة لا صلة بينها، فهي لا تربط أحدًا.
network-listed = ترد في قائمة القيم الشائعة، فهي لا تربط أحدًا: { $list }.
network-save = احفظ هذا العرض
network-view-name = الاسم
network-share-view = يجوز لآخرين بالتصريح نفسه فتحه
network-save-button = احفظ
network-views = العروض المحفوظة
network-shared = مشترَك
network-remove = احذف
network-remove-view = هل تحذف العرض «{ $name }»؟
network-export = استخراج
network-kind-phone = هاتف
network-kind-email = بريد إلكتروني
network-kind-url = عنوان ويب
network-kind-domain = موقع
network-kind-iban = حساب مصرفي
network-kind-handle = حساب
network-kind-handle-of = { $name }
network-kind-crypto-of = محفظة: { $name }
network-kind-report = بلاغ
network-kind-campaign = حملة
network-tie-names = يذكر
network-tie-member-of = ينتمي إلى
network-tie-part-of = جزء من
network-tie-pays-to = يدفع إلى
network-report-job-ad = عرض عمل
network-report-chat = محادثة
network-report-scam-report = بلاغ عن احتيال
network-report-testimony = شهادة
network-report-news = خبر
network-report-advisory = تحذير رسمي
done-network-marked = عُلِّم خاطئًا: خرج الرابط من الشبكة.
done-network-unmarked = سُحبت العلامة.
done-network-saved = حُفظ العرض.
done-network-removed = حُذف العرض.
