//! Marking definitions under the ids that OASIS and FIRST's members use.

use forewarn_model::{Marking, Pap, Tlp};
use serde_json::{Value, json};

/// TLP 2.0 as a STIX extension (OASIS common objects, `tlp-2.0`).
const TLP_EXTENSION: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
/// PAP as a STIX extension (OASIS common objects, `pap-marking-definition-f8d`).
const PAP_EXTENSION: &str = "extension-definition--f8d78575-edfd-406e-8e84-6162a8450f5b";

/// Label, id, and day of creation of each TLP marking.
const TLP: [(Tlp, &str, &str); 5] = [
    (Tlp::Clear, "94868c89-83c2-464b-929b-a1a8aa3c8487", "2022-10-01"),
    (Tlp::Green, "bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "2022-10-01"),
    (Tlp::Amber, "55d920b0-5e8b-4f79-9ee9-91f868d9b421", "2022-10-01"),
    (Tlp::AmberStrict, "939a9414-2ddd-4d32-a0cd-375ea402b003", "2022-10-01"),
    (Tlp::Red, "e828b379-4e03-4974-9ac4-e53a884c97c1", "2022-10-01"),
];

/// Label, id, and day of creation of each PAP marking.
const PAP: [(Pap, &str, &str); 4] = [
    (Pap::White, "a3bea94c-b469-41dc-9cfe-d6e7daba7730", "2022-10-01"),
    (Pap::Green, "c43594d1-4b11-4c59-93ab-1c9b14d53ce9", "2022-10-09"),
    (Pap::Amber, "60f8932b-e51e-4458-b265-a2e8be9a80ab", "2022-10-02"),
    (Pap::Red, "740d36e5-7714-4c30-961a-3ae632ceee0e", "2022-10-06"),
];

/// The markings of TLP 1.0 (STIX 2.1, section 7.2.1.4), which other producers still use.
const TLP_1: [(Tlp, &str); 4] = [
    (Tlp::Clear, "613f2e26-407d-48c7-9eca-b8e91df99dc9"),
    (Tlp::Green, "34098fce-860f-48ae-8e50-ebd3cc5e41da"),
    (Tlp::Amber, "f88d31f6-486f-44da-b317-01333bde0b82"),
    (Tlp::Red, "5e57c739-391a-4eb3-b6be-7d15ca92d5ed"),
];

/// The TLP level that a marking definition of this id stands for, and the version of TLP.
pub(super) fn tlp_of(id: &str) -> Option<(Tlp, u8)> {
    let uuid = id.strip_prefix("marking-definition--")?;
    let second = TLP.iter().find(|row| row.1 == uuid).map(|row| (row.0, 2));
    second.or_else(|| TLP_1.iter().find(|row| row.1 == uuid).map(|row| (row.0, 1)))
}

/// The PAP level that a marking definition of this id stands for.
pub(super) fn pap_of(id: &str) -> Option<Pap> {
    let uuid = id.strip_prefix("marking-definition--")?;
    PAP.iter().find(|row| row.1 == uuid).map(|row| row.0)
}

/// Whether an id is that of a marking definition of TLP or PAP.
pub(super) fn is_known(id: &str) -> bool {
    tlp_of(id).is_some() || pap_of(id).is_some()
}

/// The ids of the two definitions of a marking.
pub(super) fn refs(marking: Marking) -> Vec<String> {
    definitions(marking).iter().map(|definition| super::object::id_of(definition).to_owned()).collect()
}

/// The two definitions of a marking.
pub(super) fn definitions(marking: Marking) -> Vec<Value> {
    let tlp = TLP
        .iter()
        .filter(|row| row.0 == marking.tlp)
        .map(|(tlp, id, day)| definition(id, day, &tlp.to_string(), TLP_EXTENSION, "tlp_2_0", tlp.as_str()));
    let pap = PAP
        .iter()
        .filter(|row| row.0 == marking.pap)
        .map(|(pap, id, day)| definition(id, day, &pap.to_string(), PAP_EXTENSION, "pap", pap.as_str()));
    tlp.chain(pap).collect()
}

/// The labels as machine tags, for tools that read labels only: the taxonomies `tlp` and `PAP` of MISP.
pub(super) fn tags(marking: Marking) -> [String; 2] {
    [format!("tlp:{}", marking.tlp.as_str().to_lowercase()), marking.pap.to_string()]
}

fn definition(id: &str, day: &str, name: &str, extension: &str, property: &str, level: &str) -> Value {
    json!({
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": format!("marking-definition--{id}"),
        "created": format!("{day}T00:00:00.000Z"),
        "name": name,
        "extensions": {
            extension: { "extension_type": "property-extension", property: level.to_lowercase() },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_marking_has_its_two_definitions() {
        for tlp in Tlp::ALL {
            for pap in Pap::ALL {
                let [first, second] = &definitions(Marking { tlp, pap })[..] else { panic!("{tlp} {pap}") };
                assert_eq!(
                    (&first["name"], &second["name"]),
                    (&json!(tlp.to_string()), &json!(pap.to_string()))
                );
            }
        }
    }

    #[test]
    fn has_the_form_that_oasis_gives() {
        let expected = json!({
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
            "created": "2022-10-01T00:00:00.000Z",
            "name": "TLP:AMBER+STRICT",
            "extensions": {
                "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d": {
                    "extension_type": "property-extension",
                    "tlp_2_0": "amber+strict",
                },
            },
        });
        assert_eq!(definitions(Marking { tlp: Tlp::AmberStrict, pap: Pap::Red })[0], expected);
    }
}
