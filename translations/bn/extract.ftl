# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = সর্বজনীন সতর্কতা
extract-title-orange = সতর্কতা: চাকরির প্রস্তাব যা প্রতারণা কেন্দ্রে নিয়ে যায়
extract-title-purple = সতর্কতা: চাকরির প্রস্তাব কীভাবে মানুষকে প্রতারণা কেন্দ্রে নিয়ে যায়
extract-hubs = এসব দেশে প্রতারণা কেন্দ্রের খবর পাওয়া গেছে: { $countries }।
extract-origins = এসব দেশের মানুষকে সেখানে নেওয়া হয়েছে: { $countries }।
extract-route = জানা পথ: { $from } → { $to }
extract-destinations = এমন প্রস্তাবে এসব দেশের নাম থাকে: { $countries }। যাত্রা অন্য কোথাও শেষ হতে পারে।
extract-people = নিখোঁজ, আটক বা মুক্ত বলে জানানো মানুষ: { $people }।
extract-signs = এসব প্রস্তাবে সতর্কতার লক্ষণ
extract-avoid = এই ঠিকানাগুলো ব্যবহার করবেন না
extract-number = নম্বর
extract-issued = { $issuer } কর্তৃক { $date } তারিখে প্রকাশিত
extract-withdrawn = এই সতর্কতা { $date } তারিখে প্রত্যাহার করা হয়েছে। এটি আর কার্যকর নয়।
extract-superseded = { $date } তারিখে একটি নতুন সতর্কতা এর জায়গা নিয়েছে।
extract-expired = এই সতর্কতা { $date } তারিখে শেষ হয়েছে।
