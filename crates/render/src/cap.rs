//! A notice as a message of the Common Alerting Protocol.
//!
//! Source: OASIS Standard CAP-V1.2 (1 July 2010), section 3.2 for the elements and section 3.4 for their
//! order. No white space stands between elements, because verifiers of signatures disagree about it.

use forewarn_model::{
    Arg, Country, Credibility, Date, Likelihood, LocalizedNotice, Notice, NoticeKind, NoticeState, Region,
    Section, Statement, Step, Timestamp, Tlp,
};

use crate::RenderError;
use crate::clean::clean;
use crate::sheet::{Line, Part, Sheet, cited};

const NAMESPACE: &str = "urn:oasis:names:tc:emergency:cap:1.2";

/// Urgency, severity and types of response that each kind of notice has in CAP.
///
/// Orange warns of a serious and imminent threat: "significant threat to life or property", "responsive
/// action should be taken soon". Purple describes a method, at no particular time.
const KINDS: &[(NoticeKind, &str, &str, &[&str])] = &[
    (NoticeKind::Orange, "Expected", "Severe", &["Avoid", "Monitor"]),
    (NoticeKind::Purple, "Unknown", "Moderate", &["Monitor"]),
];

/// The sections that tell people what to do; the others describe.
const INSTRUCTIONS: &[Section] = &[Section::Actions];

/// The sections whose countries the notice is about.
const AREAS: &[Section] = &[Section::Hubs, Section::Origins, Section::Routes];

/// A notice as CAP 1.2, with one `info` for each text, in the order given.
///
/// `sender` identifies the issuing system by a name without spaces, commas, `<` and `&`, by convention a
/// domain name or an address in a domain of the issuer. The message is an `Alert`, or a `Cancel` of that
/// alert once the notice is withdrawn; its `status` is `Draft` until the notice is issued.
///
/// # Errors
/// [`RenderError::CapPrevious`] for a notice that replaces another: use [`cap_update`].
pub fn cap(notice: &Notice, texts: &[LocalizedNotice], sender: &str) -> Result<String, RenderError> {
    if let Some(supersedes) = notice.supersedes {
        let (number, supersedes) = (notice.number.clone(), supersedes.to_string());
        return Err(RenderError::CapPrevious { number, supersedes });
    }
    message(notice, None, texts, sender)
}

/// A notice that replaces `previous`, as a CAP `Update` that refers to the message in which that was sent.
///
/// # Errors
/// [`RenderError::CapPrevious`] if the notice does not replace `previous`.
pub fn cap_update(
    notice: &Notice,
    previous: &Notice,
    texts: &[LocalizedNotice],
    sender: &str,
) -> Result<String, RenderError> {
    if notice.supersedes != Some(previous.id) {
        let supersedes = notice.supersedes.map_or("nothing".to_owned(), |id| id.to_string());
        return Err(RenderError::CapPrevious { number: notice.number.clone(), supersedes });
    }
    message(notice, Some(previous), texts, sender)
}

fn message(
    notice: &Notice,
    previous: Option<&Notice>,
    texts: &[LocalizedNotice],
    sender: &str,
) -> Result<String, RenderError> {
    if sender.is_empty()
        || sender.contains(|c: char| c.is_whitespace() || c.is_control() || ",<&".contains(c))
    {
        return Err(RenderError::CapSender { sender: sender.to_owned() });
    }
    if texts.is_empty() {
        return Err(RenderError::NoText { number: notice.number.clone() });
    }
    let withdrawn = last_step(notice, NoticeState::Withdrawn);
    let reference = |to: &Notice| format!("{sender},{},{}", to.id, date_time(sent_at(to)));
    let (kind, identifier, sent, references) = match (withdrawn, previous) {
        (Some(step), _) => ("Cancel", format!("{}-withdrawn", notice.id), step.when, Some(reference(notice))),
        (None, Some(previous)) => {
            ("Update", notice.id.to_string(), sent_at(notice), Some(reference(previous)))
        }
        (None, None) => ("Alert", notice.id.to_string(), sent_at(notice), None),
    };
    let tlp = notice.marking.tlp;

    let mut xml = Xml::default();
    xml.open_alert();
    xml.leaf("identifier", &identifier);
    xml.leaf("sender", sender);
    xml.leaf("sent", &date_time(sent));
    xml.leaf("status", if notice.issued_at().is_some() { "Actual" } else { "Draft" });
    xml.leaf("msgType", kind);
    xml.leaf("source", &notice.issuer);
    xml.leaf("scope", if tlp == Tlp::Clear { "Public" } else { "Restricted" });
    if tlp != Tlp::Clear {
        xml.leaf("restriction", &notice.marking.to_string());
    }
    if let Some(step) = withdrawn {
        xml.leaf("note", &step.why);
    }
    if let Some(references) = references {
        xml.leaf("references", &references);
    }
    for text in texts {
        write_info(&mut xml, notice, &Sheet::new(notice, text));
    }
    xml.close("alert");
    Ok(xml.0)
}

fn write_info(xml: &mut Xml, notice: &Notice, sheet: &Sheet<'_>) {
    let (urgency, severity, responses) = KINDS
        .iter()
        .find(|row| row.0 == notice.kind)
        .map_or(("Unknown", "Unknown", [].as_slice()), |row| (row.1, row.2, row.3));
    let parts = sheet.parts();
    let (instructions, description): (Vec<&Part>, Vec<&Part>) =
        parts.iter().partition(|part| INSTRUCTIONS.contains(&part.section));

    xml.open("info");
    xml.leaf("language", sheet.language().as_str());
    xml.leaf("category", "Security");
    xml.leaf("event", &sheet.label("kind"));
    for response in responses {
        xml.leaf("responseType", response);
    }
    xml.leaf("urgency", urgency);
    xml.leaf("severity", severity);
    xml.leaf("certainty", certainty(&notice.headline));
    xml.leaf("effective", &date_time(sent_at(notice)));
    xml.leaf("expires", &end_of_day(notice.review_by));
    xml.leaf("senderName", &notice.issuer);
    xml.leaf("headline", &sheet.headline().text);
    xml.leaf("description", &prose(&description));
    if !instructions.is_empty() {
        xml.leaf("instruction", &prose(&instructions));
    }
    for (name, value) in parameters(notice, sheet) {
        xml.pair("parameter", &name, &value);
    }
    for part in parts.iter().filter(|part| AREAS.contains(&part.section)) {
        write_area(xml, notice, part);
    }
    xml.close("info");
}

/// What other systems may want to pick out: the head of the notice, its identifiers, its references.
fn parameters(notice: &Notice, sheet: &Sheet<'_>) -> Vec<(String, String)> {
    let mut all = vec![
        ("number".to_owned(), notice.number.clone()),
        ("kind".to_owned(), notice.kind.as_str().to_owned()),
        ("as-of".to_owned(), notice.as_of.to_string()),
        ("review-by".to_owned(), notice.review_by.to_string()),
        ("disclaimer".to_owned(), sheet.label("disclaimer")),
    ];
    let observables = notice.observables.iter().zip(sheet.observables());
    all.extend(observables.map(|(observable, row)| (format!("observable:{}", observable.kind), row.value)));
    all.extend(sheet.references().into_iter().map(|reference| {
        let value = format!(
            "{} | {} | {} | {}",
            reference.label, reference.grading, reference.known_from, reference.id
        );
        (format!("reference:{}", reference.number), value)
    }));
    all
}

/// An area for a section that names countries or regions; none for one that does not.
fn write_area(xml: &mut Xml, notice: &Notice, part: &Part) {
    let statements = notice.statements.iter().filter(|statement| statement.section == part.section);
    let mut countries: Vec<Country> = Vec::new();
    let mut regions: Vec<Region> = Vec::new();
    for arg in statements.flat_map(|statement| statement.args.values()) {
        match arg {
            Arg::Countries(some) => countries.extend(some),
            Arg::Route(from, to) => countries.extend([from, to]),
            Arg::Region(region) => regions.push(*region),
            _ => {}
        }
    }
    countries.sort_unstable();
    countries.dedup();
    regions.sort_unstable();
    regions.dedup();
    if countries.is_empty() && regions.is_empty() {
        return;
    }
    let sentences: Vec<&str> = part.lines.iter().map(|line| line.text.as_str()).collect();
    xml.open("area");
    xml.leaf("areaDesc", &format!("{}: {}", part.heading, sentences.join(" ")));
    for country in countries {
        xml.pair("geocode", "ISO 3166-1", country.as_str());
    }
    for region in regions {
        xml.pair("geocode", "UN M49", &region.to_string());
    }
    xml.close("area");
}

/// Sections as text: headings on lines of their own, an empty line between sections.
fn prose(parts: &[&Part]) -> String {
    let line = |line: &Line| format!("{} {}", line.text, cited(&line.refs)).trim_end().to_owned();
    let section = |part: &&Part| {
        let lines: Vec<String> = part.lines.iter().map(line).collect();
        format!("{}\n{}", part.heading, lines.join("\n"))
    };
    let sections: Vec<String> = parts.iter().map(section).collect();
    sections.join("\n\n")
}

/// How sure the headline is: what it says about likelihood, else the best credibility behind it.
fn certainty(headline: &Statement) -> &'static str {
    let stated = headline.args.values().find_map(|arg| match arg {
        Arg::Likelihood(likelihood) => Some(*likelihood),
        _ => None,
    });
    match stated {
        Some(Likelihood::AlmostNoChance) => return "Unlikely",
        Some(Likelihood::VeryUnlikely | Likelihood::Unlikely | Likelihood::RoughlyEvenChance) => {
            return "Possible";
        }
        Some(Likelihood::Likely | Likelihood::VeryLikely | Likelihood::AlmostCertain) => return "Likely",
        None => {}
    }
    match headline.refs.iter().map(|reference| reference.grading.credibility).min() {
        Some(Credibility::Confirmed) => "Observed",
        Some(Credibility::ProbablyTrue) => "Likely",
        Some(Credibility::PossiblyTrue) => "Possible",
        Some(Credibility::Doubtful | Credibility::Improbable) => "Unlikely",
        Some(Credibility::CannotBeJudged) | None => "Unknown",
    }
}

fn sent_at(notice: &Notice) -> Timestamp {
    notice.issued_at().unwrap_or(notice.created_at)
}

fn last_step(notice: &Notice, state: NoticeState) -> Option<&Step> {
    notice.history.last().filter(|step| step.to == state)
}

/// CAP's form of a time: to the second, with an offset in figures; UTC is `-00:00` (section 3.3.2).
fn date_time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S-00:00").to_string()
}

fn end_of_day(day: Date) -> String {
    format!("{}T23:59:59-00:00", day.strftime("%Y-%m-%d"))
}

/// An XML text that grows by elements without white space between them.
#[derive(Default)]
struct Xml(String);

impl Xml {
    fn open_alert(&mut self) {
        self.0.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?><alert xmlns=\"");
        self.0.push_str(NAMESPACE);
        self.0.push_str("\">");
    }

    fn open(&mut self, name: &str) {
        self.0.extend(["<", name, ">"]);
    }

    fn close(&mut self, name: &str) {
        self.0.extend(["</", name, ">"]);
    }

    fn leaf(&mut self, name: &str, text: &str) {
        self.open(name);
        crate::clean::escape_into(&mut self.0, &clean(text));
        self.close(name);
    }

    fn pair(&mut self, element: &str, name: &str, value: &str) {
        self.open(element);
        self.leaf("valueName", name);
        self.leaf("value", value);
        self.close(element);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn an_issued_notice_in_two_languages() {
        let sample = sample::notice();
        let xml = cap(&sample.notice, &sample.texts, "warnings.example.org").unwrap();
        insta::assert_snapshot!(xml.replace("><", ">\n<"));
        assert!(!xml.contains(">\n<") && !xml.contains("> <"));
    }

    #[track_caller]
    fn check(notice: &Notice, expected: &[(&str, &str)]) {
        let xml = cap(notice, &sample::notice().texts, "a").unwrap();
        for (element, value) in expected {
            let shown = format!("<{element}>{value}</{element}>");
            assert!(xml.contains(&shown), "expected {shown} in {xml}");
        }
    }

    #[test]
    fn state_and_marking_decide_the_head() {
        let mut notice = sample::notice().notice;
        let id = notice.id;
        check(&notice, &[("status", "Actual"), ("msgType", "Alert"), ("scope", "Restricted")]);
        check(&notice, &[("restriction", "TLP:AMBER PAP:GREEN"), ("sent", "2023-06-08T09:30:00-00:00")]);

        notice.history.push(sample::step(NoticeState::Withdrawn, "2023-07-01T08:00:00Z"));
        let references = format!("a,{id},2023-06-08T09:30:00-00:00");
        check(&notice, &[("msgType", "Cancel"), ("sent", "2023-07-01T08:00:00-00:00")]);
        check(&notice, &[("references", &references), ("identifier", &format!("{id}-withdrawn"))]);

        notice.history.clear();
        notice.marking = forewarn_model::Marking::PUBLIC;
        check(&notice, &[("status", "Draft"), ("scope", "Public"), ("sent", "2023-06-07T12:00:00-00:00")]);
        assert!(!cap(&notice, &sample::notice().texts, "a").unwrap().contains("<restriction>"));
    }

    #[test]
    fn an_update_refers_to_what_it_replaces() {
        let sample = sample::notice();
        let mut notice = sample.notice.clone();
        notice.id = forewarn_model::NoticeId::derive(&[b"second"]);
        notice.supersedes = Some(sample.notice.id);
        assert!(matches!(cap(&notice, &sample.texts, "a"), Err(RenderError::CapPrevious { .. })));
        assert!(matches!(
            cap_update(&sample.notice, &sample.notice, &sample.texts, "a"),
            Err(RenderError::CapPrevious { .. })
        ));
        let xml = cap_update(&notice, &sample.notice, &sample.texts, "a").unwrap();
        let reference = format!("<references>a,{},2023-06-08T09:30:00-00:00</references>", sample.notice.id);
        assert!(xml.contains("<msgType>Update</msgType>") && xml.contains(&reference));
    }

    #[test]
    fn refuses_a_sender_that_cap_forbids() {
        let sample = sample::notice();
        for sender in ["", "a b", "a,b", "a<b", "a&b", "a\u{0}"] {
            let refused = cap(&sample.notice, &sample.texts, sender);
            assert_eq!(refused, Err(RenderError::CapSender { sender: sender.to_owned() }));
        }
        assert!(matches!(cap(&sample.notice, &[], "a"), Err(RenderError::NoText { .. })));
    }

    #[test]
    fn hostile_text_stays_text() {
        let sample = sample::hostile();
        let xml = cap(&sample.notice, &sample.texts, "a").unwrap();
        assert!(xml.contains("]]&gt; &lt;script&gt;alert(1)&lt;/script&gt;"));
        assert!(!xml.contains("<script") && !xml.contains("]]>"));
        assert!(!xml.chars().any(|c| c.is_control() && c != '\n'));
    }

    #[test]
    fn certainty_follows_words_before_gradings() {
        let headline = sample::notice().notice.headline;
        assert_eq!(certainty(&headline), "Likely");
        for (likelihood, expected) in [
            (Likelihood::AlmostNoChance, "Unlikely"),
            (Likelihood::RoughlyEvenChance, "Possible"),
            (Likelihood::AlmostCertain, "Likely"),
        ] {
            let mut stated = headline.clone();
            stated.args.insert("likelihood".to_owned(), Arg::Likelihood(likelihood));
            assert_eq!(certainty(&stated), expected);
        }
    }
}
