//! The network: what is tied to an identifier, as tables and as a picture; a node and a tie with their evidence;
//! the way between two; marks, saved views and files.
//!
//! Everything that is looked at stands in the address, so that a page can be sent on, and works without script.

mod files;
mod marks;
mod panel;
mod table;

use axum::Router;
use axum::extract::RawQuery;
use axum::routing::{get, post};
use forewarn_app::model::{CryptoChain, HandleService};
use forewarn_app::network::view::Query;

use crate::shell::{Frame, PageError, Shared};

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/network", get(table::network))
        .route("/network.json", get(files::drawing))
        .route("/network/node", get(panel::node))
        .route("/network/tie", get(panel::tie))
        .route("/network/way", get(panel::way))
        .route("/network/way.json", get(files::way_drawing))
        .route("/network/export", get(files::export))
        .route("/network/mark", post(marks::mark_wrong))
        .route("/network/unmark", post(marks::take_back))
        .route("/network/views", post(marks::save_view))
        .route("/network/views/remove", post(marks::remove_view))
}

/// The parameters of an address; names may come several times.
struct Ask(Vec<(String, String)>);

impl Ask {
    fn read(raw: RawQuery) -> Self {
        let text = raw.0.unwrap_or_default();
        Self::parse(&text)
    }

    fn parse(text: &str) -> Self {
        let pairs = form_urlencoded::parse(text.as_bytes()).into_owned();
        Self(pairs.filter(|(_, value)| !value.trim().is_empty()).collect())
    }

    fn all(&self, name: &str) -> impl Iterator<Item = String> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim().to_owned())
    }

    fn one(&self, name: &str) -> Option<String> {
        self.all(name).next()
    }

    fn required(&self, name: &str) -> Result<String, PageError> {
        self.one(name).ok_or_else(|| PageError::bad(format!("read the address: {name} is missing")))
    }

    fn query(&self) -> Result<Query, PageError> {
        let steps = match self.one("steps") {
            Some(text) => text
                .parse()
                .map_err(|_| PageError::bad(format!("read steps {text:?}: expected a whole number")))?,
            None => 2,
        };
        let day = |name: &str| {
            let parse = |text: String| {
                let what = format!("read {name} {text:?}: expected a day as 2023-06-07");
                text.parse().map_err(|_| PageError::bad(what))
            };
            self.one(name).map(parse).transpose()
        };
        Ok(Query {
            centre: self.all("q").collect(),
            steps,
            expanded: self.all("more").collect(),
            also: self.all("with").collect(),
            from: day("from")?,
            until: day("until")?,
            hidden_kinds: self.all("without").collect(),
            hidden: self.all("hide").collect(),
        })
    }
}

/// A query as the parameters of an address.
fn address(query: &Query) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    let lists = [("q", &query.centre), ("more", &query.expanded), ("with", &query.also)];
    for (name, values) in lists {
        out.extend_pairs(values.iter().map(|value| (name, value)));
    }
    out.append_pair("steps", &query.steps.to_string());
    for (name, values) in [("without", &query.hidden_kinds), ("hide", &query.hidden)] {
        out.extend_pairs(values.iter().map(|value| (name, value)));
    }
    for (name, day) in [("from", query.from), ("until", query.until)] {
        out.extend_pairs(day.map(|day| (name, day.to_string())));
    }
    out.finish()
}

fn pair(name: &str, value: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish()
}

/// Every kind of node that is drawn.
fn every_kind() -> impl Iterator<Item = String> {
    let plain = ["phone", "email", "url", "domain", "iban", "report", "campaign"].map(str::to_owned);
    let handles = HandleService::ALL.iter().map(|service| format!("handle:{}", service.as_str()));
    let chains = CryptoChain::ALL.iter().map(|chain| format!("crypto:{}", chain.as_str()));
    plain.into_iter().chain(handles).chain(chains)
}

/// What a kind of node is called: `phone`, `handle:telegram`, …
pub(super) fn kind_word(frame: &Frame, kind: &str) -> String {
    match kind.split_once(':') {
        Some(("handle", "unknown")) => frame.w("network-kind-handle"),
        Some((family, name)) => {
            let known = BRANDS.iter().find(|(known, _)| *known == name).map_or(name, |(_, brand)| brand);
            frame.with(&format!("network-kind-{family}-of"), "name", known)
        }
        None => frame.word_of("network-kind", kind),
    }
}

/// Names of services and chains as they write themselves.
const BRANDS: [(&str, &str); 19] = [
    ("telegram", "Telegram"),
    ("whatsapp", "WhatsApp"),
    ("line", "LINE"),
    ("wechat", "WeChat"),
    ("zalo", "Zalo"),
    ("viber", "Viber"),
    ("signal", "Signal"),
    ("kakao", "KakaoTalk"),
    ("qq", "QQ"),
    ("skype", "Skype"),
    ("facebook", "Facebook"),
    ("instagram", "Instagram"),
    ("tiktok", "TikTok"),
    ("x", "X"),
    ("imo", "imo"),
    ("btc", "Bitcoin"),
    ("eth", "Ethereum"),
    ("tron", "TRON"),
    ("ltc", "Litecoin"),
];

/// What a grading says, in words.
pub(crate) fn grading_words(frame: &Frame, grading: &str) -> String {
    let mut letters = grading.chars();
    let (reliability, credibility) = (letters.next().unwrap_or('F'), letters.next().unwrap_or('6'));
    let (of_source, of_fact) = (
        frame.word_of("incident-reliability", reliability),
        frame.word_of("incident-credibility", credibility),
    );
    format!("{of_source}, {of_fact}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let text = "q=%40hr_vest_test&q=cmp-1&more=phone%3A%2B44&with=domain%3Aa.example&steps=3\
                    &without=report&hide=ent-1&from=2023-01-01&until=2023-12-31";
        let query = Ask::parse(text).query().unwrap();
        assert_eq!((query.centre.len(), query.steps, query.hidden.len()), (2, 3, 1));
        assert_eq!(Ask::parse(&address(&query)).query(), Ok(query));
    }

    #[test]
    fn an_address_with_mistakes_names_them() {
        for (text, part) in [("steps=x", "steps"), ("from=2023-13-01", "from"), ("steps=-1", "steps")] {
            let error = Ask::parse(text).query().unwrap_err();
            assert!(error.what.contains(part), "{text}: {}", error.what);
        }
        assert_eq!(Ask::parse("q=&steps=&from=").query().unwrap().steps, 2, "empty fields are none");
    }
}
