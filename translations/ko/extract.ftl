# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = 공개 경보
extract-title-orange = 경보: 사기 단지로 이어지는 구인 광고
extract-title-purple = 경보: 구인 광고가 사람들을 사기 단지로 데려가는 방법
extract-hubs = 사기 단지가 보고된 국가: { $countries }.
extract-origins = 그곳으로 끌려간 사람들의 출신 국가: { $countries }.
extract-route = 알려진 경로: { $from } → { $to }
extract-destinations = 이런 광고에 나오는 국가: { $countries }. 실제로는 다른 곳에서 끝날 수 있습니다.
extract-people = 실종, 감금 또는 구출된 것으로 보고된 사람: { $people }.
extract-signs = 이런 광고의 위험 신호
extract-avoid = 다음 주소를 사용하지 마십시오
extract-number = 번호
extract-issued = { $issuer } 발행, { $date }
extract-withdrawn = 이 경보는 { $date }에 철회되었으며 더 이상 유효하지 않습니다.
extract-superseded = 이 경보는 { $date }에 새 경보로 대체되었습니다.
extract-expired = 이 경보는 { $date }에 종료되었습니다.
