//! What a person means by a text: a value as it stands in reports, or the id of a report or campaign.

use std::collections::BTreeSet;

use forewarn_extract::Extractor;
use forewarn_model::rights::Right;
use forewarn_model::{CampaignId, EntityKind, ObservableKind, ReportId};

use crate::campaign;
use crate::{AppError, Context, Workspace};

/// A node of the network, wherever it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// An identifier.
    Value(ObservableKind, String),
    /// A report.
    Report(ReportId),
    /// A campaign.
    Campaign(CampaignId),
}

impl Key {
    /// What it stands for, and its value as the graph writes it.
    pub fn node(&self) -> (EntityKind, String) {
        match self {
            Self::Value(kind, value) => (EntityKind::Observable(*kind), value.clone()),
            Self::Report(id) => (EntityKind::Report, id.to_string()),
            Self::Campaign(id) => (EntityKind::Campaign, id.to_string()),
        }
    }

    /// The node that the graph writes so.
    pub fn of(kind: EntityKind, value: &str) -> Option<Self> {
        match kind {
            EntityKind::Observable(kind) => Some(Self::Value(kind, value.to_owned())),
            EntityKind::Report => value.parse().ok().map(Self::Report),
            EntityKind::Campaign => value.parse().ok().map(Self::Campaign),
            EntityKind::Hub | EntityKind::Country | EntityKind::Organisation => None,
        }
    }
}

/// How many values that differ only in case are looked at.
const ALIKE_MAX: u32 = 16;

/// What a text means: all that have this value (a handle may be known at several services), a report or
/// campaign by its id or the beginning of it. A value may be written in any way that `check` understands.
pub fn run(workspace: &Workspace, context: &Context, text: &str) -> Result<Vec<Key>, AppError> {
    context.require(Right::Look)?;
    let text = text.trim();
    if let Some(keys) = id(workspace, context, text)? {
        return Ok(keys);
    }
    let bare = text.strip_prefix('@').unwrap_or(text);
    let mut spellings = vec![text.to_owned(), bare.to_owned(), bare.to_lowercase()];
    if bare.starts_with('+') {
        spellings.push(bare.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect());
    }
    let mut tried = BTreeSet::new();
    for spelling in spellings {
        if tried.insert(spelling.clone()) {
            let found = valued(workspace, context, &spelling)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
    }
    // As a text would name it: `t.me/name`, `+855 (0)12 …`, `hxxps://site[.]example`.
    let extractor = Extractor::builtin().map_err(AppError::built_in("gazetteer"))?;
    let (facts, _) = extractor.extract_text(text);
    let mut keys = BTreeSet::new();
    for observable in &facts.observables {
        let kinds = workspace.store.kinds_of_value(&observable.value, &context.clearance)?;
        if kinds.contains(&observable.kind) {
            keys.insert(Key::Value(observable.kind, observable.value.clone()));
        }
    }
    if keys.is_empty() {
        for value in workspace.store.values_alike(bare, ALIKE_MAX)? {
            keys.extend(valued(workspace, context, &value)?);
        }
    }
    if keys.is_empty() {
        let remedy = match facts.observables.first() {
            Some(read) => {
                format!("read as {} {}, and no report that you may see names it", read.kind, read.value)
            }
            None => {
                "no report that you may see names it; write a phone as +442079460123, a handle as @name, \
                     a report or campaign by its id"
                    .to_owned()
            }
        };
        return Err(AppError::NotFound { what: "an identifier", name: text.to_owned(), remedy });
    }
    Ok(keys.into_iter().collect())
}

/// The one node that a text means; an error says what to choose from if there are several.
pub fn one(workspace: &Workspace, context: &Context, text: &str) -> Result<Key, AppError> {
    // `phone:+855…` or `handle:telegram:name` says which kind is meant.
    for kind in kinds() {
        if let Some(value) = text.strip_prefix(&format!("{kind}:")) {
            let found = run(workspace, context, value)?;
            if let Some(key) = found.into_iter().find(|key| matches!(key, Key::Value(of, _) if *of == kind)) {
                return Ok(key);
            }
        }
    }
    let found = run(workspace, context, text)?;
    match found.as_slice() {
        [key] => Ok(key.clone()),
        several => {
            let names: Vec<String> = several
                .iter()
                .map(Key::node)
                .map(|(kind, value)| format!("{}:{value}", kind.name()))
                .collect();
            let remedy = format!("it is several things: name one of {}", names.join(", "));
            Err(AppError::NotFound { what: "one identifier", name: text.to_owned(), remedy })
        }
    }
}

fn kinds() -> impl Iterator<Item = ObservableKind> {
    use forewarn_model::{CryptoChain, HandleService};
    let plain = [
        ObservableKind::Phone,
        ObservableKind::Email,
        ObservableKind::Url,
        ObservableKind::Domain,
        ObservableKind::Iban,
    ];
    let handles = HandleService::ALL.iter().map(|&service| ObservableKind::Handle(service));
    plain
        .into_iter()
        .chain(handles)
        .chain(CryptoChain::ALL.iter().map(|&chain| ObservableKind::Crypto(chain)))
}

/// A report or campaign by its id, or the beginning of it.
fn id(workspace: &Workspace, context: &Context, text: &str) -> Result<Option<Vec<Key>>, AppError> {
    if let Some(digits) = text.strip_prefix("rpt-") {
        let found = workspace.store.report_ids_starting(digits, 2, &context.clearance)?;
        let remedy = match found.as_slice() {
            [id] => return Ok(Some(vec![Key::Report(*id)])),
            [] => "no report that you may see has this id",
            _ => "several reports begin so: give more of the id",
        };
        let (name, remedy) = (text.to_owned(), remedy.to_owned());
        return Err(AppError::NotFound { what: "report", name, remedy });
    }
    if text.starts_with("cmp-") {
        let id = campaign::find::named(workspace, text)?;
        let whole = workspace.store.campaign_whole(id)?.unwrap_or(id);
        return Ok(Some(vec![Key::Campaign(whole)]));
    }
    Ok(None)
}

fn valued(workspace: &Workspace, context: &Context, value: &str) -> Result<Vec<Key>, AppError> {
    let kinds = workspace.store.kinds_of_value(value, &context.clearance)?;
    Ok(kinds.into_iter().map(|kind| Key::Value(kind, value.to_owned())).collect())
}
