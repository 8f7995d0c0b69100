//! Public extracts: an article of HTML for each, a page of them, and an Atom feed (RFC 4287).

use std::fmt::Write as _;

use forewarn_model::{Language, LocalizedExtract, Notice, Timestamp};

use crate::clean::{clean, escape_into};

/// The style of a page that stands alone.
const STYLE: &str = include_str!("../../../templates/notice/notice.css");

/// A public extract on its way to its readers.
#[derive(Debug, Clone, Copy)]
pub struct PublicEntry<'a> {
    /// The notice that it was taken from.
    pub notice: &'a Notice,
    /// Its words, in the language of the page or feed.
    pub text: &'a LocalizedExtract,
    /// When it became public.
    pub published: Timestamp,
    /// When it last changed: published anew, withdrawn, replaced.
    pub updated: Timestamp,
}

/// What stands around the entries of a feed.
#[derive(Debug, Clone, Copy)]
pub struct FeedHead<'a> {
    /// What makes the feed itself: any text that never changes for this issuer.
    pub identity: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its language.
    pub language: Language,
    /// Where it lies, if that is known: the address of the feed, and that of the page for people.
    pub addresses: Option<(&'a str, &'a str)>,
}

/// One extract as an `<article>`, to be set into another page.
pub fn public_article(notice: &Notice, text: &LocalizedExtract) -> String {
    let (lang, kind) = (text.language.as_str(), notice.kind.as_str());
    let mut out =
        format!("<article class=\"notice public {kind}\" lang=\"{lang}\" dir=\"{}\">\n", direction(text));
    push(&mut out, format_args!("<h2>{}</h2>\n", escaped(&text.title)));
    if let Some(ended) = &text.ended {
        push(&mut out, format_args!("<p class=\"state\">{}</p>\n", escaped(ended)));
    }
    for point in &text.points {
        push(&mut out, format_args!("<p>{}</p>\n", escaped(point)));
    }
    for (heading, items) in &text.lists {
        push(&mut out, format_args!("<h3>{}</h3>\n<ul>\n", escaped(heading)));
        for item in items {
            push(&mut out, format_args!("<li><bdi>{}</bdi></li>\n", escaped(item)));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("<footer>");
    for note in &text.notes {
        push(&mut out, format_args!("<p>{}</p>\n", escaped(note)));
    }
    out.push_str("<p class=\"tlp\" dir=\"ltr\">TLP:CLEAR</p></footer>\n</article>\n");
    out
}

/// A page that stands alone, with the extracts in the order given.
pub fn public_page(title: &str, language: Language, entries: &[PublicEntry<'_>]) -> String {
    let articles: String = entries.iter().map(|entry| public_article(entry.notice, entry.text)).collect();
    let dir = if language.is_right_to_left() { "rtl" } else { "ltr" };
    let title = escaped(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{articles}</body>\n</html>\n"
    )
}

/// The feed, the entry that changed last first. Ids follow from the notices and never change; an entry that
/// was withdrawn stays, with its end as its content and a new time, so that readers learn of it.
pub fn atom(head: &FeedHead<'_>, entries: &[PublicEntry<'_>]) -> String {
    let mut sorted: Vec<&PublicEntry<'_>> = entries.iter().collect();
    sorted.sort_by_key(|entry| (std::cmp::Reverse(entry.updated), entry.notice.id));
    let updated = sorted.first().map_or(Timestamp::UNIX_EPOCH, |entry| entry.updated);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        head.language
    );
    push(&mut out, format_args!("<id>{}</id>\n", urn(&hash(head.identity))));
    push(&mut out, format_args!("<title>{}</title>\n", escaped(head.title)));
    push(&mut out, format_args!("<updated>{}</updated>\n", whole_seconds(updated)));
    push(&mut out, format_args!("<generator>Forewarn</generator>\n"));
    if let Some((own, page)) = head.addresses {
        let (own, page) = (escaped(own), escaped(page));
        push(&mut out, format_args!("<link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n"));
        push(&mut out, format_args!("<link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>\n"));
    }
    for entry in sorted {
        push_entry(&mut out, head, entry);
    }
    out.push_str("</feed>\n");
    out
}

fn push_entry(out: &mut String, head: &FeedHead<'_>, entry: &PublicEntry<'_>) {
    let PublicEntry { notice, text, published, updated } = entry;
    let (lang, kind) = (text.language, notice.kind.as_str());
    let state = if text.ended.is_some() { "ended" } else { "standing" };
    push(out, format_args!("<entry xml:lang=\"{lang}\">\n<id>{}</id>\n", urn(notice.id.as_bytes())));
    push(out, format_args!("<title>{}</title>\n", escaped(&text.title)));
    push(out, format_args!("<published>{}</published>\n", whole_seconds(*published)));
    push(out, format_args!("<updated>{}</updated>\n", whole_seconds(*updated)));
    push(out, format_args!("<author><name>{}</name></author>\n", escaped(&notice.issuer)));
    push(
        out,
        format_args!(
            "<category term=\"{kind}\"/>\n<category term=\"{state}\"/>\n<rights>TLP:CLEAR</rights>\n"
        ),
    );
    if let Some((_, page)) = head.addresses {
        let page = escaped(page);
        push(out, format_args!("<link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>\n"));
    }
    let summary = text.ended.iter().chain(&text.points).next().unwrap_or(&text.title);
    push(out, format_args!("<summary>{}</summary>\n", escaped(summary)));
    let article = public_article(notice, text);
    push(out, format_args!("<content type=\"html\">{}</content>\n</entry>\n", escaped(&article)));
}

/// Feed readers disagree on fractions of a second; a warning needs none.
fn whole_seconds(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}

/// A UUID of version 8 (RFC 9562: made by a rule of one's own) out of the first sixteen bytes of an id.
fn urn(id: &[u8; 20]) -> String {
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&id[..16]);
    bytes[6] = 0x80 | bytes[6] & 0x0f;
    bytes[8] = 0x80 | bytes[8] & 0x3f;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

fn hash(identity: &str) -> [u8; 20] {
    *forewarn_model::NoticeId::derive(&[b"feed", identity.as_bytes()]).as_bytes()
}

fn direction(text: &LocalizedExtract) -> &'static str {
    if text.language.is_right_to_left() { "rtl" } else { "ltr" }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, &clean(text));
    out
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn text(language: &str, ended: Option<&str>) -> LocalizedExtract {
        LocalizedExtract {
            language: language.parse().unwrap(),
            title: "Warning <b>&".to_owned(),
            ended: ended.map(str::to_owned),
            points: vec!["Centres were reported in: Cambodia.".to_owned()],
            lists: vec![("Signs".to_owned(), vec!["free \u{202e}travel".to_owned()])],
            notes: vec!["Issued by Example Bureau".to_owned()],
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_feed_is_well_formed_and_its_ids_stay() {
        let notice = sample::notice().notice;
        let (standing, ended) = (text("en", None), text("en", Some("Withdrawn on 2024-02-01.")));
        let entry = |text, updated| PublicEntry {
            notice: &notice,
            text,
            published: at("2024-01-01T00:00:00Z"),
            updated,
        };
        let head = FeedHead {
            identity: "log",
            title: "Public warnings",
            language: Language::ENGLISH,
            addresses: Some(("https://a.example/feed?x=1&y", "https://a.example/")),
        };
        let before = atom(&head, &[entry(&standing, at("2024-01-01T00:00:00.5Z"))]);
        let after = atom(&head, &[entry(&ended, at("2024-02-01T00:00:00Z"))]);
        let ids = |feed: &str| {
            feed.split("<id>").skip(1).map(|rest| rest[..45].to_owned()).collect::<Vec<String>>()
        };
        assert_eq!(ids(&before), ids(&after));
        assert_eq!(ids(&before).len(), 2);
        assert!(before.contains("<updated>2024-01-01T00:00:00Z</updated>"), "{before}");
        let mut reader = quick_xml::Reader::from_str(&after);
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                _ => continue,
            }
        }
        insta::assert_snapshot!(after);
    }

    #[test]
    fn hostile_text_stays_text() {
        let article = public_article(&sample::notice().notice, &text("ar", None));
        assert!(article.contains("Warning &lt;b&gt;&amp;") && article.contains("[U+202E]"), "{article}");
        assert!(article.contains("dir=\"rtl\""));
    }
}
