# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = Kamuya açık uyarılar
extract-title-orange = Uyarı: dolandırıcılık merkezlerine götüren iş ilanları
extract-title-purple = Uyarı: iş ilanları insanları dolandırıcılık merkezlerine nasıl götürüyor
extract-hubs = Dolandırıcılık merkezlerinin bildirildiği ülkeler: { $countries }.
extract-origins = Oraya götürülen kişilerin ülkeleri: { $countries }.
extract-route = Bilinen güzergâh: { $from } → { $to }
extract-destinations = Bu tür ilanlarda adı geçen ülkeler: { $countries }. Yolculuk başka bir yerde bitebilir.
extract-people = Kayıp, alıkonulan veya kurtarılan olarak bildirilen kişiler: { $people }.
extract-signs = Bu ilanlardaki uyarı işaretleri
extract-avoid = Bu adresleri kullanmayın
extract-number = Numara
extract-issued = { $issuer } tarafından { $date } tarihinde yayımlandı
extract-withdrawn = Bu uyarı { $date } tarihinde geri çekildi. Artık geçerli değildir.
extract-superseded = { $date } tarihinde daha yeni bir uyarı bunun yerini aldı.
extract-expired = Bu uyarı { $date } tarihinde sona erdi.
