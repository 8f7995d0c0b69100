# Campaigns: the list, and one campaign.
campaign-lead = Offers written from one template. All numbers count what you may see.
campaign-none = No campaigns
campaign-none-here = Another country or language has some.
campaign-none-hint = Campaigns are found when offers are taken in that were written alike.
campaign-caption = Campaigns
campaign-template = Template
campaign-column-size = Members
campaign-column-growth = Growth
campaign-column-suspicion = Suspicion
campaign-column-newest = Last seen
campaign-recent = { $count } in 30 days
campaign-since = since { $day }
campaign-no-template = The template is not made yet.
campaign-members = { $count ->
    [one] Campaign of { $count } report
   *[other] Campaign of { $count } reports
}
campaign-growth = { $recent } came in the last 30 days, { $before } in the 30 before.
campaign-life = From { $first } to { $last }.
campaign-suspicion = Highest score of a member: { $chance }
campaign-draft = Draft a Purple notice
campaign-all-members = All members
campaign-template-hint = Words that all members share; in colour what varies. Point at a slot for its values, or open the table.
campaign-slots = What varies
campaign-slot = Slot
campaign-values = Values
campaign-further = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}
campaign-slot-empty = { $count ->
    [one] nothing in { $count }
   *[other] nothing in { $count }
}
campaign-weeks = Members by week
campaign-most = at most { $count } in a week
campaign-table = Table
campaign-week = Week from
campaign-countries = Countries named
campaign-languages = Languages
campaign-signs = Warning signs
campaign-counted = What members name is counted in the latest { $count } of them.
campaign-first-members = First members
campaign-choose = does not belong
campaign-split-why = Why they do not belong
campaign-split-hint = The chosen members become a campaign of their own. It can be taken back.
campaign-split-do = Split off
campaign-history = History
campaign-unmerge = This merge is wrong
campaign-unmerge-do = Take the merge back
campaign-merged = { $one } turned out to be { $other }.
campaign-merged-wrong = { $one } and { $other } were merged by mistake; they are apart.
campaign-split-off = { $report } was split from { $one } into { $other }.
campaign-came-back = { $report } came back from { $other } to { $one }.
campaign-slot-phone = phone
campaign-slot-handle = handle
campaign-slot-email = e-mail
campaign-slot-url = address
campaign-slot-account = account
campaign-slot-place = place
campaign-slot-salary = pay
campaign-slot-date = date
campaign-slot-number = number
campaign-slot-name = name
campaign-slot-text = words
done-campaign-split = The members are split off.
done-campaign-unmerged = The merge is taken back.
