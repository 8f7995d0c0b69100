//! Writes an issued notice for every kind of recipient: PDF, CAP 1.2, STIX 2.1, and the signed JSON itself.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use forewarn_extract::Gazetteer;
use forewarn_model::rights::Right;
use forewarn_model::{
    Alarm, Arg, Campaign, Clearance, Country, CountryNames, Date, Incident, Language, LocalizedNotice,
    Notice, Section,
};
use forewarn_notice::country_name;
use forewarn_render::{Hub, MapInput, PdfInput, PdfRenderer, RenderError, cap};
use forewarn_share::Envelope;
use forewarn_share::notice_json::parse_signed;
use forewarn_share::stix;
use forewarn_watch::{Config, replay};
use serde_json::{Value, json};

use crate::notice::{localize, lookup, received};
use crate::{AppError, Context, Workspace, files};

/// The files, in the order in which they are written.
pub const FILES: [&str; 4] = ["notice.json", "notice.cap.xml", "notice.stix.json", "notice.pdf"];

/// What is done here, for errors.
const WRITE: &str = "write the notice";

/// How an issuer is named as the sender of a CAP message, which allows no spaces.
pub(crate) const SENDER: &str = "forewarn.example";

/// Writes the files of a signed document into a folder.
pub fn run(
    workspace: &Workspace,
    context: &Context,
    gazetteer: &Gazetteer,
    signed: &[u8],
    out: &Path,
) -> Result<Vec<PathBuf>, AppError> {
    context.require(Right::Export)?;
    files::make_folder(out)?;
    files(workspace, gazetteer, signed)?
        .into_iter()
        .map(|(name, bytes)| {
            let path = out.join(name);
            files::write_whole(&path, &bytes)?;
            Ok(path)
        })
        .collect()
}

/// The files of a signed document, by name.
pub(crate) fn files(
    workspace: &Workspace,
    gazetteer: &Gazetteer,
    signed: &[u8],
) -> Result<Vec<(String, Vec<u8>)>, AppError> {
    let whole = Whole::of_signed(workspace, signed)?;
    FILES.iter().map(|name| Ok(((*name).to_owned(), whole.file(gazetteer, name)?))).collect()
}

/// One of [`FILES`], or `notice.html` or `notice.txt` in a language, of a notice that the reader may see. Of
/// one that was not issued there are the PDF, the page and the text, which say so; nothing else.
pub fn one(
    workspace: &Workspace,
    context: &Context,
    gazetteer: &Gazetteer,
    name: &str,
    file: &str,
    language: Language,
) -> Result<Vec<u8>, AppError> {
    context.require_any(&[Right::Look, Right::NoticeAnswer])?;
    if !context.rights.has(Right::Look) {
        // A member's own: what was distributed to the organisation of whoever asks.
        let reader = workspace.store.user(&context.actor)?;
        let organisation = reader.map(|reader| reader.organisation).unwrap_or_default();
        received::lookup(workspace, context, &organisation, name)?;
    }
    let (stored, notice) = lookup(workspace, context, name)?;
    workspace.seen(context, "notice.export", &format!("{} {file}", notice.id));
    let whole = match &stored.signed {
        Some(signed) => Whole::of_signed(workspace, signed)?,
        None => {
            let texts = localize::all(&notice, gazetteer.country_names())?;
            Whole { evidence: Evidence::gather(workspace, &notice)?, notice, texts, signed: None }
        }
    };
    let text = || whole.texts.iter().find(|text| text.language == language).or(whole.texts.first());
    match file {
        "notice.html" => Ok(text()
            .map_or_else(String::new, |text| forewarn_render::html(&whole.notice, std::slice::from_ref(text)))
            .into_bytes()),
        "notice.txt" => {
            Ok(text().map_or_else(String::new, |one| self::text(&whole.notice, one)).into_bytes())
        }
        _ => whole.file(gazetteer, file),
    }
}

/// A notice with all that its renderings need.
struct Whole {
    notice: Notice,
    texts: Vec<LocalizedNotice>,
    evidence: Evidence,
    /// The document, and what was signed by whom, of one that was issued.
    signed: Option<(Vec<u8>, Envelope)>,
}

impl Whole {
    fn of_signed(workspace: &Workspace, signed: &[u8]) -> Result<Self, AppError> {
        let document = parse_signed(signed).map_err(AppError::refused(WRITE))?;
        let notice = document.notice().map_err(AppError::refused(WRITE))?;
        let texts = document.texts().map_err(AppError::refused(WRITE))?;
        let evidence = Evidence::gather(workspace, &notice)?;
        Ok(Self { notice, texts, evidence, signed: Some((signed.to_vec(), document.envelope)) })
    }

    fn file(&self, gazetteer: &Gazetteer, name: &str) -> Result<Vec<u8>, AppError> {
        let Self { notice, texts, evidence, signed } = self;
        if name == "notice.pdf" {
            let verification = signed.as_ref().map_or_else(String::new, |(_, envelope)| {
                format!("forewarn verify: notice {}, key {}", notice.number, envelope.kid)
            });
            return pdf(notice, texts, evidence, gazetteer, &verification);
        }
        let Some((document, envelope)) = signed else {
            let why = format!("{} was not issued: there is no {name} of it yet", notice.number);
            return Err(AppError::Refused { operation: WRITE, why });
        };
        match name {
            "notice.json" => Ok(document.clone()),
            "notice.cap.xml" => {
                Ok(cap(notice, texts, SENDER).map_err(AppError::refused(WRITE))?.into_bytes())
            }
            "notice.stix.json" => {
                let mut bundle = evidence.stix(notice, texts, gazetteer.country_names());
                vouch(&mut bundle, envelope);
                serde_json::to_vec_pretty(&bundle).map_err(AppError::refused(WRITE))
            }
            _ => Err(AppError::NotFound {
                what: "file",
                name: name.to_owned(),
                remedy: format!("expected one of {}", FILES.join(", ")),
            }),
        }
    }
}

/// The notice in one language as plain text.
pub fn text(notice: &Notice, text: &LocalizedNotice) -> String {
    forewarn_render::text(notice, text)
}

/// What a notice rests on.
struct Evidence {
    alarm: Option<Alarm>,
    incidents: Vec<Incident>,
    campaigns: Vec<Campaign>,
}

impl Evidence {
    /// What the notice refers to, as it was known on its day.
    fn gather(workspace: &Workspace, notice: &Notice) -> Result<Self, AppError> {
        use forewarn_model::EvidenceTarget::{Campaign, Incident};
        let known = workspace.store.incidents()?;
        let alarm = notice.alarm.and_then(|id| {
            replay(&known, &Config::default(), notice.as_of).into_iter().rev().find(|alarm| alarm.id == id)
        });
        let cited: Vec<_> = notice.references().iter().map(|reference| reference.target).collect();
        let incidents = known.into_iter().filter(|it| cited.contains(&Incident(it.id))).collect();
        let cleared = Clearance::up_to(notice.marking.tlp);
        let mut campaigns = Vec::new();
        for target in &cited {
            if let Campaign(id) = target
                && !campaigns.iter().any(|known: &forewarn_model::Campaign| known.id == *id)
            {
                campaigns.extend(workspace.store.campaign(*id, u32::MAX, &cleared)?);
            }
        }
        Ok(Self { alarm, incidents, campaigns })
    }

    fn stix(&self, notice: &Notice, texts: &[LocalizedNotice], names: &CountryNames) -> Value {
        stix::notice_bundle(&stix::BundleInput {
            notice,
            texts,
            alarm: self.alarm.as_ref(),
            incidents: &self.incidents,
            campaigns: &self.campaigns,
            names,
        })
    }
}

/// The STIX bundle of an issued notice as it stands now, with its signed documents.
pub(crate) fn bundle(
    workspace: &Workspace,
    names: &CountryNames,
    notice: &Notice,
    documents: &[&[u8]],
) -> Result<Value, AppError> {
    let refused = "write the notice as STIX";
    let signed = documents.first().map(|signed| parse_signed(signed)).transpose();
    let signed = signed.map_err(AppError::refused(refused))?;
    let texts = signed.as_ref().map_or_else(|| Ok(Vec::new()), |document| document.texts());
    let texts = texts.map_err(AppError::refused(refused))?;
    let mut bundle = Evidence::gather(workspace, notice)?.stix(notice, &texts, names);
    if let Some(document) = &signed {
        vouch(&mut bundle, &document.envelope);
    }
    Ok(stix::with_documents(bundle, documents, notice.marking))
}

/// Adds the signature to the external references of the report: the key, and the detached JWS over the
/// canonical JSON (RFC 8785) of the notice.
fn vouch(bundle: &mut Value, envelope: &Envelope) {
    let signature = json!({
        "source_name": "forewarn-notice-signature", "external_id": envelope.kid, "description": envelope.jws,
    });
    let objects = bundle["objects"].as_array_mut().into_iter().flatten();
    let report = objects.filter(|object| object["type"] == "report");
    report.filter_map(|report| report["external_references"].as_array_mut()).for_each(|references| {
        references.push(signature.clone());
    });
}

fn pdf(
    notice: &Notice,
    texts: &[LocalizedNotice],
    evidence: &Evidence,
    gazetteer: &Gazetteer,
    verification: &str,
) -> Result<Vec<u8>, AppError> {
    let languages: Vec<Language> = texts.iter().map(|text| text.language).collect();
    let hubs = hubs(notice, evidence, gazetteer, &languages)?;
    let origins = countries(notice, Section::Origins);
    let routes = routes(notice);
    let input = PdfInput {
        notice,
        texts,
        map: Some(MapInput { hubs: &hubs, origins: &origins, routes: &routes }),
        timeline: &timeline(&evidence.incidents),
        verification,
    };
    renderer()?.pdf(&input).map_err(AppError::refused("write the notice as PDF"))
}

/// Fonts, template and map are read once a process; what the typesetter knows of them stays warm.
fn renderer() -> Result<&'static PdfRenderer, AppError> {
    static RENDERER: OnceLock<Result<PdfRenderer, RenderError>> = OnceLock::new();
    RENDERER.get_or_init(PdfRenderer::new).as_ref().map_err(AppError::built_in("the layout of notices"))
}

/// Countries that a section of the notice names.
fn countries(notice: &Notice, section: Section) -> Vec<Country> {
    let statements = notice.statements.iter().filter(|statement| statement.section == section);
    let mut all: Vec<Country> = statements
        .flat_map(|statement| statement.args.values())
        .flat_map(|arg| match arg {
            Arg::Countries(countries) => countries.clone(),
            _ => Vec::new(),
        })
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn routes(notice: &Notice) -> Vec<(Country, Country)> {
    let args = notice.statements.iter().flat_map(|statement| statement.args.values());
    let mut all: Vec<(Country, Country)> = args
        .filter_map(|arg| match arg {
            Arg::Route(from, to) => Some((*from, *to)),
            _ => None,
        })
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Hub countries, each with the first place of its incidents that the gazetteer knows as a hub.
fn hubs(
    notice: &Notice,
    evidence: &Evidence,
    gazetteer: &Gazetteer,
    languages: &[Language],
) -> Result<Vec<Hub>, AppError> {
    let catalogues = localize::catalogues()?;
    let name = |country, language| country_name(country, language, catalogues, gazetteer.country_names());
    let known = gazetteer.hubs();
    let named = |country: Country, place: &str| {
        let place = place.to_lowercase();
        known.iter().find(|hub| hub.country == country && place.contains(&hub.name.to_lowercase()))
    };
    let hub = |country: Country| {
        let places = evidence.incidents.iter().filter(|incident| incident.hub == Some(country));
        let place = places.filter_map(|one| one.place.as_deref()).find_map(|place| named(country, place));
        let in_language = |language: &Language| match place {
            Some(place) => format!("{} ({})", name(country, *language), place.name),
            None => name(country, *language),
        };
        let names = languages.iter().map(in_language).collect();
        Hub { country, position: place.map(|place| place.position), names }
    };
    Ok(countries(notice, Section::Hubs).into_iter().map(hub).collect())
}

/// How many events became known on which day.
fn timeline(incidents: &[Incident]) -> Vec<(Date, u32)> {
    let mut events: Vec<(&str, Date)> = Vec::new();
    for incident in incidents {
        let day = incident.known_from.latest();
        match events.iter_mut().find(|(event, _)| *event == incident.event) {
            Some((_, known)) => *known = day.min(*known),
            None => events.push((&incident.event, day)),
        }
    }
    let mut days = std::collections::BTreeMap::new();
    for (_, day) in events {
        *days.entry(day).or_insert(0) += 1;
    }
    days.into_iter().collect()
}
