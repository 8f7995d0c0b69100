# Sources and rules.
sources-lead = What was brought in, from where and when, and what became of it.
sources-empty = Nothing was brought in yet
sources-empty-hint = On the machine itself:
source-input = Source
source-started = When
source-accepted = New
source-duplicates = Known
source-refused = Refused
source-state = State
source-ended = read to its end
source-broken-off = broken off after line { $line }
owners = Whom sources belong to
owners-lead = What a source of an organisation brings marked AMBER+STRICT or RED is seen only by people of that organisation, or cleared for it by name, and never goes out. A source without an organisation goes by the marking alone.
owner-source-hint = As it stands in the list. It may be one that nothing came from yet.
owner-organisation-hint = As users have it. Left blank, the source belongs to nobody.
owner-none = nobody
owner-change = Change
owners-next = Further sources
done-source-owned = The owner was written; what the source brought is shown accordingly.
rules-lead = { $count ->
    [one] { $count } sign is looked for.
   *[other] { $count } signs are looked for.
}
rules-version = Version { $version }.
rules-check = Check the rules in the data folder
rules-reload = Read the rules again
rules-checked = What the check found
rules-hold = { $count ->
    [one] The rules can be used: { $count } sign.
   *[other] The rules can be used: { $count } signs.
}
rules-broken = There are mistakes: these rules would not be used, the old ones stay.
rules-try = Try a text
rules-text = Text of an offer
rules-text-hint = It is not stored.
rules-try-do = Show the signs
rules-found = { $count ->
    [one] { $count } passage
   *[other] { $count } passages
}
rules-found-none = No rule fits this text.
rules-indicator = Sign
rules-indicators = Signs
rules-words = Words
rules-pattern = Rule
rules-what = What counts
rules-why = Why
rules-means = For a job seeker
rules-source = Source
done-rules-reloaded = The rules were read again.
