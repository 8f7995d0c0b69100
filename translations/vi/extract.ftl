# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = Cảnh báo công khai
extract-title-orange = Cảnh báo: lời mời làm việc dẫn đến các trung tâm lừa đảo
extract-title-purple = Cảnh báo: lời mời làm việc đưa người ta đến trung tâm lừa đảo như thế nào
extract-hubs = Có báo cáo về trung tâm lừa đảo tại: { $countries }.
extract-origins = Người từ các nước này đã bị đưa đến đó: { $countries }.
extract-route = Tuyến đường đã biết: { $from } → { $to }
extract-destinations = Những lời mời loại này nhắc đến: { $countries }. Chuyến đi có thể kết thúc ở nơi khác.
extract-people = Số người được báo là mất tích, bị giữ hoặc được giải cứu: { $people }.
extract-signs = Dấu hiệu cảnh báo trong các lời mời này
extract-avoid = Đừng dùng những địa chỉ này
extract-number = Số
extract-issued = Do { $issuer } phát hành ngày { $date }
extract-withdrawn = Cảnh báo này đã bị rút lại ngày { $date } và không còn hiệu lực.
extract-superseded = Cảnh báo này đã được thay bằng cảnh báo mới hơn ngày { $date }.
extract-expired = Cảnh báo này đã hết hạn ngày { $date }.
