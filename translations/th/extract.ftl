# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = คำเตือนสาธารณะ
extract-title-orange = คำเตือน: ประกาศรับสมัครงานที่นำไปสู่ศูนย์หลอกลวง
extract-title-purple = คำเตือน: ประกาศรับสมัครงานพาคนไปสู่ศูนย์หลอกลวงได้อย่างไร
extract-hubs = มีรายงานว่าพบศูนย์หลอกลวงใน: { $countries }
extract-origins = มีผู้คนจากประเทศเหล่านี้ถูกพาไปที่นั่น: { $countries }
extract-route = เส้นทางที่ทราบ: { $from } → { $to }
extract-destinations = ประกาศประเภทนี้ระบุชื่อ: { $countries } การเดินทางอาจจบลงที่อื่น
extract-people = จำนวนผู้ที่มีรายงานว่าสูญหาย ถูกกักตัว หรือได้รับการช่วยเหลือ: { $people }
extract-signs = สัญญาณเตือนในประกาศเหล่านี้
extract-avoid = อย่าใช้ที่อยู่เหล่านี้
extract-number = หมายเลข
extract-issued = ออกโดย { $issuer } เมื่อ { $date }
extract-withdrawn = คำเตือนนี้ถูกเพิกถอนเมื่อ { $date } และไม่มีผลอีกต่อไป
extract-superseded = คำเตือนนี้ถูกแทนที่ด้วยคำเตือนใหม่เมื่อ { $date }
extract-expired = คำเตือนนี้สิ้นสุดเมื่อ { $date }
