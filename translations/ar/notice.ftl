# رسائل النشرات، العربية. الرسائل نفسها والوقائع نفسها كما في الفهرس الإنجليزي الذي يشرح صيغ الوقائع،
# ويتحقق اختبار من ذلك.

## الأنواع والحالات

kind-orange = نشرة برتقالية
kind-orange-meaning = تحذير من حدث أو شخص أو شيء أو أسلوب يشكّل تهديدًا خطيرًا ووشيكًا للسلامة العامة.
kind-purple = نشرة بنفسجية
kind-purple-meaning = تصف كيفية ارتكاب الجريمة: الأسلوب والأشياء والأجهزة ووسائل الإخفاء.

state-draft = مسودة لم تصدر
state-in_review = قيد المراجعة ولم تصدر
state-approved = معتمدة ولم تصدر بعد
state-issued = صادرة
state-superseded = حلّت محلها نشرة أخرى
state-withdrawn = مسحوبة
state-expired = منتهية الصلاحية

## العناوين الفرعية

section-threat = التهديد
section-modus_operandi = أسلوب العمل
section-hubs = أماكن المراكز
section-origins = البلدان التي يأتي منها الأشخاص
section-routes = المسارات
section-period = الفترة
section-scale = الحجم
section-signs = علامات التحذير في العروض
section-actions = الإجراءات الموصى بها

## العناوين

headline-hub = الإبلاغ عن مراكز احتيال يُكرَه فيها أشخاص على العمل { $country-in }
headline-place = الإبلاغ عن مركز احتيال يُكرَه فيه أشخاص على العمل في { $place }، { $country-bare }
headline-origin = احتجاز أشخاص { $country-from } في مراكز احتيال
headline-route = مسار جديد إلى مراكز الاحتيال: { $route }
headline-region = الإبلاغ عن مراكز احتيال يُكرَه فيها أشخاص على العمل في منطقة جديدة: { $region }
headline-acceleration = تزايد البلاغات عن مراكز احتيال يُكرَه فيها أشخاص على العمل: { $subject-bare }
headline-displacement = انتقال مراكز احتيال من مكان إلى آخر: { $subject-bare }
headline-campaign = كيف يُستدرج أشخاص إلى مراكز احتيال عبر { $reports ->
        [zero] لا إعلانات
        [one] إعلان وظيفة واحد
        [two] إعلاني وظيفة
        [few] { $reports } إعلانات وظائف
        [many] { $reports } إعلانَ وظيفة
       *[other] { $reports } إعلان وظيفة
    } من نموذج واحد

## التهديد

threat-events = وردت تقارير عن { $events ->
        [zero] لا أحداث
        [one] حدث واحد
        [two] حدثين
        [few] { $events } أحداث
        [many] { $events } حدثًا
       *[other] { $events } حدث
    } من { $publishers ->
        [zero] لا مصادر
        [one] مصدر واحد
        [two] مصدرين
        [few] { $publishers } مصادر
        [many] { $publishers } مصدرًا
       *[other] { $publishers } مصدر
    } حتى { $known }: احتُجز أشخاص أو أُكرهوا على العمل في مراكز احتيال { $hubs-in }.
threat-events-any = وردت تقارير عن { $events ->
        [zero] لا أحداث
        [one] حدث واحد
        [two] حدثين
        [few] { $events } أحداث
        [many] { $events } حدثًا
       *[other] { $events } حدث
    } من { $publishers ->
        [zero] لا مصادر
        [one] مصدر واحد
        [two] مصدرين
        [few] { $publishers } مصادر
        [many] { $publishers } مصدرًا
       *[other] { $publishers } مصدر
    } حتى { $known }: احتُجز أشخاص أو أُكرهوا على العمل في مراكز احتيال.
threat-alarm = صدر الإنذار الذي تستند إليه هذه النشرة في { $raised } بناءً على ما أورده { $sources ->
        [zero] لا مصادر
        [one] مصدر واحد
        [two] مصدران مستقلان
        [few] { $sources } مصادر مستقلة
        [many] { $sources } مصدرًا مستقلًا
       *[other] { $sources } مصدر مستقل
    }.
threat-rarity = لو لم يستجدّ أي أمر، لكان من المتوقع صدور إنذار بهذه القوة مرة واحدة تقريبًا كل { $days ->
        [zero] 0 يوم
        [one] يوم واحد
        [two] يومين
        [few] { $days } أيام
        [many] { $days } يومًا
       *[other] { $days } يوم
    }.
threat-rarity-months = لو لم يستجدّ أي أمر، لكان من المتوقع صدور إنذار بهذه القوة مرة واحدة تقريبًا كل { $months ->
        [zero] شهر
        [one] شهر
        [two] شهرين
        [few] { $months } أشهر
        [many] { $months } شهرًا
       *[other] { $months } شهر
    }.
threat-rarity-years = لو لم يستجدّ أي أمر، لكان من المتوقع صدور إنذار بهذه القوة مرة واحدة تقريبًا كل { $years ->
        [zero] سنة
        [one] سنة
        [two] سنتين
        [few] { $years } سنوات
        [many] { $years } سنة
       *[other] { $years } سنة
    }.
threat-rarity-months-bound = لو لم يستجدّ أي أمر، لكان من المتوقع صدور إنذار بهذه القوة أقل من مرة واحدة كل { $months ->
        [zero] شهر
        [one] شهر
        [two] شهرين
        [few] { $months } أشهر
        [many] { $months } شهرًا
       *[other] { $months } شهر
    }. والسجل أقصر من أن يقال أكثر من ذلك.
threat-rarity-years-bound = لو لم يستجدّ أي أمر، لكان من المتوقع صدور إنذار بهذه القوة أقل من مرة واحدة كل { $years ->
        [zero] سنة
        [one] سنة
        [two] سنتين
        [few] { $years } سنوات
        [many] { $years } سنة
       *[other] { $years } سنة
    }. والسجل أقصر من أن يقال أكثر من ذلك.
threat-estimate = تقدير حدوث النشاط الموصوف هنا: { $likelihood }.
threat-offers = تقدير أن هذه الإعلانات تستقطب أشخاصًا إلى مراكز احتيال: { $likelihood }.

## أسلوب العمل

mo-coercion = في { $events ->
        [zero] لا أحداث
        [one] حدث واحد
        [two] حدثين
        [few] { $events } أحداث
        [many] { $events } حدثًا
       *[other] { $events } حدث
    } من مجموع { $total } تفيد المصادر بأن العاملين كانوا محتجزين أو مُكرَهين.
mo-coercion-all = عدد الأحداث التي تفيد مصادرها جميعًا بأن العاملين كانوا محتجزين أو مُكرَهين: { $events ->
        [zero] لا أحداث
        [one] حدث واحد
        [two] حدثان
        [few] { $events } أحداث
        [many] { $events } حدثًا
       *[other] { $events } حدث
    }.
mo-roles = في { $events ->
        [zero] لا أحداث
        [one] حدث واحد
        [two] حدثين
        [few] { $events } أحداث
        [many] { $events } حدثًا
       *[other] { $events } حدث
    } يصف أحد المصادر بعض المحتجزين بأنهم مشتبه فيهم؛ وقد يكون من يُعثر عليهم في مراكز الاحتيال ضحايا أُكرهوا على ارتكاب جرائم.
mo-responses = عدد الأحداث التي هي عمليات مداهمة أو إنقاذ: { $events ->
        [zero] لا أحداث
        [one] حدث واحد
        [two] حدثان
        [few] { $events } أحداث
        [many] { $events } حدثًا
       *[other] { $events } حدث
    }.
mo-campaigns = رُصد ما يستقطب الأشخاص إلى هذه المراكز في { $reports ->
        [zero] لا إعلانات
        [one] إعلان وظيفة واحد
        [two] إعلاني وظيفة
        [few] { $reports } إعلانات وظائف
        [many] { $reports } إعلانَ وظيفة
       *[other] { $reports } إعلان وظيفة
    }، على أساس { $campaigns ->
        [zero] لا نماذج
        [one] نموذج مشترك واحد
        [two] نموذجين مشتركين
        [few] { $campaigns } نماذج مشتركة
        [many] { $campaigns } نموذجًا مشتركًا
       *[other] { $campaigns } نموذج مشترك
    }.
mo-groups = تحمل علاماتِ الاستقطاب إلى مراكز الاحتيال { $reports ->
        [zero] لا إعلانات وظائف
        [one] إعلان وظيفة واحد
        [two] إعلانا وظيفة
        [few] { $reports } إعلانات وظائف
        [many] { $reports } إعلانَ وظيفة
       *[other] { $reports } إعلان وظيفة
    } كُتبت على أساس { $campaigns ->
        [zero] لا نماذج
        [one] نموذج مشترك واحد
        [two] نموذجين مشتركين
        [few] { $campaigns } نماذج مشتركة
        [many] { $campaigns } نموذجًا مشتركًا
       *[other] { $campaigns } نموذج مشترك
    }، وتَذكر البلدان التالية: { $countries-bare }. عثر عليها برنامج حاسوبي، ولم يثبت أن لها صلة بالأحداث الموصوفة هنا.
mo-template = كُتب وفق نموذج واحد: { $reports ->
        [zero] لا إعلانات
        [one] إعلان وظيفة واحد
        [two] إعلاني وظيفة
        [few] { $reports } إعلانات وظائف
        [many] { $reports } إعلانَ وظيفة
       *[other] { $reports } إعلان وظيفة
    }.
mo-copies = منها ما ينسخ غيره حرفيًا: { $copies ->
        [zero] لا إعلانات
        [one] إعلان وظيفة واحد
        [two] إعلاني وظيفة
        [few] { $copies } إعلانات وظائف
        [many] { $copies } إعلانَ وظيفة
       *[other] { $copies } إعلان وظيفة
    }.
mo-wording = الصياغة المشتركة بينها: «{ $wording }»
mo-languages = لغات الإعلانات: { $languages }.
mo-channels = وسائل الاتصال الواردة فيها: { $channels }.
mo-destinations = البلدان التي تذكرها: { $countries }. وقد تنتهي الرحلة في مكان آخر.

## أماكن المراكز

hubs-country = { $country-bare }: { $events ->
        [zero] لا أحداث
        [one] حدث واحد
        [two] حدثان
        [few] { $events } أحداث
        [many] { $events } حدثًا
       *[other] { $events } حدث
    } منذ { $since }، بحسب { $publishers ->
        [zero] لا مصادر
        [one] مصدر واحد
        [two] مصدرين
        [few] { $publishers } مصادر
        [many] { $publishers } مصدرًا
       *[other] { $publishers } مصدر
    }.
hubs-place = مكان ذكرته المصادر: { $place }، { $country-bare } ({ $events ->
        [zero] لا أحداث
        [one] حدث واحد
        [two] حدثان
        [few] { $events } أحداث
        [many] { $events } حدثًا
       *[other] { $events } حدث
    } منذ { $since }).
hubs-other = أُبلغ أيضًا عن مراكز من هذا النوع { $countries-in }.

## البلدان التي يأتي منها الأشخاص

origins-region = { $region }: { $countries }.

## المسارات

routes-one = أشخاص نُقلوا { $route }: { $events ->
        [zero] لا أحداث
        [one] حدث واحد
        [two] حدثان
        [few] { $events } أحداث
        [many] { $events } حدثًا
       *[other] { $events } حدث
    }، وأقدم تاريخ هو { $since }.

## الفترة

period-span = أول الأحداث: { $first }؛ آخرها: { $last }.
period-once = تاريخ الأحداث: { $first }.
period-known = وهي معروفة علنًا منذ { $since }.
period-offers = تاريخ تلقي أول الإعلانات: { $first }؛ وآخرها: { $last }.
period-offers-once = تاريخ تلقي الإعلانات: { $first }.

## الحجم

scale-people = عدد الأشخاص الذين أُبلغ عن فقدانهم أو احتجازهم أو تحريرهم: { $people } ({ $events ->
        [zero] لا أحداث
        [one] حدث واحد
        [two] حدثان
        [few] { $events } أحداث
        [many] { $events } حدثًا
       *[other] { $events } حدث
    } بأرقام). ويراعي هذا النطاق اختلاف المصادر واحتمال احتساب الأشخاص أنفسهم أكثر من مرة.
scale-claim = يذكر { $publisher } مجموعًا قدره { $people ->
        [zero] لا أشخاص
        [one] شخص واحد
        [two] شخصان
        [few] { $people } أشخاص
        [many] { $people } شخصًا
       *[other] { $people } شخص
    } ({ $known })؛ والمجاميع متداخلة ولا يجوز جمعها.
scale-unstated = في { $events ->
        [zero] لا أحداث
        [one] حدث واحد
        [two] حدثين
        [few] { $events } أحداث
        [many] { $events } حدثًا
       *[other] { $events } حدث
    } لا يورد أي مصدر أرقامًا.

## علامات التحذير

signs-campaign = رُصدت في { $reports ->
        [zero] لا إعلانات
        [one] إعلان وظيفة واحد
        [two] إعلاني وظيفة
        [few] { $reports } إعلانات وظائف
        [many] { $reports } إعلانَ وظيفة
       *[other] { $reports } إعلان وظيفة
    } من النموذج نفسه: { $signs }.
signs-one = في { $offers ->
        [zero] لا إعلانات
        [one] إعلان وظيفة واحد
        [two] إعلاني وظيفة
        [few] { $offers } إعلانات وظائف
        [many] { $offers } إعلانَ وظيفة
       *[other] { $offers } إعلان وظيفة
    } من مجموع { $total }: { $sign }.

sign-overseas_offer = عرض عمل في الخارج يوجَّه إلى أشخاص في بلدهم
sign-hub_location = مكان عمل في مدينة أو منطقة معروفة بمراكز الاحتيال
sign-salary_above_norm = أجر يفوق كثيرًا قيمة هذا العمل هناك
sign-no_experience = عدم اشتراط خبرة أو مؤهل
sign-free_travel = سفر على نفقة صاحب العمل
sign-free_housing = سكن وطعام مجانيان
sign-visa_handled = تأشيرة وأوراق يتكفل بها القائم بالتوظيف
sign-urgent = ضغط لاتخاذ القرار أو السفر فورًا
sign-messaging_app_contact = تواصل عبر تطبيقات المراسلة فقط
sign-language_skill_bonus = أجر إضافي لمن يتكلم لغة معينة
sign-typing_or_chat_work = عمل في الطباعة أو الدردشة أو «خدمة العملاء»
sign-crypto_or_gaming = عمل في الأصول المشفرة أو الألعاب أو المراهنات عبر الإنترنت
sign-age_or_gender_limits = تقييد بالسن أو بالجنس
sign-passport_handover = طلب تسليم جواز السفر
sign-visa_run_or_border = سفر بتأشيرة سياحية أو خروج ودخول متكرران لتجديد التأشيرة أو عبور غير نظامي للحدود
sign-vague_employer = صاحب عمل غير مسمّى أو يتعذر التحقق منه
sign-debt_or_deposit = رسوم أو سلف أو ضمانات أو غرامات يتحملها العامل
sign-group_recruiting_bonus = مكافأة لمن يحضر أصدقاء أو مجموعة
sign-travel_paid_by_victim = سفر على نفقة العامل مع وعد برد المبلغ لاحقًا
sign-easy_interview = مقابلة تقتصر على دردشة أو اختبار طباعة
sign-destination_changed = وجهة تتغير أو لا يُكشف عنها إلا بعد الوصول
sign-confinement = مكان عمل لا يُسمح بمغادرته بحرية مع احتجاز الهواتف
sign-euphemism = عبارات مموّهة متداولة في هذا النشاط

## الإجراءات

action-border = أجهزة الحدود والمطارات: التحدث على انفراد مع المسافرين إلى عمل جديد { $hubs-in }، بما في ذلك عبر بلدان ثالثة، وإبلاغهم بما هو معروف وتزويدهم برقم خط للمساعدة.
action-border-any = أجهزة الحدود والمطارات: التحدث على انفراد مع المسافرين إلى عمل جديد في الخارج بالشروط الموصوفة هنا، وإبلاغهم بما هو معروف وتزويدهم برقم خط للمساعدة.
action-police = الشرطة: معاملة من يُعثر عليهم في مراكز الاحتيال على أنهم ضحايا محتملون للاتجار أُكرهوا على ارتكاب جرائم، وتحديد هوياتهم وسماع أقوالهم قبل النظر في توجيه أي تهمة، وحفظ الهواتف وسجلات المحادثات بوصفها أدلة.
action-embassy = السفارات والقنصليات { $hubs-in }: نشر تحذير بلغات رعاياها، وإبقاء خط مفتوح على مدار الساعة، والاستعداد لاستبدال جوازات السفر المصادرة.
action-embassy-any = السفارات والقنصليات: نشر تحذير بلغات رعاياها، وإبقاء خط مفتوح على مدار الساعة، والاستعداد لاستبدال جوازات السفر المصادرة.
action-bank = المصارف وخدمات الدفع: البحث عن رسوم التوظيف والفديات والمدفوعات للوسطاء التي تتفق مع المسارات والتواريخ المذكورة، وإبلاغ وحدة الاستخبارات المالية بها.
action-platform = المنصات ومواقع التوظيف: البحث عن الإعلانات الموصوفة هنا وإزالتها وحفظ نسخ منها للشرطة والإبلاغ عن الحسابات التي نشرتها.
action-public = الباحثون عن عمل: التحقق من صاحب العمل لدى وزارة العمل أو إحدى السفارات قبل السفر، وعدم السفر للعمل بتأشيرة سياحية، وعدم تسليم جواز السفر أبدًا، والاتصال بالشرطة أو بالسفارة في حال الاحتجاز.
action-identifiers = جميع الجهات المتلقية: مقارنة { $identifiers ->
        [zero] لا معرّفات
        [one] المعرّف المدرج
        [two] المعرّفين المدرجين
        [few] { $identifiers } معرّفات مدرجة
        [many] { $identifiers } معرّفًا مدرجًا
       *[other] { $identifiers } معرّف مدرج
    } في هذه النشرة بسجلاتها وإبلاغ الجهة المصدِرة بالنتائج.

## الترجيح

likelihood-almost_no_chance = شبه مستبعد تمامًا (من 1% إلى 5%)
likelihood-very_unlikely = مستبعد جدًا (من 5% إلى 20%)
likelihood-unlikely = مستبعد (من 20% إلى 45%)
likelihood-roughly_even_chance = احتمالان متساويان تقريبًا (من 45% إلى 55%)
likelihood-likely = مرجّح (من 55% إلى 80%)
likelihood-very_likely = مرجّح جدًا (من 80% إلى 95%)
likelihood-almost_certain = شبه مؤكد (من 95% إلى 99%)

## التسميات

label-issuer = الجهة المصدِرة
label-number = الرقم
label-author = حررها
label-created = تاريخ التحرير
label-issued = تاريخ الإصدار
label-as-of = تستند إلى ما كان معروفًا حتى
label-review-by = تُراجع قبل
label-marking = درجة التداول
label-state = الحالة
label-summary = ملخص
label-observables = معرّفات يُبحث عنها
label-references = المراجع
label-no-observables = لا تتضمن هذه النشرة معرّفات.
label-disclaimer = تصدر الجهة المذكورة أعلاه هذه النشرة باستخدام Forewarn. وForewarn مستقلة، وليست جزءًا من INTERPOL (الإنتربول) ولا من أي سلطة أخرى. ويتبع اللون العرف المعلن للنشرات.
label-designations = لا تنطوي أسماء البلدان والأقاليم على أي رأي في وضعها القانوني.
label-claims = تُنقل المعلومات بوصفها أقوال مصادرها. ولا يوصف أي شخص بأنه ضحية أو مرتكب جريمة على أنه أمر ثابت.
label-verify = هذه النشرة موقّعة. ويمكن لأي شخص التحقق منها من دون اتصال بالمفتاح العام للجهة المصدِرة.
label-verify-with = للتحقق
label-key = المفتاح
label-signature = التوقيع
label-table-kind = النوع
label-table-value = القيمة
label-table-refs = المراجع
label-table-number = الرقم
label-table-source = المصدر
label-grading = التقييم
label-grading-meaning = التقييم وفق نظام الأميرالية: من A إلى F للمصدر (A: موثوق تمامًا، F: يتعذر الحكم عليه)، ومن 1 إلى 6 للمعلومة (1: مؤكدة، 6: يتعذر الحكم عليها).
label-likelihood-meaning = تدل عبارات الترجيح على نطاقات ثابتة مذكورة معها.
label-known-from = معروف منذ
label-supersedes = تحل محل
label-superseded-by = حلّت محلها
label-map = خريطة
label-timeline = التسلسل الزمني
label-events = الأحداث
label-page = صفحة
label-of = من
label-language = العربية

value-not-issued = لم تصدر بعد

## أنواع المعرّفات

observable-phone = رقم هاتف
observable-email = عنوان بريد إلكتروني
observable-url = عنوان ويب
observable-domain = نطاق
observable-iban = حساب مصرفي (IBAN)
observable-handle-telegram = حساب Telegram
observable-handle-whatsapp = حساب WhatsApp
observable-handle-line = حساب LINE
observable-handle-wechat = حساب WeChat
observable-handle-zalo = حساب Zalo
observable-handle-viber = حساب Viber
observable-handle-signal = حساب Signal
observable-handle-kakao = حساب KakaoTalk
observable-handle-qq = حساب QQ
observable-handle-skype = حساب Skype
observable-handle-facebook = حساب Facebook
observable-handle-instagram = حساب Instagram
observable-handle-tiktok = حساب TikTok
observable-handle-x = حساب X
observable-handle-imo = حساب IMO
observable-handle-unknown = اسم حساب
observable-crypto-btc = عنوان Bitcoin
observable-crypto-eth = عنوان Ethereum
observable-crypto-tron = عنوان TRON
observable-crypto-ltc = عنوان Litecoin

## لغات الإعلانات

language-am = الأمهرية
language-ar = العربية
language-bn = البنغالية
language-cs = التشيكية
language-de = الألمانية
language-en = الإنجليزية
language-es = الإسبانية
language-fa = الفارسية
language-fil = الفلبينية
language-fr = الفرنسية
language-hi = الهندية
language-id = الإندونيسية
language-it = الإيطالية
language-ja = اليابانية
language-kk = الكازاخستانية
language-km = الخميرية
language-ko = الكورية
language-lo = اللاوية
language-mn = المنغولية
language-ms = الملايوية
language-my = البورمية
language-ne = النيبالية
language-nl = الهولندية
language-pl = البولندية
language-pt = البرتغالية
language-ro = الرومانية
language-ru = الروسية
language-si = السنهالية
language-sw = السواحيلية
language-ta = التاميلية
language-th = التايلاندية
language-tr = التركية
language-uk = الأوكرانية
language-ur = الأردية
language-uz = الأوزبكية
language-vi = الفيتنامية
language-zh = الصينية

## صيغ الوقائع

range = ما بين { $min } و{ $max }
route = { $origin-from } إلى { $hub }
# The mark of direction first: all that follows stands in isolates, so that nothing else says which way it runs.
date-day = {"\u200F"}{ $day } { $month } { $year }
date-month = {"\u200F"}{ $month } { $year }
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

## بلدان لا يناسب اسمها الشائع في المعجم نشرةً

country-AG = أنتيغوا وبربودا
country-BA = البوسنة والهرسك
country-CD = جمهورية الكونغو الديمقراطية
country-CG = الكونغو
country-HK = هونغ كونغ (الصين)
country-MM = ميانمار
country-MO = ماكاو (الصين)
country-ST = ساو تومي وبرينسيبي
country-TT = ترينيداد وتوباغو
country-VA = مدينة الفاتيكان

## المناطق (الأمم المتحدة M49)

region-002 = أفريقيا
region-019 = الأمريكتان
region-142 = آسيا
region-150 = أوروبا
region-009 = أوقيانوسيا
region-010 = أنتاركتيكا
region-015 = شمال أفريقيا
region-011 = غرب أفريقيا
region-017 = وسط أفريقيا
region-014 = شرق أفريقيا
region-018 = الجنوب الأفريقي
region-021 = أمريكا الشمالية
region-013 = أمريكا الوسطى
region-029 = منطقة البحر الكاريبي
region-005 = أمريكا الجنوبية
region-143 = آسيا الوسطى
region-030 = شرق آسيا
region-035 = جنوب شرق آسيا
region-034 = جنوب آسيا
region-145 = غرب آسيا
region-151 = أوروبا الشرقية
region-154 = شمال أوروبا
region-039 = جنوب أوروبا
region-155 = أوروبا الغربية
region-053 = أستراليا ونيوزيلندا
region-054 = ميلانيزيا
region-057 = ميكرونيزيا
region-061 = بولينيزيا

## نتائج فحص الامتثال

place-notice = النشرة
place-headline = العنوان
place-statement = الجملة { $number }
place-observable = المعرّف { $number }
place-field-author = المحرر
place-field-issuer = الجهة المصدِرة
place-field-number = الرقم
place-field-marking = درجة التداول
place-field-review-by = تاريخ المراجعة
place-field-as-of = اليوم الذي تستند إليه

severity-block = مانع
severity-warn = تنبيه

rule-rpd-data-quality = نظام الإنتربول لمعالجة البيانات: جودة البيانات
rule-rpd-retention = نظام الإنتربول لمعالجة البيانات: مدة الحفظ
rule-rpd-sensitive-data = نظام الإنتربول لمعالجة البيانات: البيانات الحساسة
rule-rpd-arts-88-96 = نظام الإنتربول لمعالجة البيانات، المواد 88–96
rule-constitution-art-2 = القانون الأساسي للإنتربول، المادة 2: حقوق الإنسان
rule-constitution-art-3 = القانون الأساسي للإنتربول، المادة 3: الحياد
rule-tlp-2-0 = بروتوكول إشارات المرور TLP 2.0
finding-line = { $place }: { $text } [{ $rule }؛ { $severity }]
finding-field-blank = هذا الحقل فارغ.
finding-section-missing = الجزء «{ $section }» الواجب في هذا النوع من النشرات غير موجود.
finding-section-order = لا تتبع الجمل ترتيب الأجزاء.
finding-alarm-missing = تستند نشرة من هذا النوع إلى إنذار، ولم يُذكر أي إنذار.
finding-message-unknown = تشير الجملة إلى الرسالة «{ $name }» غير المسموح بها هنا.
finding-fact-form = الواقعة «{ $name }» ناقصة أو زائدة أو من نوع غير صحيح.
finding-publishers-few = لا تستند النشرة إلا إلى { $publishers ->
        [zero] لا مصادر
        [one] مصدر واحد
        [two] مصدرين مستقلين
        [few] { $publishers } مصادر مستقلة
        [many] { $publishers } مصدرًا مستقلًا
       *[other] { $publishers } مصدر مستقل
    }؛ والحد الأدنى { $least } من المصادر المستقلة، وإلا وجب ذكر سبب.
finding-publisher-single = لا يسند هذه الجملة إلا مصدر واحد.
finding-grading-poor = كل ما يسند هذه الجملة مقيَّم بأنه مشكوك فيه أو أدنى، أو صادر عن مصادر ضعيفة الموثوقية.
finding-grading-unknown = لم يُقيَّم شيء مما يسند هذه الجملة.
finding-known-later = لم يُعرف أحد المراجع إلا في { $known }، بعد اليوم الذي تستند إليه النشرة.
finding-as-of-late = تدّعي النشرة معرفة ما يلي تحريرها.
finding-neutrality = قد تضفي الكلمة «{ $term }» على النشرة طابعًا سياسيًا أو عسكريًا أو دينيًا أو عنصريًا.
finding-sensitive = تشير الكلمة «{ $term }» إلى بيانات شديدة الحساسية.
finding-person-label = تصف عبارة «{ $term }» شخصًا؛ ويستلزم ذلك ذكر حكم قضائي.
finding-person-name = قد يكون «{ $name }» اسم شخص.
finding-marking-above = درجة التداول { $marking } أعلى من درجة المتلقين { $audience }.
finding-public-identifier = لا يجوز نشر معرّف قد يعود إلى شخص.
finding-retention-long = تحل المراجعة بعد { $days ->
        [zero] 0 يوم
        [one] يوم واحد
        [two] يومين
        [few] { $days } أيام
        [many] { $days } يومًا
       *[other] { $days } يوم
    }؛ والحد الأقصى { $most }.
finding-retention-past = تاريخ المراجعة ليس بعد يوم تحرير النشرة.
finding-extract-empty = لم يُختر شيء له صيغة علنية.
finding-extract-advice = لم تُختر النصائح للباحثين عن عمل.
finding-extract-form = ليس لهذه الجملة («{ $name }») صيغة علنية.
finding-extract-above = عدد ما تستند إليه مما وُسم فوق TLP:CLEAR: { $references }؛ ويجب أن توافق مصادره.

## ما تستند إليه الجملة

source-campaign = مجموعة من { $offers ->
        [zero] لا إعلانات
        [one] إعلان وظيفة واحد
        [two] إعلاني وظيفة متشابهين
        [few] { $offers } إعلانات وظائف متشابهة
        [many] { $offers } إعلانَ وظيفة متشابهًا
       *[other] { $offers } إعلان وظيفة متشابه
    }
source-alarm = إنذار { $day }: { $subject-bare }
source-alarm-place = إنذار { $day }: { $place }، { $country-bare }
source-report = بلاغ وارد من { $name }
source-reply = رد { $member } على { $number }
