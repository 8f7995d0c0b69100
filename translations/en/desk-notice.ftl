# Pages of notices: board, draft, review, issue, distribution, extract.
notice-board-lead = From a draft to a signed warning: nobody approves alone, and nobody approves their own work.
notice-verify = Verify a copy
notice-public = Public warnings
notice-due = Due for review
notice-empty = There is no notice yet
notice-empty-hint = Begin at an alarm: an Orange Notice is drafted from it. Or at a campaign: a Purple Notice tells how it recruits.
notice-column-draft = Draft
notice-column-in-review = In review
notice-column-approved = Approved
notice-column-issued = Issued
notice-column-ended = Ended
notice-state-draft = Draft
notice-state-in-review = In review
notice-state-approved = Approved
notice-state-issued = Issued
notice-state-superseded = Superseded
notice-state-withdrawn = Withdrawn
notice-state-expired = Expired
notice-kind-orange = Orange Notice
notice-kind-purple = Purple Notice
notice-by = drafted by { $who }
notice-until = until { $day }
notice-new = New notice
notice-new-orange = An Orange Notice warns of a serious and imminent threat. It is drafted from the alarm, with what was known today.
notice-new-purple = A Purple Notice describes how an offence is committed. It is drafted from what the offers of the campaign have in common.
notice-issuer = Issued by
notice-issuer-hint = Your organisation, as recipients know it. It cannot be changed later.
notice-number = Number
notice-marking = Who may see it
notice-retention = Days until review
notice-draft-it = Draft it
notice-verify-lead = Give a notice.json, or the signed document of its end. It is held against the keys and the log of this desk; nothing is asked of anyone.
notice-verify-unread = This cannot be read as a signed notice:
notice-verify-it = Verify
notice-holds = Holds
notice-fails = Does not hold
notice-key = Key
notice-check = Check
notice-check-found = What was found
notice-document = Signed document
notice-document-hint = A file of JSON, as members receive it.
notice-grading = Grading
notice-known-from = known from
notice-headline-rests = The headline rests on
notice-identifiers = Identifiers to look for
notice-review-by = Review by
notice-save = Save the choice
notice-save-hint = Sentences come from evidence: they are struck out and put back, never written by hand.
notice-facts = Facts
notice-author = Drafted by
notice-as-of = Known by
notice-look-at = Look at it
notice-look-in = As a page in
notice-submit = Hand in for review
notice-submit-it = Hand it in
notice-override-hint = Mend it, or say why it may stand. The reason stays on record.
notice-no-block = No rule blocks it.
notice-purpose = Purpose of the warning
notice-review = Review
notice-four-eyes = Two different people approve, neither of them the author.
notice-approved-by = Approved by { $who }
notice-not-reviewer = You may read it. Approving takes the role of a reviewer.
notice-own-work = You drafted it: two others must approve it.
notice-approved-already = You have approved it: one other person must.
notice-not-publisher = Issuing takes the role of a publisher.
notice-why = Why
notice-approve = Approve
notice-reject = Send it back
notice-issue = Sign and issue
notice-issue-it = Sign and issue it
notice-passphrase = Passphrase of the signing key
notice-passphrase-hint = Used for this signature only: neither kept nor logged.
notice-end = End it
notice-is-overdue = It is past its last day.
notice-supersede = Replace by another
notice-successor = Replaced by
notice-withdraw = Take it back
notice-history = History
notice-act-overridden = Finding overridden
notice-act-submitted = Handed in
notice-act-approved = Approved
notice-act-rejected = Sent back
notice-act-issued = Issued
notice-act-superseded = Replaced
notice-act-withdrawn = Taken back
notice-act-expired = Ended after its last day
notice-sentence = Sentence { $number }
notice-submit-hint = What is ticked is kept first.
notice-key-made = The key that signs was made on { $day } by { $who }, who knows its passphrase.
notice-key-since = The key that signs was made on { $day }; whoever made it knows its passphrase.
notice-key-none = There is no signing key yet: this first signature makes it, with the passphrase that you choose here, of at least 12 characters. Nobody can find a lost one again.
notice-key-server = This server was given the passphrase: leave the field empty.
notice-same-hint = { $count ->
    [one] For { $count } sentence:
   *[other] For { $count } sentences:
}
notice-distribution = Distribution
notice-extract = Public extract
notice-audience = For whom
notice-audience-hint = Nothing ticked means everybody. Nothing goes above a member’s clearance.
notice-preview = Show who would receive it
notice-left-out = Left out
notice-left-clearance = not cleared for its marking
notice-left-inactive = takes no part now
notice-fetches = fetches it here
notice-queue-it = Send it
notice-queue-hint = What is queued goes out with the next run of `forewarn notice deliver`, and survives a power cut.
notice-queue-soon = What can be carried from here goes out within a minute; a failed attempt is repeated. It survives a power cut.
notice-queue-some = Webhooks and folders go out within a minute. E-mail waits for `forewarn notice deliver`: this server was given no mail server.
notice-answers = Who has it, and what they answered
notice-nobody-yet = It went to nobody yet.
notice-member = Member
notice-ways = Ways
notice-delivered = Delivered
notice-opened = Opened
notice-acknowledged = Acknowledged
notice-replies = Replies
notice-as-report = kept as a report
notice-retry = Try again what was given up
notice-delivery-waiting = waiting
notice-delivery-delivered = delivered
notice-delivery-given-up = given up
notice-reply-seen-here = Seen here
notice-reply-not-seen = Looked for, not seen
notice-reply-new-observables = New identifiers
notice-reply-action-taken = Action taken
notice-extract-lead = Nothing is public that one person did not choose and another did not publish. Sentences without a public form stay inside.
notice-extract-sentences = Sentences that have a public form
notice-extract-identifiers-hint = Identifiers that can belong to a person cannot be public.
notice-extract-consent = Consent of the sources
notice-extract-consent-hint = Only where something behind it is marked above TLP:CLEAR: how its source agreed.
notice-extract-propose = Propose it
notice-extract-pending = Waits for a second person
notice-extract-own = You proposed it: somebody else publishes or refuses it.
notice-extract-publish = Publish it
notice-extract-public = It is public
notice-extract-state-proposed = Proposed
notice-extract-state-published = Published
notice-extract-state-rejected = Refused
notice-extract-state-withdrawn = Taken back
notice-overdue = { $count ->
    [one] past its last day by { $count } day
   *[other] past its last day by { $count } days
}
notice-due-in = { $count ->
    [one] review in { $count } day
   *[other] review in { $count } days
}
notice-approvals = { $count ->
    [one] { $count } approval
   *[other] { $count } approvals
}
notice-more-evidence = { $count ->
    [one] { $count } more
   *[other] { $count } more
}
notice-blocked = { $count ->
    [one] { $count } finding blocks it
   *[other] { $count } findings block it
}
notice-recipients = { $count ->
    [one] { $count } recipient
   *[other] { $count } recipients
}
done-notice-drafted = The draft is there: read it, strike out what does not hold.
done-notice-changed = The draft was changed.
done-notice-submitted = It waits for two reviewers.
done-notice-approved = You have approved it.
done-notice-rejected = It went back to its author.
done-notice-issued = It is signed and issued. Choose who receives it.
done-notice-ended = It has ended; whoever has it is told.
done-notice-queued = It is on its way.
done-notice-retried = What was given up is tried again.
done-notice-extract-proposed = Another person must publish it.
done-notice-extract-published = It is public now.
done-notice-extract-rejected = It was refused.
done-notice-extract-withdrawn = It was taken back.
