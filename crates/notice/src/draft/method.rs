//! What a draft from a campaign tells: how people are drawn in, by what wording, through which channels.
//!
//! One function for each part of a notice. What the offers say is told as their claim; what happens where
//! they lead is told from incidents that independent publishers reported.

use forewarn_model::date::day_of;
use forewarn_model::{
    Arg, Country, Date, EvidenceRef, Incident, Likelihood, ObservableKind, Role, Section, Segment, Statement,
    Vec1, WatchedObservable,
};

use super::sentence::{ACTIONS, campaign_ref, day, resting_on, statement};
use super::{CampaignInput, DraftError, DraftLimits, incident_ref};
use crate::check::objectionable;
use crate::message::{LANGUAGES, SIGNS};
use crate::tally::Group;

/// From how many of its members an identifier or a country counts as the campaign's, not as one offer's.
const NAMED_BY_MIN: u32 = 2;

/// Shortest shared wording that is worth quoting, in words, and the longest quoted, in characters.
const WORDING_WORDS_MIN: usize = 4;
const WORDING_CHARS_MAX: usize = 160;

/// Longest run of digits in quoted wording: a longer one may be somebody's number.
const WORDING_DIGITS_MAX: usize = 4;

/// How a probability is said: the first row whose bound is above it (ICD 203, as in [`Likelihood`]).
const LIKELIHOODS: [(f64, Likelihood); 6] = [
    (0.05, Likelihood::AlmostNoChance),
    (0.20, Likelihood::VeryUnlikely),
    (0.45, Likelihood::Unlikely),
    (0.55, Likelihood::RoughlyEvenChance),
    (0.80, Likelihood::Likely),
    (0.95, Likelihood::VeryLikely),
];

/// What the draft tells of, sorted and counted.
pub(super) struct Method<'a> {
    input: &'a CampaignInput<'a>,
    limits: &'a DraftLimits,
    campaign_ref: EvidenceRef,
    /// The days on which the first and the last of the offers came in.
    received: (Date, Date),
    /// What is known of the countries that the offers name.
    known: Group<'a>,
}

impl<'a> Method<'a> {
    pub(super) fn read(input: &'a CampaignInput<'a>, limits: &'a DraftLimits) -> Result<Self, DraftError> {
        let (campaign, as_of) = (input.campaign, input.head.as_of);
        if campaign.members.len() < 2 {
            return Err(DraftError::CampaignAlone { campaign: campaign.id });
        }
        let days = campaign.members.iter().filter_map(|member| member.received_at).map(day_of);
        let received = (days.clone().min().unwrap_or(as_of), days.max().unwrap_or(as_of));
        if received.1 > as_of {
            return Err(DraftError::CampaignLater { as_of, campaign: campaign.id, last: received.1 });
        }
        let named = countries(input);
        let leads = |incident: &&Incident| incident.hub.is_some_and(|hub| named.contains(&hub));
        let coercive = input.incidents.iter().filter(|i| i.known_at(as_of) && i.is_coercive());
        let known = Group::new(coercive.filter(leads));
        let campaign_ref = campaign_ref(campaign, input.grading, as_of);
        Ok(Self { input, limits, campaign_ref, received, known })
    }

    pub(super) fn headline(&self) -> Statement {
        self.on_offers(Section::ModusOperandi, "headline-campaign", vec![("reports", self.total())])
    }

    /// How likely the offers recruit, and what is known of where they lead.
    pub(super) fn threat(&self) -> Vec<Statement> {
        let probability = self.input.probability.filter(|p| p.is_finite());
        let estimate = probability.map(|probability| {
            let args = vec![("likelihood", Arg::Likelihood(likelihood(probability)))];
            self.on_campaign(Section::Threat, "threat-offers", args)
        });
        let hubs: Vec<Country> = self.known.by_hub().into_iter().map(|(hub, _)| hub).collect();
        let args = vec![
            ("events", Arg::Number(self.known.events())),
            ("publishers", Arg::Number(self.known.publishers())),
            ("hubs", Arg::Countries(hubs)),
            ("known", day(self.input.head.as_of)),
        ];
        let known = self.on_incidents(Section::Threat, "threat-events", args, &self.known.publications());
        estimate.into_iter().chain(known).collect()
    }

    /// That the offers have one source: a notice from a campaign is never without it.
    pub(super) fn template(&self) -> Statement {
        self.on_offers(Section::ModusOperandi, "mo-template", vec![("reports", self.total())])
    }

    pub(super) fn modus_operandi(&self) -> Vec<Statement> {
        let section = Section::ModusOperandi;
        let copies = self.input.campaign.members.iter().filter(|member| member.role == Role::Copy).count();
        let languages = self.input.languages.iter().filter_map(|(language, _)| {
            let known = LANGUAGES.contains(&language.primary());
            known.then(|| format!("language-{}", language.primary()))
        });
        let mut channels: Vec<(ObservableKind, u32)> = Vec::new();
        for ((kind, _), count) in self.input.identifiers {
            match channels.iter_mut().find(|(known, _)| known == kind) {
                Some((_, total)) => *total += count,
                None => channels.push((*kind, *count)),
            }
        }
        channels.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), *kind));
        let channels =
            channels.iter().map(|(kind, _)| format!("observable-{}", kind.to_string().replace(':', "-")));
        let countries = countries(self.input);
        let facts = [
            ("mo-copies", "copies", (copies > 0).then_some(Arg::Number(copies as i64))),
            ("mo-wording", "wording", wording(self.input).map(Arg::Name)),
            ("mo-languages", "languages", messages(languages)),
            ("mo-channels", "channels", messages(channels)),
            ("mo-destinations", "countries", (!countries.is_empty()).then_some(Arg::Countries(countries))),
        ];
        let told = facts.into_iter().filter_map(|(message, name, arg)| Some((message, name, arg?)));
        told.map(|(message, name, arg)| self.on_campaign(section, message, vec![(name, arg)])).collect()
    }

    pub(super) fn hubs(&self) -> Vec<Statement> {
        let hubs = self.known.by_hub();
        hubs.into_iter()
            .filter_map(|(hub, group)| {
                let args = vec![
                    ("country", Arg::Countries(vec![hub])),
                    ("events", Arg::Number(group.events())),
                    ("publishers", Arg::Number(group.publishers())),
                    ("since", Arg::Date(group.first()?)),
                ];
                self.on_incidents(Section::Hubs, "hubs-country", args, &group.publications())
            })
            .collect()
    }

    pub(super) fn period(&self) -> Statement {
        let (first, last) = self.received;
        let (message, args) = if first == last {
            ("period-offers-once", vec![("first", day(first))])
        } else {
            ("period-offers", vec![("first", day(first)), ("last", day(last))])
        };
        self.on_campaign(Section::Period, message, args)
    }

    /// The signs that more than one offer shows, each with its share.
    pub(super) fn signs(&self) -> Vec<Statement> {
        let told = |(name, _): &&(_, u32)| SIGNS.contains(&forewarn_model::IndicatorName::as_str(name));
        let shared = self.input.signs.iter().filter(|(_, offers)| *offers >= NAMED_BY_MIN).filter(told);
        shared
            .take(self.limits.signs_per_campaign_max)
            .map(|(name, offers)| {
                let args = vec![
                    ("sign", Arg::Messages(vec![format!("sign-{name}")])),
                    ("offers", Arg::Number(i64::from(*offers))),
                    ("total", self.total()),
                ];
                self.on_campaign(Section::Signs, "signs-one", args)
            })
            .collect()
    }

    pub(super) fn actions(&self) -> Vec<Statement> {
        let hubs: Vec<Country> = self.known.by_hub().into_iter().map(|(hub, _)| hub).collect();
        ACTIONS
            .iter()
            .map(|&(message, without_hub, _)| {
                let takes_hubs = message != without_hub && !hubs.is_empty();
                let args = if takes_hubs { vec![("hubs", Arg::Countries(hubs.clone()))] } else { vec![] };
                self.on_campaign(Section::Actions, if takes_hubs { message } else { without_hub }, args)
            })
            .collect()
    }

    /// The identifiers that more than one offer names.
    pub(super) fn observables(&self) -> Vec<WatchedObservable> {
        let shared = self.input.identifiers.iter().filter(|(_, offers)| *offers >= NAMED_BY_MIN);
        shared
            .take(self.limits.observables_max)
            .map(|((kind, value), _)| WatchedObservable {
                kind: *kind,
                value: value.clone(),
                refs: Vec1::new(self.campaign_ref.clone()),
            })
            .collect()
    }

    pub(super) fn identifiers(&self, observables: &[WatchedObservable]) -> Option<Statement> {
        let args = vec![("identifiers", Arg::Number(observables.len() as i64))];
        (!observables.is_empty()).then(|| self.on_campaign(Section::Actions, "action-identifiers", args))
    }

    fn total(&self) -> Arg {
        Arg::Number(self.input.campaign.members.len() as i64)
    }

    fn on_campaign(&self, section: Section, message: &str, args: Vec<(&str, Arg)>) -> Statement {
        statement(section, message, args, Vec1::new(self.campaign_ref.clone()))
    }

    /// A sentence that rests on the campaign and on some of its offers.
    fn on_offers(&self, section: Section, message: &str, args: Vec<(&str, Arg)>) -> Statement {
        let known = |report: &&EvidenceRef| report.known_from <= self.input.head.as_of;
        let mut refs = Vec1::new(self.campaign_ref.clone());
        refs.extend(self.input.reports.iter().filter(known).take(self.limits.reports_max).cloned());
        statement(section, message, args, refs)
    }

    fn on_incidents(
        &self,
        section: Section,
        message: &str,
        args: Vec<(&str, Arg)>,
        incidents: &Group<'_>,
    ) -> Option<Statement> {
        let refs = incidents.rows().iter().map(|incident| incident_ref(incident)).collect();
        resting_on(self.limits.refs_per_statement_max, section, message, args, refs)
    }
}

/// Countries that more than one of the offers names, the most frequent first.
fn countries(input: &CampaignInput<'_>) -> Vec<Country> {
    input.countries.iter().filter(|(_, count)| *count >= NAMED_BY_MIN).map(|(country, _)| *country).collect()
}

fn messages(names: impl Iterator<Item = String>) -> Option<Arg> {
    let mut once: Vec<String> = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    (!once.is_empty()).then_some(Arg::Messages(once))
}

fn likelihood(probability: f64) -> Likelihood {
    let row = LIKELIHOODS.iter().find(|(below, _)| probability < *below);
    row.map_or(Likelihood::AlmostCertain, |(_, likelihood)| *likelihood)
}

/// The longest sentence of the template that most of the cited offers have word for word and that may be
/// quoted: nothing by which somebody could be reached, no word that the compliance check objects to, and in
/// a script that every rendering can show.
fn wording(input: &CampaignInput<'_>) -> Option<String> {
    let fixed = input.campaign.template.segments.iter().filter_map(|segment| match segment {
        Segment::Fixed(text) => Some(text),
        Segment::Slot(_) => None,
    });
    let texts: Vec<String> = input.texts.iter().map(|text| one_line(text)).collect();
    let shared =
        |line: &String| texts.iter().filter(|text| text.contains(line.as_str())).count() * 2 > texts.len();
    let sentences = fixed.flat_map(|text| text.split(['\n', '.', '!', '?', '。', '।', '؟'])).map(one_line);
    let quotable = sentences
        .filter(|line| line.split(' ').count() >= WORDING_WORDS_MIN && is_harmless(line) && shared(line));
    // The first of the longest.
    let longest =
        quotable.reduce(|best, next| if next.chars().count() > best.chars().count() { next } else { best });
    longest.map(|line| cut(&line))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most so many characters, cut between words.
fn cut(line: &str) -> String {
    let mut kept = String::new();
    for word in line.split(' ') {
        if kept.chars().count() + word.chars().count() + 1 > WORDING_CHARS_MAX {
            return kept + " …";
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    kept
}

fn is_harmless(line: &str) -> bool {
    let digits = line.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    let reaches =
        ['@', '/', '_'].iter().any(|mark| line.contains(*mark)) || line.to_lowercase().contains("www.");
    let shown = |c: char| matches!(u32::from(c), 0x20..=0x6ff | 0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x1e00..=0x22ff);
    digits <= WORDING_DIGITS_MAX && !reaches && line.chars().all(shown) && !objectionable(line)
}
