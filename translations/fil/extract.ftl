# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = Mga pampublikong babala
extract-title-orange = Babala: mga alok na trabaho na nauuwi sa mga scam center
extract-title-purple = Babala: paano dinadala ng mga alok na trabaho ang mga tao sa mga scam center
extract-hubs = May naiulat na mga scam center sa: { $countries }.
extract-origins = Dinala roon ang mga tao mula sa mga bansang ito: { $countries }.
extract-route = Kilalang ruta: { $from } → { $to }
extract-destinations = Binabanggit ng ganitong mga alok ang: { $countries }. Maaaring sa iba magtapos ang biyahe.
extract-people = Mga taong iniulat na nawawala, nakakulong o nailigtas: { $people }.
extract-signs = Mga palatandaan ng panganib sa mga alok na ito
extract-avoid = Huwag gamitin ang mga address na ito
extract-number = Numero
extract-issued = Inilabas ng { $issuer } noong { $date }
extract-withdrawn = Binawi ang babalang ito noong { $date }. Wala na itong bisa.
extract-superseded = Pinalitan ang babalang ito ng mas bago noong { $date }.
extract-expired = Natapos ang babalang ito noong { $date }.
