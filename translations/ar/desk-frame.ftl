# What stands around every page of the desk.
skip = انتقل إلى المحتوى
menu = القائمة
menu-all = كل الصفحات
menu-more = المزيد
tab-situation = الوضع
tab-alarms = الإنذارات
tab-reports = البلاغات
tab-campaigns = الحملات
tab-network = الشبكة
tab-incidents = الحوادث
tab-notices = النشرات
tab-received = الواردة
tab-exchange = التبادل
tab-sources = المصادر
tab-members = الأعضاء
tab-rules = القواعد
tab-users = المستخدمون
tab-audit = سجل التدقيق
tab-account = حسابك
tab-language = اللغة
tab-check = تحقَّق من عرض عمل
user-local = هذا الجهاز
sign-out = تسجيل الخروج
theme = المظهر
theme-auto = مثل النظام
theme-light = فاتح
theme-dark = داكن
independent = ‏Forewarn مستقل، وليس جزءًا من الإنتربول ولا من أي جهاز؛ وألوان النشرات تتبع العُرف المعلن.
found-count = { $count ->
    [zero] لا نتائج
    [one] نتيجة واحدة
    [two] نتيجتان
    [few] { $count } نتائج
    [many] { $count } نتيجة
   *[other] { $count } نتيجة
}
page-next = التالي
page-previous = السابق
# The mark of direction first: all that follows stands in isolates, so that nothing else says which way it runs.
day-in-words = {"\u200F"}{ $day } { $month } { $year }
month-1 = كانون الثاني/يناير
month-2 = شباط/فبراير
month-3 = آذار/مارس
month-4 = نيسان/أبريل
month-5 = أيار/مايو
month-6 = حزيران/يونيو
month-7 = تموز/يوليو
month-8 = آب/أغسطس
month-9 = أيلول/سبتمبر
month-10 = تشرين الأول/أكتوبر
month-11 = تشرين الثاني/نوفمبر
month-12 = كانون الأول/ديسمبر
