# التبادل مع الآخرين.
exchange-lead = ما يذهب إلى الشركاء وما يأتي منهم وما يشترك فيه الطرفان.
exchange-for-partners = تجلب عقدتكم الكائنات وتودعها وتحمل رسائل المطابقة الخاصة في هذه العناوين.
exchange-collections = المجموعات (TAXII 2.1)
exchange-talk = طلبات التحدث
exchange-talk-empty = لا توجد مطابقة تنتظر حديثًا.
exchange-talk-hint = كل مطابقة طلب للتحدث مع الضابط في الجهة الأخرى. لم يُعرض على أي طرف شيء غير ذلك.
exchange-outcome = نتيجة الحديث
exchange-talked = تسجيل الحديث
exchange-partners = الشركاء
exchange-partners-empty = لا يوجد شريك بعد.
exchange-partner = الشريك
exchange-waiting = في الانتظار
exchange-for-it = له
exchange-from-it = منه
exchange-held = محتجز
exchange-last = آخر محاولة
exchange-match = المطابقة الخاصة
exchange-match-hint = معرفة القيم المشتركة بين قائمة الشريك وقائمتنا، ولا شيء غيرها. أرقام الهاتف يمكن تخمينها: الحدود وسجل التدقيق يقيدان التخمين.
exchange-match-empty = يلزم وجود مجموعة قيم لدينا واتفاق مع شريك.
exchange-ask = سؤال شريك
exchange-set = مجموعة القيم
exchange-about = الموضوع
exchange-ask-file = إنشاء السؤال كملف
exchange-take = استلام رسالة
exchange-file = الملف
exchange-take-hint = سؤال أو جواب أو ختام حُمل باليد. وما يعود يأتي كملف.
exchange-take-file = استلام
exchange-agreements = الاتفاقات
exchange-our-set = مجموعتنا
exchange-learns = من يعلم
exchange-limits = الحدود
exchange-not-in-force = غير سارٍ
exchange-sets = مجموعات القيم
exchange-values = القيم
exchange-officer = الضابط
exchange-made = التاريخ
exchange-matches = المطابقات
exchange-state = الحالة
exchange-hits = النتائج
exchange-we-asked = نحن سألنا
exchange-they-asked = هم سألوا
exchange-statistics = الإحصاءات
exchange-statistics-hint = الجداول المشوشة يمكن نشرها. كلفتها من الخصوصية تتراكم وتنتهي عند الميزانية.
exchange-who = من
exchange-what = ماذا
exchange-cost = ε
exchange-may-not-ask = لا يجوز له السؤال
exchange-learns-requester = الجهة السائلة
exchange-learns-both = الطرفان
exchange-purpose-values = القيم
exchange-purpose-cases = أعداد كل قضية
exchange-state-asked = سُئل
exchange-state-answered = أُجيب
exchange-state-finished = انتهى
exchange-budget = أُنفق { $spent } من ε { $budget }
exchange-limit = { $questions ->
    [zero] لا أسئلة، { $values } قيمة في اليوم
    [one] سؤال واحد، { $values } قيمة في اليوم
    [two] سؤالان، { $values } قيمة في اليوم
    [few] { $questions } أسئلة، { $values } قيمة في اليوم
    [many] { $questions } سؤالًا، { $values } قيمة في اليوم
   *[other] { $questions } سؤال، { $values } قيمة في اليوم
}
exchange-in-common = { $count ->
    [zero] لا قيم مشتركة
    [one] قيمة مشتركة واحدة
    [two] قيمتان مشتركتان
    [few] { $count } قيم مشتركة
    [many] { $count } قيمة مشتركة
   *[other] { $count } قيمة مشتركة
}
done-exchange-talked = سُجل الحديث.
done-exchange-taken = استُلمت الرسالة.
