//! What a draft tells, sentence by sentence.
//!
//! One function for each part of a notice; each counts in a [`Group`] of incidents and cites that group.

use forewarn_model::{
    AlarmKind, Arg, Country, Credibility, EvidenceRef, EvidenceTarget, Grading, Incident, IncidentKind,
    Interval, Likelihood, PersonRole, Rarity, Section, Statement, Subject, Variant, Vec1, WatchedObservable,
};

use super::sentence::{ACTIONS, campaign_ref, day, resting_on, statement};
use super::{DraftError, DraftInput, DraftLimits, NamingCampaign, incident_ref};
use crate::tally::Group;

/// How sure the estimate of a draft is: the first row that holds counts. At least so many independent
/// publishers; whether an authority's own act (a rescue, raid, warning or sanction) must be among the
/// events; how likely.
///
/// A convention of ours for a first proposal, not a calibrated probability: one published report is as
/// good as a coin, a second publisher makes it likely, an authority and five publishers leave hardly a doubt.
const ESTIMATES: [(i64, bool, Likelihood); 4] = [
    (5, true, Likelihood::AlmostCertain),
    (3, false, Likelihood::VeryLikely),
    (2, false, Likelihood::Likely),
    (0, false, Likelihood::RoughlyEvenChance),
];

/// What the draft tells of, sorted and counted.
pub(super) struct Story<'a> {
    input: &'a DraftInput<'a>,
    limits: &'a DraftLimits,
    /// The incidents that the alarm rests on.
    raised_by: Group<'a>,
    /// What is known of the alarm's subject.
    focus: Group<'a>,
    /// What is known of the whole trend.
    trend: Group<'a>,
    alarm_ref: EvidenceRef,
    /// Campaigns that name a country of the alarm, with the references to them.
    campaigns: Vec<(&'a NamingCampaign, EvidenceRef)>,
}

impl<'a> Story<'a> {
    pub(super) fn read(input: &'a DraftInput<'a>, limits: &'a DraftLimits) -> Result<Self, DraftError> {
        let (alarm, as_of) = (input.alarm, input.head.as_of);
        if alarm.variant != Variant::ScamCentre {
            return Err(DraftError::Variant(alarm.variant));
        }
        if alarm.raised_on > as_of {
            return Err(DraftError::AlarmLater { as_of, raised_on: alarm.raised_on });
        }
        let known = Group::new(input.incidents.iter().filter(|i| i.known_at(as_of)));
        let trend = known.filter(Incident::is_coercive);
        let raised_by = known.filter(|incident| alarm.incidents.contains(&incident.id));
        let missing = alarm.incidents.iter().find(|id| !raised_by.rows().iter().any(|i| i.id == **id));
        if let Some(&incident) = missing {
            return Err(DraftError::IncidentUnknown { as_of, incident });
        }
        let focus = trend.filter(|incident| concerns(incident, alarm.kind, &alarm.subject));
        let focus = Group::new(focus.rows().iter().chain(raised_by.rows()).copied());
        // An alarm is as good as the best of the incidents that raised it.
        let grading = raised_by.rows().iter().map(|incident| incident.grading).min();
        let alarm_ref = EvidenceRef {
            target: EvidenceTarget::Alarm(alarm.id),
            grading: grading.unwrap_or(Grading::UNKNOWN),
            known_from: alarm.raised_on,
            label: format!("alarm {} {}, {}", alarm.kind.as_str(), alarm.subject, alarm.raised_on),
        };
        let campaigns = input
            .campaigns
            .iter()
            .filter(|one| !one.countries.is_empty())
            .map(|one| (one, campaign_ref(&one.campaign, one.grading, as_of)))
            .filter(|(_, reference)| reference.known_from <= as_of)
            .collect();
        Ok(Self { input, limits, raised_by, focus, trend, alarm_ref, campaigns })
    }

    pub(super) fn headline(&self) -> Statement {
        let country = |country: Country| Arg::Countries(vec![country]);
        let subject = match self.input.alarm.subject.clone() {
            Subject::Country(c) => country(c),
            Subject::Place(_, place) => Arg::Name(place),
            Subject::Route(origin, hub) => Arg::Route(origin, hub),
            Subject::Region(region) => Arg::Region(region),
        };
        let (message, args) = match (self.input.alarm.kind, &self.input.alarm.subject) {
            (AlarmKind::Acceleration, _) => ("headline-acceleration", vec![("subject", subject)]),
            (AlarmKind::Displacement, _) => ("headline-displacement", vec![("subject", subject)]),
            (AlarmKind::Origin, Subject::Country(_)) => ("headline-origin", vec![("country", subject)]),
            (_, Subject::Country(_)) => ("headline-hub", vec![("country", subject)]),
            (_, Subject::Place(c, _)) => {
                ("headline-place", vec![("place", subject), ("country", country(*c))])
            }
            (_, Subject::Route(..)) => ("headline-route", vec![("route", subject)]),
            (_, Subject::Region(_)) => ("headline-region", vec![("region", subject)]),
        };
        self.on_alarm(Section::Threat, message, args, &self.raised_by.publications())
    }

    pub(super) fn threat(&self) -> Vec<Statement> {
        let publications = self.focus.publications();
        let mut args = vec![
            ("events", Arg::Number(self.focus.events())),
            ("publishers", Arg::Number(self.focus.publishers())),
            ("known", day(self.input.head.as_of)),
        ];
        let hubs = self.hub_countries();
        let message = if hubs.is_empty() { "threat-events-any" } else { "threat-events" };
        if !hubs.is_empty() {
            args.push(("hubs", Arg::Countries(hubs)));
        }
        let mut all: Vec<Statement> =
            self.on_incidents(Section::Threat, message, args, &publications).into_iter().collect();
        let alarm = self.input.alarm;
        let args = vec![("raised", day(alarm.raised_on)), ("sources", Arg::Number(i64::from(alarm.sources)))];
        all.push(self.on_alarm(Section::Threat, "threat-alarm", args, &self.raised_by.publications()));
        if let Some((message, args)) = rarity(alarm.rarity()) {
            all.push(self.on_alarm(Section::Threat, message, args, &Group::default()));
        }
        all
    }

    /// How likely it all is: a notice from an alarm is never without it.
    pub(super) fn estimate_statement(&self) -> Statement {
        let args = vec![("likelihood", Arg::Likelihood(self.estimate()))];
        self.on_alarm(Section::Threat, "threat-estimate", args, &self.focus.publications())
    }

    fn estimate(&self) -> Likelihood {
        let by_authority = self.focus.rows().iter().any(|incident| {
            matches!(
                incident.kind,
                IncidentKind::VictimsRescued
                    | IncidentKind::Raid
                    | IncidentKind::Advisory
                    | IncidentKind::Sanction
            )
        });
        // Publishers that were found doubtful do not count as independent support.
        let credible = self.focus.filter(|incident| {
            !matches!(incident.grading.credibility, Credibility::Doubtful | Credibility::Improbable)
        });
        let publishers = credible.publishers();
        let holds = |row: &&(i64, bool, Likelihood)| publishers >= row.0 && (by_authority || !row.1);
        ESTIMATES.iter().find(holds).map_or(Likelihood::RoughlyEvenChance, |row| row.2)
    }

    pub(super) fn modus_operandi(&self) -> Vec<Statement> {
        let section = Section::ModusOperandi;
        let coerced = self.focus.filter(|incident| incident.coercion_stated);
        let unclear = self.focus.filter(|i| {
            i.coercion_stated && matches!(i.person_role, Some(PersonRole::Suspect | PersonRole::Mixed))
        });
        let responses = self
            .focus
            .filter(|incident| matches!(incident.kind, IncidentKind::Raid | IncidentKind::VictimsRescued));
        let (events, total) = (coerced.events(), self.focus.events());
        let mut args = vec![("events", Arg::Number(events))];
        let message = if events == total { "mo-coercion-all" } else { "mo-coercion" };
        if events != total {
            args.push(("total", Arg::Number(total)));
        }
        let mut all: Vec<Statement> =
            self.on_incidents(section, message, args, &coerced.publications()).into_iter().collect();
        for (message, group) in [("mo-roles", unclear), ("mo-responses", responses)] {
            let args = vec![("events", Arg::Number(group.events()))];
            all.extend(self.on_incidents(section, message, args, &group.publications()));
        }
        let reports: usize = self.campaigns.iter().map(|(one, _)| one.campaign.members.len()).sum();
        let mut named: Vec<Country> = Vec::new();
        for country in self.campaigns.iter().flat_map(|(one, _)| &one.countries) {
            if !named.contains(country) {
                named.push(*country);
            }
        }
        let args = vec![
            ("campaigns", Arg::Number(self.campaigns.len() as i64)),
            ("reports", Arg::Number(reports as i64)),
            ("countries", Arg::Countries(named)),
        ];
        all.extend(self.on_refs(section, "mo-groups", args, self.campaign_refs()));
        all
    }

    pub(super) fn hubs(&self) -> Vec<Statement> {
        let mut all = Vec::new();
        let by_hub = self.focus.by_hub();
        for (hub, group) in &by_hub {
            let Some(since) = group.first() else { continue };
            let args = vec![
                ("country", Arg::Countries(vec![*hub])),
                ("events", Arg::Number(group.events())),
                ("publishers", Arg::Number(group.publishers())),
                ("since", Arg::Date(since)),
            ];
            all.extend(self.on_incidents(Section::Hubs, "hubs-country", args, &group.publications()));
            let places = group.by(|incident| incident.place.as_deref().filter(|p| !p.trim().is_empty()));
            for (place, group) in places.into_iter().take(self.limits.places_per_hub_max) {
                let Some(since) = group.first() else { continue };
                let args = vec![
                    ("place", Arg::Name(place.trim().to_owned())),
                    ("country", Arg::Countries(vec![*hub])),
                    ("events", Arg::Number(group.events())),
                    ("since", Arg::Date(since)),
                ];
                all.extend(self.on_incidents(Section::Hubs, "hubs-place", args, &group.publications()));
            }
        }
        let elsewhere = self.trend.filter(|incident| {
            incident.hub.is_some_and(|hub| incident.coercion_stated && !by_hub.iter().any(|(h, _)| *h == hub))
        });
        all.extend(self.on_countries(Section::Hubs, "hubs-other", vec![], elsewhere.by_hub()));
        all
    }

    /// One sentence for each region that people come from.
    pub(super) fn origins(&self) -> Vec<Statement> {
        let mut regions = self.focus.by(|incident| incident.origin.map(Country::region));
        regions.sort_by_key(|(_, group)| std::cmp::Reverse(group.by_origin().len()));
        let one = |(region, group): (_, Group<'a>)| {
            let args = vec![("region", Arg::Region(region))];
            self.on_countries(Section::Origins, "origins-region", args, group.by_origin())
        };
        regions.into_iter().filter_map(one).collect()
    }

    pub(super) fn routes(&self) -> Vec<Statement> {
        let routes = self.focus.by_route().into_iter().take(self.limits.routes_max);
        routes
            .filter_map(|((origin, hub), group)| {
                let args = vec![
                    ("route", Arg::Route(origin, hub)),
                    ("events", Arg::Number(group.events())),
                    ("since", Arg::Date(group.first()?)),
                ];
                self.on_incidents(Section::Routes, "routes-one", args, &group)
            })
            .collect()
    }

    pub(super) fn period(&self) -> Vec<Statement> {
        let (Some(first), Some(last)) = (self.focus.first(), self.focus.last()) else { return Vec::new() };
        let ends = self.focus.filter(|incident| incident.happened == first || incident.happened == last);
        let (message, args) = if first == last {
            ("period-once", vec![("first", Arg::Date(first))])
        } else {
            ("period-span", vec![("first", Arg::Date(first)), ("last", Arg::Date(last))])
        };
        let mut all: Vec<Statement> =
            self.on_incidents(Section::Period, message, args, &ends.publications()).into_iter().collect();
        if let Some(known) = self.focus.known() {
            let first_known = self.focus.filter(|incident| incident.known_from.latest() == known);
            let args = vec![("since", day(known))];
            all.extend(self.on_incidents(Section::Period, "period-known", args, &first_known.publications()));
        }
        all
    }

    pub(super) fn scale(&self) -> Vec<Statement> {
        let mut all = Vec::new();
        if let Some(people) = self.focus.people() {
            let args = vec![
                ("people", Arg::Range(people.min, people.max)),
                ("events", Arg::Number(people.rows.events())),
            ];
            all.extend(self.on_incidents(Section::Scale, "scale-people", args, &people.rows));
        }
        for claim in self.focus.claims().rows().iter().take(self.limits.claims_max) {
            let args = vec![
                ("people", Arg::Number(i64::from(claim.count.unwrap_or(0)))),
                ("publisher", Arg::Name(claim.publication.publisher.clone())),
                ("known", Arg::Date(claim.known_from)),
            ];
            all.extend(self.on_incidents(Section::Scale, "scale-claim", args, &Group::new([*claim])));
        }
        let without = self.focus.without_number();
        let args = vec![("events", Arg::Number(without.events()))];
        all.extend(self.on_incidents(Section::Scale, "scale-unstated", args, &without.publications()));
        all
    }

    pub(super) fn signs(&self) -> Vec<Statement> {
        let with_signs = self.campaigns.iter().filter(|(one, _)| !one.signs.is_empty());
        with_signs
            .take(self.limits.campaigns_max)
            .filter_map(|(one, reference)| {
                let signs = one.signs.iter().take(self.limits.signs_per_campaign_max);
                let args = vec![
                    ("signs", Arg::Messages(signs.map(|name| format!("sign-{name}")).collect())),
                    ("reports", Arg::Number(one.campaign.members.len() as i64)),
                ];
                self.on_refs(Section::Signs, "signs-campaign", args, vec![reference.clone()])
            })
            .collect()
    }

    pub(super) fn actions(&self) -> Vec<Statement> {
        let hubs = self.hub_countries();
        ACTIONS
            .iter()
            .filter_map(|&(message, without_hub, on_campaigns)| {
                let takes_hubs = message != without_hub && !hubs.is_empty();
                let args = if takes_hubs { vec![("hubs", Arg::Countries(hubs.clone()))] } else { vec![] };
                let mut refs = vec![self.alarm_ref.clone()];
                if on_campaigns {
                    refs.extend(self.campaign_refs());
                }
                let message = if hubs.is_empty() { without_hub } else { message };
                self.on_refs(Section::Actions, message, args, refs)
            })
            .collect()
    }

    pub(super) fn identifiers(&self, observables: &[WatchedObservable]) -> Option<Statement> {
        let args = vec![("identifiers", Arg::Number(observables.len() as i64))];
        let refs = observables.iter().flat_map(|observable| observable.refs.iter().cloned()).collect();
        self.on_refs(Section::Actions, "action-identifiers", args, refs)
    }

    pub(super) fn observables(&self) -> Vec<WatchedObservable> {
        let known = |refs: &Vec1<EvidenceRef>| refs.iter().all(|r| r.known_from <= self.input.head.as_of);
        let given = self.input.observables.iter().filter(|(_, _, refs)| known(refs));
        given
            .take(self.limits.observables_max)
            .map(|(kind, value, refs)| WatchedObservable {
                kind: *kind,
                value: value.clone(),
                refs: refs.clone(),
            })
            .collect()
    }

    /// Where the centres of the alarm's subject lie, those with the most events first.
    fn hub_countries(&self) -> Vec<Country> {
        self.focus.by_hub().into_iter().map(|(hub, _)| hub).collect()
    }

    fn campaign_refs(&self) -> Vec<EvidenceRef> {
        self.campaigns.iter().map(|(_, reference)| reference.clone()).collect()
    }

    /// A sentence that rests on the alarm, and on incidents.
    fn on_alarm(
        &self,
        section: Section,
        message: &str,
        args: Vec<(&str, Arg)>,
        incidents: &Group<'_>,
    ) -> Statement {
        let mut refs = Vec1::new(self.alarm_ref.clone());
        let more = incidents.rows().iter().take(self.limits.refs_per_statement_max.saturating_sub(1));
        refs.extend(more.map(|incident| incident_ref(incident)));
        statement(section, message, args, refs)
    }

    /// A sentence that rests on incidents; none where there are none.
    fn on_incidents(
        &self,
        section: Section,
        message: &str,
        args: Vec<(&str, Arg)>,
        incidents: &Group<'_>,
    ) -> Option<Statement> {
        let refs = incidents.rows().iter().map(|incident| incident_ref(incident)).collect();
        self.on_refs(section, message, args, refs)
    }

    /// A sentence that lists countries, and rests on the first incident of each.
    fn on_countries(
        &self,
        section: Section,
        message: &str,
        mut args: Vec<(&str, Arg)>,
        groups: Vec<(Country, Group<'_>)>,
    ) -> Option<Statement> {
        args.push(("countries", Arg::Countries(groups.iter().map(|(country, _)| *country).collect())));
        let firsts = Group::new(groups.iter().filter_map(|(_, group)| group.rows().first().copied()));
        self.on_incidents(section, message, args, &firsts)
    }

    /// A sentence that rests on `refs`, each target once; none where there are none.
    fn on_refs(
        &self,
        section: Section,
        message: &str,
        args: Vec<(&str, Arg)>,
        refs: Vec<EvidenceRef>,
    ) -> Option<Statement> {
        resting_on(self.limits.refs_per_statement_max, section, message, args, refs)
    }
}

/// The message that tells how often chance alone would raise an alarm, in the units in which the desk tells it; none
/// where that is not known.
fn rarity(rarity: Rarity) -> Option<(&'static str, Vec<(&'static str, Arg)>)> {
    if !rarity.days.is_finite() || rarity.days < 1.0 {
        return None;
    }
    let (message, unit, count) = match (rarity.interval(), rarity.is_bound) {
        (Interval::Months(count), false) => ("threat-rarity-months", "months", count),
        (Interval::Months(count), true) => ("threat-rarity-months-bound", "months", count),
        (Interval::Years(count), false) => ("threat-rarity-years", "years", count),
        (Interval::Years(count), true) => ("threat-rarity-years-bound", "years", count),
    };
    Some((message, vec![(unit, Arg::Number(i64::from(count)))]))
}

/// Whether an incident concerns the subject of an alarm of this kind.
fn concerns(incident: &Incident, kind: AlarmKind, subject: &Subject) -> bool {
    match (kind, subject) {
        (AlarmKind::Origin, Subject::Country(country)) => incident.origin == Some(*country),
        (AlarmKind::Acceleration, Subject::Country(country)) => {
            incident.hub == Some(*country) || incident.origin == Some(*country)
        }
        (_, Subject::Country(country)) => incident.hub == Some(*country),
        (_, Subject::Place(country, place)) => {
            incident.hub == Some(*country) && incident.place.as_deref() == Some(place)
        }
        (_, Subject::Route(origin, hub)) => incident.origin == Some(*origin) && incident.hub == Some(*hub),
        (_, Subject::Region(region)) => incident.hub.is_some_and(|hub| region.contains(hub)),
    }
}
