//! What the places and people of a sentence are in it: seats of scam centres, origins of victims, or neither.
//!
//! Places that stand in one list share what governs the list ("from countries such as …"). A list is judged
//! by its preposition and the nearest cue; people by the verb that they belong to.

use std::ops::Range;

use forewarn_model::{Facts, PlaceKind};

use super::cues::{self, Cue, Governor, Hit};
use super::sentence::{Gap, Sentence};

/// How far a cue acts to its right, in words.
const REACH: usize = 14;
/// How many words a list may be away from what governs it.
const GOVERNOR_REACH: usize = 12;
/// How many words may stand between two places of a list.
const JOINING_MAX: usize = 6;

/// What a list of places or a number of people is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Where the centres are.
    Hub,
    /// Where victims are from; or people who are victims. With the cue that says so.
    Victims(Option<Cue>),
    /// People who were arrested, whatever they are.
    Arrested,
    /// Nothing of interest.
    Neither,
}

/// A list of places with one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// Numbers among the places of the text, with their words.
    pub(super) members: Vec<super::sentence::Mention>,
    pub(super) words: Range<usize>,
    /// Whether it names people rather than places.
    folk: bool,
    /// Whether a body of that country is named ("Thai police"), or the country speaks.
    body: bool,
    governor: Option<(Governor, usize)>,
    /// Whether the words between say "countries", so that the list cannot be of hubs people were freed from.
    counted: bool,
}

/// A sentence with its cues and lists.
pub(super) struct Scene<'a> {
    pub(super) sentence: &'a Sentence<'a>,
    pub(super) cues: &'a [Hit],
    pub(super) groups: Vec<Group>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(facts: &Facts, sentence: &'a Sentence<'a>, cues: &'a [Hit]) -> Self {
        let mut scene = Self { sentence, cues, groups: Vec::new() };
        scene.groups = scene.group(facts);
        scene
    }

    /// Whether a cue stands anywhere in it.
    pub(super) fn has(&self, cue: Cue) -> bool {
        self.cues.iter().any(|hit| hit.cue == cue)
    }

    /// The lists of the sentence.
    fn group(&self, facts: &Facts) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for mention in &self.sentence.mentions {
            let Some(place) = facts.places.get(mention.place) else { continue };
            let words = mention.words.clone();
            let folk = place.kind == PlaceKind::People || self.is_folk(place.kind, &words);
            let (governor, counted) = self.governor(words.start);
            let governed = governor.is_some() && self.sentence.gap(words.start) == Gap::Space;
            let body = self.is_body(words.end, governed);
            if let Some(last) = groups.last_mut()
                && last.folk == folk
                && !last.body
                && !body
                && self.joined(last, words.start)
            {
                last.words.end = words.end;
                last.members.push(mention.clone());
                continue;
            }
            groups.push(Group { members: vec![mention.clone()], words, folk, body, governor, counted });
        }
        groups
    }

    /// Whether a region ("West Africans") or country ("Hong Kong residents") stands for people.
    fn is_folk(&self, kind: PlaceKind, words: &Range<usize>) -> bool {
        let before = words.start.checked_sub(1);
        let noun = self.sentence.gap(words.end) == Gap::Space && self.sentence.is(words.end, cues::PERSONS);
        let last = self.sentence.word(words.end - 1);
        match kind {
            PlaceKind::Region => last.ends_with("an") || last.ends_with("ans"),
            PlaceKind::Country => noun && before.is_none_or(|at| self.sentence.governor(at).is_none()),
            _ => false,
        }
    }

    /// Whether what follows a place makes it a body that acts, or, if no preposition governs the place, a
    /// country that speaks.
    fn is_body(&self, after: usize, governed: bool) -> bool {
        let possessive = self.sentence.gap(after) == Gap::Apostrophe && self.sentence.word(after) == "s";
        let after = after + usize::from(possessive);
        if self.sentence.gap(after) == Gap::Hyphen {
            return self.sentence.is(after, cues::HYPHENATED);
        }
        if self.sentence.gap(after) != Gap::Space {
            return false;
        }
        let speaks = !governed && self.sentence.is(after, cues::SPEAKS) && !self.becomes_hub(after);
        // "Malaysia's foreign ministry", "Thai border police": the first cue within three words.
        let noun = (after..after + 3)
            .take_while(|at| self.sentence.gap(*at) == Gap::Space && self.sentence.governor(*at).is_none())
            .find_map(|at| self.cue_at(at));
        speaks || noun.is_some_and(|hit| matches!(hit.cue, Cue::Body | Cue::Ministry))
    }

    /// "has become a hub", "is home to scam centres".
    fn becomes_hub(&self, at: usize) -> bool {
        let already = self.sentence.is(at, "has have") && self.sentence.is(at + 1, "become emerged");
        (already || self.sentence.is(at, cues::BECOMING))
            && self.cues.iter().any(|hit| {
                (at..at + 6).contains(&hit.start)
                    && matches!(hit.cue, Cue::HubNoun | Cue::HubWeak | Cue::Expand)
            })
    }

    /// Whether a place that starts at a word belongs to the list before it.
    fn joined(&self, list: &Group, start: usize) -> bool {
        let between = list.words.end..start;
        let from = matches!(list.governor, Some((Governor::From, _)));
        between.len() <= JOINING_MAX
            && self.sentence.gap(start) != Gap::Break
            && between.clone().all(|at| {
                let word = self.sentence.word(at);
                let number = word.starts_with(|c: char| c.is_ascii_digit());
                // "604 from China, 183 from Vietnam"
                let again = word == "from" && from && between.len() > 1;
                self.sentence.gap(at) != Gap::Break
                    && (number || again || self.sentence.is(at, cues::JOINING))
            })
    }

    /// The preposition that a list hangs on, and whether the words between count countries.
    fn governor(&self, start: usize) -> (Option<(Governor, usize)>, bool) {
        let mut counted = false;
        for at in (start.saturating_sub(GOVERNOR_REACH)..start).rev() {
            if self.sentence.gap(at + 1) == Gap::Break {
                break;
            }
            let word = self.sentence.word(at);
            counted |= self.sentence.is(at, cues::COUNTRY_NOUNS);
            let least = word == "at" && self.sentence.word(at + 1) == "least";
            if least || self.sentence.mention_at(at).is_some_and(|_| !counted && at + 2 < start) {
                if least { continue } else { break }
            }
            if let Some(governor) = self.sentence.governor(at) {
                return (Some((governor, at)), counted);
            }
            let people_of = word == "of" && at > 0 && self.sentence.is(at - 1, cues::NATIONALS_OF);
            if people_of || matches!(word, "de" | "du") && at > 0 && self.sentence.is(at - 1, cues::PERSONS) {
                return (Some((Governor::From, at)), counted);
            }
            let number = word.starts_with(|c: char| c.is_ascii_digit());
            let next_is_place = self.sentence.mention_at(at).is_some();
            if !number && !next_is_place && !self.sentence.is(at, cues::LIGHT) {
                break;
            }
        }
        (None, counted)
    }

    fn cue_at(&self, at: usize) -> Option<&'a Hit> {
        let next = self.cues.partition_point(|hit| hit.end <= at);
        self.cues.get(next).filter(|hit| hit.start <= at)
    }

    /// The nearest cue with a role before a word.
    fn left(&self, at: usize) -> Option<&'a Hit> {
        // A cue may end in the word itself: "moved to", "home from".
        let until = self.cues.partition_point(|hit| hit.end <= at + 1);
        self.cues[..until].iter().rev().find(|hit| has_role(hit.cue))
    }

    /// The nearest cue with a role at or after a word, within reach.
    fn right(&self, at: usize, reach: usize) -> Option<&'a Hit> {
        let from = self.cues.partition_point(|hit| hit.start < at);
        self.cues[from..].iter().take_while(|hit| hit.start < at + reach).find(|hit| has_role(hit.cue))
    }

    /// The role of a list.
    pub(super) fn role(&self, facts: &Facts, list: &Group) -> Role {
        let end = list.words.end;
        let region = list.members.iter().any(|member| is_region(facts, member.place));
        // "four other Asian countries", "the Thai border": no place of its own.
        if self.sentence.is(end, cues::COUNTRY_NOUNS) || self.sentence.word(end) == "border" {
            return Role::Neither;
        }
        if (list.body || list.governor.is_none() && !list.folk)
            && let Some(role) = self.own_nationals(list)
        {
            return role;
        }
        if list.body {
            return self.body_role(list);
        }
        if list.folk && self.folk_tail(end) {
            return self.people(&list.words);
        }
        let possessive = usize::from(self.sentence.gap(end) == Gap::Apostrophe);
        let tail = end + possessive;
        let based = usize::from(self.sentence.is(tail, "based border online cyber crypto illegal"));
        if self.cue_at(tail + based).is_some_and(|hit| {
            hit.start >= end
                && (hit.cue == Cue::HubNoun
                    || hit.cue == Cue::HubWeak && (!list.folk || list.governor.is_some()))
        }) && self.sentence.gap(tail) != Gap::Comma
            && (!list.folk || !self.other_location(list))
        {
            return Role::Hub;
        }
        if list.folk {
            return self.people(&list.words);
        }
        if self.becomes_hub(end) {
            return Role::Hub;
        }
        match list.governor {
            Some((Governor::In, at)) => self.role_in(facts, list, at),
            Some((Governor::From, at)) => self.role_from(facts, list, at),
            Some((Governor::To, at)) => self.role_to(list, at, region),
            None => self.role_bare(facts, list),
        }
    }

    /// "Kenya brought home 68 citizens", "Indian officials say 30 nationals were lured": victims of the
    /// country that acts or speaks.
    fn own_nationals(&self, list: &Group) -> Option<Role> {
        let noun =
            (list.words.end..list.words.end + REACH).find(|at| self.sentence.is(*at, cues::NATIONALS_OF))?;
        let theirs = self.sentence.mention_at(noun - 1).is_none()
            && !self.sentence.is(noun - 1, "foreign")
            && self.sentence.word(noun + 1) != "of"
            && !(list.words.end..noun).any(|at| self.begins_clause(at));
        match self.people(&(noun..noun + 1)) {
            Role::Victims(cue) if theirs => Some(Role::Victims(cue)),
            _ => None,
        }
    }

    /// "Cambodian police raided a scam compound": with no other place in the sentence, theirs.
    fn body_role(&self, list: &Group) -> Role {
        let acts = self.has(Cue::Raid) && (self.has(Cue::HubNoun) || self.has(Cue::HubWeak));
        let police = self.cue_at(list.words.end).is_some_and(|hit| hit.cue == Cue::Body);
        match acts && police && !self.other_location(list) {
            true => Role::Hub,
            false => Role::Neither,
        }
    }

    fn other_location(&self, list: &Group) -> bool {
        self.groups.iter().any(|other| other != list && !other.folk && other.governor.is_some())
    }

    /// Whether the words after a people's name are a noun for people.
    fn folk_tail(&self, end: usize) -> bool {
        self.sentence.gap(end) == Gap::Space && self.sentence.is(end, cues::PERSONS)
    }

    fn role_in(&self, facts: &Facts, list: &Group, at: usize) -> Role {
        let known = list.members.iter().any(|member| facts.places.get(member.place).is_some_and(|p| p.hub));
        match self.left(at).map(|hit| hit.cue) {
            Some(
                Cue::HubNoun
                | Cue::HubWeak
                | Cue::Raid
                | Cue::Expand
                | Cue::Captive
                | Cue::Held
                | Cue::Rescue
                | Cue::Traffic,
            ) => Role::Hub,
            Some(Cue::Job) if self.warned_of(list) => Role::Hub,
            Some(Cue::Arrest | Cue::Perpetrator) if self.has_hub_noun() || self.has(Cue::Raid) => Role::Hub,
            Some(Cue::Body) if self.right(at, REACH).is_some_and(|hit| hit.cue == Cue::Raid) => Role::Hub,
            None => match self.right(list.words.end, REACH).map(|hit| hit.cue) {
                Some(Cue::HubNoun | Cue::HubWeak | Cue::Raid) => Role::Hub,
                // "120,000 people in Myanmar are forced to", but not "in Kenya, relatives of those held".
                Some(Cue::Captive | Cue::Held) if known || self.counts_people(at) => Role::Hub,
                _ => Role::Neither,
            },
            _ => Role::Neither,
        }
    }

    /// Whether a word follows a noun for people or a number.
    fn counts_people(&self, at: usize) -> bool {
        at > 0
            && (self.sentence.is(at - 1, cues::PERSONS)
                || self.sentence.word(at - 1).starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Whether offers of work in these places are warned of, or lured people there. With another place in
    /// the sentence the offer's may be the pretence.
    fn warned_of(&self, list: &Group) -> bool {
        self.has(Cue::Warn) || self.has(Cue::Lure) && !self.other_location(list)
    }

    fn has_hub_noun(&self) -> bool {
        self.has(Cue::HubNoun) || self.has(Cue::HubWeak)
    }

    fn role_from(&self, facts: &Facts, list: &Group, at: usize) -> Role {
        let Some(hit) = self.left(at) else {
            let later = self.right(list.words.end, REACH).map(|hit| hit.cue);
            let about_people = at == 0 || self.sentence.is(at - 1, cues::PERSONS);
            return match later {
                Some(cue) if about_people && is_victim(cue) => Role::Victims(Some(cue)),
                _ => Role::Neither,
            };
        };
        let person = at > 0 && self.sentence.is(at - 1, cues::PERSONS);
        let people = at > 0 && self.sentence.mention_at(at - 1).is_some() || self.people_before(at);
        match hit.cue {
            Cue::Home if !list.counted => Role::Hub,
            Cue::Rescue if hit.end >= at => match list.counted {
                true => Role::Victims(Some(Cue::Rescue)),
                false => Role::Hub,
            },
            Cue::Rescue if list.counted => Role::Victims(Some(Cue::Rescue)),
            Cue::Rescue if people || self.known_hub(facts, list) => Role::Hub,
            Cue::Rescue if person && list.members.len() == 1 && !self.other_location(list) => Role::Hub,
            Cue::HubNoun | Cue::HubWeak if !person && !list.counted => Role::Hub,
            Cue::Expand => Role::Hub,
            Cue::HubNoun | Cue::HubWeak | Cue::Job | Cue::Scam if person || list.counted => {
                Role::Victims(Some(Cue::Victim))
            }
            cue if is_victim(cue) || cue == Cue::Recruit => Role::Victims(Some(cue)),
            _ => Role::Neither,
        }
    }

    /// Whether a list of people ends right before a word: "47 Malaysian workers from …".
    fn people_before(&self, at: usize) -> bool {
        self.groups.iter().any(|list| list.folk && (list.words.end == at || list.words.end + 1 == at))
            || at >= 2
                && self.sentence.is(at - 1, cues::PERSONS)
                && self.sentence.mention_at(at - 2).is_some()
    }

    /// Whether a list names a known place of scam centres, or a country in which the text names one.
    fn known_hub(&self, facts: &Facts, list: &Group) -> bool {
        list.members.iter().filter_map(|member| facts.places.get(member.place)).any(|place| {
            place.hub
                || place.country.is_some()
                    && facts
                        .places
                        .iter()
                        .take(super::PLACES_MAX)
                        .any(|other| other.hub && other.country == place.country)
        })
    }

    fn role_to(&self, list: &Group, at: usize, region: bool) -> Role {
        let transit = self.groups.iter().any(|other| {
            other.words.start > list.words.end
                && matches!(other.governor, Some((Governor::To, _)))
                && (list.words.end..other.words.start).any(|at| self.sentence.is(at, cues::ONWARD))
        });
        match self.left(at).map(|hit| hit.cue) {
            Some(Cue::Expand) => Role::Hub,
            // A whole region as a destination tells nobody where to look.
            Some(Cue::Traffic | Cue::Lure | Cue::Captive | Cue::Recruit) if !region && !transit => Role::Hub,
            Some(Cue::Job) if !region && !transit && self.warned_of(list) => Role::Hub,
            Some(Cue::Home) => Role::Victims(Some(Cue::Home)),
            _ => Role::Neither,
        }
    }

    /// A list without a preposition: headlines such as "Bavet scam compound raided", and "rescued, Poipet".
    fn role_bare(&self, facts: &Facts, list: &Group) -> Role {
        let known = list.members.iter().any(|member| facts.places.get(member.place).is_some_and(|p| p.hub));
        let after = self.right(list.words.end, 3).map(|hit| hit.cue);
        match after {
            Some(Cue::HubNoun | Cue::Raid) if known => Role::Hub,
            _ if known && (self.has(Cue::HubNoun) || self.has(Cue::Rescue)) => Role::Hub,
            _ => Role::Neither,
        }
    }

    /// What the people are that a range of words names.
    pub(super) fn people(&self, words: &Range<usize>) -> Role {
        let mut end = words.end;
        while self.sentence.gap(end) == Gap::Space && self.sentence.is(end, cues::PERSONS) {
            let hit = self.cue_at(end).map(|hit| hit.cue);
            match hit {
                Some(Cue::Victim) => return Role::Victims(Some(Cue::Victim)),
                Some(Cue::Defraud) => return Role::Neither,
                Some(Cue::Perpetrator) => {
                    return if self.has(Cue::Arrest) { Role::Arrested } else { Role::Neither };
                }
                _ => end += 1,
            }
        }
        // What follows at once: "Malaysians rescued from", "nationals accused of", "crime syndicates".
        if let Some(hit) = self.right(end, 2)
            && self.sentence.gap(hit.start) == Gap::Space
            && !self.sentence.is(end, "and or")
        {
            match hit.cue {
                Cue::Perpetrator => return Role::Neither,
                Cue::Defraud => return Role::Neither,
                Cue::Arrest => return Role::Arrested,
                cue if is_victim(cue) || cue == Cue::Recruit => return Role::Victims(Some(cue)),
                _ => {}
            }
        }
        // "lured with Thai supermarket jobs": the jobs are Thai.
        if let Some(hit) = self.right(end, 3)
            && hit.cue == Cue::Job
            && (end..=hit.start).all(|at| matches!(self.sentence.gap(at), Gap::Space | Gap::Hyphen))
            && !self.sentence.is(hit.end, cues::PERSONS)
            && !self.counted(words)
        {
            return Role::Neither;
        }
        // "to scam Americans": the noun as a verb.
        let verb = words.start.checked_sub(1).and_then(|at| self.cue_at(at)).map(|hit| hit.cue);
        if matches!(verb, Some(Cue::Scam | Cue::Defraud)) {
            return Role::Neither;
        }
        if let Some(hit) = self.passive(end) {
            return judge(hit.cue);
        }
        let before = self.cues[..self.cues.partition_point(|hit| hit.end <= words.start)].iter().rev();
        if let Some(hit) = before.clone().find(|hit| acts_on_people(hit.cue)) {
            return judge(hit.cue);
        }
        self.right(end, REACH).map_or(Role::Neither, |hit| judge(hit.cue))
    }

    /// Whether a number stands right before the words, or in them.
    fn counted(&self, words: &Range<usize>) -> bool {
        words.start > 0 && self.sentence.word(words.start - 1).starts_with(|c: char| c.is_ascii_digit())
    }

    /// Whether a word begins another clause, so that what stands after it says nothing of what stands before.
    pub(super) fn begins_clause(&self, at: usize) -> bool {
        match self.sentence.gap(at) {
            Gap::Break => true,
            Gap::Comma => self.sentence.is(at, cues::CLAUSES) || self.sentence.is(at, cues::BREAKS),
            _ => self.sentence.is(at, cues::BREAKS),
        }
    }

    /// The verb in the passive that follows the people: "who were lured", "have been freed".
    fn passive(&self, end: usize) -> Option<&'a Hit> {
        let from = self.cues.partition_point(|hit| hit.start < end);
        self.cues[from..].iter().take_while(|hit| hit.start < end + REACH).find(|hit| {
            acts_on_people(hit.cue)
                && (end..hit.start).any(|at| self.sentence.is(at, cues::AUXILIARIES))
                && !(end..hit.start).any(|at| self.begins_clause(at))
                && !self
                    .groups
                    .iter()
                    .any(|list| list.folk && list.words.start >= end && list.words.start < hit.start)
        })
    }
}

fn judge(cue: Cue) -> Role {
    match cue {
        Cue::Arrest => Role::Arrested,
        cue if is_victim(cue) || cue == Cue::Recruit => Role::Victims(Some(cue)),
        _ => Role::Neither,
    }
}

/// Cues that decide what stands next to them; the others are about the text or the sentence.
fn has_role(cue: Cue) -> bool {
    !matches!(cue, Cue::Scam | Cue::Hedge | Cue::Deny | Cue::Total | Cue::Issue | Cue::Warn | Cue::Sanction)
}

fn acts_on_people(cue: Cue) -> bool {
    is_victim(cue)
        || matches!(
            cue,
            Cue::Arrest | Cue::Perpetrator | Cue::Defraud | Cue::Recruit | Cue::Warn | Cue::Sanction
        )
}

fn is_victim(cue: Cue) -> bool {
    matches!(cue, Cue::Traffic | Cue::Lure | Cue::Captive | Cue::Held | Cue::Victim | Cue::Rescue | Cue::Home)
}

fn is_region(facts: &Facts, place: usize) -> bool {
    facts.places.get(place).is_some_and(|place| place.kind == PlaceKind::Region)
}
