//! Saved views of the network: what was asked for, what was pinned where, and what was hidden.
//!
//! A view is a convenience of its owner, not a decision: it may be saved over and removed. Others see it only
//! if it is shared, and only with the clearance that its owner had, since it names what the owner saw.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::Timestamp;
use forewarn_store::{SavedView, ViewKey};
use serde::{Deserialize, Serialize};

use super::view::Query;
use crate::model::rights::Right;
use crate::{AppError, Context, Workspace};

/// Bounds of what is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many characters a name has.
    pub name_chars_max: usize,
    /// How many views a user has.
    pub per_owner_max: u32,
    /// How many views are listed.
    pub listed_max: u32,
    /// How many nodes are pinned, and how many hidden.
    pub nodes_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { name_chars_max: 80, per_owner_max: 100, listed_max: 500, nodes_max: 4_000 }
    }
}

/// Where a pinned node lies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// To the right.
    pub x: f64,
    /// Upwards.
    pub y: f64,
}

/// A view.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Who saved it.
    pub owner: String,
    /// What the owner calls it.
    pub name: String,
    /// Whether others see it.
    pub shared: bool,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// What is drawn.
    pub query: Query,
    /// Nodes that stay where they were put, by id.
    pub pinned: BTreeMap<String, Place>,
}

/// A view as it is written down.
#[derive(Serialize, Deserialize)]
struct Payload {
    centre: Vec<String>,
    steps: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    expanded: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    also: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    hidden_kinds: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    hidden: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pinned: BTreeMap<String, Place>,
}

/// What is to be saved.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Request {
    /// What it is called; a view of this user with the same name is replaced.
    pub name: String,
    /// Whether others see it.
    pub shared: bool,
    /// What is drawn.
    pub query: Query,
    /// Nodes that stay where they were put, by id.
    pub pinned: BTreeMap<String, Place>,
}

/// Saves a view for the actor.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    request: &Request,
    limits: &Limits,
) -> Result<(), AppError> {
    context.require(Right::NetworkMark)?;
    let refused = |why: String| Err(AppError::Refused { operation: "save a view of the network", why });
    let name = request.name.trim();
    let Request { query, pinned, .. } = request;
    if name.is_empty() || name.chars().count() > limits.name_chars_max || name.contains(char::is_control) {
        return refused(format!("give it a name of 1 to {} characters", limits.name_chars_max));
    }
    if query.centre.is_empty() {
        return refused("nothing is drawn yet: look for an identifier first".to_owned());
    }
    let named = query.centre.len() + query.expanded.len() + query.also.len();
    if named.max(pinned.len()).max(query.hidden.len()) > limits.nodes_max {
        return refused(format!("more than {} nodes are pinned or hidden: release some", limits.nodes_max));
    }
    if pinned.values().any(|place| !place.x.is_finite() || !place.y.is_finite()) {
        return refused("a pinned node has no place: load the page again".to_owned());
    }
    let payload = Payload {
        centre: query.centre.clone(),
        steps: query.steps,
        expanded: query.expanded.clone(),
        also: query.also.clone(),
        from: query.from.map(|day| day.to_string()),
        until: query.until.map(|day| day.to_string()),
        hidden_kinds: query.hidden_kinds.clone(),
        hidden: query.hidden.clone(),
        pinned: pinned.clone(),
    };
    let payload = serde_json::to_string(&payload).map_err(AppError::refused("save a view of the network"))?;
    let view = SavedView {
        key: ViewKey { owner: context.actor.clone(), name: name.to_owned() },
        shared: request.shared,
        saved_at: context.now,
        payload,
    };
    if !workspace.store.put_view(&view, &context.clearance, limits.per_owner_max)? {
        return refused(format!("there are {} views already: remove one first", limits.per_owner_max));
    }
    workspace.note(context, "network.save", "", if request.shared { "shared" } else { "own" })
}

/// The views that the actor may open: the own ones first.
pub fn list(workspace: &Workspace, context: &Context, limits: &Limits) -> Result<Vec<View>, AppError> {
    context.require(Right::Look)?;
    workspace.seen(context, "network.views", "views");
    let saved = workspace.store.views(&context.actor, &context.clearance, limits.listed_max)?;
    // A view of a later version that cannot be read is passed over, not an end of all views.
    Ok(saved.into_iter().filter_map(read).collect())
}

/// One view, by its owner and name.
pub fn open(
    workspace: &Workspace,
    context: &Context,
    owner: &str,
    name: &str,
    limits: &Limits,
) -> Result<View, AppError> {
    let all = list(workspace, context, limits)?;
    all.into_iter().find(|view| view.owner == owner && view.name == name).ok_or_else(|| missing(name))
}

/// Removes a view of the actor.
pub fn remove(workspace: &mut Workspace, context: &Context, name: &str) -> Result<(), AppError> {
    context.require(Right::NetworkMark)?;
    let key = ViewKey { owner: context.actor.clone(), name: name.to_owned() };
    if !workspace.store.delete_view(&key)? {
        return Err(missing(name));
    }
    workspace.note(context, "network.save", "", "removed")
}

fn missing(name: &str) -> AppError {
    let remedy = "it was removed, or is not shared with you".to_owned();
    AppError::NotFound { what: "view", name: name.to_owned(), remedy }
}

fn read(saved: SavedView) -> Option<View> {
    let payload: Payload = serde_json::from_str(&saved.payload).ok()?;
    let day = |text: Option<String>| text.and_then(|text| text.parse().ok());
    Some(View {
        owner: saved.key.owner,
        name: saved.key.name,
        shared: saved.shared,
        saved_at: saved.saved_at,
        query: Query {
            centre: payload.centre,
            steps: payload.steps,
            expanded: payload.expanded,
            also: payload.also,
            from: day(payload.from),
            until: day(payload.until),
            hidden_kinds: payload.hidden_kinds,
            hidden: payload.hidden,
        },
        pinned: payload.pinned,
    })
}
