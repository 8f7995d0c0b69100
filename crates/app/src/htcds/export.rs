//! Takes cases out: their codes; and who they are about only where it is asked for.

use forewarn_model::rights::Right;
use forewarn_share::htcds::{Case, Values, seal};
use forewarn_store::StoredCase;

use super::house_key;
use crate::{AppError, Context, Workspace};

/// How many cases are read from the store at a time.
const PAGE: u32 = 1_000;

/// What leaves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// Only this case.
    pub case: Option<String>,
    /// Who the cases are about, too. Only of named cases, never of all at once.
    pub persons: bool,
    /// Why, if persons leave.
    pub why: String,
}

/// The cases in order of name.
pub fn run(workspace: &mut Workspace, context: &Context, request: &Request) -> Result<Vec<Case>, AppError> {
    context.require(Right::CaseWork)?;
    let operation = "take persons out";
    let refused = |why: &str| AppError::Refused { operation, why: why.to_owned() };
    if request.persons && request.case.is_none() {
        return Err(refused("name one case: who the cases are about never leaves all at once"));
    }
    if request.persons && request.why.trim().is_empty() {
        return Err(refused("it needs a reason, which stays on record: give one with --why"));
    }
    let stored = match &request.case {
        Some(id) => vec![super::list::find(workspace, id)?],
        None => all(workspace)?,
    };
    let key = match request.persons {
        true => Some(house_key::read(workspace, context)?),
        false => None,
    };
    let mut cases = Vec::with_capacity(stored.len());
    for stored in stored {
        let sealed = match key {
            Some(key) => opened(&stored, &key)?,
            None => Values::new(),
        };
        let open = serde_json::from_str(&stored.facts).map_err(AppError::refused("read the case"))?;
        cases.push(Case { id: stored.id, open, sealed });
    }
    let (subject, what) = match &request.case {
        Some(id) if request.persons => (id.clone(), format!("with the person: {}", request.why)),
        Some(id) => (id.clone(), "codes".to_owned()),
        None => (format!("{} cases", cases.len()), "codes".to_owned()),
    };
    workspace.note(context, "case.export", &subject, &what)?;
    Ok(cases)
}

fn all(workspace: &Workspace) -> Result<Vec<StoredCase>, AppError> {
    let mut all: Vec<StoredCase> = Vec::new();
    loop {
        let after = all.last().map(|case| case.id.clone()).unwrap_or_default();
        let page = workspace.store.cases_after(&after, PAGE)?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

fn opened(stored: &StoredCase, house: &seal::SecretKey) -> Result<Values, AppError> {
    let Some(person) = &stored.person else { return Ok(Values::new()) };
    let open = || -> Result<Vec<u8>, seal::SealError> {
        let own = seal::open(&person.wrapped_key, house, &house_key::about_key(&stored.id))?;
        let own = seal::SecretKey::try_from(own).map_err(|_| seal::SealError::Open)?;
        seal::open(&person.sealed, &own, &house_key::about_person(&stored.id))
    };
    let plain = open().map_err(AppError::refused("open the case"))?;
    serde_json::from_slice(&plain).map_err(AppError::refused("open the case"))
}
