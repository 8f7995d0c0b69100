# What a job seeker reads when an offer was checked, English: the catalogue that all others are held against.
# A test compares them: every language has the same messages with the same facts. Write short sentences with
# common words, for readers with little schooling, some of them afraid. Never write that an offer is safe, that
# a firm is criminal, or that the reader is a victim. A scam centre is a place where people are held and forced
# to cheat others by phone or on the internet.

## This language, for the list of languages

language-name = English

## Verdict: a sentence, and what to do

verdict-no-known-signs = No known warning signs found.
verdict-no-known-signs-advice = This does not mean that the offer is safe. We can only find signs that we know. Check the employer before you agree or travel.
verdict-some-signs = This offer has some warning signs.
verdict-some-signs-advice = Honest offers can have some of these signs too. Ask the questions below before you agree, pay or travel.
verdict-strong-signs = This offer has strong warning signs. It looks like offers that brought people into scam centres.
verdict-strong-signs-advice = Do not travel, do not pay and do not send your passport now. First ask one of the offices below.
verdict-held = It sounds as if someone is being held or threatened.
verdict-held-advice = Do not argue with the people there, and do not let them see that you ask for help. Call one of the offices below when it is safe.
verdict-too-short = This is too short to judge.
what-is-a-scam-centre = A scam centre is a place where people are held and forced to cheat others by phone or on the internet.

## When the answer may be weak

note-short = The text is very short. Paste the whole offer to get a better answer.
note-language = We are not sure which language this is, so we may have missed signs.
note-usual = We noticed the points below. Alone they are usual in honest offers too. Ask all the same.
note-whole-text = Shown by the text as a whole, not by single words.
note-more = And { $count } more passages of this kind.

## Headings

heading-verdict = Result
heading-text = The offer, with the signs marked
heading-signs = What we noticed, and what it means
heading-questions = What to ask before you agree or travel
heading-advice = Before you travel
heading-there = If you are already there
heading-help = Where to get help
no-signs-to-show = We found no words in this text that we know as warning signs.
questions-advice = Ask in writing and keep the answers. If they get angry, hurry you or do not answer, do not go.

## What each sign means, and what to ask

means-age-or-gender-limits = They want people of a certain age, sex or look. For office work this should not matter.
ask-age-or-gender-limits = Why do age, sex or looks matter for this work?
means-confinement = You could not come and go freely or keep your phone. An honest employer does not lock people in.
ask-confinement = Can I leave the place after work, without asking, with my phone and my passport?
means-crypto-or-gaming = The work is with crypto money, trading, betting or online games. Honest firms exist, but many scam centres use these words.
ask-crypto-or-gaming = Which licence does the company have, and where can I look it up?
means-debt-or-deposit = You would have to pay, owe money, or pay a penalty if you leave. Debt is used to stop people from leaving.
ask-debt-or-deposit = What would I owe if I leave on the first day? The answer should be: nothing.
means-destination-changed = The place of work changes on the way, or you are told later. People were promised one country and taken to another.
ask-destination-changed = In which town will I work, and is that written in the contract?
means-easy-interview = There is almost no interview. A real employer wants to know you before hiring you.
ask-easy-interview = Can I talk by video with my future manager, in the office?
means-euphemism = The offer uses words that recruiters for scam centres use.
ask-euphemism = What do these words mean in plain language? What exactly is the work?
means-free-housing = They give you a place to live or meals. Many honest jobs do. If you live where you work, it is easy to keep you there.
ask-free-housing = Where is the housing? May I live somewhere else, and come and go as I like?
means-free-travel = They pay for or arrange your journey. This can be honest. In scam centres the cost becomes a debt.
ask-free-travel = Is it a return ticket in my name, and is it written that I do not have to pay it back?
means-group-recruiting-bonus = They pay you to bring other people. Do not bring anyone to a place that you have not seen.
ask-group-recruiting-bonus = Why do you pay for each person I bring?
means-hub-location = Public reports name this place or area because of scam centres. Honest employers are there too.
ask-hub-location = What is the exact address, and can I leave the place freely after work?
means-language-skill-bonus = They pay more for a language, or prefer people who speak it. Scam centres hire by language, but so do hotels and call centres.
ask-language-skill-bonus = Whom will I talk to in this language, and about what?
means-messaging-app-contact = They want contact by a messaging app. Many honest employers do too, but they also have an office, a phone number and a website.
ask-messaging-app-contact = What is the address of your office, and can I call a fixed phone line there?
means-no-experience = They ask for no experience. Many honest jobs do the same. Together with very high pay it is a warning sign.
ask-no-experience = What will I do each day, and who will train me?
means-overseas-offer = The job is in another country. This can be honest, but it is harder to leave if something is wrong.
ask-overseas-offer = In which town is the work, and can I read the contract before I travel?
means-passport-handover = They want to keep your passport or identity card. Nobody but the authorities may keep it.
ask-passport-handover = Will I keep my passport myself at all times?
means-salary-above-norm = The pay is much higher than usual for this work. Very high pay for simple work is often bait.
ask-salary-above-norm = Why do you pay so much more than others, and can I talk with people who work there now?
means-travel-paid-by-victim = You must pay for the journey, the visa or the ticket yourself. Some people paid large sums for a job that did not exist.
ask-travel-paid-by-victim = Can I pay the airline or the embassy directly, and what do I get back if there is no job?
means-typing-or-chat-work = The work is typing, chatting or talking to customers online. Scam centres describe their work like this, and honest firms do too.
ask-typing-or-chat-work = Who are the customers, and what do I write or say to them?
means-urgent = They want you to decide quickly. Take time to check: an honest job can wait some days.
ask-urgent = Can I have three days to show the contract to someone I trust?
means-vague-employer = The offer does not say clearly who the employer is. You cannot check an employer without a name.
ask-vague-employer = What is the full name of the company, and its registration number?
means-visa-handled = They arrange your visa or papers. Make sure that it is a work visa, given before you travel.
ask-visa-handled = What kind of visa is it, and will I have it in my hand before I travel?
means-visa-run-or-border = You would travel as a tourist, or cross a border in a hidden way. Then you may not work there legally, and it is harder to ask the police for help.
ask-visa-run-or-border = Why is there no work visa before I travel?

## Before you travel

advice-visa = Do not travel for work on a tourist or visit visa.
advice-passport = Keep your passport yourself. Give a copy to your family.
advice-contract = Ask for a written contract in a language that you read, before you travel.
advice-employer = Look for the company yourself, and call a number that you found yourself. Ask the ministry of labour of your country about it.
advice-licence = Check that the agency has a licence to send workers abroad.
advice-pay = Do not pay for a promise of work, and do not sign a debt.
advice-tell = Tell someone you trust where you go, with whom and when you will call. Agree on a secret word that means: I need help.

## If you are already there

there-danger = If you are in danger now, call the police or your embassy when it is safe. If you think that the local police are not safe for you, call your embassy or family first.
there-family = If someone you love is there: do not threaten anyone and do not go there yourself. Call the police and the foreign ministry of your country now.
there-place = Send your location, the name of the place and photos of the outside to someone you trust, only when nobody sees it. Then delete the message.
there-embassy = Your embassy can help you even if you have no passport or no valid visa.
there-forced = If you were forced to cheat people, say so to the police, your embassy or a helper. People who were forced have a right to protection.
there-ransom = If they ask your family for money, your family should call the police of your country at once.

## Where to get help

help-place = Country named in the offer
help-home = Your country
help-world = Anywhere in the world
help-kind-emergency = Emergency
help-kind-police = Police
help-kind-trafficking = Help against human trafficking
help-kind-workers = Help for workers abroad
help-kind-consular = Foreign ministry, for citizens abroad
help-kind-embassy = Embassy
help-kind-international = International organisation
help-nationals = For citizens of: { $country }
help-hours-always = Day and night
help-abroad = From abroad
help-source = Source
help-checked = Checked on { $date }
help-dated = Source dated { $date }
help-changes = Numbers can change. If one does not answer, look at the source or ask your embassy.
help-none = We have no confirmed number for: { $country }. Ask your embassy or the police there.

## The page

page-title = Check a job offer
page-lead = Paste a job offer or a chat message. We look for signs that were seen in offers that brought people into scam centres.
page-skip = Go to the main part
form-text = The offer
form-text-hint = Paste the whole text, as you got it. Any language.
form-answer = Language of the answer
form-answer-same = The language of the offer
form-country = The country you live in (you can leave this empty)
form-country-none = I do not want to say
form-button = Check the offer
page-again = Check another offer
page-languages = Read this page in
privacy = We do not store your text, and we do not use cookies.
independent = Forewarn is independent. It is not part of the police, of INTERPOL or of any government.
machine = A computer made this result. It can be wrong.
translation = This translation has not yet been checked by a native speaker.

## When something is wrong

error-empty = There is no text to check. Paste the offer into the box.
error-too-long = The text is too long: at most { $count } kilobytes. Paste only the offer itself.
error-not-text = The text could not be read. Copy it again and paste it into the box.
error-busy = Too many people are checking offers right now. Please try again in a few seconds.
error-not-found = There is no such page.
error-failed = Something went wrong on our side. Please try again.
