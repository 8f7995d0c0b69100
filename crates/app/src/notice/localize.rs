//! A notice in its languages.

use std::sync::OnceLock;

use forewarn_model::{CountryNames, EvidenceRef, Language, LocalizedNotice, Notice};
use forewarn_notice::{CatalogueError, Catalogues, localize, localize_source};

use crate::AppError;

/// The languages of a notice, in the order in which they are shown.
const LANGUAGES: [&str; 4] = ["en", "fr", "es", "ar"];

/// A notice in its four languages. A message that is missing in one of them is an error: a notice that is
/// not whole is not issued.
pub fn all(notice: &Notice, names: &CountryNames) -> Result<Vec<LocalizedNotice>, AppError> {
    let catalogues = catalogues()?;
    LANGUAGES
        .iter()
        .map(|tag| {
            let language = tag.parse().map_err(AppError::built_in("languages"))?;
            in_language(notice, language, catalogues, names)
        })
        .collect()
}

/// A notice in one language.
pub fn one(notice: &Notice, language: Language, names: &CountryNames) -> Result<LocalizedNotice, AppError> {
    let catalogues = catalogues()?;
    in_language(notice, language, catalogues, names)
}

/// The message catalogues, read once a process.
pub(crate) fn catalogues() -> Result<&'static Catalogues, AppError> {
    static CATALOGUES: OnceLock<Result<Catalogues, CatalogueError>> = OnceLock::new();
    CATALOGUES.get_or_init(Catalogues::builtin).as_ref().map_err(AppError::built_in("message catalogues"))
}

/// What a notice is about, as one sentence in a language; in English where there is no catalogue for it.
pub fn headline(notice: &Notice, language: Language, names: &CountryNames) -> Result<String, AppError> {
    Ok(localize(notice, language, catalogues()?, names).0.headline.text)
}

/// What a sentence rests on, in the words of a language.
pub fn source(reference: &EvidenceRef, language: Language, names: &CountryNames) -> Result<String, AppError> {
    Ok(localize_source(reference, language, catalogues()?, names))
}

fn in_language(
    notice: &Notice,
    language: Language,
    catalogues: &Catalogues,
    names: &CountryNames,
) -> Result<LocalizedNotice, AppError> {
    let (text, problems) = localize(notice, language, catalogues, names);
    match problems.first() {
        None => Ok(text),
        Some(problem) => {
            Err(AppError::Refused { operation: "say the notice in its languages", why: problem.to_string() })
        }
    }
}
