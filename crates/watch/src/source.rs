//! Who stands behind a report: which publications are one source and which are independent.
//!
//! Two publications on one domain are one source. Two that tell of one event in the same words copied each
//! other, or a wire story, and are one source too. Whether a source is right is not decided here.

use std::collections::BTreeSet;

use forewarn_model::Publication;

/// Second-level labels under which a two-letter country domain registers names: `co.uk`, `com.my`.
const REGISTRY_LABELS: &[&str] = &[
    "ac", "co", "com", "edu", "gob", "gov", "go", "gv", "info", "mil", "my", "net", "ne", "or", "org", "web",
];

/// Hosts under which unrelated people publish; there the whole host tells them apart.
const SHARED_HOSTS: &[&str] =
    &["blogspot.com", "cloudfront.net", "medium.com", "substack.com", "wixsite.com", "wordpress.com"];

/// How many of the words of two statements must be common for one to be a copy of the other: the share of
/// their union.
const COPY_SHARE_MIN: f64 = 0.8;

/// Statements of fewer words are too short to tell a copy from a coincidence.
const COPY_WORDS_MIN: usize = 6;

/// The name under which a publication counts as a source: its registrable domain; else the publisher.
pub(crate) fn source_key(publication: &Publication) -> String {
    host(&publication.url).map_or_else(|| publication.publisher.trim().to_lowercase(), registrable)
}

/// The words of a statement, for `is_copy`.
pub(crate) fn words(statement: &str) -> BTreeSet<String> {
    statement
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether two statements about one event say the same in the same words.
pub(crate) fn is_copy(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let common = a.intersection(b).count();
    let union = a.len() + b.len() - common;
    a.len().min(b.len()) >= COPY_WORDS_MIN && common as f64 >= COPY_SHARE_MIN * union as f64
}

fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.trim_end_matches('.');
    (host.contains('.')).then(|| host.to_lowercase())
}

fn registrable(host: String) -> String {
    if host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return host;
    }
    let labels: Vec<&str> = host.split('.').collect();
    let two_part = |labels: &[&str]| {
        labels.len() >= 3
            && labels[labels.len() - 1].len() == 2
            && REGISTRY_LABELS.contains(&labels[labels.len() - 2])
    };
    let keep = if two_part(&labels) { 3 } else { 2 };
    let domain = labels[labels.len().saturating_sub(keep)..].join(".");
    if SHARED_HOSTS.contains(&domain.as_str()) { host } else { domain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: &str) {
        let publication = Publication { publisher: "The Paper ".into(), url: url.into() };
        assert_eq!(source_key(&publication), expected, "{url}");
    }

    #[test]
    fn names_a_source_by_its_registrable_domain() {
        check("https://www.taipeitimes.com/News/1", "taipeitimes.com");
        check("https://english.news.cn/a?b", "news.cn");
        check("https://archives.tribune.net.ph/x", "tribune.net.ph");
        check("http://ad2stream.com:443/other", "ad2stream.com");
        check("https://user@EDITORIAL.total-croatia-news.com.", "total-croatia-news.com");
        check("https://swarafakta.my.id/berita", "swarafakta.my.id");
    }

    #[test]
    fn keeps_publishers_on_shared_hosts_apart() {
        check("https://a.blogspot.com/1", "a.blogspot.com");
        check("https://192.0.2.1/x", "192.0.2.1");
    }

    #[test]
    fn falls_back_to_the_publisher() {
        check("", "the paper");
        check("page 7", "the paper");
        check("https://localhost/", "the paper");
    }

    #[test]
    fn knows_a_copied_statement() {
        let copy = |a: &str, b: &str| is_copy(&words(a), &words(b));
        let statement = "Police free 29 Myanmar and Chinese nationals forced to scam";
        assert!(copy(statement, "Police free 29 Myanmar, and Chinese nationals, forced to scam."));
        assert!(!copy(statement, "29 freed from gaming firm; some recruited in Dubai, then resold"));
        assert!(!copy("Second outlet on raid", "Second outlet on raid"), "too short to tell");
    }
}
