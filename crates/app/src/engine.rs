//! The stages, loaded once: extraction, rules, model.

use std::sync::Arc;

use forewarn_assess::Model;
use forewarn_extract::{Config, Extractor, Gazetteer};
use forewarn_model::CountryNames;
use forewarn_rules::{Diagnostic, Pack};

use crate::AppError;

/// Names of places and countries, without the rest of the engine: for actions that read no text.
pub fn gazetteer() -> Result<Arc<Gazetteer>, AppError> {
    Gazetteer::builtin().map_err(AppError::built_in("gazetteer"))
}

/// What reads and assesses a document.
pub struct Engine {
    pub(crate) extractor: Arc<Extractor>,
    pub(crate) pack: Pack,
    pub(crate) model: Arc<Model>,
    /// What tells a call for help from an offer.
    pub(crate) distress: Arc<Pack>,
    gazetteer: Arc<Gazetteer>,
}

impl Engine {
    /// The engine with everything that is built in.
    pub fn builtin() -> Result<Self, AppError> {
        Self::with_pack(builtin_pack()?)
    }

    /// The engine with another rule pack.
    pub fn with_pack(pack: Pack) -> Result<Self, AppError> {
        let gazetteer = gazetteer()?;
        Ok(Self {
            extractor: Arc::new(Extractor::new(Arc::clone(&gazetteer), Config::default())),
            pack,
            distress: Arc::new(Pack::distress().map_err(broken("pack of distress"))?),
            model: Arc::new(Model::builtin().map_err(AppError::built_in("model"))?),
            gazetteer,
        })
    }

    /// The same engine with another rule pack. Cheap: everything else is shared. A server swaps the engine for
    /// this one when its packs change, and keeps the old one if they do not compile.
    pub fn replacing_pack(&self, pack: Pack) -> Self {
        Self {
            extractor: Arc::clone(&self.extractor),
            pack,
            model: Arc::clone(&self.model),
            distress: Arc::clone(&self.distress),
            gazetteer: Arc::clone(&self.gazetteer),
        }
    }

    /// Names the stages and their versions: findings of another version are found anew.
    pub fn version(&self) -> String {
        let (pack, model) = (self.pack.version(), self.model.name());
        format!("{}+{pack}+{model}+{}", env!("CARGO_PKG_VERSION"), forewarn_extract::VERSION)
    }

    /// The rule pack.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// Names of countries.
    pub fn country_names(&self) -> &CountryNames {
        self.gazetteer.country_names()
    }

    /// The gazetteer.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }
}

/// The pack that ships inside.
pub(crate) fn builtin_pack() -> Result<Pack, AppError> {
    Pack::builtin().map_err(broken("rule pack"))
}

fn broken(part: &'static str) -> impl Fn(Vec<Diagnostic>) -> AppError {
    move |diagnostics| {
        let told: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        AppError::BuiltIn { part, what: told.join("\n") }
    }
}
