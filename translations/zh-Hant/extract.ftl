# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = 公開警示
extract-title-orange = 警示：通往詐騙園區的徵才訊息
extract-title-purple = 警示：徵才訊息如何把人引向詐騙園區
extract-hubs = 據通報，以下國家或地區有詐騙園區：{ $countries }。
extract-origins = 來自以下國家或地區的人曾被帶到那裡：{ $countries }。
extract-route = 已知路線：{ $from } → { $to }
extract-destinations = 這類徵才訊息提到：{ $countries }。行程可能在別處結束。
extract-people = 據通報失蹤、被扣留或獲救的人數：{ $people }。
extract-signs = 這類徵才訊息的警示跡象
extract-avoid = 請勿使用以下網址
extract-number = 編號
extract-issued = 由 { $issuer } 於 { $date } 發布
extract-withdrawn = 本警示已於 { $date } 撤回，不再有效。
extract-superseded = 本警示已於 { $date } 由更新的警示取代。
extract-expired = 本警示已於 { $date } 到期。
