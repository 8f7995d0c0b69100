# Alarms: what the watch raised, and what people made of it.
alarm-lead = What the watch raised, as known on { $day }.
alarm-states = States
alarm-state-open = Open
alarm-state-watching = Watched
alarm-state-noticed = In a notice
alarm-state-merged = Merged
alarm-state-dismissed = Dismissed
alarm-state-all = All
alarm-kind = Kind
alarm-kind-hub = New hub
alarm-kind-place = New place
alarm-kind-origin = New origin
alarm-kind-route = New route
alarm-kind-region = New region
alarm-kind-acceleration = Surge
alarm-kind-displacement = Displacement
alarm-country = Country
alarm-any = Any
alarm-as-of = As known on
alarm-sort = Order
alarm-sort-urgency = Most urgent first
alarm-sort-day = Latest first
alarm-sort-rarity = Rarest by chance first
alarm-show = Show
alarm-pages = Pages
alarm-none = No alarms yet
alarm-none-hint = Alarms come from incidents. Import or add some, and the watch says what is new.
alarm-none-here = Nothing here
alarm-none-here-hint = Another state, country or day has alarms.
alarm-headline-hub = New hub: { $country }
alarm-headline-place = New place: { $place }, { $country }
alarm-headline-origin = New country of origin: { $country }
alarm-headline-route = New route: { $from } to { $to }
alarm-headline-region = New region of hubs: { $region }
alarm-headline-growth-hub = Reports grow faster: hub { $country }
alarm-headline-growth-origin = Reports grow faster: people from { $country }
alarm-headline-growth-route = Reports grow faster: { $from } to { $to }
alarm-headline-growth-place = Reports grow faster: { $place }, { $country }
alarm-headline-growth-region = Reports grow faster: { $region }
alarm-headline-displacement = Displacement: raids in { $from }, growth in { $to }
alarm-events = { $count ->
    [one] { $count } event
   *[other] { $count } events
}
alarm-sources = { $count ->
    [one] { $count } independent source
   *[other] { $count } independent sources
}
alarm-behind = { $events }, { $sources }.
alarm-chance-years = { $count ->
    [one] By chance about once in { $count } year.
   *[other] By chance about once in { $count } years.
}
alarm-chance-years-bound = { $count ->
    [one] By chance less than once in { $count } year.
   *[other] By chance less than once in { $count } years.
}
alarm-chance-months = { $count ->
    [one] By chance about once in { $count } month.
   *[other] By chance about once in { $count } months.
}
alarm-chance-months-bound = { $count ->
    [one] By chance less than once in { $count } month.
   *[other] By chance less than once in { $count } months.
}
alarm-soundings = { $count ->
    [one] Sounded { $count } time.
   *[other] Sounded { $count } times.
}
alarm-incidents = { $count ->
    [one] { $count } incident behind this alarm
   *[other] { $count } incidents behind this alarm
}
alarm-draft = Draft a notice
alarm-past = As known on { $day }, from nothing that became known later.
alarm-today = As known today
alarm-merged-into = It is told by this alarm:
alarm-merged-here = Merged into this alarm
alarm-same-subject = Other alarms on the same subject
alarm-why = Why it sounded
alarm-raised = Sounded on
alarm-first-known = First known on
alarm-rests-on = Rests on
alarm-chance = Chance
alarm-score = Urgency
alarm-score-hint = orders the list: the rarer, the newer and the better supported, the higher. It has no unit.
alarm-earlier = Sounded before
alarm-single = one source, not confirmed
alarm-one-source = It rests on one source and is not confirmed.
alarm-decide = Decide
alarm-reason = Why
alarm-watch = Watch
alarm-watch-hint = It stays in sight until somebody decides otherwise.
alarm-merge = Merge
alarm-merge-hint = Another alarm tells the same; this one leaves the list of open alarms.
alarm-into = Into
alarm-dismiss = Dismiss
alarm-dismiss-hint = There is no reason to act. If it sounds again later, it is open again.
alarm-reopen = Open again
alarm-history = Decisions
alarm-decided-dismissed = Dismissed
alarm-decided-merged = Merged
alarm-decided-watching = Watched
alarm-decided-open = Opened again
done-alarm-dismissed = The alarm is dismissed.
done-alarm-watched = The alarm is watched.
done-alarm-merged = The alarm is merged.
done-alarm-reopened = The alarm is open again.
alarm-region-002 = Africa
alarm-region-019 = Americas
alarm-region-142 = Asia
alarm-region-150 = Europe
alarm-region-009 = Oceania
alarm-region-010 = Antarctica
alarm-region-015 = Northern Africa
alarm-region-011 = Western Africa
alarm-region-017 = Middle Africa
alarm-region-014 = Eastern Africa
alarm-region-018 = Southern Africa
alarm-region-021 = Northern America
alarm-region-013 = Central America
alarm-region-029 = Caribbean
alarm-region-005 = South America
alarm-region-143 = Central Asia
alarm-region-030 = Eastern Asia
alarm-region-035 = South-eastern Asia
alarm-region-034 = Southern Asia
alarm-region-145 = Western Asia
alarm-region-151 = Eastern Europe
alarm-region-154 = Northern Europe
alarm-region-039 = Southern Europe
alarm-region-155 = Western Europe
alarm-region-053 = Australia and New Zealand
alarm-region-054 = Melanesia
alarm-region-057 = Micronesia
alarm-region-061 = Polynesia
alarm-vague-day = What is known by its month or year alone counts at its end: “2024” from 31 December 2024. So an alarm never sounds before it could.
