# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = Public warnings
extract-title-orange = Warning: job offers that lead to scam centres
extract-title-purple = Warning: how job offers lead people to scam centres
extract-hubs = Scam centres were reported in: { $countries }.
extract-origins = People from these countries were taken there: { $countries }.
extract-route = Known route: { $from } → { $to }
extract-destinations = Offers of this kind name: { $countries }. The journey may end elsewhere.
extract-people = People reported missing, held or freed: { $people }.
extract-signs = Warning signs in these offers
extract-avoid = Do not use these addresses
extract-number = Number
extract-issued = Issued by { $issuer } on { $date }
extract-withdrawn = This warning was withdrawn on { $date }. It no longer stands.
extract-superseded = A newer warning replaced this one on { $date }.
extract-expired = This warning ended on { $date }.
