# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = عوامی انتباہات
extract-title-orange = انتباہ: نوکری کی پیشکشیں جو دھوکہ دہی کے مراکز تک لے جاتی ہیں
extract-title-purple = انتباہ: نوکری کی پیشکشیں لوگوں کو دھوکہ دہی کے مراکز تک کیسے لے جاتی ہیں
extract-hubs = ان ممالک میں دھوکہ دہی کے مراکز کی اطلاع ملی ہے: { $countries }۔
extract-origins = ان ممالک کے لوگ وہاں لے جائے گئے: { $countries }۔
extract-route = معلوم راستہ: { $from } ← { $to }
extract-destinations = ایسی پیشکشوں میں ان ممالک کا نام آتا ہے: { $countries }۔ سفر کہیں اور بھی ختم ہو سکتا ہے۔
extract-people = لاپتہ، قید یا رہا بتائے گئے افراد: { $people }۔
extract-signs = ان پیشکشوں میں خطرے کی نشانیاں
extract-avoid = یہ پتے استعمال نہ کریں
extract-number = نمبر
extract-issued = { $issuer } کی طرف سے { $date } کو جاری
extract-withdrawn = یہ انتباہ { $date } کو واپس لے لیا گیا اور اب مؤثر نہیں۔
extract-superseded = { $date } کو ایک نئے انتباہ نے اس کی جگہ لی۔
extract-expired = یہ انتباہ { $date } کو ختم ہوا۔
