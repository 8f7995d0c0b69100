# Incidents: dated facts, their sources, and claims from texts.
incident-lead = وقائع مؤرخة عن الظاهرة، لكل منها مصدره وتقديره.
incident-one = حادث
incident-new = أضف حادثًا
incident-new-lead = واقعة واحدة من مصدر واحد. وما يُترك فارغًا يبقى مفتوحًا.
incident-import = استورد جدولًا
incident-import-lead = جدول CSV بأي شكل، أو حزمة STIX 2.1. لا يُحفظ شيء قبل تأكيدك.
incident-waiting = { $count ->
    [zero] لا ادعاءات تنتظر.
    [one] ادعاء واحد من نصوص ينتظر محللًا.
    [two] ادعاءان من نصوص ينتظران محللًا.
    [few] { $count } ادعاءات من نصوص تنتظر محللًا.
    [many] { $count } ادعاءً من نصوص ينتظر محللًا.
   *[other] { $count } ادعاء من نصوص ينتظر محللًا.
}
incident-look-at-claims = انظر فيها
incident-search = كلمات من الملخص أو المكان أو المصدر أو العنوان
incident-any = الكل
incident-country = البلد
incident-from = معروف من
incident-until = معروف حتى
incident-only-coercion = ما ذُكر فيه الإكراه فقط
incident-with-retracted = المسحوبة أيضًا
incident-show = اعرض
incident-pages = الصفحات
incident-none = لا حوادث بعد
incident-none-hint = استورد جدولًا، أو أضف حادثًا بالنموذج، أو أكّد ادعاءات من نصوص.
incident-none-here = لا شيء يطابق
incident-none-here-hint = أزل أحد المرشحات.
incident-known = معروف منذ
incident-happened = وقع في
incident-kind = النوع
incident-kind-hub-report = إبلاغ عن مركز
incident-kind-victims-reported = إبلاغ عن ضحايا
incident-kind-victims-rescued = إنقاذ ضحايا
incident-kind-raid = مداهمة أو توقيفات
incident-kind-ad-campaign = إعلانات تجنيد
incident-kind-advisory = تحذير رسمي
incident-kind-notice = نشرة شرطية
incident-kind-sanction = عقوبة
incident-kind-statistic = إحصاء رسمي
incident-variant = الظاهرة
incident-variant-scam-centre = مراكز بعمال مُكرهين
incident-variant-fraud-no-coercion = مراكز احتيال بلا إكراه
incident-variant-recruitment-pyramid = هرم تجنيد
incident-variant-local-cartel = تجنيد قسري من كارتل
incident-variant-virtual-kidnap = اختطاف افتراضي
incident-variant-ransom-only = احتجاز لأجل الفدية فقط
incident-role = كيف يسمي المصدر الأشخاص
incident-role-victim = ضحايا
incident-role-suspect = مشتبه بهم
incident-role-mixed = من الفئتين
incident-role-unclear = غير محدد
incident-basis = يستند التاريخ إلى
incident-basis-event = الحدث
incident-basis-publication = النشر
incident-basis-inferred = النص استنتاجًا
incident-hub = المركز
incident-place = المكان
incident-origin = أشخاص من
incident-people = الأشخاص
incident-summary = الملخص
incident-summary-hint = بكلماتك. بلا أسماء ضحايا.
incident-source = المصدر
incident-publisher = الناشر
incident-address = عنوان المصدر
incident-coercion = إكراه
incident-coercion-stated = يذكر المصدر إكراهًا أو احتجازًا
incident-grading = التقدير
incident-event = الحدث
incident-event-hint = تشترك مصادر الحدث الواحد في اسمه. فارغ: يُصاغ من الوقائع.
incident-id = المعرّف
incident-date-hint = يوم أو شهر أو سنة: 2023-06-07 أو 2023-06 أو 2023.
incident-known-hint = متى أصبح علنيًا. فارغ: التاريخ نفسه.
incident-add = أضف
incident-cancel = ألغِ
incident-same-event = مصادر أخرى عن الحدث نفسه
incident-retract = اسحب
incident-retract-hint = ما كان معروفًا قبل ذلك اليوم يبقى معروفًا وفق تاريخه.
incident-wrong-since = عُرف خطؤه منذ
incident-reason = السبب
incident-retracted-from = مسحوب منذ { $day }
incident-history = القرارات
incident-reliability = موثوقية المصدر
incident-reliability-a = موثوق تمامًا
incident-reliability-b = موثوق عادةً
incident-reliability-c = موثوق إلى حد ما
incident-reliability-d = غير موثوق عادةً
incident-reliability-e = غير موثوق
incident-reliability-f = لا يمكن الحكم على موثوقيته
incident-credibility = مصداقية الواقعة
incident-credibility-1 = مؤكد من غيره
incident-credibility-2 = صحيح على الأرجح
incident-credibility-3 = ربما صحيح
incident-credibility-4 = مشكوك فيه
incident-credibility-5 = غير محتمل
incident-credibility-6 = لا يمكن الحكم على صحته
incident-file = الملف
incident-file-hint = 8 ميغابايت على الأكثر. للجداول الأكبر: forewarn incidents import.
incident-preview = معاينة
incident-fresh = جديدة
incident-there = موجودة من قبل
incident-refused = صفوف مرفوضة
incident-mapping = معنى كل عمود
incident-mapping-hint = اختر عمودًا من الجدول أو اكتب ما يصح لكل الصفوف.
incident-ours = الحقل
incident-theirs = العمود
incident-always = نفسه في كل صف
incident-required = مطلوب
incident-remap = عاين بهذه الأعمدة
incident-column-event-id = الحدث
incident-column-date = التاريخ
incident-column-date-basis = أساس التاريخ
incident-column-known-from = معروف منذ
incident-column-kind = النوع
incident-column-hub-country-iso2 = بلد المركز
incident-column-place = المكان
incident-column-origin-country-iso2 = بلد المنشأ
incident-column-count = الأشخاص
incident-column-coercion-stated = ذُكر إكراه (y أو n)
incident-column-variant = الظاهرة
incident-column-person-role = تسمية الأشخاص
incident-column-source-url = عنوان المصدر
incident-column-publisher = الناشر
incident-column-summary = الملخص
incident-column-grading = التقدير (A1 إلى F6)
incident-column-retracted-on = سُحب في
incident-first-rows = الصفوف الأولى كما ستُفهم
incident-problems = { $count ->
    [zero] لا صفوف مرفوضة
    [one] صف واحد مرفوض؛ أول المشكلات
    [two] صفان مرفوضان؛ أول المشكلات
    [few] { $count } صفوف مرفوضة؛ أول المشكلات
    [many] { $count } صفًا مرفوضًا؛ أول المشكلات
   *[other] { $count } صف مرفوض؛ أول المشكلات
}
incident-line = السطر
incident-what = الخطأ
incident-remedy = ما العمل
incident-take-in = { $count ->
    [zero] لا شيء للاستيراد
    [one] استورد حادثًا واحدًا
    [two] استورد حادثين
    [few] استورد { $count } حوادث
    [many] استورد { $count } حادثًا
   *[other] استورد { $count } حادث
}
incident-other-file = ملف آخر
incident-claims = ادعاءات من نصوص
incident-claims-lead = ما يبدو أن النصوص تقوله. لا يصبح شيء حادثًا قبل أن يؤكده محلل.
incident-claims-waiting = تنتظر
incident-claims-all = الكل
incident-claims-none = لا ادعاء ينتظر
incident-claims-none-hint = تُقرأ الأخبار والتحذيرات الواردة بحثًا عن ادعاءات حول المراكز وبلدان المنشأ والأعداد.
incident-claims-hub = مراكز احتيال في { $place }
incident-claims-origin = أشخاص من { $place }
incident-claims-people = عدد الأشخاص: { $number }
incident-claims-hubs = بلدان مراكز أخرى: { $number }
incident-claims-notice = صدرت نشرة: { $colour }
incident-claim-confirmed = مؤكد
incident-claim-rejected = مرفوض
incident-hedged = بتحفظ
incident-the-report = النص كاملًا
incident-confirm = أكِّد
incident-reject = ارفض
done-incident-added = أُضيف الحادث.
done-incident-known = هذا الحادث موجود من قبل.
done-incident-imported = استُورد الجدول.
done-incident-retracted = سُحب الحادث.
done-incident-confirmed = أُكِّد الادعاء.
done-incident-rejected = رُفض الادعاء.
incident-title = { $what }، { $when }
incident-title-at = { $what }: { $where }، { $when }
incident-counts-from = يُحتسب من نهاية { $day }
