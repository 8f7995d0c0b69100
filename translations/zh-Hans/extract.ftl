# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = 公开警示
extract-title-orange = 警示：通往诈骗园区的招工信息
extract-title-purple = 警示：招工信息如何把人引向诈骗园区
extract-hubs = 据报告，以下国家或地区有诈骗园区：{ $countries }。
extract-origins = 来自以下国家或地区的人曾被带到那里：{ $countries }。
extract-route = 已知路线：{ $from } → { $to }
extract-destinations = 这类招工信息提到：{ $countries }。行程可能在别处结束。
extract-people = 据报告失踪、被扣留或获救的人数：{ $people }。
extract-signs = 这类招工信息的警示迹象
extract-avoid = 请勿使用以下地址
extract-number = 编号
extract-issued = 由 { $issuer } 于 { $date } 发布
extract-withdrawn = 本警示已于 { $date } 撤回，不再有效。
extract-superseded = 本警示已于 { $date } 被更新的警示取代。
extract-expired = 本警示已于 { $date } 到期。
