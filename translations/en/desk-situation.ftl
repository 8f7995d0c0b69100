# The first page: what changed this week, the map, the curves.
situation-as-of = As known on { $day }
situation-day = As known on
situation-show = Show
situation-today = Back to today
situation-nothing = Nothing is known yet
situation-nothing-hint = Add incidents or take in reports: this page then shows where the trend is and what is new.
situation-tile-open = { $count ->
    [one] open alarm
   *[other] open alarms
}
situation-tile-hubs = { $count ->
    [one] hub country
   *[other] hub countries
}
situation-tile-origins = { $count ->
    [one] country of origin
   *[other] countries of origin
}
situation-tile-people = people reported held, at least and at most
situation-tile-reports = { $count ->
    [one] report taken in
   *[other] reports taken in
}
situation-new = { $count } new
situation-week = What changed since { $day }
situation-quiet = Nothing new became known in these seven days.
situation-quiet-last = The last news is of { $day }.
situation-quiet-show = Show the week before it
situation-new-hubs = New hub countries
situation-new-origins = New countries of origin
situation-incidents = { $count ->
    [one] { $count } report
   *[other] { $count } reports
}
situation-alarms-more = { $count ->
    [one] and one more alarm
   *[other] and { $count } more alarms
}
situation-events-more = { $count ->
    [one] and one more event
   *[other] and { $count } more events
}
situation-place = { $place }, { $country }
situation-open = Open alarms
situation-open-none = No alarm is open.
situation-open-all = { $count ->
    [one] One open alarm
   *[other] All { $count } open alarms
}
situation-one-source = one source, not confirmed
situation-evidence = Evidence
situation-alarm-hub = New hub country: { $subject }
situation-alarm-place = New place: { $subject }
situation-alarm-origin = New country of origin: { $subject }
situation-alarm-route = New route: { $subject }
situation-alarm-region = New region of hubs: { $subject }
situation-alarm-acceleration = Surge of reports: { $subject }
situation-alarm-displacement = Displacement: { $subject }
situation-route = from { $from } to { $to }
situation-kind-hub = hub
situation-kind-place = place
situation-kind-origin = origin
situation-kind-route = route
situation-kind-region = region
situation-kind-acceleration = surge
situation-kind-displacement = displacement
situation-chance-years = { $count ->
    [one] Chance alone would raise this about once a year
   *[other] Chance alone would raise this about once in { $count } years
}
situation-chance-years-bound = { $count ->
    [one] Chance alone would raise this less than once in a year
   *[other] Chance alone would raise this less than once in { $count } years
}
situation-chance-months = { $count ->
    [one] Chance alone would raise this about once a month
   *[other] Chance alone would raise this about once in { $count } months
}
situation-chance-months-bound = { $count ->
    [one] Chance alone would raise this less than once in a month
   *[other] Chance alone would raise this less than once in { $count } months
}
situation-notice-orange = Orange Notice issued
situation-notice-purple = Purple Notice issued
situation-map = Where the centres are, and where the people come from
situation-hub-reported = hub, reported
situation-hub-confirmed = hub, confirmed by three sources
situation-origin = people come from here
situation-hubs = Hub countries
situation-origins = Countries of origin
situation-month = Month
situation-play = Play the months
situation-pause = Pause
situation-zoom-in = Zoom in
situation-zoom-out = Zoom out
situation-reset = Whole world
situation-boundaries = Boundaries as drawn by Natural Earth; no position on their status is taken.
situation-table = The same as a table
situation-country = Country
situation-known-since = Known since
situation-confirmed-since = Confirmed since
situation-routes = Routes with most events
situation-from = From
situation-to = To
situation-events = Events
situation-curve-countries = Countries over time
situation-curve-people = People reported held
situation-people-note = Lowest and highest number that sources support: reports overlap and contradict each other. It is no census.
situation-quarters = By quarter, as known at its end
situation-growing = Campaigns that grow
situation-growing-told = { $recent } offers in the last 30 days, { $members } in all
