//! The collections of this node: those that every node has, and those that somebody adds.

use forewarn_model::Tlp;
use forewarn_model::rights::Right;
use forewarn_share::stix::collection_id;
use forewarn_store::{Collection, CollectionRole};

use crate::{AppError, Context, Workspace};

/// The API root of the community that exists from the start.
pub const ROOT: &str = "forewarn";

/// The collection that imports go to unless another is named.
pub const IMPORTED: &str = "imported";

/// Marking, alias and title of what is published. What is RED is for named people and lies in no collection.
const PUBLISHED: [(Tlp, &str); 4] = [
    (Tlp::Clear, "published-clear"),
    (Tlp::Green, "published-green"),
    (Tlp::Amber, "published-amber"),
    (Tlp::AmberStrict, "published-amber-strict"),
];

/// Adds the collections that every node has; those that are there stay.
pub fn ensure(workspace: &mut Workspace) -> Result<(), AppError> {
    let known = workspace.store.collections()?;
    let mut wanted: Vec<Collection> = PUBLISHED
        .iter()
        .map(|(tlp, alias)| {
            let title = format!("Published under {tlp}");
            let what = "Notices, incidents and campaigns that this node publishes under this marking.";
            made(ROOT, alias, &title, what, CollectionRole::Published, *tlp, None)
        })
        .collect();
    let what = "Bundles that were imported here.";
    wanted.push(made(ROOT, IMPORTED, "Imported", what, CollectionRole::Shared, Tlp::Red, None));
    for collection in wanted {
        if !known.iter().any(|it| it.root == collection.root && it.alias == collection.alias) {
            workspace.store.put_collection(&collection)?;
        }
    }
    Ok(())
}

/// Adds a shared collection, or changes its title, description and marking.
pub fn put(
    workspace: &mut Workspace,
    context: &Context,
    root: &str,
    alias: &str,
    title: &str,
    description: &str,
    tlp: Tlp,
) -> Result<Collection, AppError> {
    context.require(Right::ShareRule)?;
    let operation = "add a collection";
    for (what, name) in [("API root", root), ("collection", alias)] {
        if !is_name(name) {
            let why = format!(
                "the name of the {what} {name:?} has other than lower-case letters, digits and hyphens"
            );
            return Err(AppError::Refused { operation, why });
        }
    }
    ensure(workspace)?;
    let taken = workspace.store.collections()?.into_iter().find(|it| it.root == root && it.alias == alias);
    if taken.is_some_and(|it| it.role != CollectionRole::Shared || it.alias == IMPORTED) {
        let why = format!("{alias:?} is a collection that Forewarn keeps itself: choose another name");
        return Err(AppError::Refused { operation, why });
    }
    let title = if title.trim().is_empty() { alias } else { title };
    let mut collection = made(root, alias, title, description, CollectionRole::Shared, tlp, None);
    collection.number = workspace.store.put_collection(&collection)?;
    workspace.note(context, "share.collection", &format!("{root}/{alias}"), &tlp.to_string())?;
    Ok(collection)
}

pub(crate) fn made(
    root: &str,
    alias: &str,
    title: &str,
    description: &str,
    role: CollectionRole,
    tlp: Tlp,
    partner: Option<&str>,
) -> Collection {
    Collection {
        number: 0,
        id: collection_id(root, alias),
        root: root.to_owned(),
        alias: alias.to_owned(),
        title: title.to_owned(),
        description: description.to_owned(),
        role,
        tlp,
        partner: partner.map(str::to_owned),
    }
}

/// Whether a text can be a part of an address: lower-case letters, digits and hyphens, at most 60.
pub(crate) fn is_name(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=60).contains(&text.len()) && text.bytes().all(allowed) && !text.starts_with('-')
}
