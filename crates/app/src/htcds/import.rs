//! Takes cases in. Codes replace those of the same case; who it is about is sealed before it is written.

use forewarn_model::Problem;
use forewarn_model::rights::Right;
use forewarn_share::htcds::{Case, Limits, read, seal};
use forewarn_store::{CaseWritten, SealedPerson, StoredCase};

use super::house_key;
use crate::{AppError, Context, Workspace};

/// What became of an input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Cases that are new.
    pub new: u64,
    /// Cases that were there; their codes were replaced.
    pub replaced: u64,
    /// Cases of a person who was erased: their codes were written, the person stays erased.
    pub stay_erased: u64,
    /// Cases with a sealed part.
    pub sealed: u64,
    /// What was refused or left out, and why.
    pub problems: Vec<Problem>,
}

/// Takes in a table or JSON of cases.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    bytes: &[u8],
    name: &str,
    limits: &Limits,
) -> Result<Outcome, AppError> {
    context.require(Right::CaseWork)?;
    let (cases, problems) = read(bytes, name, limits);
    let mut outcome = Outcome { problems, ..Outcome::default() };
    let key = match cases.iter().any(|case| !case.sealed.is_empty()) {
        true => Some(house_key::read_or_make(workspace, context)?),
        false => None,
    };
    for case in &cases {
        let person = match key {
            Some(key) if !case.sealed.is_empty() => Some(sealed(context, case, &key)?),
            _ => None,
        };
        outcome.sealed += u64::from(person.is_some());
        let facts = serde_json::to_string(&case.open).map_err(AppError::refused("write the case"))?;
        let written = workspace.store.put_case(&StoredCase {
            id: case.id.clone(),
            facts,
            person,
            erased_at: None,
            imported_at: context.now,
            changed_at: context.now,
        })?;
        match written {
            CaseWritten::New => outcome.new += 1,
            CaseWritten::Replaced => outcome.replaced += 1,
            CaseWritten::StaysErased => outcome.stay_erased += 1,
        }
    }
    let Outcome { new, replaced, stay_erased, sealed, .. } = outcome;
    let told =
        format!("{new} new, {replaced} replaced, {stay_erased} stay erased, {sealed} with a sealed part");
    workspace.note(context, "case.import", name, &told)?;
    Ok(outcome)
}

/// Who a case is about under a key of its own, and that key under the key of the house.
fn sealed(context: &Context, case: &Case, house: &seal::SecretKey) -> Result<SealedPerson, AppError> {
    let refused = AppError::refused::<seal::SealError>("seal the case");
    let plain = serde_json::to_vec(&case.sealed).map_err(AppError::refused("seal the case"))?;
    let own = house_key::random(context)?;
    let (of_person, of_key) = (house_key::nonce(context)?, house_key::nonce(context)?);
    let sealed = seal::seal(&plain, &own, of_person, &house_key::about_person(&case.id));
    let wrapped = seal::seal(&own, house, of_key, &house_key::about_key(&case.id));
    let (sealed, wrapped_key) = sealed.and_then(|sealed| Ok((sealed, wrapped?))).map_err(refused)?;
    Ok(SealedPerson { sealed, wrapped_key })
}
