# What stands around every page of the desk.
skip = Skip to the page
menu = Menu
menu-all = All pages
menu-more = More
tab-situation = Situation
tab-alarms = Alarms
tab-reports = Reports
tab-campaigns = Campaigns
tab-network = Network
tab-incidents = Incidents
tab-notices = Notices
tab-received = Received
tab-exchange = Exchange
tab-sources = Sources
tab-members = Members
tab-rules = Rules
tab-users = Users
tab-audit = Audit
tab-account = Your account
tab-language = Language
tab-check = Check a job offer
user-local = This machine
sign-out = Sign out
theme = Appearance
theme-auto = As the system
theme-light = Light
theme-dark = Dark
independent = Forewarn is independent. It is no part of INTERPOL or of any agency; the colours of notices follow the public convention.
found-count = { $count ->
    [one] { $count } result
   *[other] { $count } results
}
page-next = Next
page-previous = Previous
day-in-words = { $day } { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
