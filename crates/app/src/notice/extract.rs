//! Public extracts: chosen by one person, reviewed by another, and read by everybody.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use forewarn_model::date::day_of;
use forewarn_model::rights::Right;
use forewarn_model::{
    Clearance, CountryNames, EvidenceTarget, Extract, ExtractChoice, ExtractState, Language,
    LocalizedExtract, Notice, NoticeState, PublicPoint, Timestamp, Tlp,
};
use forewarn_notice::{
    CatalogueError, ExtractAction, ExtractEnd, PublicWords, apply_extract, check_extract, localize_extract,
    localize_finding, public_form,
};
use forewarn_render::{FeedHead, PublicEntry, atom, public_article, public_page};
use forewarn_share::extract_json;
use serde_json::Value;

use crate::notice::review::{Overridden, Told};
use crate::notice::{find, localize, lookup};
use crate::{AppError, Context, Workspace, files};

/// What a person does with an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Choose what is to be public.
    Propose(ExtractChoice, Vec<Overridden>),
    /// Make public what another person proposed.
    Publish,
    /// Refuse what was proposed.
    Reject,
    /// Take back what is public.
    Withdraw,
}

/// What is public of a notice, or was.
#[derive(Debug, Clone, PartialEq)]
pub struct Public {
    /// The notice.
    pub notice: Notice,
    /// What was chosen of it.
    pub choice: ExtractChoice,
    /// When it first became public.
    pub published: Timestamp,
    /// When it last changed.
    pub updated: Timestamp,
    /// How it ended, if it did.
    pub end: Option<ExtractEnd>,
}

/// Takes the step; the notice's extracts after it, the oldest first.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
    choice: &Choice,
    why: &str,
) -> Result<Vec<Extract>, AppError> {
    let operation = "change the public extract";
    require(context)?;
    let (_, notice) = lookup(workspace, context, name)?;
    let before = workspace.store.extracts(notice.id)?;
    let above = hidden(workspace, &notice)?;
    let overrides: Vec<_> = match choice {
        Choice::Propose(_, reasons) => reasons.iter().map(Overridden::borrowed).collect(),
        _ => Vec::new(),
    };
    let (action, proposal) = match choice {
        Choice::Propose(choice, _) => {
            (ExtractAction::Propose { choice, above: &above, overrides: &overrides }, Some(choice))
        }
        Choice::Publish => (ExtractAction::Publish, None),
        Choice::Reject => (ExtractAction::Reject, None),
        Choice::Withdraw => (ExtractAction::Withdraw, None),
    };
    let step = apply_extract(&notice, &before, action, &context.actor, context.now, why)
        .map_err(AppError::refused(operation))?;
    let seen = workspace.store.last_extract_step(notice.id)?;
    if !workspace.store.add_extract_step(notice.id, seen.as_ref(), proposal, &step)? {
        let why = "somebody else has changed it meanwhile: look again".to_owned();
        return Err(AppError::Refused { operation, why });
    }
    workspace.note(context, "notice.extract", &notice.id.to_string(), step.to.as_str())?;
    Ok(workspace.store.extracts(notice.id)?)
}

/// The extracts of a notice, for those who work on it.
pub fn of(workspace: &Workspace, context: &Context, name: &str) -> Result<(Notice, Vec<Extract>), AppError> {
    let (_, notice) = find(workspace, context, name)?;
    let all = workspace.store.extracts(notice.id)?;
    Ok((notice, all))
}

/// Positions of the sentences that have a public form, from 0.
pub fn choosable(notice: &Notice) -> Vec<usize> {
    let statements = notice.statements.iter().enumerate();
    statements.filter(|(_, one)| public_form(one).is_some()).map(|(at, _)| at).collect()
}

/// What stands against making a choice public, told in a language.
pub fn findings(
    workspace: &Workspace,
    notice: &Notice,
    choice: &ExtractChoice,
    language: Language,
    names: &CountryNames,
) -> Result<Vec<Told>, AppError> {
    let above = hidden(workspace, notice)?;
    let catalogues = localize::catalogues()?;
    let tell = |finding: forewarn_notice::Finding| {
        Told::of(&finding, localize_finding(&finding, language, catalogues, names))
    };
    Ok(check_extract(notice, choice, &above).into_iter().map(tell).collect())
}

/// Everything that is public, or was, in order of the last change, the newest first. For everybody: no right
/// is needed.
pub fn public(workspace: &Workspace) -> Result<Vec<Public>, AppError> {
    let mut latest: Vec<Extract> = Vec::new();
    for extract in workspace.store.all_extracts()? {
        if extract.step(ExtractState::Published).is_some() {
            latest.retain(|known| known.notice != extract.notice);
            latest.push(extract);
        }
    }
    let mut all = Vec::new();
    for extract in latest {
        let Some(stored) = workspace.store.notice(extract.notice)? else { continue };
        let notice = super::parse(&stored)?;
        let Some(published) = extract.step(ExtractState::Published).map(|step| step.when) else { continue };
        let (end, ended) = end(&extract, &notice).unzip();
        let updated = ended.map_or(published, |ended: Timestamp| ended.max(published));
        all.push(Public { notice, choice: extract.choice, published, updated, end });
    }
    all.sort_by_key(|one| (std::cmp::Reverse(one.updated), one.notice.id));
    Ok(all)
}

impl Public {
    /// In a language, or in English where there are no words for it.
    pub fn text(&self, language: Language, names: &CountryNames) -> Result<LocalizedExtract, AppError> {
        Ok(localize_extract(&self.notice, &self.choice, self.end, language, words()?, names))
    }

    /// As an article of HTML.
    pub fn article(&self, language: Language, names: &CountryNames) -> Result<String, AppError> {
        Ok(public_article(&self.notice, &self.text(language, names)?))
    }

    /// As JSON, in every language.
    pub fn json(&self, names: &CountryNames) -> Result<Value, AppError> {
        let texts = languages()?.into_iter().map(|language| self.text(language, names));
        let texts: Vec<LocalizedExtract> = texts.collect::<Result<_, _>>()?;
        let points: Vec<PublicPoint> = match self.end {
            Some(_) => Vec::new(),
            None => forewarn_notice::extract_points(&self.notice, &self.choice),
        };
        Ok(extract_json::document(&extract_json::ExtractInput {
            notice: &self.notice,
            choice: &self.choice,
            points: &points,
            texts: &texts,
            state: self.state(),
            published: self.published,
            updated: self.updated,
        }))
    }

    /// `standing`, or how it ended.
    pub fn state(&self) -> &'static str {
        match self.end {
            None => "standing",
            Some(ExtractEnd::Withdrawn(_)) => "withdrawn",
            Some(ExtractEnd::Superseded(_)) => "superseded",
            Some(ExtractEnd::Expired(_)) => "expired",
        }
    }
}

/// The languages of extracts, in order of tag.
pub fn languages() -> Result<Vec<Language>, AppError> {
    Ok(words()?.languages().collect())
}

/// The language of extracts that serves a reader of `wanted` best.
pub fn nearest(wanted: Language) -> Result<Language, AppError> {
    Ok(words()?.choose(wanted))
}

/// The name of a language in that language, for the list of languages.
pub fn own_name(language: Language) -> Result<String, AppError> {
    Ok(words()?.say(language, "language-name", &[]))
}

/// The title of the page and of the feed.
pub fn title(language: Language) -> Result<String, AppError> {
    let words = words()?;
    Ok(words.say(words.choose(language), "extract-feed", &[]))
}

/// The Atom feed in a language. `base` is where this desk is reached by others, without a slash at its end.
pub fn feed(
    workspace: &Workspace,
    language: Language,
    base: Option<&str>,
    names: &CountryNames,
) -> Result<String, AppError> {
    let language = nearest(language)?;
    let all = public(workspace)?;
    let texts: Vec<LocalizedExtract> =
        all.iter().map(|one| one.text(language, names)).collect::<Result<_, _>>()?;
    let addresses = base.map(|base| {
        let base = base.trim_end_matches('/');
        (format!("{base}/public/feed.atom?lang={language}"), format!("{base}/public?lang={language}"))
    });
    let identity = workspace.store.setting(super::publish::ORIGIN)?.unwrap_or_default();
    let head = FeedHead {
        identity: &format!("{identity} {language}"),
        title: &title(language)?,
        language,
        addresses: addresses.as_ref().map(|(own, page)| (own.as_str(), page.as_str())),
    };
    Ok(atom(&head, &entries(&all, &texts)))
}

/// Writes everything that is public into a folder, for a web server of any kind: `feed.<language>.atom`,
/// `public.<language>.html`, and a JSON document for each notice. The files.
pub fn export(
    workspace: &Workspace,
    base: Option<&str>,
    names: &CountryNames,
    out: &Path,
) -> Result<Vec<PathBuf>, AppError> {
    files::make_folder(out)?;
    let all = public(workspace)?;
    let mut written = Vec::new();
    let mut write = |name: String, bytes: &[u8]| -> Result<(), AppError> {
        let path = out.join(name);
        files::write_whole(&path, bytes)?;
        written.push(path);
        Ok(())
    };
    for language in languages()? {
        let texts: Vec<LocalizedExtract> =
            all.iter().map(|one| one.text(language, names)).collect::<Result<_, _>>()?;
        let page = public_page(&title(language)?, language, &entries(&all, &texts));
        write(format!("public.{language}.html"), page.as_bytes())?;
        write(format!("feed.{language}.atom"), feed(workspace, language, base, names)?.as_bytes())?;
    }
    for one in &all {
        let json =
            serde_json::to_vec_pretty(&one.json(names)?).map_err(AppError::refused("write the extract"))?;
        write(format!("{}.json", one.notice.id), &json)?;
    }
    Ok(written)
}

fn entries<'a>(all: &'a [Public], texts: &'a [LocalizedExtract]) -> Vec<PublicEntry<'a>> {
    let entry = |(one, text): (&'a Public, &'a LocalizedExtract)| PublicEntry {
        notice: &one.notice,
        text,
        published: one.published,
        updated: one.updated,
    };
    all.iter().zip(texts).map(entry).collect()
}

/// Whoever may review or issue notices may work on their extracts; that two people do is checked apart.
fn require(context: &Context) -> Result<(), AppError> {
    if context.rights.has(Right::NoticeReview) { Ok(()) } else { context.require(Right::NoticeIssue) }
}

/// The words of extracts, read once a process.
fn words() -> Result<&'static PublicWords, AppError> {
    static WORDS: OnceLock<Result<PublicWords, CatalogueError>> = OnceLock::new();
    WORDS.get_or_init(PublicWords::builtin).as_ref().map_err(AppError::built_in("the words of extracts"))
}

/// What readers of TLP:CLEAR may not see among the references of a notice.
fn hidden(workspace: &Workspace, notice: &Notice) -> Result<BTreeSet<EvidenceTarget>, AppError> {
    let public = Clearance::up_to(Tlp::Clear);
    let mut above = BTreeSet::new();
    for target in notice.references().iter().map(|reference| reference.target) {
        let is_hidden = match target {
            EvidenceTarget::Report(id) => workspace.store.report(id, &public)?.is_none(),
            EvidenceTarget::Campaign(id) => {
                let count = |clearance| workspace.store.campaign_members(id, u32::MAX, clearance);
                count(&public)?.len() < count(&Clearance::ALL)?.len().max(1)
            }
            EvidenceTarget::Incident(_) | EvidenceTarget::Alarm(_) => false,
        };
        if is_hidden {
            above.insert(target);
        }
    }
    Ok(above)
}

/// How an extract that was public ended, and when: withdrawn itself, or with its notice.
fn end(extract: &Extract, notice: &Notice) -> Option<(ExtractEnd, Timestamp)> {
    if let Some(step) = extract.step(ExtractState::Withdrawn) {
        return Some((ExtractEnd::Withdrawn(day_of(step.when)), step.when));
    }
    let when = notice.history.last()?.when;
    let end = match notice.state() {
        NoticeState::Withdrawn => ExtractEnd::Withdrawn(day_of(when)),
        NoticeState::Superseded => ExtractEnd::Superseded(day_of(when)),
        NoticeState::Expired => ExtractEnd::Expired(day_of(when)),
        NoticeState::Draft | NoticeState::InReview | NoticeState::Approved | NoticeState::Issued => {
            return None;
        }
    };
    Some((end, when))
}
