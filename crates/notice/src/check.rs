//! The compliance check before review: what stands against a notice, with the place and the rule.
//!
//! The yardstick is what INTERPOL publishes of its own: the Constitution, articles 2 (human rights) and 3
//! (no political, military, religious or racial activity), and the Rules on the Processing of Data (RPD):
//! purpose, quality, proportionality, sensitive data, retention. Forewarn is not bound by these rules nor
//! entitled to apply them for anyone; a notice that meets them is one that a bureau can use.
//!
//! A finding blocks or warns. One that blocks can be overridden by a person, with a reason that stays on
//! record ([`crate::life`]). Words are found, not understood: a finding asks a person to look.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::date::days_between;
use forewarn_model::{
    Arg, Credibility, EvidenceRef, EvidenceTarget, Grading, Notice, ObservableKind, PartialDate, Reliability,
    Section, Statement, Tlp,
};

use crate::draft::RETENTION_DAYS_MAX;
use crate::kind::spec_of;
use crate::message;
use crate::tally::publisher_key;

use terms::hits;

mod terms;

/// Where in a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The notice as a whole.
    Notice,
    /// A field of its head: `author`, `issuer`, `number`, `marking`, `review-by`, `as-of`.
    Field(&'static str),
    /// The headline.
    Headline,
    /// A sentence, by its position among the statements, from 0.
    Statement(usize),
    /// An observable, by its position, from 0.
    Observable(usize),
}

/// What a finding does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingSeverity {
    /// A reviewer should look.
    Warn,
    /// The notice cannot be submitted unless a person overrides the finding, with a reason.
    Block,
}

/// One thing that stands against a notice.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// The rule that it is held against: `Constitution art. 3`, `RPD, data quality`, `TLP 2.0`.
    pub rule: &'static str,
    /// What it does.
    pub severity: FindingSeverity,
    /// The message of the catalogue that tells it, `finding-…`; also its name in an override.
    pub message: &'static str,
    /// The facts of the message.
    pub args: BTreeMap<String, Arg>,
}

/// How many independent publishers a notice needs.
pub const PUBLISHERS_MIN: i64 = 2;

/// Among the principles of information processing (articles 10 to 18): data must be accurate, relevant, not
/// excessive for the purpose, and up to date. Named by subject, since numbers may change with an amendment.
const QUALITY: &str = "RPD, data quality";
/// Data are kept for a limited time, then reviewed.
const RETENTION: &str = "RPD, retention";
/// FIRST, Traffic Light Protocol 2.0.
const MARKING: &str = "TLP 2.0";

/// How a judgment is cited in the label of a reference.
const JUDGMENT: [&str; 8] =
    ["judgment", "judgement", "verdict", "jugement", "arrêt", "sentencia", "حكم", "conviction"];

/// Messages that sum up: they should not rest on one publisher.
const SUMMING: [&str; 4] = ["threat-events", "threat-events-any", "hubs-country", "scale-people"];

/// What stands against a notice that is meant for readers cleared up to `audience`: in order of place,
/// blocking ones first.
pub fn check(notice: &Notice, audience: Tlp) -> Vec<Finding> {
    let mut found = Findings::default();
    head(notice, audience, &mut found);
    parts(notice, &mut found);
    sources(notice, &mut found);
    statement(notice, Place::Headline, &notice.headline, &mut found);
    for (at, one) in notice.statements.iter().enumerate() {
        statement(notice, Place::Statement(at), one, &mut found);
    }
    observables(notice, &mut found);
    let mut all = found.0;
    all.sort_by_key(|finding| (finding.place, std::cmp::Reverse(finding.severity)));
    all
}

/// Whether a word of a text would be objected to in a notice.
pub(crate) fn objectionable(text: &str) -> bool {
    !hits(text).is_empty()
}

impl Place {
    /// A name for records: `notice`, `headline`, `statement 3` (from 1), `field review-by`.
    pub fn name(self) -> String {
        match self {
            Self::Notice => "notice".to_owned(),
            Self::Field(field) => format!("field {field}"),
            Self::Headline => "headline".to_owned(),
            Self::Statement(at) => format!("statement {}", at + 1),
            Self::Observable(at) => format!("observable {}", at + 1),
        }
    }
}

impl FindingSeverity {
    /// The name in files: `block`, `warn`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Block => "block",
        }
    }
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn block(&mut self, place: Place, rule: &'static str, message: &'static str, args: &[(&str, Arg)]) {
        self.add(place, rule, FindingSeverity::Block, message, args);
    }

    fn warn(&mut self, place: Place, rule: &'static str, message: &'static str, args: &[(&str, Arg)]) {
        self.add(place, rule, FindingSeverity::Warn, message, args);
    }

    fn add(
        &mut self,
        place: Place,
        rule: &'static str,
        severity: FindingSeverity,
        message: &'static str,
        args: &[(&str, Arg)],
    ) {
        let args = args.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())).collect();
        self.0.push(Finding { place, rule, severity, message, args });
    }
}

/// Fields, marking, dates.
fn head(notice: &Notice, audience: Tlp, found: &mut Findings) {
    let fields = [("author", &notice.author), ("issuer", &notice.issuer), ("number", &notice.number)];
    for (field, text) in fields {
        if text.trim().is_empty() {
            found.block(Place::Field(field), QUALITY, "finding-field-blank", &[]);
        }
    }
    if !notice.marking.visible_to(audience) {
        let args = [
            ("marking", Arg::Name(notice.marking.tlp.to_string())),
            ("audience", Arg::Name(audience.to_string())),
        ];
        found.block(Place::Field("marking"), MARKING, "finding-marking-above", &args);
    }
    let created_on = jiff::tz::TimeZone::UTC.to_datetime(notice.created_at).date();
    // A day begins up to fourteen hours earlier east of Greenwich: one day of grace.
    if days_between(created_on, notice.as_of) > 1 {
        found.block(Place::Field("as-of"), QUALITY, "finding-as-of-late", &[]);
    }
    let days = i64::from(days_between(created_on, notice.review_by));
    if days < 1 {
        found.block(Place::Field("review-by"), RETENTION, "finding-retention-past", &[]);
    }
    let most = i64::from(RETENTION_DAYS_MAX);
    if days > most {
        let args = [("days", Arg::Number(days)), ("most", Arg::Number(most))];
        found.block(Place::Field("review-by"), RETENTION, "finding-retention-long", &args);
    }
}

/// What a notice of its kind must have.
fn parts(notice: &Notice, found: &mut Findings) {
    let spec = spec_of(notice.kind);
    let has = |section: &Section| notice.statements.iter().any(|one| one.section == *section);
    for section in spec.required.iter().filter(|section| !has(section)) {
        let section = Arg::Messages(vec![format!("section-{}", section.as_str())]);
        found.block(Place::Notice, spec.rule, "finding-section-missing", &[("section", section)]);
    }
    if spec.from_alarm && notice.alarm.is_none() {
        found.block(Place::Notice, spec.rule, "finding-alarm-missing", &[]);
    }
    if !notice.statements.iter().is_sorted_by_key(|one| one.section) {
        found.warn(Place::Notice, spec.rule, "finding-section-order", &[]);
    }
}

/// What stands behind the notice as a whole.
fn sources(notice: &Notice, found: &mut Findings) {
    let references = notice.references();
    let publishers = publishers(references.iter().copied()).len() as i64;
    if publishers < PUBLISHERS_MIN {
        let args = [("publishers", Arg::Number(publishers)), ("least", Arg::Number(PUBLISHERS_MIN))];
        found.block(Place::Notice, QUALITY, "finding-publishers-few", &args);
    }
    if references.iter().all(|reference| reference.grading == Grading::UNKNOWN) {
        found.warn(Place::Notice, QUALITY, "finding-grading-unknown", &[]);
    }
}

fn statement(notice: &Notice, place: Place, one: &Statement, found: &mut Findings) {
    form(place, one, found);
    words(place, one, found);
    let refs = one.refs.as_slice();
    let latest = refs.iter().map(|reference| reference.known_from).max();
    if let Some(known) = latest.filter(|known| *known > notice.as_of) {
        let args = [("known", Arg::Date(PartialDate::day(known)))];
        found.block(place, QUALITY, "finding-known-later", &args);
    }
    if SUMMING.contains(&one.message.as_str()) && publishers(refs.iter()).len() == 1 {
        found.warn(place, QUALITY, "finding-publisher-single", &[]);
    }
    if refs.iter().all(is_poor) {
        found.warn(place, QUALITY, "finding-grading-poor", &[]);
    }
    let ungraded = |refs: &[EvidenceRef]| refs.iter().all(|r| r.grading == Grading::UNKNOWN);
    let some_graded = notice.references().iter().any(|r| r.grading != Grading::UNKNOWN);
    if some_graded && ungraded(refs) {
        found.warn(place, QUALITY, "finding-grading-unknown", &[]);
    }
}

/// Whether the statement names a message that may stand there, with the facts that it takes.
fn form(place: Place, one: &Statement, found: &mut Findings) {
    let spec = message::spec(&one.message).filter(|spec| match place {
        Place::Headline => spec.section.is_none(),
        _ => spec.section == Some(one.section),
    });
    let Some(spec) = spec else {
        let args = [("name", Arg::Name(one.message.clone()))];
        found.block(place, QUALITY, "finding-message-unknown", &args);
        return;
    };
    let expected = spec.facts.iter().map(|(name, _)| *name);
    let names: BTreeSet<&str> = expected.chain(one.args.keys().map(String::as_str)).collect();
    for name in names {
        let kind = spec.facts.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
        let fits = kind.zip(one.args.get(name)).is_some_and(|(kind, arg)| kind.accepts(arg));
        if !fits {
            let args = [("name", Arg::Name(name.to_owned()))];
            found.block(place, QUALITY, "finding-fact-form", &args);
        }
    }
}

/// Words in free names (which block) and in the publishers' names of references (which only warn: a
/// publisher is called what it is called).
fn words(place: Place, one: &Statement, found: &mut Findings) {
    let cites_judgment = one.refs.iter().any(|reference| {
        let label = reference.label.to_lowercase();
        JUDGMENT.iter().any(|word| label.contains(word))
    });
    let names = one.args.values().filter_map(|arg| match arg {
        Arg::Name(name) => Some(name.as_str()),
        _ => None,
    });
    for name in names {
        for (message, rule, term) in hits(name) {
            let excused = message == "finding-person-label" && cites_judgment;
            let arg = if message == "finding-person-name" { ("name", name) } else { ("term", term.as_str()) };
            if !excused {
                found.block(place, rule, message, &[(arg.0, Arg::Name(arg.1.to_owned()))]);
            }
        }
    }
    let publishers: BTreeSet<&str> = one.refs.iter().filter_map(publisher).collect();
    for (message, rule, term) in publishers.into_iter().flat_map(hits) {
        if message == "finding-neutrality" {
            found.warn(place, rule, message, &[("term", Arg::Name(term))]);
        }
    }
}

fn observables(notice: &Notice, found: &mut Findings) {
    let is_public = notice.marking.tlp == Tlp::Clear;
    for (at, observable) in notice.observables.iter().enumerate() {
        let place = Place::Observable(at);
        if is_public && is_personal(observable.kind) {
            found.block(place, QUALITY, "finding-public-identifier", &[]);
        }
        if observable.value.trim().is_empty() {
            found.block(place, QUALITY, "finding-field-blank", &[]);
        }
        let latest = observable.refs.iter().map(|reference| reference.known_from).max();
        if let Some(known) = latest.filter(|known| *known > notice.as_of) {
            let args = [("known", Arg::Date(PartialDate::day(known)))];
            found.block(place, QUALITY, "finding-known-later", &args);
        }
    }
}

/// Whether an identifier of this kind can belong to a person.
pub(crate) fn is_personal(kind: ObservableKind) -> bool {
    match kind {
        ObservableKind::Phone | ObservableKind::Email | ObservableKind::Handle(_) | ObservableKind::Iban => {
            true
        }
        ObservableKind::Url | ObservableKind::Domain | ObservableKind::Crypto(_) => false,
    }
}

/// The independent publishers behind references. Alarms and campaigns are our own work and do not count.
fn publishers<'a>(refs: impl Iterator<Item = &'a EvidenceRef>) -> BTreeSet<String> {
    refs.filter_map(publisher).map(publisher_key).collect()
}

/// The publisher of a reference: what stands before the address in the label of an incident or a report.
fn publisher(reference: &EvidenceRef) -> Option<&str> {
    match reference.target {
        EvidenceTarget::Incident(_) | EvidenceTarget::Report(_) => {
            reference.label.split_once(", http").map(|(publisher, _)| publisher)
        }
        EvidenceTarget::Campaign(_) | EvidenceTarget::Alarm(_) => None,
    }
}

/// Doubtful or improbable, or from a source that is not usually reliable.
fn is_poor(reference: &EvidenceRef) -> bool {
    let grading = reference.grading;
    matches!(grading.credibility, Credibility::Doubtful | Credibility::Improbable)
        || matches!(grading.reliability, Reliability::D | Reliability::E)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::notice;
    use forewarn_model::{Marking, Vec1};

    /// A change to a clean notice, and the findings that it must bring: place, severity, rule, message.
    #[track_caller]
    fn check_change(change: impl Fn(&mut Notice), expected: &[(&str, &str, &str, &str)]) {
        let mut changed = notice();
        change(&mut changed);
        let found = check(&changed, Tlp::Amber);
        let found: Vec<(String, &str, &str, &str)> =
            found.iter().map(|f| (f.place.name(), f.severity.as_str(), f.rule, f.message)).collect();
        let expected: Vec<(String, &str, &str, &str)> =
            expected.iter().map(|(place, s, r, m)| ((*place).to_owned(), *s, *r, *m)).collect();
        assert_eq!(found, expected);
    }

    /// The first statement with this message.
    fn find<'a>(notice: &'a mut Notice, message: &str) -> &'a mut Statement {
        notice.statements.iter_mut().find(|one| one.message == message).unwrap()
    }

    fn name_place(notice: &mut Notice, name: &str) {
        find(notice, "hubs-place").args.insert("place".into(), Arg::Name(name.into()));
    }

    fn all_refs(notice: &mut Notice) -> impl Iterator<Item = &mut EvidenceRef> {
        let sentences = std::iter::once(&mut notice.headline).chain(notice.statements.iter_mut());
        let observables = notice.observables.iter_mut().flat_map(|one| one.refs.iter_mut());
        sentences.flat_map(|one| one.refs.iter_mut()).chain(observables)
    }

    #[test]
    fn a_good_draft_is_clean() {
        check_change(|_| {}, &[]);
    }

    #[test]
    fn the_head_must_be_whole() {
        check_change(
            |n| n.issuer = " ".into(),
            &[("field issuer", "block", "RPD, data quality", "finding-field-blank")],
        );
        check_change(
            |n| n.review_by = "2022-07-01".parse().unwrap(),
            &[("field review-by", "block", "RPD, retention", "finding-retention-past")],
        );
        check_change(
            |n| n.review_by = "2028-01-01".parse().unwrap(),
            &[("field review-by", "block", "RPD, retention", "finding-retention-long")],
        );
        check_change(
            |n| n.as_of = "2022-07-03".parse().unwrap(),
            &[("field as-of", "block", "RPD, data quality", "finding-as-of-late")],
        );
        check_change(
            |n| n.marking = Marking { tlp: Tlp::Red, pap: n.marking.pap },
            &[("field marking", "block", "TLP 2.0", "finding-marking-above")],
        );
        check_change(
            |n| n.marking = Marking::PUBLIC,
            &[("observable 1", "block", "RPD, data quality", "finding-public-identifier")],
        );
    }

    #[test]
    fn a_kind_must_have_its_parts() {
        let without_actions = |n: &mut Notice| {
            let kept = n.statements.iter().filter(|one| one.section != Section::Actions).cloned().collect();
            n.statements = Vec1::try_from_vec(kept).unwrap();
        };
        check_change(without_actions, &[("notice", "block", "RPD arts. 88–96", "finding-section-missing")]);
        check_change(|n| n.alarm = None, &[("notice", "block", "RPD arts. 88–96", "finding-alarm-missing")]);
        check_change(
            |n| n.statements.reverse(),
            &[("notice", "warn", "RPD arts. 88–96", "finding-section-order")],
        );
    }

    #[test]
    fn a_notice_needs_two_independent_publishers() {
        let one_publisher = |n: &mut Notice| {
            all_refs(n).for_each(|r| r.label = "www.Daily.example, https://daily.example/x".into());
            n.observables.clear();
            let kept: Vec<Statement> =
                n.statements.iter().filter(|one| !SUMMING.contains(&one.message.as_str())).cloned().collect();
            n.statements = Vec1::try_from_vec(kept).unwrap();
        };
        check_change(one_publisher, &[("notice", "block", "RPD, data quality", "finding-publishers-few")]);
        let single = |n: &mut Notice| {
            let one = find(n, "scale-people");
            one.refs.truncate(1).unwrap();
        };
        let at = notice().statements.iter().position(|one| one.message == "scale-people").unwrap() + 1;
        let place = format!("statement {at}");
        check_change(single, &[(&place, "warn", "RPD, data quality", "finding-publisher-single")]);
    }

    #[test]
    fn poor_and_missing_gradings_are_told() {
        let poor =
            |n: &mut Notice| n.headline.refs.iter_mut().for_each(|r| r.grading = "D4".parse().unwrap());
        check_change(poor, &[("headline", "warn", "RPD, data quality", "finding-grading-poor")]);
        let unknown = |n: &mut Notice| n.headline.refs.iter_mut().for_each(|r| r.grading = Grading::UNKNOWN);
        check_change(unknown, &[("headline", "warn", "RPD, data quality", "finding-grading-unknown")]);
        let all = |n: &mut Notice| all_refs(n).for_each(|r| r.grading = Grading::UNKNOWN);
        check_change(all, &[("notice", "warn", "RPD, data quality", "finding-grading-unknown")]);
    }

    #[test]
    fn nothing_known_later_may_stand_in_it() {
        let later = |n: &mut Notice| n.headline.refs[0].known_from = "2022-07-01".parse().unwrap();
        check_change(later, &[("headline", "block", "RPD, data quality", "finding-known-later")]);
        let later = |n: &mut Notice| n.observables[0].refs[0].known_from = "2022-07-01".parse().unwrap();
        check_change(later, &[("observable 1", "block", "RPD, data quality", "finding-known-later")]);
    }

    #[test]
    fn free_text_has_only_the_places_made_for_it() {
        let stray = |n: &mut Notice| drop(n.headline.args.insert("note".into(), Arg::Name("Harbour".into())));
        check_change(stray, &[("headline", "block", "RPD, data quality", "finding-fact-form")]);
        let other = |n: &mut Notice| n.headline.message = "threat-estimate".into();
        check_change(other, &[("headline", "block", "RPD, data quality", "finding-message-unknown")]);
    }

    #[test]
    fn words_are_held_against_the_rules() {
        let at = notice().statements.iter().position(|one| one.message == "hubs-place").unwrap() + 1;
        let place = format!("statement {at}");
        let neutral = ["Islamabad", "Cristianía del Sur"];
        let table = [
            ("army camp", "Constitution art. 3", "finding-neutrality"),
            ("Régime", "Constitution art. 3", "finding-neutrality"),
            ("والجيش", "Constitution art. 3", "finding-neutrality"),
            ("HIV clinic", "RPD, sensitive data", "finding-sensitive"),
            ("home of the ringleader", "Constitution art. 2", "finding-person-label"),
            ("casa de la víctima", "Constitution art. 2", "finding-person-label"),
            ("Mr Example", "RPD, data quality", "finding-person-name"),
        ];
        check_change(|n| name_place(n, neutral[0]), &[]);
        for (name, rule, message) in table {
            check_change(|n| name_place(n, name), &[(&place, "block", rule, message)]);
        }
        let cited = |n: &mut Notice| {
            name_place(n, "home of the ringleader");
            find(n, "hubs-place").refs[0].label = "Example court, judgment 7/2022".into();
        };
        check_change(cited, &[]);
        let publisher = |n: &mut Notice| {
            find(n, "hubs-place").refs[0].label = "Christian Daily, https://daily.example/x".into();
        };
        check_change(publisher, &[(&place, "warn", "Constitution art. 3", "finding-neutrality")]);
    }
}
