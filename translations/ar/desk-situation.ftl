# الصفحة الأولى: ما تغيّر هذا الأسبوع، والخريطة، والمنحنيات.
situation-as-of = ما كان معروفًا في { $day }
situation-day = ما كان معروفًا في
situation-show = عرض
situation-today = العودة إلى اليوم
situation-nothing = لا شيء معروف بعد
situation-nothing-hint = أضف حوادث أو بلاغات، فتُظهر هذه الصفحة أين وصل الاتجاه وما الجديد.
situation-tile-open = { $count ->
    [one] إنذار مفتوح
    [two] إنذاران مفتوحان
    [few] إنذارات مفتوحة
   *[other] إنذارًا مفتوحًا
}
situation-tile-hubs = { $count ->
    [one] بلد فيه مراكز
    [two] بلدان فيهما مراكز
    [few] بلدان فيها مراكز
   *[other] بلدًا فيه مراكز
}
situation-tile-origins = { $count ->
    [one] بلد منشأ
    [two] بلدا منشأ
    [few] بلدان منشأ
   *[other] بلد منشأ
}
situation-tile-people = أشخاص أُبلغ عن احتجازهم، حدًّا أدنى وأعلى
situation-tile-reports = { $count ->
    [one] بلاغ وارد
    [two] بلاغان واردان
    [few] بلاغات واردة
   *[other] بلاغًا واردًا
}
situation-new = الجديد: { $count }
situation-week = ما تغيّر منذ { $day }
situation-quiet = لم يُعرف شيء جديد في هذه الأيام السبعة.
situation-quiet-last = آخر خبر يعود إلى { $day }.
situation-quiet-show = عرض الأسبوع الذي قبله
situation-new-hubs = بلدان جديدة فيها مراكز
situation-new-origins = بلدان منشأ جديدة
situation-incidents = { $count ->
    [one] بلاغ واحد
    [two] بلاغان
    [few] { $count } بلاغات
   *[other] { $count } بلاغًا
}
situation-alarms-more = { $count ->
    [one] وإنذار آخر
    [two] وإنذاران آخران
    [few] و{ $count } إنذارات أخرى
   *[other] و{ $count } إنذارًا آخر
}
situation-events-more = { $count ->
    [one] وحدث آخر
    [two] وحدثان آخران
    [few] و{ $count } أحداث أخرى
   *[other] و{ $count } حدثًا آخر
}
situation-place = {"\u200F"}{ $place }، { $country }
situation-open = الإنذارات المفتوحة
situation-open-none = لا يوجد إنذار مفتوح.
situation-open-all = { $count ->
    [one] إنذار مفتوح واحد
    [two] الإنذاران المفتوحان
   *[other] كل الإنذارات المفتوحة ({ $count })
}
situation-one-source = مصدر واحد، غير مؤكد
situation-evidence = الأدلة
situation-alarm-hub = بلد جديد فيه مراكز: { $subject }
situation-alarm-place = مكان جديد: { $subject }
situation-alarm-origin = بلد منشأ جديد: { $subject }
situation-alarm-route = مسار جديد: { $subject }
situation-alarm-region = منطقة جديدة فيها مراكز: { $subject }
situation-alarm-acceleration = ازدياد حادّ في البلاغات: { $subject }
situation-alarm-displacement = انتقال: { $subject }
situation-route = من { $from } إلى { $to }
situation-kind-hub = مركز
situation-kind-place = مكان
situation-kind-origin = منشأ
situation-kind-route = مسار
situation-kind-region = منطقة
situation-kind-acceleration = ازدياد
situation-kind-displacement = انتقال
situation-chance-years = { $count ->
    [one] المصادفة وحدها تُطلق مثل هذا الإنذار نحو مرة كل سنة
    [two] المصادفة وحدها تُطلق مثل هذا الإنذار نحو مرة كل سنتين
    [few] المصادفة وحدها تُطلق مثل هذا الإنذار نحو مرة كل { $count } سنوات
   *[other] المصادفة وحدها تُطلق مثل هذا الإنذار نحو مرة كل { $count } سنة
}
situation-chance-years-bound = { $count ->
    [one] المصادفة وحدها تُطلق مثل هذا الإنذار أقل من مرة كل سنة
    [two] المصادفة وحدها تُطلق مثل هذا الإنذار أقل من مرة كل سنتين
    [few] المصادفة وحدها تُطلق مثل هذا الإنذار أقل من مرة كل { $count } سنوات
   *[other] المصادفة وحدها تُطلق مثل هذا الإنذار أقل من مرة كل { $count } سنة
}
situation-chance-months = { $count ->
    [one] المصادفة وحدها تُطلق مثل هذا الإنذار نحو مرة كل شهر
    [two] المصادفة وحدها تُطلق مثل هذا الإنذار نحو مرة كل شهرين
    [few] المصادفة وحدها تُطلق مثل هذا الإنذار نحو مرة كل { $count } أشهر
   *[other] المصادفة وحدها تُطلق مثل هذا الإنذار نحو مرة كل { $count } شهرًا
}
situation-chance-months-bound = { $count ->
    [one] المصادفة وحدها تُطلق مثل هذا الإنذار أقل من مرة كل شهر
    [two] المصادفة وحدها تُطلق مثل هذا الإنذار أقل من مرة كل شهرين
    [few] المصادفة وحدها تُطلق مثل هذا الإنذار أقل من مرة كل { $count } أشهر
   *[other] المصادفة وحدها تُطلق مثل هذا الإنذار أقل من مرة كل { $count } شهرًا
}
situation-notice-orange = صدرت نشرة برتقالية
situation-notice-purple = صدرت نشرة بنفسجية
situation-map = أين توجد المراكز ومن أين يأتي الناس
situation-hub-reported = مراكز مُبلغ عنها
situation-hub-confirmed = مراكز أكدتها ثلاثة مصادر
situation-origin = يأتي أشخاص من هنا
situation-hubs = بلدان فيها مراكز
situation-origins = بلدان المنشأ
situation-month = الشهر
situation-play = تشغيل الأشهر
situation-pause = إيقاف
situation-zoom-in = تكبير
situation-zoom-out = تصغير
situation-reset = العالم كله
situation-boundaries = الحدود كما ترسمها Natural Earth، دون اتخاذ موقف من وضعها.
situation-table = البيانات نفسها في جدول
situation-country = البلد
situation-known-since = معروف منذ
situation-confirmed-since = مؤكد منذ
situation-routes = المسارات الأكثر أحداثًا
situation-from = من
situation-to = إلى
situation-events = الأحداث
situation-curve-countries = البلدان عبر الزمن
situation-curve-people = أشخاص أُبلغ عن احتجازهم
situation-people-note = أدنى عدد وأعلى عدد تسنده المصادر: فالبلاغات تتداخل وتتناقض. وليس هذا تعدادًا.
situation-quarters = حسب الفصل، كما كان معروفًا في نهايته
situation-growing = حملات تتوسع
situation-growing-told = عروض آخر 30 يومًا: { $recent }، والمجموع: { $members }
