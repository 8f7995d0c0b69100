# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = सार्वजनिक चेतावनीहरू
extract-title-orange = चेतावनी: ठगी केन्द्रसम्म पुर्‍याउने कामका प्रस्तावहरू
extract-title-purple = चेतावनी: कामका प्रस्तावले मानिसलाई ठगी केन्द्रसम्म कसरी पुर्‍याउँछन्
extract-hubs = यी देशमा ठगी केन्द्र रहेको जानकारी आएको छ: { $countries }।
extract-origins = यी देशका मानिसहरू त्यहाँ लगिए: { $countries }।
extract-route = थाहा भएको बाटो: { $from } → { $to }
extract-destinations = यस्ता प्रस्तावमा यी देशको नाम आउँछ: { $countries }। यात्रा अन्यत्र टुंगिन सक्छ।
extract-people = हराएका, थुनिएका वा छुटाइएका भनी जनाइएका मानिस: { $people }।
extract-signs = यी प्रस्तावमा चेतावनीका संकेत
extract-avoid = यी ठेगाना प्रयोग नगर्नुहोस्
extract-number = नम्बर
extract-issued = { $issuer } द्वारा { $date } मा जारी
extract-withdrawn = यो चेतावनी { $date } मा फिर्ता लिइयो। यो अब लागू छैन।
extract-superseded = { $date } मा नयाँ चेतावनीले यसको ठाउँ लियो।
extract-expired = यो चेतावनी { $date } मा सकियो।
