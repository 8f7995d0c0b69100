# The exchange with others.
exchange-lead = What goes to partners, what comes from them, and what both sides have in common.
exchange-for-partners = Your node fetches and brings objects, and brings messages of private matching, at these addresses.
exchange-collections = Collections (TAXII 2.1)
exchange-talk = Requests to talk
exchange-talk-empty = No hit waits for a talk.
exchange-talk-hint = Each hit is a request to talk to the officer on the other side. Nothing else was shown to either side.
exchange-outcome = What came of it
exchange-talked = Note the talk
exchange-partners = Partners
exchange-partners-empty = There is no partner yet.
exchange-partner = Partner
exchange-waiting = Waiting
exchange-for-it = For it
exchange-from-it = From it
exchange-held = Held back
exchange-last = Last attempt
exchange-match = Private matching
exchange-match-hint = Find out which values a partner's list and ours have in common, and nothing else. Phone numbers can be guessed: the limits and the audit log keep guessing in bounds.
exchange-match-empty = It takes a set of ours and an agreement with a partner.
exchange-ask = Ask a partner
exchange-set = Set
exchange-about = About
exchange-ask-file = Make the question as a file
exchange-take = Take a message
exchange-file = File
exchange-take-hint = A question, an answer or a closing that was carried by hand. What goes back comes as a file.
exchange-take-file = Take it
exchange-agreements = Agreements
exchange-our-set = Our set
exchange-learns = Who learns
exchange-limits = Limits
exchange-not-in-force = not in force
exchange-sets = Sets
exchange-values = Values
exchange-officer = Officer
exchange-made = Made
exchange-matches = Matches
exchange-state = State
exchange-hits = Hits
exchange-we-asked = we asked
exchange-they-asked = they asked
exchange-statistics = Statistics
exchange-statistics-hint = Tables with noise can be published. What they cost in privacy adds up, and ends at the budget.
exchange-who = Who
exchange-what = What
exchange-cost = ε
exchange-may-not-ask = may not ask
exchange-learns-requester = the side that asks
exchange-learns-both = both sides
exchange-purpose-values = values
exchange-purpose-cases = numbers of each case
exchange-state-asked = asked
exchange-state-answered = answered
exchange-state-finished = finished
exchange-budget = ε { $spent } of { $budget } is spent
exchange-limit = { $questions ->
    [one] { $questions } question, { $values } values a day
   *[other] { $questions } questions, { $values } values a day
}
exchange-in-common = { $count ->
    [one] { $count } value in common
   *[other] { $count } values in common
}
done-exchange-talked = The talk was noted.
done-exchange-taken = The message was taken.
