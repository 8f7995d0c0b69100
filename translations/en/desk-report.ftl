# Reports: the search, and one report.
report-lead = Job ads, chats, reports of scams, news: find them again by words in any script, and by what is known of them.
report-hint = All words must be there. “In quotes” finds a phrase, begin* the beginning of a word, -word leaves out. Accents and case do not count.
report-any = Any
report-search = Search
report-further = More filters
report-chosen = Chosen filters
report-take-away = (take away)
report-none = Nothing found
report-none-hint = Try fewer words or filters. Reports come in with “forewarn ingest”; you see those that you are cleared for.
report-pages = Pages
report-first-page = First page
report-campaign = Campaign
report-more-than = More than { $count } results
report-waiting = { $count ->
    [one] { $count } report waits to be read and is not found yet.
   *[other] { $count } reports wait to be read and are not found yet.
}
report-seen-times = { $count ->
    [one] Seen { $count } time
   *[other] Seen { $count } times
}
report-field-q = Words
report-field-kind = Kind
report-field-verdict = Verdict
report-field-country = Country
report-field-language = Language
report-field-sort = Order
report-field-identifier = Identifier
report-field-identifier-kind = Kind of identifier
report-field-tlp = Marking
report-field-grading = Graded at least
report-field-claims = Claims on the trend
report-field-source = Source
report-field-campaign = Campaign
report-field-from = Received from
report-field-to = Received until
report-field-published-from = Published from
report-field-published-to = Published until
report-field-probability-min = Probability from
report-field-probability-max = Probability up to
report-kind-job-ad = Job ad
report-kind-chat = Chat
report-kind-scam-report = Report of a scam
report-kind-testimony = Testimony
report-kind-news = News
report-kind-advisory = Advisory
report-verdict-strong-signs = Strong signs
report-verdict-some-signs = Some signs
report-verdict-no-known-signs = No known signs
report-sort-newest = Newest first
report-sort-score = Highest score first
report-claims-yes = With claims
report-claims-no = Without claims
report-text = Text
report-key = What the marks mean
report-key-sign = warning sign
report-key-contact = contact
report-key-web = web address
report-key-money = money, account
report-key-place = place
report-normalized = Original and normalised side by side
report-normalized-hint = Rules and search read the normalised text: one form for look-alike letters, digits, case and hidden dots.
report-original = Original
report-normalized-text = Normalised
report-reasons = Reasons of the score
report-reasons-hint = In log-odds: what each reason adds. To the right speaks for recruitment into a scam centre, to the left against it. They add up to the score.
report-dated = Taken in as { $chance }: the rules or the model changed since.
report-reason = Reason
report-log-odds = Log-odds
report-bar = Weight
report-reason-prior = Before anything was read
report-reason-structure = Shown by the text as a whole.
report-reason-wording = Wording, as learned from examples
report-money = Amount of money
report-identifiers = Identifiers
report-times = Times
report-claims-title = Claims on the trend
report-claims-all = All claims
report-claim-decide = Decide
report-claim-confirmed = confirmed
report-claim-rejected = rejected
report-facts = Facts
report-id = Id
report-published = published { $time }
report-kept = stays with { $organisation }
report-marking = Marking and grading
report-mark-tlp = May be passed on (TLP)
report-mark-pap = May be done with it (PAP)
report-mark-reliability = Source
report-mark-credibility = Information
report-why = Why
report-change = Change
report-history = History
report-changed-by = { $who }: { $why }
done-report-marked = Marking and grading are changed.
done-report-unchanged = It was so before: nothing was changed.
report-shown-by = Shown by
report-slight = { $count ->
    [one] { $count } reason that weighs less
   *[other] { $count } reasons that weigh less
}
