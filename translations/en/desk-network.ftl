# The network: identifiers, campaigns and reports, and what ties them.
network-lead = What is tied to an identifier, with the reports that prove each tie.
network-search = Phone, handle, site, wallet, or the id of a report or campaign
network-steps = Steps
network-step = Step
network-look = Look
network-from = From
network-until = Until
network-unknown = Nothing that you may see names “{ $text }”. Write a phone as +447700900123, a handle as @name.
network-nothing-tied = Nothing is tied here, as far as you may see.
network-begin = Where to begin
network-begin-none = There are no campaigns yet. Search for an identifier above, once reports are in.
network-begin-campaigns = The largest campaigns
network-reports = { $count ->
    [one] { $count } report
   *[other] { $count } reports
}
network-reports-head = Reports
network-way = How two are connected
network-way-from = From
network-way-to = To
network-way-find = Find the way
network-way-choose = Choose the other end in the picture or in the table. From:
network-way-start = Way from here…
network-way-steps = { $count ->
    [one] { $count } step.
   *[other] { $count } steps.
}
network-no-way = Nothing connects the two, as far as you may see.
network-loading = Loading …
network-incomplete = There is more than is shown here.
network-failed = That did not work.
network-no-picture = This browser cannot draw the picture (WebGL is off). The tables below show the same.
network-tools = Tools of the picture
network-zoom-in = Closer
network-zoom-out = Farther
network-fit = Show all
network-settle = Arrange anew
network-unhide = Show hidden nodes
network-find = Find in this network
network-picture = Picture of the network; the tables below show the same
network-keys = Click chooses, double click or Enter expands, drag pins. Arrows move, + and − zoom, Escape releases.
network-row-keys = In a row: E expands, H hides, P pins, W starts a way, arrows go up and down.
network-leave-out = Leave out
network-apply = Apply
network-nodes = Nodes
network-node = Node
network-kind = Kind
network-ties = Ties
network-acts = Actions
network-expand = Expand
network-hide = Hide
network-pin = Pin or release
network-release = Nothing chosen
network-more-rows = More rows
network-tie-from = From
network-tie-to = To
network-strength = Strength
network-strength-of = Strength { $strength }
network-days = Days
network-panel = Choose a node or a tie, in the picture or in a table, to see its evidence here.
network-evidence = Evidence of the tie
network-latest = Latest reports
network-proofs-more = { $count ->
    [one] and { $count } more report
   *[other] and { $count } more reports
}
network-shared-by = { $count ->
    [one] named by { $count } independent group
   *[other] shared by { $count } independent groups
}
network-open = Open
network-centre = Put in the middle
network-mark = Mark this tie as wrong
network-mark-hint = It leaves the network and everything that is derived from it, until it is taken back. Your name and reason stay on record.
network-why = Why
network-marked = Marked as wrong
network-take-back = Take back
network-common = { $count ->
    [one] { $count } value that ties nobody
   *[other] { $count } values that tie nobody
}
network-common-why = Too many unrelated reports name it, so it ties nobody.
network-listed = It stands on a list of what is common, so it ties nobody: { $list }.
network-save = Save this view
network-view-name = Name
network-share-view = Others with the same clearance may open it
network-save-button = Save
network-views = Saved views
network-shared = shared
network-remove = Remove
network-remove-view = Remove the view “{ $name }”?
network-export = Take out
network-kind-phone = Phone
network-kind-email = E-mail
network-kind-url = Web address
network-kind-domain = Site
network-kind-iban = Bank account
network-kind-handle = Handle
network-kind-handle-of = { $name }
network-kind-crypto-of = Wallet: { $name }
network-kind-report = Report
network-kind-campaign = Campaign
network-tie-names = names
network-tie-member-of = belongs to
network-tie-part-of = is part of
network-tie-pays-to = pays to
network-report-job-ad = Job offer
network-report-chat = Conversation
network-report-scam-report = Report of fraud
network-report-testimony = Testimony
network-report-news = News
network-report-advisory = Advisory
done-network-marked = Marked as wrong: the tie is out of the network.
done-network-unmarked = The mark is taken back.
done-network-saved = The view is saved.
done-network-removed = The view is removed.
