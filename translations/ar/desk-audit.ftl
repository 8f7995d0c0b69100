# سجل التدقيق.
audit-lead = من غيّر ماذا ومن رأى ومن بحث ومن أخرج. تُضاف القيود ولا تُحذف، وكل قيد مربوط بما قبله.
audit-verify = التحقق من السلسلة
audit-holds = { $count ->
   *[other] السلسلة سليمة. عدد القيود: { $count }.
}
audit-broken = السلسلة مكسورة عند القيد { $number }: غُيّر شيء هناك أو حُذف. احفظ الملف كما هو وقارنه بنسخة احتياطية وأبلغ المسؤولين.
audit-actor = من
audit-action = ما فُعل
audit-subject = على ماذا
audit-detail = تفاصيل
audit-from = من يوم
audit-to = إلى يوم
audit-text = كلمات
audit-number = الرقم
audit-at = متى (UTC)
audit-older = الأقدم
audit-empty = لا نتائج
