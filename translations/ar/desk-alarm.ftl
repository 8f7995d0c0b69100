# Alarms: what the watch raised, and what people made of it.
alarm-lead = ما أطلقه الرصد وفق ما كان معروفًا في { $day }.
alarm-states = الحالات
alarm-state-open = مفتوحة
alarm-state-watching = تحت المراقبة
alarm-state-noticed = في نشرة
alarm-state-merged = مدمجة
alarm-state-dismissed = مستبعدة
alarm-state-all = الكل
alarm-kind = النوع
alarm-kind-hub = مركز جديد
alarm-kind-place = مكان جديد
alarm-kind-origin = بلد منشأ جديد
alarm-kind-route = مسار جديد
alarm-kind-region = إقليم جديد
alarm-kind-acceleration = تسارع
alarm-kind-displacement = انتقال
alarm-country = البلد
alarm-any = الكل
alarm-as-of = وفق ما كان معروفًا في
alarm-sort = الترتيب
alarm-sort-urgency = الأشد إلحاحًا أولًا
alarm-sort-day = الأحدث أولًا
alarm-sort-rarity = الأندر مصادفةً أولًا
alarm-show = اعرض
alarm-pages = الصفحات
alarm-none = لا إنذارات بعد
alarm-none-hint = تنشأ الإنذارات من الحوادث. استورد بعضها أو أضفها ليقول الرصد ما الجديد.
alarm-none-here = لا شيء هنا
alarm-none-here-hint = توجد إنذارات في حالة أخرى أو بلد آخر أو يوم آخر.
alarm-headline-hub = مركز جديد: { $country }
alarm-headline-place = مكان جديد: { $place }، { $country }
alarm-headline-origin = بلد منشأ جديد: { $country }
alarm-headline-route = مسار جديد: من { $from } إلى { $to }
alarm-headline-region = إقليم جديد للمراكز: { $region }
alarm-headline-growth-hub = بلاغات تتزايد أسرع: مركز { $country }
alarm-headline-growth-origin = بلاغات تتزايد أسرع: أشخاص من { $country }
alarm-headline-growth-route = بلاغات تتزايد أسرع: من { $from } إلى { $to }
alarm-headline-growth-place = بلاغات تتزايد أسرع: { $place }، { $country }
alarm-headline-growth-region = بلاغات تتزايد أسرع: { $region }
alarm-headline-displacement = انتقال: مداهمات في { $from } ونمو في { $to }
alarm-events = { $count ->
    [zero] لا أحداث
    [one] حدث واحد
    [two] حدثان
    [few] { $count } أحداث
    [many] { $count } حدثًا
   *[other] { $count } حدث
}
alarm-sources = { $count ->
    [zero] لا مصادر
    [one] مصدر مستقل واحد
    [two] مصدران مستقلان
    [few] { $count } مصادر مستقلة
    [many] { $count } مصدرًا مستقلًا
   *[other] { $count } مصدر مستقل
}
alarm-behind = { $events }، { $sources }.
alarm-chance-years = { $count ->
    [zero] مصادفةً كل سنة.
    [one] مصادفةً نحو مرة في سنة.
    [two] مصادفةً نحو مرة في سنتين.
    [few] مصادفةً نحو مرة في { $count } سنوات.
    [many] مصادفةً نحو مرة في { $count } سنة.
   *[other] مصادفةً نحو مرة في { $count } سنة.
}
alarm-chance-years-bound = { $count ->
    [zero] مصادفةً أقل من مرة في سنة.
    [one] مصادفةً أقل من مرة في سنة.
    [two] مصادفةً أقل من مرة في سنتين.
    [few] مصادفةً أقل من مرة في { $count } سنوات.
    [many] مصادفةً أقل من مرة في { $count } سنة.
   *[other] مصادفةً أقل من مرة في { $count } سنة.
}
alarm-chance-months = { $count ->
    [zero] مصادفةً كل شهر.
    [one] مصادفةً نحو مرة في شهر.
    [two] مصادفةً نحو مرة في شهرين.
    [few] مصادفةً نحو مرة في { $count } أشهر.
    [many] مصادفةً نحو مرة في { $count } شهرًا.
   *[other] مصادفةً نحو مرة في { $count } شهر.
}
alarm-chance-months-bound = { $count ->
    [zero] مصادفةً أقل من مرة في شهر.
    [one] مصادفةً أقل من مرة في شهر.
    [two] مصادفةً أقل من مرة في شهرين.
    [few] مصادفةً أقل من مرة في { $count } أشهر.
    [many] مصادفةً أقل من مرة في { $count } شهرًا.
   *[other] مصادفةً أقل من مرة في { $count } شهر.
}
alarm-soundings = { $count ->
    [zero] لم يُطلق.
    [one] أُطلق مرة.
    [two] أُطلق مرتين.
    [few] أُطلق { $count } مرات.
    [many] أُطلق { $count } مرة.
   *[other] أُطلق { $count } مرة.
}
alarm-incidents = { $count ->
    [zero] لا حوادث وراء هذا الإنذار
    [one] حادث واحد وراء هذا الإنذار
    [two] حادثان وراء هذا الإنذار
    [few] { $count } حوادث وراء هذا الإنذار
    [many] { $count } حادثًا وراء هذا الإنذار
   *[other] { $count } حادث وراء هذا الإنذار
}
alarm-draft = صُغ نشرة
alarm-past = وفق ما كان معروفًا في { $day } دون ما عُرف لاحقًا.
alarm-today = وفق ما هو معروف اليوم
alarm-merged-into = يرويه هذا الإنذار:
alarm-merged-here = أُدمجت في هذا الإنذار
alarm-same-subject = إنذارات أخرى عن الموضوع نفسه
alarm-why = لماذا أُطلق
alarm-raised = أُطلق في
alarm-first-known = عُرف أول مرة في
alarm-rests-on = يستند إلى
alarm-chance = المصادفة
alarm-score = الإلحاح
alarm-score-hint = يُرتِّب القائمة: كلما كان الإنذار أندر وأحدث وأوفر سندًا ارتفعت القيمة. وليست لها وحدة قياس.
alarm-earlier = أُطلق من قبل
alarm-single = مصدر واحد، غير مؤكد
alarm-one-source = يستند إلى مصدر واحد ولم يتأكد.
alarm-decide = القرار
alarm-reason = السبب
alarm-watch = راقب
alarm-watch-hint = يبقى تحت النظر حتى قرار آخر.
alarm-merge = ادمج
alarm-merge-hint = إنذار آخر يروي الشيء نفسه؛ فيخرج هذا من قائمة الإنذارات المفتوحة.
alarm-into = في
alarm-dismiss = استبعد
alarm-dismiss-hint = لا داعي للتحرك. وإن أُطلق لاحقًا عاد مفتوحًا.
alarm-reopen = افتح من جديد
alarm-history = القرارات
alarm-decided-dismissed = استُبعد
alarm-decided-merged = أُدمج
alarm-decided-watching = وُضع تحت المراقبة
alarm-decided-open = فُتح من جديد
done-alarm-dismissed = استُبعد الإنذار.
done-alarm-watched = الإنذار تحت المراقبة.
done-alarm-merged = أُدمج الإنذار.
done-alarm-reopened = فُتح الإنذار من جديد.
alarm-region-002 = أفريقيا
alarm-region-019 = الأمريكتان
alarm-region-142 = آسيا
alarm-region-150 = أوروبا
alarm-region-009 = أوقيانوسيا
alarm-region-010 = أنتاركتيكا
alarm-region-015 = شمال أفريقيا
alarm-region-011 = غرب أفريقيا
alarm-region-017 = وسط أفريقيا
alarm-region-014 = شرق أفريقيا
alarm-region-018 = الجنوب الأفريقي
alarm-region-021 = أمريكا الشمالية
alarm-region-013 = أمريكا الوسطى
alarm-region-029 = منطقة البحر الكاريبي
alarm-region-005 = أمريكا الجنوبية
alarm-region-143 = آسيا الوسطى
alarm-region-030 = شرق آسيا
alarm-region-035 = جنوب شرق آسيا
alarm-region-034 = جنوب آسيا
alarm-region-145 = غرب آسيا
alarm-region-151 = أوروبا الشرقية
alarm-region-154 = شمال أوروبا
alarm-region-039 = جنوب أوروبا
alarm-region-155 = أوروبا الغربية
alarm-region-053 = أستراليا ونيوزيلندا
alarm-region-054 = ميلانيزيا
alarm-region-057 = ميكرونيزيا
alarm-region-061 = بولينيزيا
alarm-vague-day = ما لا يُعرف إلا شهره أو سنته يُحتسب من نهايته: «2024» من 31 ديسمبر 2024. فلا ينطلق إنذار قبل أوانه.
