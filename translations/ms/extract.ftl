# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = Amaran awam
extract-title-orange = Amaran: tawaran kerja yang membawa ke pusat penipuan
extract-title-purple = Amaran: bagaimana tawaran kerja membawa orang ke pusat penipuan
extract-hubs = Pusat penipuan dilaporkan terdapat di: { $countries }.
extract-origins = Orang dari negara-negara ini dibawa ke sana: { $countries }.
extract-route = Laluan yang diketahui: { $from } → { $to }
extract-destinations = Tawaran seperti ini menyebut: { $countries }. Perjalanan mungkin berakhir di tempat lain.
extract-people = Orang yang dilaporkan hilang, ditahan atau dibebaskan: { $people }.
extract-signs = Tanda amaran dalam tawaran ini
extract-avoid = Jangan gunakan alamat-alamat ini
extract-number = Nombor
extract-issued = Dikeluarkan oleh { $issuer } pada { $date }
extract-withdrawn = Amaran ini ditarik balik pada { $date } dan tidak lagi berkuat kuasa.
extract-superseded = Amaran ini digantikan oleh amaran yang lebih baharu pada { $date }.
extract-expired = Amaran ini tamat pada { $date }.
