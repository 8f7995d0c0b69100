//! The packs `core` and `distress`, embedded.

/// Path inside the pack, text.
type Builtin = (&'static str, &'static str);

/// A file of `packs/core`.
macro_rules! file {
    ($path:literal) => {
        ($path, include_str!(concat!("../../../packs/core/", $path)))
    };
}

/// Every file of `packs/core`, sorted by path; a test compares it with the folder.
const FILES: &[Builtin] = &[
    file!("exclusions/deduction_for_keep.toml"),
    file!("exclusions/no_fee.toml"),
    file!("indicators/age_or_gender_limits.toml"),
    file!("indicators/confinement.toml"),
    file!("indicators/crypto_or_gaming.toml"),
    file!("indicators/debt_or_deposit.toml"),
    file!("indicators/destination_changed.toml"),
    file!("indicators/easy_interview.toml"),
    file!("indicators/euphemism.toml"),
    file!("indicators/free_housing.toml"),
    file!("indicators/free_travel.toml"),
    file!("indicators/group_recruiting_bonus.toml"),
    file!("indicators/hub_location.toml"),
    file!("indicators/language_skill_bonus.toml"),
    file!("indicators/messaging_app_contact.toml"),
    file!("indicators/no_experience.toml"),
    file!("indicators/overseas_offer.toml"),
    file!("indicators/passport_handover.toml"),
    file!("indicators/salary_above_norm.toml"),
    file!("indicators/travel_paid_by_victim.toml"),
    file!("indicators/typing_or_chat_work.toml"),
    file!("indicators/urgent.toml"),
    file!("indicators/vague_employer.toml"),
    file!("indicators/visa_handled.toml"),
    file!("indicators/visa_run_or_border.toml"),
    file!("languages/am.toml"),
    file!("languages/ar.toml"),
    file!("languages/bn.toml"),
    file!("languages/de.toml"),
    file!("languages/en.toml"),
    file!("languages/es.toml"),
    file!("languages/fil.toml"),
    file!("languages/fr.toml"),
    file!("languages/hi.toml"),
    file!("languages/id.toml"),
    file!("languages/it.toml"),
    file!("languages/ja.toml"),
    file!("languages/kk.toml"),
    file!("languages/km.toml"),
    file!("languages/ko.toml"),
    file!("languages/lo.toml"),
    file!("languages/mn.toml"),
    file!("languages/ms.toml"),
    file!("languages/my.toml"),
    file!("languages/ne.toml"),
    file!("languages/pt.toml"),
    file!("languages/ro.toml"),
    file!("languages/ru.toml"),
    file!("languages/si.toml"),
    file!("languages/sw.toml"),
    file!("languages/ta.toml"),
    file!("languages/th.toml"),
    file!("languages/tr.toml"),
    file!("languages/uk.toml"),
    file!("languages/und.toml"),
    file!("languages/ur.toml"),
    file!("languages/uz.toml"),
    file!("languages/vi.toml"),
    file!("languages/zh-Hans.toml"),
    file!("languages/zh-Hant.toml"),
    file!("lists/wages.toml"),
    file!("pack.toml"),
    file!("tests/ads.md"),
];

/// A file of `packs/distress`.
macro_rules! distress {
    ($path:literal) => {
        ($path, include_str!(concat!("../../../packs/distress/", $path)))
    };
}

/// Every file of `packs/distress`, sorted by path; a test compares it with the folder.
const DISTRESS: &[Builtin] = &[
    distress!("indicators/held_beaten.toml"),
    distress!("indicators/held_captive.toml"),
    distress!("indicators/held_forced.toml"),
    distress!("indicators/held_papers.toml"),
    distress!("indicators/held_plea.toml"),
    distress!("indicators/held_ransom.toml"),
    distress!("indicators/reported.toml"),
    distress!("languages/ar.toml"),
    distress!("languages/bn.toml"),
    distress!("languages/de.toml"),
    distress!("languages/en.toml"),
    distress!("languages/es.toml"),
    distress!("languages/fil.toml"),
    distress!("languages/fr.toml"),
    distress!("languages/hi.toml"),
    distress!("languages/id.toml"),
    distress!("languages/ja.toml"),
    distress!("languages/ko.toml"),
    distress!("languages/ms.toml"),
    distress!("languages/my.toml"),
    distress!("languages/ne.toml"),
    distress!("languages/pt.toml"),
    distress!("languages/ru.toml"),
    distress!("languages/sw.toml"),
    distress!("languages/th.toml"),
    distress!("languages/ur.toml"),
    distress!("languages/vi.toml"),
    distress!("languages/zh-Hans.toml"),
    distress!("languages/zh-Hant.toml"),
    distress!("pack.toml"),
];

/// The files of the built-in pack `core`, sorted by path.
pub fn builtin_files() -> &'static [(&'static str, &'static str)] {
    FILES
}

/// The files of the built-in pack `distress`, sorted by path.
pub fn distress_files() -> &'static [(&'static str, &'static str)] {
    DISTRESS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Pack;

    #[test]
    fn embeds_every_file_of_the_folders() {
        embeds("core", FILES);
        embeds("distress", DISTRESS);
    }

    #[track_caller]
    fn embeds(pack: &str, files: &[Builtin]) {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(pack);
        let mut folders = vec![root.clone()];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push(path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/"));
                }
            }
        }
        found.sort();
        let embedded: Vec<&str> = files.iter().map(|&(path, _)| path).collect();
        assert_eq!(embedded, found, "list the files of packs/{pack}");
    }

    #[test]
    fn compiles_and_passes_its_own_tests() {
        let pack = Pack::builtin().unwrap_or_else(|found| {
            let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
            panic!("{}", shown.join("\n\n"));
        });
        let report = pack.test();
        assert!(report.is_ok() && report.passed > 100, "{report:#?}");
    }

    #[test]
    fn distress_passes_its_own_tests() {
        let pack = Pack::distress().unwrap_or_else(|found| {
            let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
            panic!("{}", shown.join("\n\n"));
        });
        let report = pack.test();
        assert!(report.is_ok() && report.passed > 30, "{report:#?}");
    }

    #[test]
    fn files_are_in_the_one_layout() {
        for &(path, text) in FILES.iter().chain(DISTRESS).filter(|(path, _)| path.ends_with(".toml")) {
            let file = crate::SourceFile { path: path.to_owned(), text: text.to_owned() };
            assert_eq!(crate::format(&file).as_deref(), Ok(text), "format {path}");
        }
    }
}
