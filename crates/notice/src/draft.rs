//! Drafting: an Orange Notice from an alarm, a Purple Notice from a campaign.
//!
//! Every sentence is counted from incidents, campaigns or the alarm itself, and carries them as
//! references; what cannot be counted is not said. Nothing that became known after `as_of` goes in. The
//! draft is a proposal: an analyst reads, strikes out and corrects it before submitting it for review.

use forewarn_model::{
    Alarm, AlarmId, Campaign, CampaignId, Country, Date, EvidenceRef, EvidenceTarget, Grading, Incident,
    IncidentId, IndicatorName, Language, Marking, Notice, NoticeId, NoticeKind, ObservableKind, Statement,
    Timestamp, Variant, Vec1, WatchedObservable,
};
use thiserror::Error;

use method::Method;
use story::Story;

mod method;
mod sentence;
mod story;

/// What stands at the head of a draft, whatever it is made from.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// The organisation that issues the notice.
    pub issuer: &'a str,
    /// The user who drafts it.
    pub author: &'a str,
    /// The number that people will quote.
    pub number: &'a str,
    /// When it is drafted.
    pub created_at: Timestamp,
    /// What was known by the end of this day goes in.
    pub as_of: Date,
    /// Who may see it.
    pub marking: Marking,
    /// How many days after `created_at` it is to be reviewed, or expires.
    pub retention_days: u32,
}

/// A campaign whose offers name countries that an alarm is about: that, and no more, ties it to the alarm.
#[derive(Debug, Clone, PartialEq)]
pub struct NamingCampaign {
    /// The campaign.
    pub campaign: Campaign,
    /// The countries of the alarm that its offers name; a campaign that names none is left out.
    pub countries: Vec<Country>,
    /// Its indicators, the most frequent first.
    pub signs: Vec<IndicatorName>,
    /// How far to trust that it is one and recruits.
    pub grading: Grading,
}

/// What a draft is made from.
#[derive(Debug, Clone, Copy)]
pub struct DraftInput<'a> {
    /// The alarm.
    pub alarm: &'a Alarm,
    /// Incidents: those of the alarm and others of the same trend. What was not known by `as_of`, or
    /// belongs to another trend, is left out.
    pub incidents: &'a [Incident],
    /// Campaigns that may have to do with the alarm. Those that were not known by `as_of` are left out.
    pub campaigns: &'a [NamingCampaign],
    /// Identifiers that recipients are asked to look for, with what they rest on. Those that rest on
    /// something known only after `as_of` are left out.
    pub observables: &'a [(ObservableKind, String, Vec1<EvidenceRef>)],
    /// What stands at its head.
    pub head: Head<'a>,
}

/// What a draft from a campaign is made from.
#[derive(Debug, Clone, Copy)]
pub struct CampaignInput<'a> {
    /// The campaign, with those of its members that readers of the notice may know of.
    pub campaign: &'a Campaign,
    /// How far to trust that it is one and recruits.
    pub grading: Grading,
    /// The probability of its strongest member that it recruits into a scam centre, if it was assessed.
    pub probability: Option<f64>,
    /// Languages of its members, each with how many are written in it, the most frequent first.
    pub languages: &'a [(Language, u32)],
    /// Countries that its members name, the most frequent first.
    pub countries: &'a [(Country, u32)],
    /// Red flags of its members, the most frequent first.
    pub signs: &'a [(IndicatorName, u32)],
    /// Identifiers that its members name, the most frequent first.
    pub identifiers: &'a [((ObservableKind, String), u32)],
    /// Members that the notice may cite one by one, the leader first.
    pub reports: &'a [EvidenceRef],
    /// The texts of these members: what is quoted stands in most of them.
    pub texts: &'a [String],
    /// Incidents of the trend: what is known of the countries that the members name.
    pub incidents: &'a [Incident],
    /// What stands at its head.
    pub head: Head<'a>,
}

/// How long a draft may become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftLimits {
    /// Routes named, those with the most events first.
    pub routes_max: usize,
    /// Places named in each hub country.
    pub places_per_hub_max: usize,
    /// Campaigns whose signs are listed.
    pub campaigns_max: usize,
    /// Signs listed for each campaign.
    pub signs_per_campaign_max: usize,
    /// Official totals and estimates quoted.
    pub claims_max: usize,
    /// Members of a campaign cited one by one.
    pub reports_max: usize,
    /// Observables listed.
    pub observables_max: usize,
    /// References of one sentence; those known first are kept.
    pub refs_per_statement_max: usize,
}

impl Default for DraftLimits {
    fn default() -> Self {
        Self {
            routes_max: 10,
            places_per_hub_max: 5,
            campaigns_max: 5,
            signs_per_campaign_max: 8,
            claims_max: 3,
            reports_max: 10,
            observables_max: 100,
            refs_per_statement_max: 60,
        }
    }
}

/// Why no notice could be drafted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DraftError {
    /// The alarm lies in the future of the day that is asked about.
    #[error("draft notice as of {as_of}: the alarm was raised only on {raised_on}")]
    AlarmLater {
        /// The day that is asked about.
        as_of: Date,
        /// The day on which the alarm was raised.
        raised_on: Date,
    },
    /// An incident of the alarm is not among those given, or was retracted or not yet known.
    #[error(
        "draft notice as of {as_of}: incident {incident} of the alarm is not among the incidents known then"
    )]
    IncidentUnknown {
        /// The day that is asked about.
        as_of: Date,
        /// The incident.
        incident: IncidentId,
    },
    /// The alarm is about a neighbour of the trend, for which no sentences exist.
    #[error("draft notice: the alarm is about {0}: expected scam_centre")]
    Variant(Variant),
    /// A member of the campaign came in after the day that is asked about.
    #[error(
        "draft notice as of {as_of}: offers of {campaign} came in until {last}: draft it as of that day or later"
    )]
    CampaignLater {
        /// The day that is asked about.
        as_of: Date,
        /// The campaign.
        campaign: CampaignId,
        /// The day on which its last member came in.
        last: Date,
    },
    /// One offer is no campaign.
    #[error(
        "draft notice: readers of this marking may know of one offer of {campaign} only: expected two or more"
    )]
    CampaignAlone {
        /// The campaign.
        campaign: CampaignId,
    },
    /// A field is blank.
    #[error("draft notice: the {field} is blank")]
    Blank {
        /// Which field.
        field: &'static str,
    },
    /// The notice would end on the day on which it begins, or never.
    #[error("draft notice: retention of {days} days: expected 1 to {max}")]
    Retention {
        /// What was asked for, in days.
        days: u32,
        /// The longest, in days.
        max: u32,
    },
}

/// Longest time to the review of a notice, in days: five years (INTERPOL, Rules on the Processing of Data,
/// article on retention).
pub const RETENTION_DAYS_MAX: u32 = 1826;

/// Drafts an Orange Notice from an alarm, within the default limits.
pub fn draft(input: &DraftInput<'_>) -> Result<Notice, DraftError> {
    draft_with(input, &DraftLimits::default())
}

/// Drafts an Orange Notice from an alarm.
pub fn draft_with(input: &DraftInput<'_>, limits: &DraftLimits) -> Result<Notice, DraftError> {
    refuse(&input.head)?;
    let story = Story::read(input, limits)?;
    let mut statements = story.threat();
    statements.extend(story.modus_operandi());
    statements.extend(story.hubs());
    statements.extend(story.origins());
    statements.extend(story.routes());
    statements.extend(story.period());
    statements.extend(story.scale());
    statements.extend(story.signs());
    let observables = story.observables();
    statements.extend(story.actions());
    statements.extend(story.identifiers(&observables));
    let statements = Vec1::from_vec_push(statements, story.estimate_statement());
    let headline = story.headline();
    Ok(Origin::Alarm(input.alarm.id).notice(&input.head, headline, statements, observables))
}

/// Drafts a Purple Notice from a campaign, within the default limits.
pub fn draft_campaign(input: &CampaignInput<'_>) -> Result<Notice, DraftError> {
    draft_campaign_with(input, &DraftLimits::default())
}

/// Drafts a Purple Notice from a campaign.
pub fn draft_campaign_with(input: &CampaignInput<'_>, limits: &DraftLimits) -> Result<Notice, DraftError> {
    refuse(&input.head)?;
    let method = Method::read(input, limits)?;
    let mut statements = Vec1::new(method.template());
    statements.extend(method.threat());
    statements.extend(method.modus_operandi());
    statements.extend(method.hubs());
    statements.push(method.period());
    statements.extend(method.signs());
    let observables = method.observables();
    statements.extend(method.actions());
    statements.extend(method.identifiers(&observables));
    let headline = method.headline();
    Ok(Origin::Campaign(input.campaign.id).notice(&input.head, headline, statements, observables))
}

/// What a draft comes from, which settles its kind.
enum Origin {
    Alarm(AlarmId),
    Campaign(CampaignId),
}

impl Origin {
    fn notice(
        &self,
        head: &Head<'_>,
        headline: Statement,
        mut statements: Vec1<Statement>,
        observables: Vec<WatchedObservable>,
    ) -> Notice {
        let (kind, alarm, from) = match self {
            Self::Alarm(id) => (NoticeKind::Orange, Some(*id), id.as_bytes()),
            Self::Campaign(id) => (NoticeKind::Purple, None, id.as_bytes()),
        };
        // Stable: within a part, sentences stay in the order in which they were told.
        statements.sort_by_key(|statement| statement.section);
        let created_on = forewarn_model::date::day_of(head.created_at);
        Notice {
            id: NoticeId::derive(&[
                head.issuer.as_bytes(),
                kind.as_str().as_bytes(),
                from,
                head.created_at.to_string().as_bytes(),
            ]),
            number: head.number.trim().to_owned(),
            kind,
            issuer: head.issuer.trim().to_owned(),
            author: head.author.trim().to_owned(),
            created_at: head.created_at,
            as_of: head.as_of,
            marking: head.marking,
            review_by: forewarn_model::date::add_days(created_on, head.retention_days as i32),
            headline,
            statements,
            observables,
            alarm,
            supersedes: None,
            history: Vec::new(),
        }
    }
}

/// The reference to an incident: its publisher and address as the label.
pub fn incident_ref(incident: &Incident) -> EvidenceRef {
    EvidenceRef {
        target: EvidenceTarget::Incident(incident.id),
        grading: incident.grading,
        known_from: incident.known_from.latest(),
        label: format!("{}, {}", incident.publication.publisher, incident.publication.url),
    }
}

/// Refuses a head that no notice can have.
fn refuse(head: &Head<'_>) -> Result<(), DraftError> {
    for (field, text) in [("issuer", head.issuer), ("author", head.author), ("number", head.number)] {
        if text.trim().is_empty() {
            return Err(DraftError::Blank { field });
        }
    }
    if !(1..=RETENTION_DAYS_MAX).contains(&head.retention_days) {
        return Err(DraftError::Retention { days: head.retention_days, max: RETENTION_DAYS_MAX });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;
    use crate::testing::{Fixture, country, incident};
    use forewarn_model::{AlarmKind, Arg, Likelihood, Section, Subject};

    #[test]
    fn every_sentence_has_the_facts_that_its_message_takes() {
        let notice = draft(&Fixture::new().input()).unwrap();
        assert!(notice.statements.len() > 20);
        for one in notice.statements.iter().chain([&notice.headline]) {
            let spec = message::spec(&one.message).unwrap();
            assert!(spec.section.is_none_or(|section| section == one.section), "{one:?}");
            assert_eq!(spec.facts.len(), one.args.len(), "{one:?}");
            for (name, kind) in spec.facts {
                assert!(kind.accepts(&one.args[*name]), "{one:?}");
            }
        }
    }

    #[test]
    fn nothing_known_later_goes_in() {
        let mut fixture = Fixture::new();
        fixture.as_of = "2022-04-30".parse().unwrap();
        let notice = draft(&fixture.input()).unwrap();
        let latest = notice.references().iter().map(|r| r.known_from).max();
        assert_eq!(latest, "2022-04-30".parse().ok());
        assert!(notice.observables.is_empty());
        assert!(notice.statements.iter().all(|one| one.section != Section::Signs));
    }

    #[test]
    fn the_same_input_gives_the_same_notice_in_any_order() {
        let mut fixture = Fixture::new();
        let notice = draft(&fixture.input()).unwrap();
        fixture.incidents.reverse();
        assert_eq!(draft(&fixture.input()).unwrap(), notice);
    }

    /// A fixture with one change, and the error that it must give.
    #[track_caller]
    fn check(change: impl Fn(&mut Fixture), expected: &str) {
        let mut fixture = Fixture::new();
        change(&mut fixture);
        assert_eq!(draft(&fixture.input()).unwrap_err().to_string(), expected);
    }

    #[test]
    fn refuses_what_cannot_be_drafted() {
        check(
            |f| f.as_of = "2022-03-01".parse().unwrap(),
            "draft notice as of 2022-03-01: the alarm was raised only on 2022-03-02",
        );
        let unknown = Fixture::new().incidents[0].id;
        let expected = format!(
            "draft notice as of 2022-06-30: incident {unknown} of the alarm is not among the incidents known then"
        );
        check(|f| drop(f.incidents.remove(0)), &expected);
        check(|f| f.incidents[0].retracted_on = "2022-06-01".parse().ok(), &expected);
        check(
            |f| f.alarm.variant = Variant::RansomOnly,
            "draft notice: the alarm is about ransom_only: expected scam_centre",
        );
        let fixture = Fixture::new();
        let mut blank = fixture.input();
        blank.head.author = " ";
        assert_eq!(draft(&blank), Err(DraftError::Blank { field: "author" }));
        let mut endless = fixture.input();
        endless.head.retention_days = 4000;
        assert_eq!(draft(&endless), Err(DraftError::Retention { days: 4000, max: 1826 }));
    }

    #[test]
    fn limits_hold() {
        let limits = DraftLimits {
            routes_max: 1,
            places_per_hub_max: 1,
            campaigns_max: 0,
            signs_per_campaign_max: 1,
            claims_max: 0,
            reports_max: 1,
            observables_max: 0,
            refs_per_statement_max: 2,
        };
        let notice = draft_with(&Fixture::new().input(), &limits).unwrap();
        let count = |name: &str| notice.statements.iter().filter(|one| one.message == name).count();
        let counts = ["routes-one", "hubs-place", "signs-campaign", "scale-claim"].map(count);
        assert_eq!(counts, [1, 1, 0, 0]);
        assert!(notice.observables.is_empty());
        assert!(notice.statements.iter().all(|one| one.refs.len() <= 2));
    }

    #[test]
    fn every_kind_of_alarm_has_a_headline() {
        let region = "035".parse().unwrap();
        let subjects = [
            Subject::Country(country("KH")),
            Subject::Place(country("KH"), "Harbour Town".into()),
            Subject::Route(country("MY"), country("KH")),
            Subject::Region(region),
        ];
        for kind in AlarmKind::ALL {
            for subject in &subjects {
                let mut fixture = Fixture::new();
                fixture.alarm.kind = kind;
                fixture.alarm.subject = subject.clone();
                let headline = draft(&fixture.input()).unwrap().headline;
                let spec = message::spec(&headline.message).unwrap();
                assert!(
                    spec.facts.iter().all(|(name, fact)| fact.accepts(&headline.args[*name])),
                    "{kind:?}"
                );
            }
        }
    }

    #[test]
    fn a_purple_notice_tells_what_its_offers_have_in_common() {
        let notice = crate::testing::purple();
        assert_eq!(notice.kind, NoticeKind::Purple);
        for one in notice.statements.iter().chain([&notice.headline]) {
            let spec = message::spec(&one.message).unwrap();
            assert_eq!(spec.facts.len(), one.args.len(), "{one:?}");
            assert!(spec.facts.iter().all(|(name, kind)| kind.accepts(&one.args[*name])), "{one:?}");
        }
        let findings = crate::check(&notice, forewarn_model::Tlp::Green);
        assert!(findings.iter().all(|one| one.severity == crate::FindingSeverity::Warn), "{findings:?}");
        let fact = |message: &str, name: &str| {
            notice.statements.iter().find(|one| one.message == message).map(|one| one.args[name].clone())
        };
        // Not the longer wordings, by which somebody could be reached or is named.
        let wording = "work in customer service, free ticket and room";
        assert_eq!(fact("mo-wording", "wording"), Some(Arg::Name(wording.into())));
        assert_eq!(
            fact("mo-destinations", "countries"),
            Some(Arg::Countries(vec![country("KH"), country("LA")]))
        );
        assert_eq!(fact("threat-offers", "likelihood"), Some(Arg::Likelihood(Likelihood::VeryLikely)));
        let languages = ["language-en", "language-zh"].map(str::to_owned).to_vec();
        assert_eq!(fact("mo-languages", "languages"), Some(Arg::Messages(languages)));
        let signs = notice.statements.iter().filter(|one| one.message == "signs-one").count();
        assert_eq!((signs, notice.observables.len()), (2, 2));
    }

    #[test]
    fn a_purple_notice_needs_a_campaign_that_was_known() {
        let fixture = Fixture::new();
        let mut input = fixture.campaign_input();
        input.head.as_of = "2022-05-02".parse().unwrap();
        let refused = draft_campaign(&input).unwrap_err().to_string();
        assert!(refused.contains("came in until 2022-05-03"), "{refused}");
        let mut fixture = Fixture::new();
        fixture.campaigns[0].campaign.members.truncate(1).unwrap();
        let refused = draft_campaign(&fixture.campaign_input()).unwrap_err().to_string();
        assert!(refused.contains("one offer"), "{refused}");
    }

    #[test]
    fn a_campaign_is_told_by_what_its_offers_name_and_by_nothing_more() {
        let mut fixture = Fixture::new();
        let told = |fixture: &Fixture| {
            let notice = draft(&fixture.input()).unwrap();
            notice.statements.iter().find(|one| one.message == "mo-groups").cloned()
        };
        let groups = told(&fixture).unwrap();
        assert_eq!(groups.args["countries"], Arg::Countries(vec![country("KH")]));
        assert_eq!((&groups.args["campaigns"], &groups.args["reports"]), (&Arg::Number(1), &Arg::Number(3)));
        assert_eq!(groups.refs[0].label, "campaign of 3 offers");
        fixture.campaigns[0].countries.clear();
        assert_eq!(told(&fixture), None);
        let notice = draft(&fixture.input()).unwrap();
        assert!(notice.statements.iter().all(|one| one.section != Section::Signs));
    }

    #[test]
    fn how_rare_an_alarm_is_stands_in_a_unit_that_can_be_grasped() {
        #[track_caller]
        fn check(days: f64, message: &str, count: i64) {
            let mut fixture = Fixture::new();
            fixture.alarm.recurrence_interval_days = days;
            fixture.alarm.recurrence_backed_days = 3_000.0;
            let notice = draft(&fixture.input()).unwrap();
            let one = notice.statements.iter().find(|one| one.message.starts_with("threat-rarity")).unwrap();
            assert_eq!(one.message, message, "{days}");
            assert_eq!(one.args.values().next(), Some(&Arg::Number(count)), "{days}");
        }
        check(1.0, "threat-rarity-months", 1);
        check(412.7, "threat-rarity-months", 14);
        check(2_591.0, "threat-rarity-years", 7);
        check(40_000.0, "threat-rarity-years-bound", 8);
    }

    #[test]
    fn an_origin_whose_hub_is_unknown_can_be_told() {
        let mut fixture = Fixture::new();
        fixture.incidents = vec![incident("lost", "victims_reported", "", "MY", "2022-03-01", "a.example")];
        fixture.alarm.kind = AlarmKind::Origin;
        fixture.alarm.subject = Subject::Country(country("MY"));
        fixture.alarm.incidents = Vec1::new(fixture.incidents[0].id);
        let notice = draft(&fixture.input()).unwrap();
        let has = |name: &str| notice.statements.iter().any(|one| one.message == name);
        assert!(has("threat-events-any") && has("action-border-any") && has("scale-unstated"));
        assert!(!has("hubs-country") && !has("routes-one"));
    }

    #[track_caller]
    fn check_estimate(incidents: &[(&str, &str)], grading: &str, expected: Likelihood) {
        let mut fixture = Fixture::new();
        fixture.incidents = incidents
            .iter()
            .map(|(kind, publisher)| {
                let mut one = incident("one", kind, "KH", "", "2022-03-01", publisher);
                one.grading = grading.parse().unwrap();
                one
            })
            .collect();
        fixture.alarm.incidents = Vec1::new(fixture.incidents[0].id);
        let notice = draft(&fixture.input()).unwrap();
        let estimate = notice.statements.iter().find(|one| one.message == "threat-estimate").unwrap();
        assert_eq!(estimate.args["likelihood"], Arg::Likelihood(expected), "{incidents:?} {grading}");
    }

    #[test]
    fn more_independent_publishers_make_it_more_likely() {
        let report = |publisher| ("hub_report", publisher);
        let five = ["a.example", "b.example", "c.example", "d.example", "e.example"].map(report);
        check_estimate(&five[..1], "B2", Likelihood::RoughlyEvenChance);
        check_estimate(&[five[0], report("www.A.example")], "B2", Likelihood::RoughlyEvenChance);
        check_estimate(&five[..2], "B2", Likelihood::Likely);
        check_estimate(&five, "B2", Likelihood::VeryLikely);
        check_estimate(&five, "B4", Likelihood::RoughlyEvenChance);
        let mut with_raid = five;
        with_raid[4].0 = "raid";
        check_estimate(&with_raid, "B2", Likelihood::AlmostCertain);
    }
}
