//! What was issued, and how it ended, for those who exchange with others: as STIX objects, with the signature
//! that vouches for them.

use forewarn_extract::Gazetteer;
use forewarn_model::rights::Right;
use forewarn_model::{Marking, NoticeId, NoticeState, Timestamp};
use forewarn_share::notice_json::parse_signed;
use forewarn_share::{Envelope, notice_json, status_json};
use serde_json::{Value, json};

use crate::notice::render;
use crate::{AppError, Context, Workspace};

/// An issued notice as it stands now.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// The notice.
    pub id: NoticeId,
    /// Its number.
    pub number: String,
    /// Who may have it.
    pub marking: Marking,
    /// Issued, superseded, withdrawn or expired.
    pub state: NoticeState,
    /// When it last changed: the version of its objects.
    pub modified: Timestamp,
    /// Its STIX objects, the report among them; of a withdrawn notice the report is revoked.
    pub objects: Vec<Value>,
}

/// Notices that the reader may see, were issued, and have changed after `since` (all of them without it), in
/// order of their last change. Who asks again with the last time that he got misses nothing but what shares
/// that very instant; so ask with a time somewhat earlier, since ids and versions tell what is known.
pub fn run(
    workspace: &Workspace,
    context: &Context,
    gazetteer: &Gazetteer,
    since: Option<Timestamp>,
) -> Result<Vec<Published>, AppError> {
    let operation = "read the issued notices";
    context.require(Right::Share)?;
    let mut all = Vec::new();
    for stored in workspace.store.notices()? {
        let Some(signed) = &stored.signed else { continue };
        // As it stands now: the signed document tells it as it was when it was issued.
        let notice = super::parse(&stored)?;
        let Some(modified) = notice.history.last().map(|step| step.when) else { continue };
        if !notice.marking.visible_to(context.clearance) || since.is_some_and(|since| modified <= since) {
            continue;
        }
        let document = parse_signed(signed).map_err(AppError::refused(operation))?;
        let texts = document.texts().map_err(AppError::refused(operation))?;
        let mut bundle = render::stix(workspace, gazetteer, &notice, &texts)?;
        let mut signatures = vec![signature("forewarn-notice-signature", &document.envelope)];
        if let Some(end) = workspace.store.notice_end(notice.id)? {
            let end = status_json::parse_signed(&end, &notice_json::Limits::default());
            let end = end.map_err(AppError::refused(operation))?;
            signatures.push(signature("forewarn-notice-end-signature", &end.envelope));
        }
        let Value::Array(mut objects) = bundle["objects"].take() else { continue };
        objects.iter_mut().for_each(|object| vouch(object, &signatures));
        let (id, number, marking, state) = (notice.id, notice.number.clone(), notice.marking, notice.state());
        all.push(Published { id, number, marking, state, modified, objects });
    }
    all.sort_by_key(|one| (one.modified, one.id));
    Ok(all)
}

/// Adds the signatures to the external references of the report; leaves other objects as they are.
pub(super) fn vouch(object: &mut Value, signatures: &[Value]) {
    if object["type"] == "report"
        && let Some(references) = object["external_references"].as_array_mut()
    {
        references.extend(signatures.iter().cloned());
    }
}

/// A signature as an external reference: the key, and the detached JWS over the canonical JSON (RFC 8785).
pub(super) fn signature(source: &str, envelope: &Envelope) -> Value {
    json!({ "source_name": source, "external_id": envelope.kid, "description": envelope.jws })
}
