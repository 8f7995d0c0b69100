//! Reports: the search, and one report with everything that is known of it.

mod detail;
mod export;
mod list;

use axum::Router;
use axum::routing::{get, post};
use forewarn_app::model::{Country, Grading, ObservableKind, PartialDate, ReportKind, Tlp, Verdict};
use forewarn_app::report::search::Request;
use forewarn_app::store::Sort;

use super::asked::Asked;
use crate::shell::{Frame, PageError, Shared};

/// How many reports stand on a page.
const PAGE: u32 = 25;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/reports", get(list::list))
        .route("/reports/export", get(export::take_out))
        .route("/reports/{id}", get(detail::detail))
        .route("/reports/{id}/mark", post(detail::change))
}

const SORTS: [(&str, Sort); 2] = [("newest", Sort::Newest), ("score", Sort::Score)];
const YES_NO: [(&str, bool); 2] = [("yes", true), ("no", false)];
const VERDICTS: [(&str, Verdict); 3] = [
    ("strong_signs", Verdict::StrongSigns),
    ("some_signs", Verdict::SomeSigns),
    ("no_known_signs", Verdict::NoKnownSigns),
];

/// Kinds of identifier that can be chosen; others can be written into the address.
const KINDS: [&str; 10] = [
    "phone",
    "email",
    "url",
    "domain",
    "handle:telegram",
    "handle:whatsapp",
    "handle:line",
    "handle:wechat",
    "crypto:tron",
    "iban",
];

fn request(asked: &Asked) -> Result<Request, PageError> {
    let verdicts = match asked.one("verdict") {
        Some(_) => asked.word("verdict", &VERDICTS)?.into_iter().collect(),
        None => Vec::new(),
    };
    Ok(Request {
        text: asked.text("q"),
        identifier: asked.one("identifier").map(str::to_owned),
        identifier_kinds: asked.parsed::<ObservableKind>("identifier_kind")?,
        countries: asked.parsed::<Country>("country")?,
        languages: asked.parsed("language")?,
        kinds: asked.parsed::<ReportKind>("kind")?,
        verdicts,
        probability: (asked.parsed_one("probability_min")?, asked.parsed_one("probability_max")?),
        sources: asked.all("source").map(str::to_owned).collect(),
        received: (asked.parsed_one::<PartialDate>("from")?, asked.parsed_one("to")?),
        published: (asked.parsed_one::<PartialDate>("published_from")?, asked.parsed_one("published_to")?),
        markings: asked.parsed::<Tlp>("tlp")?,
        grading: asked.parsed_one::<Grading>("grading")?,
        campaign: asked.one("campaign").map(str::to_owned),
        claims: asked.word("claims", &YES_NO)?,
        sort: asked.word("sort", &SORTS)?.unwrap_or_default(),
        cursor: asked.one("cursor").map(str::to_owned),
        count_max: PAGE,
    })
}

/// A marking as a badge.
struct Marking {
    label: String,
    class: &'static str,
}

fn marking(tlp: Tlp) -> Marking {
    let class = match tlp {
        Tlp::Clear => "",
        Tlp::Green => "tlp-green",
        Tlp::Amber | Tlp::AmberStrict => "tlp-amber",
        Tlp::Red => "tlp-red",
    };
    Marking { label: tlp.to_string(), class }
}

/// A grading with its words.
struct Graded {
    code: String,
    words: String,
}

fn graded(frame: &Frame, grading: Grading) -> Graded {
    let reliability = frame.word_of("incident-reliability", grading.reliability.letter());
    let credibility = frame.word_of("incident-credibility", grading.credibility.digit());
    Graded { code: grading.to_string(), words: format!("{reliability}, {credibility}") }
}

/// A verdict's badge: its word and its tone.
fn verdict(frame: &Frame, name: &str) -> (String, &'static str) {
    let tone = match name {
        "strong_signs" => "badge-danger",
        "some_signs" => "badge-warn",
        _ => "",
    };
    (frame.word_of("report-verdict", name), tone)
}

pub(super) fn percent(probability: f64) -> String {
    format!("{}\u{a0}%", forewarn_app::model::percent(probability))
}

/// Countries by their names.
pub(super) fn countries(frame: &Frame) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> =
        Country::all().iter().map(|country| (country.to_string(), frame.country(country))).collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all
}

/// A kind of identifier in words.
pub(super) fn identifier_kind(frame: &Frame, kind: &str) -> String {
    match kind.split_once(':') {
        None => frame.word_of("network-kind", kind),
        Some(("handle", name)) => frame.with("network-kind-handle-of", "name", name),
        Some((_, name)) => frame.with("network-kind-crypto-of", "name", name.to_uppercase()),
    }
}

/// The address of the network around something.
pub(super) fn network(key: &str) -> String {
    format!("/network?{}", form_urlencoded::Serializer::new(String::new()).append_pair("q", key).finish())
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::*;

    #[track_caller]
    fn check(query: &str, expected: Result<fn(&Request) -> bool, &str>) {
        let read = Asked::read(Some(query)).and_then(|asked| request(&asked));
        match (read, expected) {
            (Ok(request), Ok(holds)) => assert!(holds(&request), "{query}: {request:?}"),
            (Err(error), Err(words)) => {
                assert!(
                    error.status == StatusCode::BAD_REQUEST && error.what.contains(words),
                    "{query}: {error:?}"
                );
            }
            (read, _) => panic!("{query}: {read:?}"),
        }
    }

    #[test]
    fn reads_what_is_asked_for() {
        check("", Ok(|request| *request == Request { count_max: PAGE, ..Request::default() }));
        check("q=&kind=&country=", Ok(|request| request.text.is_empty() && request.kinds.is_empty()));
        check("q=l%C6%B0%C6%A1ng+cao&sort=score", Ok(|r| r.text == "lương cao" && r.sort == Sort::Score));
        check(
            "country=KH&country=MM&verdict=some_signs",
            Ok(|r| r.countries.len() == 2 && r.verdicts.len() == 1),
        );
        check("from=2024-01&to=2024&claims=no", Ok(|r| r.received.1.is_some() && r.claims == Some(false)));
        check(
            "tlp=TLP%3AAMBER%2BSTRICT&grading=b2",
            Ok(|r| r.markings == [Tlp::AmberStrict] && r.grading.is_some()),
        );
        check("identifier_kind=handle:telegram", Ok(|r| r.identifier_kinds.len() == 1));
        check("country=Cambodia", Err("country: "));
        check("kind=poem", Err("kind: "));
        check("sort=best", Err("expected one of newest, score"));
        check("from=yesterday", Err("from: "));
        check("probability_min=much", Err("probability_min: "));
        check(&"x=1&".repeat(300), Err("parameters"));
    }
}
