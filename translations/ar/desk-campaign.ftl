# الحملات: القائمة وصفحة الحملة.
campaign-lead = عروض كُتبت من قالب واحد. كل الأعداد تخص ما يمكنك رؤيته.
campaign-none = لا حملات
campaign-none-here = هناك حملات في بلد آخر أو لغة أخرى.
campaign-none-hint = تُكتشف الحملات عند إدخال عروض كُتبت بصورة متشابهة.
campaign-caption = الحملات
campaign-template = القالب
campaign-column-size = الأعضاء
campaign-column-growth = النمو
campaign-column-suspicion = الاشتباه
campaign-column-newest = آخر ظهور
campaign-recent = { $count } في 30 يومًا
campaign-since = منذ { $day }
campaign-no-template = لم يُستخرج القالب بعد.
campaign-members = { $count ->
    [one] حملة من تقرير واحد
    [two] حملة من تقريرين
    [few] حملة من { $count } تقارير
    [many] حملة من { $count } تقريرًا
   *[other] حملة من { $count } تقرير
}
campaign-growth = وصل { $recent } في آخر 30 يومًا، و{ $before } في الثلاثين قبلها.
campaign-life = من { $first } إلى { $last }.
campaign-suspicion = أعلى درجة لعضو: { $chance }
campaign-draft = صياغة نشرة بنفسجية
campaign-all-members = كل الأعضاء
campaign-template-hint = الكلمات المشتركة، وبلونٍ ما يتغير. أشر إلى خانة لترى قيمها أو افتح الجدول.
campaign-slots = ما يتغير
campaign-slot = الخانة
campaign-values = القيم
campaign-further = { $count ->
    [one] وواحدة أخرى
    [two] واثنتان أخريان
    [few] و{ $count } أخرى
    [many] و{ $count } أخرى
   *[other] و{ $count } أخرى
}
campaign-slot-empty = { $count ->
    [one] لا شيء في واحد
    [two] لا شيء في اثنين
    [few] لا شيء في { $count }
    [many] لا شيء في { $count }
   *[other] لا شيء في { $count }
}
campaign-weeks = الأعضاء بحسب الأسبوع
campaign-most = { $count } في الأسبوع على الأكثر
campaign-table = الجدول
campaign-week = الأسبوع من
campaign-countries = البلدان المذكورة
campaign-languages = اللغات
campaign-signs = علامات التحذير
campaign-counted = ما يذكره الأعضاء محسوب في أحدث { $count } منهم.
campaign-first-members = أول الأعضاء
campaign-choose = لا ينتمي
campaign-split-why = لماذا لا تنتمي
campaign-split-hint = تصبح الأعضاء المختارة حملة مستقلة. ويمكن التراجع عن ذلك.
campaign-split-do = فصل
campaign-history = السجل
campaign-unmerge = هذا الدمج خاطئ
campaign-unmerge-do = التراجع عن الدمج
campaign-merged = تبيّن أن { $one } هي { $other }.
campaign-merged-wrong = دُمجت { $one } و{ $other } خطأً، وهما منفصلتان.
campaign-split-off = فُصل { $report } عن { $one } إلى { $other }.
campaign-came-back = عاد { $report } من { $other } إلى { $one }.
campaign-slot-phone = هاتف
campaign-slot-handle = حساب
campaign-slot-email = بريد
campaign-slot-url = عنوان
campaign-slot-account = حساب مالي
campaign-slot-place = مكان
campaign-slot-salary = أجر
campaign-slot-date = تاريخ
campaign-slot-number = رقم
campaign-slot-name = اسم
campaign-slot-text = كلمات
done-campaign-split = فُصلت الأعضاء.
done-campaign-unmerged = تم التراجع عن الدمج.
