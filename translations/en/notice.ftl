# Messages of notices, English. The four catalogues must have the same messages with the same facts: a test
# compares them. A fact has forms: `$x` as it stands in a list or as a subject, `$x-in` ("in the
# Philippines"), `$x-from` ("from the Philippines"), `$x-bare` (without article), `$x-count`, `$x-max`,
# `$x-precision` (day, month or year).

## Kinds and states

kind-orange = Orange Notice
kind-orange-meaning = Warns of an event, a person, an object or a process that is a serious and imminent threat to public safety.
kind-purple = Purple Notice
kind-purple-meaning = Describes how an offence is committed: the method, the objects, the devices and the means of concealment.

state-draft = Draft, not issued
state-in_review = In review, not issued
state-approved = Approved, not yet issued
state-issued = Issued
state-superseded = Superseded
state-withdrawn = Withdrawn
state-expired = Expired

## Headings

section-threat = Threat
section-modus_operandi = How it is done
section-hubs = Where the centres are
section-origins = Where the people come from
section-routes = Routes
section-period = Period
section-scale = Scale
section-signs = Warning signs in offers
section-actions = Recommended action

## Headlines

headline-hub = Scam centres with coerced workers reported { $country-in }
headline-place = Scam centre with coerced workers reported at { $place }, { $country-bare }
headline-origin = People { $country-from } held in scam centres
headline-route = New route into scam centres: { $route }
headline-region = Scam centres with coerced workers reported in a new region: { $region }
headline-acceleration = Reports of scam centres with coerced workers are increasing: { $subject-bare }
headline-displacement = Scam centres are being displaced: { $subject-bare }
headline-campaign = { $reports ->
        [one] How one job advertisement draws people into scam centres
       *[other] How { $reports } job advertisements from one template draw people into scam centres
    }

## Threat

threat-events = { $events ->
        [one] One event, told by { $publishers ->
            [one] one publisher
           *[other] { $publishers } publishers
        },
       *[other] { $events } events, told by { $publishers ->
            [one] one publisher
           *[other] { $publishers } publishers
        },
    } and known by { $known }: people were held or forced to work in scam centres { $hubs-in }.
threat-events-any = { $events ->
        [one] One event, told by { $publishers ->
            [one] one publisher
           *[other] { $publishers } publishers
        },
       *[other] { $events } events, told by { $publishers ->
            [one] one publisher
           *[other] { $publishers } publishers
        },
    } and known by { $known }: people were held or forced to work in scam centres.
threat-alarm = { $sources ->
        [one] The alarm behind this notice was raised on { $raised } on the account of one publisher.
       *[other] The alarm behind this notice was raised on { $raised } on the accounts of { $sources } independent publishers.
    }
threat-rarity = { $days ->
        [one] If nothing new were happening, an alarm as strong as this would be expected every day.
       *[other] If nothing new were happening, an alarm as strong as this would be expected about once in { $days } days.
    }
threat-rarity-months = { $months ->
        [one] If nothing new were happening, an alarm as strong as this would be expected about once in a month.
       *[other] If nothing new were happening, an alarm as strong as this would be expected about once in { $months } months.
    }
threat-rarity-years = { $years ->
        [one] If nothing new were happening, an alarm as strong as this would be expected about once in a year.
       *[other] If nothing new were happening, an alarm as strong as this would be expected about once in { $years } years.
    }
threat-rarity-months-bound = { $months ->
        [one] If nothing new were happening, an alarm as strong as this would be expected less than once in a month. The record is too short to say more.
       *[other] If nothing new were happening, an alarm as strong as this would be expected less than once in { $months } months. The record is too short to say more.
    }
threat-rarity-years-bound = { $years ->
        [one] If nothing new were happening, an alarm as strong as this would be expected less than once in a year. The record is too short to say more.
       *[other] If nothing new were happening, an alarm as strong as this would be expected less than once in { $years } years. The record is too short to say more.
    }
threat-estimate = Assessment that the activity described here is taking place: { $likelihood }.
threat-offers = Assessment that these advertisements recruit for scam centres: { $likelihood }.

## How it is done

mo-coercion = { $events ->
        [one] In one of { $total } events the sources state that the workers were held or coerced.
       *[other] In { $events } of { $total } events the sources state that the workers were held or coerced.
    }
mo-coercion-all = { $events ->
        [one] The sources of the event state that the workers were held or coerced.
       *[other] In all { $events } events the sources state that the workers were held or coerced.
    }
mo-roles = { $events ->
        [one] In one event some of those held are called suspects by a source; people found in scam centres may be victims who were forced to offend.
       *[other] In { $events } events some of those held are called suspects by a source; people found in scam centres may be victims who were forced to offend.
    }
mo-responses = { $events ->
        [one] One of the events is a raid or a rescue.
       *[other] { $events } of the events are raids or rescues.
    }
mo-campaigns = { $campaigns ->
        [one] { $reports ->
            [one] One job advertisement written from a common template recruits for this trend.
           *[other] { $reports } job advertisements written from one common template recruit for this trend.
        }
       *[other] { $reports ->
            [one] One job advertisement, written from { $campaigns } common templates, recruits for this trend.
           *[other] { $reports } job advertisements, written from { $campaigns } common templates, recruit for this trend.
        }
    }
mo-groups = { $campaigns ->
        [one] One group of { $reports } job advertisements, written from a common template, bears the signs of recruitment into scam centres and names { $countries }. A program found it; whether it belongs to the events told here has not been established.
       *[other] { $campaigns } groups of job advertisements, each written from a common template, { $reports } advertisements in all, bear the signs of recruitment into scam centres and name { $countries }. A program found them; whether they belong to the events told here has not been established.
    }
mo-template = { $reports ->
        [one] One job advertisement was written from the template.
       *[other] { $reports } job advertisements were written from one template.
    }
mo-copies = { $copies ->
        [one] One of them copies another word for word.
       *[other] { $copies } of them copy another word for word.
    }
mo-wording = Wording that they share: “{ $wording }”
mo-languages = Languages of the advertisements: { $languages }.
mo-channels = Ways of contact that they give: { $channels }.
mo-destinations = Countries that they name: { $countries }. The journey may end elsewhere.

## Where the centres are

hubs-country = { $country-bare }: { $events ->
        [one] one event
       *[other] { $events } events
    } since { $since }, told by { $publishers ->
        [one] one publisher
       *[other] { $publishers } publishers
    }.
hubs-place = Place named by the sources: { $place }, { $country-bare } ({ $events ->
        [one] one event
       *[other] { $events } events
    } since { $since }).
hubs-other = Such centres were also reported { $countries-in }.

## Where the people come from

origins-region = { $region }: { $countries }.

## Routes

routes-one = { $events ->
        [one] One event is known of people taken { $route }, dated { $since }.
       *[other] { $events } events are known of people taken { $route }, the first dated { $since }.
    }

## Period

period-span = The events are dated from { $first } to { $last }.
period-once = The events are dated { $first }.
period-known = They have been publicly known since { $since }.
period-offers = The advertisements were received from { $first } to { $last }.
period-offers-once = The advertisements were received on { $first }.

## Scale

scale-people = Reported missing, held or freed: { $people-max ->
        [one] { $people } person
       *[other] { $people } people
    } ({ $events ->
        [one] one event with figures
       *[other] { $events } events with figures
    }). The range allows for sources that disagree and for people who are counted more than once.
scale-claim = { $publisher } quotes a total of { $people ->
        [one] one person
       *[other] { $people } people
    } ({ $known }); totals overlap and must not be added.
scale-unstated = { $events ->
        [one] For one event no source gives a figure.
       *[other] For { $events } events no source gives a figure.
    }

## Warning signs

signs-campaign = { $reports ->
        [one] Seen in one advertisement: { $signs }.
       *[other] Seen in a group of { $reports } advertisements from one template: { $signs }.
    }
signs-one = { $offers ->
        [one] In one of { $total } advertisements: { $sign }.
       *[other] In { $offers } of { $total } advertisements: { $sign }.
    }

sign-overseas_offer = a job abroad offered to people at home
sign-hub_location = a place of work in a town or zone known for scam centres
sign-salary_above_norm = pay far above what the work is worth there
sign-no_experience = no experience or qualification asked for
sign-free_travel = travel paid by the employer
sign-free_housing = free housing and meals
sign-visa_handled = visa and papers arranged by the recruiter
sign-urgent = pressure to decide or leave at once
sign-messaging_app_contact = contact by messaging app only
sign-language_skill_bonus = extra pay for speaking a language
sign-typing_or_chat_work = typing, chat or “customer service” work
sign-crypto_or_gaming = work with crypto-assets, online gaming or betting
sign-age_or_gender_limits = limits of age or sex
sign-passport_handover = passports to be handed over
sign-visa_run_or_border = travel on a tourist visa, visa runs or an irregular border crossing
sign-vague_employer = an employer that is not named or cannot be verified
sign-debt_or_deposit = fees, advances, bonds or penalties charged to the worker
sign-group_recruiting_bonus = a bonus for bringing friends or a group
sign-travel_paid_by_victim = travel paid by the worker, to be paid back later
sign-easy_interview = an interview that is only a chat or a typing test
sign-destination_changed = a destination that changes, or is told only after arrival
sign-confinement = a place of work that workers may not leave freely, phones held back
sign-euphemism = code words of the trade

## Actions

action-border = Border and airport services: speak separately with travellers who leave for a new job { $hubs-in }, also by way of third countries; tell them what is known and give them the number of a hotline.
action-border-any = Border and airport services: speak separately with travellers who leave for a new job abroad under the conditions described here; tell them what is known and give them the number of a hotline.
action-police = Police: treat people found in scam centres as possible victims of trafficking who were forced to offend; identify them and hear them before charges are considered; secure telephones and chat records as evidence.
action-embassy = Embassies and consulates { $hubs-in }: publish a warning in the languages of your nationals, keep a line open at all hours, and be ready to replace passports that were taken.
action-embassy-any = Embassies and consulates: publish a warning in the languages of your nationals, keep a line open at all hours, and be ready to replace passports that were taken.
action-bank = Banks and payment services: look for placement fees, ransoms and payments to intermediaries that fit the routes and dates given here, and report them to the financial intelligence unit.
action-platform = Platforms and job boards: look for the advertisements described here, take them down, keep copies for the police, and report which accounts placed them.
action-public = Job seekers: check the employer with the labour ministry or an embassy before you leave; do not travel to work on a tourist visa; never hand over your passport; if you are held, call the police or your embassy.
action-identifiers = { $identifiers ->
        [one] All recipients: compare the identifier listed in this notice with your own records and report what you find to the issuer.
       *[other] All recipients: compare the { $identifiers } identifiers listed in this notice with your own records and report what you find to the issuer.
    }

## Likelihood

likelihood-almost_no_chance = almost no chance (1–5 %)
likelihood-very_unlikely = very unlikely (5–20 %)
likelihood-unlikely = unlikely (20–45 %)
likelihood-roughly_even_chance = roughly even chance (45–55 %)
likelihood-likely = likely (55–80 %)
likelihood-very_likely = very likely (80–95 %)
likelihood-almost_certain = almost certain (95–99 %)

## Labels

label-issuer = Issued by
label-number = Number
label-author = Drafted by
label-created = Drafted
label-issued = Issued
label-as-of = Based on what was known by
label-review-by = To be reviewed by
label-marking = Marking
label-state = State
label-summary = Summary
label-observables = Identifiers to look for
label-references = References
label-no-observables = This notice lists no identifiers.
label-disclaimer = The organisation named above issues this notice with Forewarn. Forewarn is independent; it is not part of INTERPOL or of any other authority. The colour follows the public convention for notices.
label-designations = The names of countries and territories imply no opinion on their legal status.
label-claims = Reports are quoted as claims of their sources. No person is called a victim or an offender as a fact.
label-verify = This notice is signed. Anyone can verify it offline with the issuer’s public key.
label-verify-with = Verify with
label-key = Key
label-signature = Signature
label-table-kind = Kind
label-table-value = Value
label-table-refs = References
label-table-number = No.
label-table-source = Source
label-grading = Grading
label-grading-meaning = Grading by the Admiralty system: A to F for the source (A: completely reliable, F: cannot be judged), 1 to 6 for the information (1: confirmed, 6: cannot be judged).
label-likelihood-meaning = Words of likelihood stand for fixed ranges, which are given with them.
label-known-from = Known from
label-supersedes = Replaces
label-superseded-by = Replaced by
label-map = Map
label-timeline = Timeline
label-events = Events
label-page = Page
label-of = of
label-language = English

value-not-issued = not yet issued

## Kinds of identifiers

observable-phone = Telephone number
observable-email = E-mail address
observable-url = Web address
observable-domain = Domain
observable-iban = Bank account (IBAN)
observable-handle-telegram = Telegram account
observable-handle-whatsapp = WhatsApp account
observable-handle-line = LINE account
observable-handle-wechat = WeChat account
observable-handle-zalo = Zalo account
observable-handle-viber = Viber account
observable-handle-signal = Signal account
observable-handle-kakao = KakaoTalk account
observable-handle-qq = QQ account
observable-handle-skype = Skype account
observable-handle-facebook = Facebook account
observable-handle-instagram = Instagram account
observable-handle-tiktok = TikTok account
observable-handle-x = X account
observable-handle-imo = IMO account
observable-handle-unknown = Account name
observable-crypto-btc = Bitcoin address
observable-crypto-eth = Ethereum address
observable-crypto-tron = TRON address
observable-crypto-ltc = Litecoin address

## Languages of advertisements

language-am = Amharic
language-ar = Arabic
language-bn = Bengali
language-cs = Czech
language-de = German
language-en = English
language-es = Spanish
language-fa = Persian
language-fil = Filipino
language-fr = French
language-hi = Hindi
language-id = Indonesian
language-it = Italian
language-ja = Japanese
language-kk = Kazakh
language-km = Khmer
language-ko = Korean
language-lo = Lao
language-mn = Mongolian
language-ms = Malay
language-my = Burmese
language-ne = Nepali
language-nl = Dutch
language-pl = Polish
language-pt = Portuguese
language-ro = Romanian
language-ru = Russian
language-si = Sinhala
language-sw = Swahili
language-ta = Tamil
language-th = Thai
language-tr = Turkish
language-uk = Ukrainian
language-ur = Urdu
language-uz = Uzbek
language-vi = Vietnamese
language-zh = Chinese

## Forms of facts

range = between { $min } and { $max }
route = { $origin-from } to { $hub }
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
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

## Countries whose usual names in the gazetteer do not suit a notice

country-AG = Antigua and Barbuda
country-BA = Bosnia and Herzegovina
country-CD = Democratic Republic of the Congo
country-CG = Congo
country-HK = Hong Kong (China)
country-MM = Myanmar
country-MO = Macao (China)
country-ST = São Tomé and Príncipe
country-TT = Trinidad and Tobago
country-VA = Vatican City

## Regions (UN M49)

region-002 = Africa
region-019 = Americas
region-142 = Asia
region-150 = Europe
region-009 = Oceania
region-010 = Antarctica
region-015 = Northern Africa
region-011 = Western Africa
region-017 = Middle Africa
region-014 = Eastern Africa
region-018 = Southern Africa
region-021 = Northern America
region-013 = Central America
region-029 = Caribbean
region-005 = South America
region-143 = Central Asia
region-030 = Eastern Asia
region-035 = South-eastern Asia
region-034 = Southern Asia
region-145 = Western Asia
region-151 = Eastern Europe
region-154 = Northern Europe
region-039 = Southern Europe
region-155 = Western Europe
region-053 = Australia and New Zealand
region-054 = Melanesia
region-057 = Micronesia
region-061 = Polynesia

## Findings of the compliance check

place-notice = The notice
place-headline = Headline
place-statement = Sentence { $number }
place-observable = Identifier { $number }
place-field-author = Author
place-field-issuer = Issuer
place-field-number = Number
place-field-marking = Marking
place-field-review-by = Date of review
place-field-as-of = Day that it is based on

severity-block = blocks
severity-warn = warns

rule-rpd-data-quality = INTERPOL’s Rules on the Processing of Data: data quality
rule-rpd-retention = INTERPOL’s Rules on the Processing of Data: retention
rule-rpd-sensitive-data = INTERPOL’s Rules on the Processing of Data: sensitive data
rule-rpd-arts-88-96 = INTERPOL’s Rules on the Processing of Data, articles 88–96
rule-constitution-art-2 = INTERPOL’s Constitution, article 2: human rights
rule-constitution-art-3 = INTERPOL’s Constitution, article 3: neutrality
rule-tlp-2-0 = Traffic Light Protocol 2.0
finding-line = { $place }: { $text } [{ $rule }; { $severity }]
finding-field-blank = This field is blank.
finding-section-missing = The part “{ $section }”, which this kind of notice must have, is missing.
finding-section-order = The sentences do not stand in the order of the parts.
finding-alarm-missing = A notice of this kind rests on an alarm; none is named.
finding-message-unknown = The sentence names the message “{ $name }”, which statements cannot use here.
finding-fact-form = The fact “{ $name }” is missing, superfluous or of the wrong kind.
finding-publishers-few = { $publishers ->
        [0] No source is named; at least { $least } independent publishers are needed, or a reason.
        [one] Only one publisher stands behind the notice; at least { $least } independent ones are needed, or a reason.
       *[other] Only { $publishers } publishers stand behind the notice; at least { $least } independent ones are needed, or a reason.
    }
finding-publisher-single = Only one publisher stands behind this sentence.
finding-grading-poor = Everything behind this sentence is graded as doubtful or worse, or comes from unreliable sources.
finding-grading-unknown = Nothing behind this sentence has been graded.
finding-known-later = A reference became known only on { $known }, after the day that the notice is based on.
finding-as-of-late = The notice claims to know what happens after it was drafted.
finding-neutrality = The word “{ $term }” may give the notice a political, military, religious or racial character.
finding-sensitive = The word “{ $term }” points to particularly sensitive data.
finding-person-label = The words “{ $term }” label a person; this needs a judgment that is cited.
finding-person-name = “{ $name }” may be the name of a person.
finding-marking-above = The marking { $marking } is above the audience { $audience }.
finding-public-identifier = An identifier that can belong to a person must not be public.
finding-retention-long = { $days ->
        [one] Review is due after one day; at most { $most } are allowed.
       *[other] Review is due after { $days } days; at most { $most } are allowed.
    }
finding-retention-past = The date of review is not after the day on which the notice was drafted.
finding-extract-empty = Nothing was chosen that has a public form.
finding-extract-advice = The advice to job seekers was not chosen.
finding-extract-form = This sentence (“{ $name }”) has no public form.
finding-extract-above = { $references ->
        [one] One thing behind it is marked above TLP:CLEAR; its source must agree.
       *[other] { $references } things behind it are marked above TLP:CLEAR; their sources must agree.
    }

## What a sentence rests on

source-campaign = { $offers ->
        [one] Group of one job advertisement
       *[other] Group of { $offers } similar job advertisements
    }
source-alarm = Alarm of { $day }: { $subject-bare }
source-alarm-place = Alarm of { $day }: { $place }, { $country-bare }
source-report = Report taken in from { $name }
source-reply = Reply of { $member } to { $number }
