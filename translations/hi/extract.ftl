# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = सार्वजनिक चेतावनियाँ
extract-title-orange = चेतावनी: ठगी केंद्रों तक ले जाने वाले नौकरी के प्रस्ताव
extract-title-purple = चेतावनी: नौकरी के प्रस्ताव लोगों को ठगी केंद्रों तक कैसे ले जाते हैं
extract-hubs = इन देशों में ठगी केंद्रों की सूचना मिली है: { $countries }।
extract-origins = इन देशों के लोग वहाँ ले जाए गए: { $countries }।
extract-route = ज्ञात रास्ता: { $from } → { $to }
extract-destinations = ऐसे प्रस्तावों में इन देशों का नाम आता है: { $countries }। यात्रा कहीं और भी ख़त्म हो सकती है।
extract-people = लापता, बंदी या छुड़ाए गए बताए गए लोग: { $people }।
extract-signs = इन प्रस्तावों में चेतावनी के संकेत
extract-avoid = इन पतों का उपयोग न करें
extract-number = संख्या
extract-issued = { $issuer } द्वारा { $date } को जारी
extract-withdrawn = यह चेतावनी { $date } को वापस ले ली गई। यह अब मान्य नहीं है।
extract-superseded = { $date } को एक नई चेतावनी ने इसकी जगह ली।
extract-expired = यह चेतावनी { $date } को समाप्त हुई।
