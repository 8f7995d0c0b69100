//! What a reader may see: up to a marking, and of which organisations.
//!
//! TLP 2.0 keeps AMBER+STRICT inside the recipient's own organisation and RED with the recipients by name. So a
//! report marked so *belongs* to the organisation whose source brought it, where that source has an owner, and only
//! people of that organisation, or cleared for it by name, see it. CLEAR, GREEN and AMBER, and what comes from a
//! source without an owner, go by the marking alone.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use crate::marking::Tlp;

/// In a list of names it stands for every organisation.
pub const EVERY_ORGANISATION: &str = "*";

/// The organisations whose restricted reports a reader may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Organisations {
    /// Of every one: the owner of the data folder, and whom that owner trusts so far.
    Every,
    /// Of these, by their keys (see [`organisation_key`]); of none if it is empty.
    Named(Arc<BTreeSet<String>>),
}

/// What a reader may see.
#[derive(Clone, PartialEq, Eq)]
pub struct Clearance {
    /// The most restricted marking.
    pub tlp: Tlp,
    /// Whose reports, of those that belong to somebody.
    pub organisations: Organisations,
}

/// How names of organisations are compared: case and spaces make no difference. Empty for a blank name.
pub fn organisation_key(name: &str) -> String {
    // To capitals first, so that ß and ss, and both small forms of sigma, meet.
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_uppercase().to_lowercase()
}

impl Tlp {
    /// Whether what is so marked belongs to the owner of its source alone.
    pub fn stays_with_owner(self) -> bool {
        self >= Self::AmberStrict
    }
}

impl Organisations {
    /// Those of a list of names, in which `*` stands for every one; blank names are passed over.
    pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let keys: BTreeSet<String> = names.into_iter().map(organisation_key).collect();
        if keys.contains(EVERY_ORGANISATION) {
            return Self::Every;
        }
        Self::Named(Arc::new(keys.into_iter().filter(|key| !key.is_empty()).collect()))
    }

    /// Of none.
    pub fn none() -> Self {
        Self::Named(Arc::default())
    }

    /// Whether an organisation of that name is among them.
    pub fn has(&self, name: &str) -> bool {
        match self {
            Self::Every => true,
            Self::Named(keys) => keys.contains(&organisation_key(name)),
        }
    }

    /// Whether all of the others are among them.
    pub fn has_all(&self, others: &Self) -> bool {
        match (self, others) {
            (Self::Every, _) => true,
            (Self::Named(_), Self::Every) => false,
            (Self::Named(own), Self::Named(others)) => others.is_subset(own),
        }
    }

    /// Those that the others are not.
    pub fn without(&self, others: &Self) -> Self {
        match (self, others) {
            (_, Self::Every) => Self::none(),
            (Self::Every, Self::Named(_)) => Self::Every,
            (Self::Named(own), Self::Named(others)) => Self::Named(Arc::new(&**own - &**others)),
        }
    }
}

impl Clearance {
    /// Everything: what the owner of the data folder may see.
    pub const ALL: Self = Self { tlp: Tlp::Red, organisations: Organisations::Every };

    /// Up to a marking, and nothing that belongs to an organisation: what may leave the house.
    pub fn up_to(tlp: Tlp) -> Self {
        Self { tlp, organisations: Organisations::none() }
    }

    /// The same, but nothing above `tlp`, and nothing that belongs to an organisation: for what goes further than
    /// to this reader.
    pub fn outward(&self, tlp: Tlp) -> Self {
        Self::up_to(self.tlp.min(tlp))
    }

    /// Whose reports the reader sees of those that stay with their owner: of none, if they are above the marking.
    pub fn restricted(&self) -> Organisations {
        if self.tlp.stays_with_owner() { self.organisations.clone() } else { Organisations::none() }
    }

    /// May the reader see what is marked so and comes from a source of this owner, if it has one?
    pub fn sees(&self, tlp: Tlp, owner: Option<&str>) -> bool {
        let kept = owner.filter(|_| tlp.stays_with_owner());
        tlp <= self.tlp && kept.is_none_or(|owner| self.organisations.has(owner))
    }
}

impl fmt::Debug for Clearance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.organisations {
            Organisations::Every => write!(f, "{} of every organisation", self.tlp),
            Organisations::Named(keys) => write!(f, "{} of {keys:?}", self.tlp),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleared(tlp: Tlp, names: &[&str]) -> Clearance {
        Clearance { tlp, organisations: Organisations::named(names.iter().copied()) }
    }

    #[track_caller]
    fn check(clearance: &Clearance, tlp: Tlp, owner: Option<&str>, expected: bool) {
        assert_eq!(clearance.sees(tlp, owner), expected, "{clearance:?}: {tlp} of {owner:?}");
    }

    #[test]
    fn what_is_strict_stays_with_its_owner() {
        let of_a = cleared(Tlp::Red, &["Bureau A", " "]);
        check(&of_a, Tlp::Red, Some("  bureau   a "), true);
        check(&of_a, Tlp::AmberStrict, Some("Bureau B"), false);
        check(&of_a, Tlp::Amber, Some("Bureau B"), true);
        check(&of_a, Tlp::Red, None, true);
        check(&cleared(Tlp::Amber, &["Bureau A"]), Tlp::AmberStrict, Some("Bureau A"), false);
        check(&Clearance::up_to(Tlp::Red), Tlp::Red, Some("Bureau A"), false);
        check(&Clearance::ALL.outward(Tlp::AmberStrict), Tlp::AmberStrict, Some("Bureau A"), false);
        check(&Clearance::ALL, Tlp::Red, Some("Bureau A"), true);
        check(&cleared(Tlp::AmberStrict, &[" * "]), Tlp::AmberStrict, Some("Bureau A"), true);
    }

    #[test]
    fn names_are_compared_without_case_and_spaces() {
        for (a, b) in [("Straße", "STRASSE"), ("ΟΔΟΣ", "οδος"), ("\tNBI  Manila\n", "nbi manila")] {
            assert_eq!(organisation_key(a), organisation_key(b));
        }
        assert_ne!(organisation_key("Bureau A"), organisation_key("BureauA"));
        assert!(!cleared(Tlp::Red, &[""]).organisations.has(""), "a blank name is nobody's");
    }

    #[test]
    fn one_list_has_another() {
        let (ab, a, every) = (["a", "b"], ["A"], [EVERY_ORGANISATION]);
        let of = |names: &[&'static str]| Organisations::named(names.iter().copied());
        assert!(of(&ab).has_all(&of(&a)) && !of(&a).has_all(&of(&ab)));
        assert!(of(&every).has_all(&of(&every)) && !of(&ab).has_all(&of(&every)));
        assert!(Organisations::none().has_all(&of(&[])));
        assert_eq!(of(&ab).without(&of(&a)), of(&["b"]));
        assert_eq!((of(&a).without(&of(&every)), of(&every).without(&of(&ab))), (of(&[]), of(&every)));
    }
}
