//! Who may read and write a collection.
//!
//! A partner sees its own outbox and inbox, and shared collections of its community that it is cleared for. Staff see
//! every collection up to their clearance, and write to shared ones; what a partner with an organisation of its own
//! sent under AMBER+STRICT stays with those who are cleared for that organisation.

use forewarn_model::Clearance;
use forewarn_model::rights::Right;
use forewarn_store::{Collection, CollectionRole, StoredSource};

use super::partner::{self, Partner};
use crate::{AppError, Context, Workspace};

/// A collection with what somebody may do in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The collection.
    pub collection: Collection,
    /// Whether its objects may be read.
    pub read: bool,
    /// Whether objects may be added.
    pub write: bool,
    /// The partner that asks, if it is one.
    pub asked_by: Option<String>,
}

/// The collections that the actor may read or write, in order of root and of coming to be.
pub fn list(workspace: &Workspace, context: &Context) -> Result<Vec<Open>, AppError> {
    context.require(Right::Share)?;
    let asking = partner::acting(workspace, context)?;
    let all = workspace.store.collections()?;
    let owned = workspace.store.owned_sources()?;
    let open = |collection: Collection| open(context, asking.as_ref(), &owned, collection);
    Ok(all.into_iter().filter_map(open).collect())
}

/// One collection of an API root by its UUID or alias, if the actor may read or write it.
pub fn find(workspace: &Workspace, context: &Context, root: &str, name: &str) -> Result<Open, AppError> {
    let named = |open: &Open| {
        let it = &open.collection;
        it.root == root && (it.id == name || it.alias == name)
    };
    let remedy = || "see `forewarn share collections`".to_owned();
    let missing = || AppError::NotFound { what: "collection", name: name.to_owned(), remedy: remedy() };
    list(workspace, context)?.into_iter().find(named).ok_or_else(missing)
}

fn open(
    context: &Context,
    asking: Option<&Partner>,
    owned: &[StoredSource],
    collection: Collection,
) -> Option<Open> {
    let inbox = collection.partner.as_deref().filter(|_| collection.role == CollectionRole::Inbox);
    let owner = inbox.and_then(|partner| owner_of(owned, partner));
    let (read, write) = rights(&context.clearance, asking, &collection, owner);
    let asked_by = asking.map(|partner| partner.id.clone());
    (read || write).then_some(Open { collection, read, write, asked_by })
}

/// The organisation that what a partner sends belongs to, if it has one.
pub(super) fn owner_of<'a>(owned: &'a [StoredSource], partner: &str) -> Option<&'a str> {
    let source = partner::source_of(partner);
    owned.iter().find(|known| known.name == source).and_then(|known| known.organisation.as_deref())
}

fn rights(
    clearance: &Clearance,
    asking: Option<&Partner>,
    it: &Collection,
    owner: Option<&str>,
) -> (bool, bool) {
    let Some(partner) = asking else {
        let cleared = clearance.sees(it.tlp, owner);
        return (cleared, cleared && it.role == CollectionRole::Shared);
    };
    let own = it.partner.as_deref() == Some(partner.id.as_str());
    let cleared = it.tlp <= clearance.tlp.min(partner.clearance);
    match it.role {
        _ if !partner.active || it.root != partner.root => (false, false),
        CollectionRole::Published => (false, false),
        CollectionRole::Outbox => (own, false),
        CollectionRole::Inbox => (own, own),
        CollectionRole::Shared => (cleared, cleared),
    }
}

#[cfg(test)]
mod tests {
    use forewarn_model::{Organisations, Tlp};

    use super::*;

    fn collection(role: CollectionRole, tlp: Tlp, partner: Option<&str>) -> Collection {
        Collection {
            number: 1,
            id: "id".into(),
            root: "forewarn".into(),
            alias: "a".into(),
            title: String::new(),
            description: String::new(),
            role,
            tlp,
            partner: partner.map(str::to_owned),
        }
    }

    #[track_caller]
    fn check(
        role: CollectionRole,
        tlp: Tlp,
        of: Option<&str>,
        asking: Option<&Partner>,
        expected: (bool, bool),
    ) {
        let cleared = Clearance::up_to(Tlp::Amber);
        let found = rights(&cleared, asking, &collection(role, tlp, of), None);
        assert_eq!(found, expected, "{role:?} {tlp} {of:?}");
    }

    #[test]
    fn staff_are_bound_by_clearance_and_partners_to_what_is_theirs() {
        use CollectionRole::*;
        let x = Partner { clearance: Tlp::Green, ..Partner::new("x") };
        check(Published, Tlp::Amber, None, None, (true, false));
        check(Published, Tlp::Red, None, None, (false, false));
        check(Shared, Tlp::Amber, None, None, (true, true));
        check(Inbox, Tlp::Amber, Some("x"), None, (true, false));
        check(Published, Tlp::Clear, None, Some(&x), (false, false));
        check(Outbox, Tlp::Red, Some("x"), Some(&x), (true, false));
        check(Outbox, Tlp::Clear, Some("y"), Some(&x), (false, false));
        check(Inbox, Tlp::Red, Some("x"), Some(&x), (true, true));
        check(Inbox, Tlp::Clear, Some("y"), Some(&x), (false, false));
        check(Shared, Tlp::Green, None, Some(&x), (true, true));
        check(Shared, Tlp::Amber, None, Some(&x), (false, false));
        let of_a = Clearance { tlp: Tlp::Red, organisations: Organisations::named(["Bureau A"]) };
        for (tlp, owner, expected) in [
            (Tlp::AmberStrict, "bureau a", true),
            (Tlp::AmberStrict, "Bureau B", false),
            (Tlp::Amber, "Bureau B", true),
        ] {
            let found = rights(&of_a, None, &collection(Inbox, tlp, Some("x")), Some(owner));
            assert_eq!(found, (expected, false), "{tlp} {owner}");
        }
        let away = Partner { active: false, ..x.clone() };
        check(Inbox, Tlp::Clear, Some("x"), Some(&away), (false, false));
        let elsewhere = Partner { root: "other".into(), ..x };
        check(Shared, Tlp::Clear, None, Some(&elsewhere), (false, false));
    }
}
