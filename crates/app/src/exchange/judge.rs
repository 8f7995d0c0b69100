//! Whether what a partner brings is taken, or held back for a person to look at.
//!
//! Held back is what no honest partner would send: objects outside of what was agreed, from the future, under the id
//! of somebody else's object, with a signature that does not fit. Nothing is thrown away, and nothing of it is seen by
//! others, until a person has decided.

use forewarn_model::Timestamp;
use forewarn_share::stix::{Admitted, document_of};
use forewarn_store::{CollectionRole, KnownObject};

use super::partner::Partner;
use crate::notice::verify::{self, Known};
use crate::{AppError, Workspace};

/// How far another clock may be ahead, in seconds.
const AHEAD_SECONDS_MAX: i64 = 600;

/// What is thought of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// It is taken.
    Take,
    /// It is ours, as we made it: there is nothing to take.
    Echo,
    /// It is held back.
    Hold {
        /// A code for the reason.
        code: &'static str,
        /// The reason.
        reason: String,
    },
}

/// Judges an object that a partner brings.
pub fn judge(
    workspace: &Workspace,
    partner: &Partner,
    admitted: &Admitted,
    bytes: &[u8],
    now: Timestamp,
) -> Result<Judgement, AppError> {
    if admitted.kind == "artifact"
        && let Some(reason) = wrong_signature(partner, bytes)
    {
        return Ok(Judgement::Hold { code: "wrong-signature", reason });
    }
    let known = workspace.store.known_object(&admitted.id)?;
    Ok(judged(partner, admitted, &known, now))
}

/// Why the signed document in an artifact is not to be trusted, if it carries one.
fn wrong_signature(partner: &Partner, bytes: &[u8]) -> Option<String> {
    let object = serde_json::from_slice(bytes).ok()?;
    let document = document_of(&object)?;
    let known = Known { kid: partner.key.as_deref(), keys: None, log: None, checkpoint: None };
    match verify::run(&document, &known) {
        Ok(verified) => verified.why_not(),
        Err(error) => Some(error.to_string()),
    }
}

fn judged(partner: &Partner, admitted: &Admitted, known: &[KnownObject], now: Timestamp) -> Judgement {
    let hold = |code, reason: String| Judgement::Hold { code, reason };
    let same = |it: &KnownObject| it.digest == admitted.digest;
    let ours = |it: &KnownObject| matches!(it.role, CollectionRole::Published | CollectionRole::Outbox);
    let marking = admitted.marking;
    if marking.tlp > partner.accepts {
        let most = partner.accepts;
        return hold("outside-marking", format!("it is marked {}, agreed was up to {most}", marking.tlp));
    }
    let latest = now.as_second().saturating_add(AHEAD_SECONDS_MAX);
    if let Some(time) = admitted.version.max(admitted.created)
        && time.as_second() > latest
    {
        return hold("from-the-future", format!("it was changed at {time}, which is yet to come"));
    }
    if known.iter().any(|it| ours(it) && same(it)) {
        return Judgement::Echo;
    }
    let from_it = |it: &&KnownObject| {
        it.role == CollectionRole::Inbox && it.partner.as_deref() == Some(partner.id.as_str())
    };
    let version = admitted.version.map(Timestamp::as_microsecond);
    if known.iter().filter(from_it).any(|it| Some(it.version) == version && !same(it)) {
        return hold("id-collision", "it said otherwise in the same version before".to_owned());
    }
    // Objects without a creator (observables, countries, markings) are everybody's.
    let Some(creator) = &admitted.creator else {
        let taken = known.iter().find(|it| it.creator.is_some());
        return match taken.and_then(|it| it.creator.as_deref()) {
            Some(other) => {
                hold("not-theirs", format!("{other} created the object of this id, it names nobody"))
            }
            None => Judgement::Take,
        };
    };
    if known.iter().any(|it| ours(it) && it.creator.is_some()) {
        return hold(
            "claims-ours",
            format!("it is another version of an object that this node published ({creator})"),
        );
    }
    let other = known.iter().find(|it| it.creator.as_ref().is_some_and(|known| known != creator));
    if let Some(other) = other.and_then(|it| it.creator.as_ref()) {
        return hold("not-theirs", format!("{other} created the object of this id, it names {creator}"));
    }
    let from_other = |it: &&KnownObject| {
        it.role == CollectionRole::Inbox && it.partner.as_deref() != Some(partner.id.as_str())
    };
    if let Some(first) = known.iter().find(from_other)
        && !known.iter().any(same)
    {
        let first = first.partner.as_deref().unwrap_or_default();
        return hold("not-theirs", format!("the object came from {first} first; this version did not"));
    }
    match &partner.identity {
        Some(identity) if identity != creator => {
            hold("not-theirs", format!("{creator} created it, agreed was {identity}"))
        }
        _ => Judgement::Take,
    }
}

#[cfg(test)]
mod tests {
    use forewarn_model::{Marking, Pap, Tlp};

    use super::*;

    const NOW: &str = "2025-01-01T00:00:00Z";

    fn admitted() -> Admitted {
        Admitted {
            id: "tool--1".into(),
            kind: "tool".into(),
            spec_version: "2.1",
            created: "2024-01-01T00:00:00Z".parse().ok(),
            version: "2024-01-02T00:00:00Z".parse().ok(),
            version_text: None,
            revoked: false,
            creator: Some("identity--x".into()),
            marking: Marking { tlp: Tlp::Green, pap: Pap::White },
            refs: vec![],
            digest: [1; 32],
            oddities: vec![],
        }
    }

    fn known(creator: Option<&str>, digest: u8, role: CollectionRole, partner: &str) -> KnownObject {
        KnownObject {
            creator: creator.map(str::to_owned),
            digest: [digest; 32],
            role,
            partner: Some(partner.to_owned()),
            version: 0,
        }
    }

    #[track_caller]
    fn check(partner: &Partner, admitted: &Admitted, known: &[KnownObject], expected: &str) {
        let told = match judged(partner, admitted, known, NOW.parse().unwrap()) {
            Judgement::Take => "take",
            Judgement::Echo => "echo",
            Judgement::Hold { code, .. } => code,
        };
        assert_eq!(told, expected);
    }

    #[test]
    fn holds_back_what_no_honest_partner_sends() {
        use CollectionRole::{Inbox, Outbox, Published, Shared};
        let x = Partner { accepts: Tlp::Amber, ..Partner::new("x") };
        let it = admitted();
        check(&x, &it, &[], "take");
        let red = Admitted { marking: Marking { tlp: Tlp::AmberStrict, pap: Pap::White }, ..it.clone() };
        check(&x, &red, &[], "outside-marking");
        let at = |text: &str| Admitted { version: text.parse().ok(), ..it.clone() };
        check(&x, &at("2025-01-01T00:09:59Z"), &[], "take");
        check(&x, &at("2025-01-01T00:10:01Z"), &[], "from-the-future");
        check(&x, &it, &[known(Some("identity--x"), 9, Inbox, "x")], "take");
        let again = KnownObject {
            version: it.version.unwrap().as_microsecond(),
            ..known(Some("identity--x"), 9, Inbox, "x")
        };
        check(&x, &it, std::slice::from_ref(&again), "id-collision");
        check(&x, &it, &[KnownObject { digest: [1; 32], ..again }], "take");
        check(&x, &it, &[known(Some("identity--x"), 1, Published, "")], "echo");
        check(&x, &it, &[known(Some("identity--x"), 9, Outbox, "y")], "claims-ours");
        check(&x, &it, &[known(Some("identity--y"), 9, Inbox, "x")], "not-theirs");
        check(&x, &it, &[known(Some("identity--x"), 9, Inbox, "y")], "not-theirs");
        check(&x, &it, &[known(Some("identity--x"), 1, Inbox, "y")], "take");
        check(&x, &it, &[known(Some("identity--x"), 9, Shared, "")], "take");
        let nobody = Admitted { creator: None, ..it.clone() };
        check(&x, &nobody, &[known(None, 9, Published, "")], "take");
        check(&x, &nobody, &[known(Some("identity--y"), 9, Inbox, "x")], "not-theirs");
        let strict = Partner { identity: Some("identity--z".into()), ..x };
        check(&strict, &it, &[], "not-theirs");
        check(&strict, &nobody, &[], "take");
    }
}
