//! What the fuzz targets of `share` run, shared with its tests: no bytes make its readers panic.

use forewarn_share::{notice_json, stix};

/// A STIX 2.1 bundle with incidents.
pub(crate) fn read_stix(bytes: &[u8]) {
    let Ok(bundle) = serde_json::from_slice(bytes) else { return };
    let (incidents, problems) = stix::read_incidents(&bundle, "fuzz");
    for incident in incidents {
        assert_eq!(incident.id, incident.derive_id(), "an id is the hash of its incident");
    }
    drop(problems);
}

/// A signed notice.
pub(crate) fn read_notice(bytes: &[u8]) {
    let Ok(signed) = notice_json::parse_signed(bytes) else { return };
    // What is signed can be understood or not; neither may panic.
    let _ = (signed.notice(), signed.texts(), signed.envelope.signed_bytes());
}
