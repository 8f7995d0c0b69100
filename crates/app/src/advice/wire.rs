//! The advice as JSON: the member `advice` of the result of `check`.

use forewarn_model::{Country, Language, Span};
use serde::Serialize;
use serde_json::Value;

use crate::advice::Catalogue;
use crate::advice::give::{Advice, HelpGroup, Sign};
use crate::advice::help::Entry;

#[derive(Serialize)]
struct AdviceView<'a> {
    language: &'a str,
    situation: &'static str,
    sentence: &'a str,
    what_to_do: &'a str,
    notes: &'a [String],
    signs: Vec<SignView<'a>>,
    before_travel: &'a [String],
    if_already_there: &'a [String],
    help: Vec<GroupView<'a>>,
    about: [String; 2],
}

#[derive(Serialize)]
struct SignView<'a> {
    id: &'a str,
    language: &'a str,
    means: &'a str,
    ask: Option<&'a str>,
    passages: &'a [String],
    spans: Vec<[u32; 2]>,
}

#[derive(Serialize)]
struct GroupView<'a> {
    place: &'static str,
    country: Option<&'a str>,
    name: Option<&'a str>,
    none: Option<&'a str>,
    entries: Vec<EntryView<'a>>,
}

#[derive(Serialize)]
struct EntryView<'a> {
    kind: &'static str,
    title: String,
    name: &'a str,
    nationals: Option<&'a str>,
    phone: Option<&'a str>,
    phone_from_abroad: Option<&'a str>,
    web: Option<&'a str>,
    languages: &'a [String],
    day_and_night: bool,
    source: &'a str,
    source_date: Option<&'a str>,
    checked: String,
}

/// The advice: `language`, `situation` (`offer`; `held` for a call of somebody who is held, or of those close to
/// them; `too_short` for a text that says too little), `sentence` (the verdict or the situation in words),
/// `what_to_do`, `notes`, `signs` (`id`, `means`, `ask`, `passages`, `spans` in scalar values), `before_travel`
/// (empty for `held`), `if_already_there`, `help` (groups by
/// `place`: `place` for a country of the offer, `home`, `world`; each with `entries`, each with its `source`
/// and the day on which that was `checked`) and `about`.
pub fn advice(advice: &Advice, catalogue: &Catalogue) -> Value {
    let view = AdviceView {
        language: advice.language.as_str(),
        situation: advice.situation.as_str(),
        sentence: &advice.sentence,
        what_to_do: &advice.what_to_do,
        notes: &advice.notes,
        signs: advice.signs.iter().map(sign).collect(),
        before_travel: &advice.before,
        if_already_there: &advice.there,
        help: advice.help.iter().map(|found| group(found, catalogue)).collect(),
        about: [catalogue.word("machine"), catalogue.word("independent")],
    };
    // The view holds strings, numbers and lists only, which JSON can always tell.
    serde_json::to_value(view).unwrap_or(Value::Null)
}

fn sign(sign: &Sign) -> SignView<'_> {
    let pair = |span: &Span| [span.start, span.end];
    SignView {
        id: sign.name.as_str(),
        language: Language::as_str(&sign.language),
        means: &sign.means,
        ask: sign.ask.as_deref(),
        passages: &sign.passages,
        spans: sign.spans.iter().map(pair).collect(),
    }
}

fn group<'a>(group: &'a HelpGroup, catalogue: &Catalogue) -> GroupView<'a> {
    GroupView {
        place: group.place.as_str(),
        country: group.country.as_ref().map(|(country, _)| country.as_str()),
        name: group.country.as_ref().map(|(_, name)| name.as_str()),
        none: group.none.as_deref(),
        entries: group.entries.iter().map(|found| entry(found, catalogue)).collect(),
    }
}

fn entry<'a>(entry: &'a Entry, catalogue: &Catalogue) -> EntryView<'a> {
    EntryView {
        kind: entry.kind.as_str(),
        title: catalogue.word(&format!("help-kind-{}", entry.kind.as_str())),
        name: &entry.name,
        nationals: entry.nationals.as_ref().map(Country::as_str),
        phone: entry.phone.as_deref(),
        phone_from_abroad: entry.abroad.as_deref(),
        web: entry.web.as_deref(),
        languages: &entry.languages,
        day_and_night: entry.always,
        source: &entry.source,
        source_date: entry.dated.as_deref(),
        checked: entry.checked.to_string(),
    }
}
