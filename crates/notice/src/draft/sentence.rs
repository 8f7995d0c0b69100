//! What drafts share: how a sentence is made, and who is asked to do what.

use std::collections::BTreeMap;

use forewarn_model::date::day_of;
use forewarn_model::{
    Arg, Campaign, Date, EvidenceRef, EvidenceTarget, Grading, PartialDate, Section, Statement, Timestamp,
    Vec1,
};

/// Who is asked to do what: the message, the message where no hub country is known, whether it rests on
/// the campaigns too.
pub(super) const ACTIONS: [(&str, &str, bool); 6] = [
    ("action-border", "action-border-any", false),
    ("action-police", "action-police", false),
    ("action-embassy", "action-embassy-any", false),
    ("action-bank", "action-bank", false),
    ("action-platform", "action-platform", true),
    ("action-public", "action-public", true),
];

/// A sentence.
pub(super) fn statement(
    section: Section,
    message: &str,
    args: Vec<(&str, Arg)>,
    refs: Vec1<EvidenceRef>,
) -> Statement {
    let args: BTreeMap<String, Arg> = args.into_iter().map(|(name, arg)| (name.to_owned(), arg)).collect();
    Statement { section, message: message.to_owned(), args, refs }
}

/// A sentence that rests on `refs`, each target once and at most so many; none where there are none.
pub(super) fn resting_on(
    refs_max: usize,
    section: Section,
    message: &str,
    args: Vec<(&str, Arg)>,
    refs: Vec<EvidenceRef>,
) -> Option<Statement> {
    let mut once: Vec<EvidenceRef> = Vec::new();
    for reference in refs {
        if !once.iter().any(|known| known.target == reference.target) {
            once.push(reference);
        }
    }
    once.truncate(refs_max.max(1));
    Vec1::try_from_vec(once).ok().map(|refs| statement(section, message, args, refs))
}

/// A day, as a fact.
pub(super) fn day(date: Date) -> Arg {
    Arg::Date(PartialDate::day(date))
}

/// The reference to a campaign: known from the day its second report came in, since one report is no
/// campaign; where the days are not recorded, from the day the notice is about.
pub(super) fn campaign_ref(campaign: &Campaign, grading: Grading, as_of: Date) -> EvidenceRef {
    let mut received: Vec<Timestamp> = campaign.members.iter().filter_map(|m| m.received_at).collect();
    received.sort_unstable();
    let second = received.get(1).map(|at| day_of(*at));
    EvidenceRef {
        target: EvidenceTarget::Campaign(campaign.id),
        grading,
        known_from: second.unwrap_or(as_of),
        label: format!("campaign of {} offers", campaign.members.len()),
    }
}
