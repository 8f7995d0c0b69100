//! Partners: other nodes, and any TAXII 2.1 server that is fetched from or brought to.

use std::path::PathBuf;

use forewarn_model::rights::Right;
use forewarn_model::{Country, Grading, Pap, Tlp};
use forewarn_store::CollectionRole;
use serde::{Deserialize, Serialize};

use super::collection::{self, ROOT, is_name};
use crate::{AppError, Context, Workspace};

/// A partner, with the agreement that holds with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// A short name for commands; who signs in under it acts as this partner.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its API root, where it has one; without, it comes and fetches.
    pub url: Option<String>,
    /// The collections there that are fetched from; all that can be read if none is named.
    pub pull: Vec<String>,
    /// The collection there that is brought to; the first that can be written to if none is named.
    pub push: Option<String>,
    /// The name under which this node signs in there; without, the token is sent alone.
    pub user: Option<String>,
    /// The file with the token or password for that.
    pub token_file: Option<PathBuf>,
    /// The most restricted marking that may go to it.
    pub clearance: Tlp,
    /// The most restricted marking of permissible actions that may go to it.
    pub pap: Pap,
    /// The most restricted marking that is taken from it.
    pub accepts: Tlp,
    /// Its country, for rules.
    pub country: Option<Country>,
    /// The thumbprint of the key with which it signs its notices.
    pub key: Option<String>,
    /// The STIX identity that creates its objects; others' are held back then.
    pub identity: Option<String>,
    /// How far what comes from it is trusted; an incident never further than this, unless it says nothing.
    pub grading: Grading,
    /// The API root here that it belongs to.
    pub root: String,
    /// Whether anything is exchanged with it now.
    pub active: bool,
}

impl Partner {
    /// A partner of that name with nothing agreed yet.
    pub fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            title: id.to_owned(),
            url: None,
            pull: Vec::new(),
            push: None,
            user: None,
            token_file: None,
            clearance: Tlp::Clear,
            pap: Pap::White,
            accepts: Tlp::AmberStrict,
            country: None,
            key: None,
            identity: None,
            grading: Grading::UNKNOWN,
            root: ROOT.to_owned(),
            active: true,
        }
    }

    /// The alias of the collection with what goes to it.
    pub fn outbox(&self) -> String {
        format!("to-{}", self.id)
    }

    /// The alias of the collection with what came from it.
    pub fn inbox(&self) -> String {
        format!("from-{}", self.id)
    }
}

/// Adds a partner, or changes it; makes its two collections.
pub fn put(workspace: &mut Workspace, context: &Context, partner: &Partner) -> Result<(), AppError> {
    context.require(Right::ShareRule)?;
    let refused = |why: String| Err(AppError::Refused { operation: "write a partner", why });
    if !is_name(&partner.id) || !is_name(&partner.root) {
        return refused(format!("{:?}: a name has lower-case letters, digits and hyphens only", partner.id));
    }
    if partner.clearance == Tlp::Red {
        return refused(
            "TLP:RED is for named people, not for machines: clear a partner up to AMBER+STRICT".into(),
        );
    }
    if let Some(url) = &partner.url
        && !(url.starts_with("https://") || url.starts_with("http://"))
    {
        return refused(format!("{url:?} is no address of an API root: it begins with https://"));
    }
    collection::ensure(workspace)?;
    workspace.store.put_partner(&partner.id, &to_json(partner)?)?;
    let (to, from) = (format!("To {}", partner.title), format!("From {}", partner.title));
    for (alias, title, what, role, tlp) in [
        (
            partner.outbox(),
            to,
            "What the rules let go to this partner.",
            CollectionRole::Outbox,
            partner.clearance,
        ),
        (partner.inbox(), from, "What came from this partner.", CollectionRole::Inbox, partner.accepts),
    ] {
        let it = collection::made(&partner.root, &alias, &title, what, role, tlp, Some(&partner.id));
        workspace.store.put_collection(&it)?;
    }
    let told = format!("up to {} {}", partner.clearance, partner.pap);
    workspace.note(context, "share.partner", &partner.id, &told)
}

/// All partners, in order of name.
pub fn list(workspace: &Workspace, context: &Context) -> Result<Vec<Partner>, AppError> {
    context.require(Right::Share)?;
    workspace.seen(context, "share.view", "partners");
    all(workspace)
}

/// A partner by its name.
pub fn find(workspace: &Workspace, context: &Context, id: &str) -> Result<Partner, AppError> {
    context.require(Right::Share)?;
    let found = all(workspace)?.into_iter().find(|partner| partner.id == id);
    found.ok_or_else(|| AppError::NotFound {
        what: "partner",
        name: id.to_owned(),
        remedy: "see `forewarn share partners`".to_owned(),
    })
}

/// The source of the reports that are made of what a partner sent.
pub fn source_of(id: &str) -> String {
    format!("partner {id}")
}

/// The partner that the actor acts as, if it is one.
pub(crate) fn acting(workspace: &Workspace, context: &Context) -> Result<Option<Partner>, AppError> {
    Ok(all(workspace)?.into_iter().find(|partner| partner.id == context.actor))
}

pub(crate) fn all(workspace: &Workspace) -> Result<Vec<Partner>, AppError> {
    let rows = workspace.store.partners()?;
    rows.iter().map(|(id, config)| from_json(id, config)).collect()
}

/// How a partner lies in the store.
#[derive(Serialize, Deserialize)]
struct Config {
    title: String,
    url: Option<String>,
    #[serde(default)]
    pull: Vec<String>,
    push: Option<String>,
    user: Option<String>,
    token_file: Option<PathBuf>,
    clearance: String,
    pap: String,
    accepts: String,
    country: Option<String>,
    key: Option<String>,
    identity: Option<String>,
    grading: String,
    root: String,
    active: bool,
}

fn to_json(partner: &Partner) -> Result<String, AppError> {
    let config = Config {
        title: partner.title.clone(),
        url: partner.url.clone(),
        pull: partner.pull.clone(),
        push: partner.push.clone(),
        user: partner.user.clone(),
        token_file: partner.token_file.clone(),
        clearance: partner.clearance.as_str().to_owned(),
        pap: partner.pap.as_str().to_owned(),
        accepts: partner.accepts.as_str().to_owned(),
        country: partner.country.map(|country| country.to_string()),
        key: partner.key.clone(),
        identity: partner.identity.clone(),
        grading: partner.grading.to_string(),
        root: partner.root.clone(),
        active: partner.active,
    };
    serde_json::to_string(&config).map_err(AppError::refused("write a partner"))
}

fn from_json(id: &str, text: &str) -> Result<Partner, AppError> {
    let read = || -> Result<Partner, Box<dyn std::error::Error>> {
        let config: Config = serde_json::from_str(text)?;
        Ok(Partner {
            id: id.to_owned(),
            title: config.title,
            url: config.url,
            pull: config.pull,
            push: config.push,
            user: config.user,
            token_file: config.token_file,
            clearance: config.clearance.parse()?,
            pap: config.pap.parse()?,
            accepts: config.accepts.parse()?,
            country: config.country.map(|country| country.parse()).transpose()?,
            key: config.key,
            identity: config.identity,
            grading: config.grading.parse()?,
            root: config.root,
            active: config.active,
        })
    };
    read().map_err(AppError::refused("read a partner"))
}
