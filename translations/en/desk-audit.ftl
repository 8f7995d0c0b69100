# The audit log.
audit-lead = Who changed, saw, searched and took out what. Entries are only ever added; each is tied to the one before it.
audit-verify = Verify the chain
audit-holds = { $count ->
    [one] The chain holds: { $count } entry.
   *[other] The chain holds: { $count } entries, each following the one before it.
}
audit-broken = The chain is broken at entry { $number }: something was changed or removed there. Keep the file as it is, compare it with a backup, and tell whoever is responsible.
audit-actor = Who
audit-action = What was done
audit-subject = To what
audit-detail = More
audit-from = From
audit-to = To
audit-text = Words
audit-number = Number
audit-at = When (UTC)
audit-older = Older
audit-empty = Nothing fits
