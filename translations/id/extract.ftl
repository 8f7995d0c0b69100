# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = Peringatan publik
extract-title-orange = Peringatan: tawaran kerja yang berujung di pusat penipuan
extract-title-purple = Peringatan: bagaimana tawaran kerja membawa orang ke pusat penipuan
extract-hubs = Pusat penipuan dilaporkan berada di: { $countries }.
extract-origins = Orang dari negara-negara ini dibawa ke sana: { $countries }.
extract-route = Rute yang diketahui: { $from } → { $to }
extract-destinations = Tawaran seperti ini menyebut: { $countries }. Perjalanan bisa berakhir di tempat lain.
extract-people = Orang yang dilaporkan hilang, ditahan, atau dibebaskan: { $people }.
extract-signs = Tanda bahaya dalam tawaran ini
extract-avoid = Jangan gunakan alamat-alamat ini
extract-number = Nomor
extract-issued = Diterbitkan oleh { $issuer } pada { $date }
extract-withdrawn = Peringatan ini ditarik pada { $date } dan tidak berlaku lagi.
extract-superseded = Peringatan ini diganti dengan yang lebih baru pada { $date }.
extract-expired = Peringatan ini berakhir pada { $date }.
