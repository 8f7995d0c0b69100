# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = Tahadhari za umma
extract-title-orange = Tahadhari: matangazo ya kazi yanayowapeleka watu kwenye vituo vya ulaghai
extract-title-purple = Tahadhari: jinsi matangazo ya kazi yanavyowapeleka watu kwenye vituo vya ulaghai
extract-hubs = Vituo vya ulaghai vimeripotiwa katika: { $countries }.
extract-origins = Watu kutoka nchi hizi walipelekwa huko: { $countries }.
extract-route = Njia inayojulikana: { $from } → { $to }
extract-destinations = Matangazo ya aina hii hutaja: { $countries }. Safari inaweza kuishia kwingine.
extract-people = Watu walioripotiwa kupotea, kushikiliwa au kuokolewa: { $people }.
extract-signs = Dalili za hatari katika matangazo haya
extract-avoid = Usitumie anwani hizi
extract-number = Nambari
extract-issued = Imetolewa na { $issuer } tarehe { $date }
extract-withdrawn = Tahadhari hii iliondolewa tarehe { $date }. Haitumiki tena.
extract-superseded = Tahadhari mpya ilichukua nafasi ya hii tarehe { $date }.
extract-expired = Tahadhari hii iliisha tarehe { $date }.
