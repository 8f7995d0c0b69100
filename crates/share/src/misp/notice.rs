//! A notice as an event.

use std::collections::BTreeSet;

use forewarn_model::{
    Arg, Country, Date, EvidenceTarget, Incident, Language, LocalizedNotice, Notice, NoticeKind, NoticeState,
    ObservableKind, Region, Section, Timestamp, Tlp, WatchedObservable,
};

use super::event::{Attribute, Builder, Event, Standing, Template, day};
use super::observable::{self, Note};
use super::{incident, tag};

const INTERPOL_NOTICE: Template = Template {
    name: "interpol-notice",
    uuid: "24927972-1e4a-11e9-857e-3b2306b99911",
    version: "1",
    category: "misc",
    description: "An object which describes a Interpol notice.",
};
const CAP_ALERT: Template = Template {
    name: "cap-alert",
    uuid: "03b107bb-133d-4180-87ff-e3dbe731f828",
    version: "1",
    category: "misc",
    description: "Common Alerting Protocol Version (CAP) alert object",
};
const CAP_INFO: Template = Template {
    name: "cap-info",
    uuid: "826c25e6-fdd5-4e4a-b081-be5ba3ac2c3d",
    version: "1",
    category: "misc",
    description: "Common Alerting Protocol Version (CAP) info object",
};

/// What goes into the event of a notice.
#[derive(Debug, Clone, Copy)]
pub struct NoticeEventInput<'a> {
    /// The notice, issued or ended.
    pub notice: &'a Notice,
    /// Its texts, one for each language.
    pub texts: &'a [LocalizedNotice],
    /// The incidents that it refers to.
    pub incidents: &'a [Incident],
    /// How its CAP message names its sender.
    pub sender: &'a str,
}

/// The event of a notice: colour (`interpol-notice`, by convention: we are independent of INTERPOL), CAP message
/// (`cap-alert`, and `cap-info` for each language), text as an event report, incidents, identifiers to look for.
///
/// Tools are told to look for the identifiers (`to_ids`) while the notice stands: two reviewers approved them. Of
/// a notice that was withdrawn or replaced everything is marked as deleted, so that servers that have it stop.
pub fn notice_event(input: &NoticeEventInput<'_>) -> Event {
    let NoticeEventInput { notice, texts, .. } = input;
    let changed_at = changed_at(notice);
    let state = notice.state();
    let mut event = Builder::new(&[&notice.issuer, &notice.id.to_string()], changed_at);
    event.deleted = matches!(state, NoticeState::Withdrawn | NoticeState::Superseded);
    add_tags(&mut event, input);
    let main = texts.iter().find(|text| text.language == Language::ENGLISH).or_else(|| texts.first());

    let (colour, number) = (colour(notice.kind), &notice.number);
    event.attribute(&Attribute {
        comment: "number of the notice",
        ..Attribute::text("text", "Internal reference", number)
    });
    let of_colour = event.object(&INTERPOL_NOTICE, number, &[("notice-color", text(colour))]);
    let alert = add_alert(&mut event, input);
    event.refer(&of_colour, "described-by", &alert);
    for text in *texts {
        event.report(
            &format!("{colour} Notice {number} ({})", text.language.as_str()),
            &markdown(notice, text),
        );
    }
    for known in input.incidents {
        let uuid = incident::add(&mut event, known);
        event.refer(&of_colour, "derived-from", &uuid);
    }
    for watched in &notice.observables {
        let comment = comment(watched);
        let note = Note {
            comment: &comment,
            seen: Some(seen(watched)),
            tags: Vec::new(),
            to_ids: state == NoticeState::Issued,
        };
        observable::add(&mut event, watched.kind, &watched.value, &note);
    }

    let headline = main.map_or("", |text| text.headline.text.as_str());
    let ended = if state == NoticeState::Issued { String::new() } else { format!("[{state}] ") };
    let info = format!("{ended}{colour} Notice {number}: {headline}");
    let threat_level = if notice.kind == NoticeKind::Orange { 1 } else { 2 };
    let date = notice.issued_at().map_or(notice.as_of, day);
    event.finish(
        &info,
        date,
        Standing { threat_level, analysis: 2 },
        &notice.issuer,
        notice.marking,
        changed_at,
    )
}

/// When the notice took its last step.
fn changed_at(notice: &Notice) -> Timestamp {
    notice.history.iter().map(|step| step.when).chain([notice.created_at]).max().unwrap_or(notice.created_at)
}

/// The colour as the template writes it.
fn colour(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Orange => "Orange",
        NoticeKind::Purple => "Purple",
    }
}

fn add_tags(event: &mut Builder, input: &NoticeEventInput<'_>) {
    let NoticeEventInput { notice, incidents, .. } = input;
    event.tag(tag::own("notice", notice.kind.as_str()));
    event.tag(tag::own("state", notice.state().as_str()));
    for (predicate, value) in places(notice) {
        event.tag(tag::own(predicate, &value));
    }
    tag::FRAUD.iter().for_each(|code| event.tag((*code).to_owned()));
    let likelihoods = std::iter::once(&notice.headline).chain(&notice.statements);
    for arg in likelihoods.flat_map(|statement| statement.args.values()) {
        if let Arg::Likelihood(likelihood) = arg {
            event.tag(tag::of_likelihood(*likelihood));
        }
    }
    if incidents.iter().any(Incident::is_coercive) {
        event.tag(tag::own("coerced-labour", "stated"));
        event.tag(tag::htcds("vic_TypeOfExploitation", "ForcedLabour"));
        event.tag(tag::htcds("hte_Type", "Exploitation"));
    }
    let by_offers = notice
        .references()
        .iter()
        .any(|reference| matches!(reference.target, EvidenceTarget::Campaign(_) | EvidenceTarget::Report(_)));
    if by_offers {
        event.tag(tag::htcds("hte_Type", "Recruitment"));
        event.tag(tag::htcds("vic_MethodOfRecruitment", "ThroughAnOnlineAdvertisement"));
    }
    let services: BTreeSet<&str> = notice
        .observables
        .iter()
        .filter_map(|watched| match watched.kind {
            ObservableKind::Handle(service) => tag::recruited_by(service),
            _ => None,
        })
        .collect();
    for code in services {
        event.tag(tag::htcds("vic_RecruitmentWebsitesAndApps", code));
    }
}

/// Hubs, origins and routes that the notice names: predicate and value, in order, each once.
fn places(notice: &Notice) -> BTreeSet<(&'static str, String)> {
    let mut found = BTreeSet::new();
    for statement in &notice.statements {
        let predicate = match statement.section {
            Section::Hubs => "hub",
            Section::Origins => "origin",
            Section::Routes => "route",
            _ => continue,
        };
        for arg in statement.args.values() {
            match arg {
                Arg::Countries(countries) => {
                    found.extend(countries.iter().map(|country: &Country| (predicate, country.to_string())));
                }
                Arg::Region(region) => {
                    let region: &Region = region;
                    found.insert((predicate, region.to_string()));
                }
                Arg::Route(from, to) => {
                    found.insert(("route", format!("{from}>{to}")));
                }
                _ => {}
            }
        }
    }
    found
}

/// The CAP message that the same notice is sent as: `cap-alert`, and a `cap-info` for each language.
fn add_alert(event: &mut Builder, input: &NoticeEventInput<'_>) -> String {
    let NoticeEventInput { notice, texts, sender, .. } = input;
    let sent = notice.issued_at().unwrap_or(notice.created_at);
    let (identifier, sent) = (notice.id.to_string(), rfc3339(sent));
    let open = notice.marking.tlp == Tlp::Clear;
    let restriction = notice.marking.to_string();
    let mut members = vec![
        ("identifier", text(identifier.as_str())),
        ("sender", text(sender)),
        ("sent", moment(sent.as_str())),
        ("status", text("Actual")),
        ("msgType", text(if notice.supersedes.is_some() { "Update" } else { "Alert" })),
        ("source", text(&notice.issuer)),
        ("scope", text(if open { "Public" } else { "Restricted" })),
    ];
    if !open {
        members.push(("restriction", text(&restriction)));
    }
    let alert = event.object(&CAP_ALERT, &identifier, &members);
    let (urgency, severity) = match notice.kind {
        NoticeKind::Orange => ("Expected", "Severe"),
        NoticeKind::Purple => ("Unknown", "Moderate"),
    };
    let expires = format!("{}T23:59:59+00:00", notice.review_by);
    for words in *texts {
        let kind = words.labels.get("kind").map_or(colour(notice.kind), String::as_str);
        let (description, instruction) = (prose(words, false), prose(words, true));
        let members = [
            ("language", text(words.language.as_str())),
            ("category", text("Security")),
            ("event", text(kind)),
            ("urgency", text(urgency)),
            ("severity", text(severity)),
            ("certainty", text("Likely")),
            ("effective", moment(sent.as_str())),
            ("expires", moment(expires.as_str())),
            ("senderName", text(&notice.issuer)),
            ("headline", text(&words.headline.text)),
            ("description", text(&description)),
            ("instruction", text(&instruction)),
        ];
        let info = event.object(&CAP_INFO, &format!("{identifier} {}", words.language.as_str()), &members);
        event.refer(&alert, "contains", &info);
    }
    alert
}

fn text(value: &str) -> Attribute<'_> {
    Attribute::text("text", "Other", value)
}

fn moment(value: &str) -> Attribute<'_> {
    Attribute::text("datetime", "Other", value)
}

/// The sections that tell people what to do, or the others, as text.
fn prose(text: &LocalizedNotice, instructions: bool) -> String {
    let sections = text.sections.iter().filter(|part| (part.section == Section::Actions) == instructions);
    let part = |part: &forewarn_model::LocalizedSection| {
        let sentences: Vec<&str> = part.sentences.iter().map(|sentence| sentence.text.as_str()).collect();
        format!("{}\n{}", part.heading, sentences.join("\n"))
    };
    sections.map(part).collect::<Vec<_>>().join("\n\n")
}

/// The notice in one language, in Markdown; numbers in brackets point to the references.
fn markdown(notice: &Notice, text: &LocalizedNotice) -> String {
    let sentence = |sentence: &forewarn_model::LocalizedSentence| {
        let numbers: Vec<String> = sentence.refs.iter().map(usize::to_string).collect();
        match numbers.is_empty() {
            true => plain(&sentence.text),
            false => format!("{} [{}]", plain(&sentence.text), numbers.join(", ")),
        }
    };
    let mut lines = vec![format!("# {}", sentence(&text.headline))];
    for section in &text.sections {
        lines.extend([String::new(), format!("## {}", plain(&section.heading)), String::new()]);
        lines.extend(section.sentences.iter().map(|said| format!("- {}", sentence(said))));
    }
    let heading = text.labels.get("references").map_or("References", String::as_str);
    lines.extend([String::new(), format!("## {}", plain(heading)), String::new()]);
    for (at, reference) in notice.references().into_iter().enumerate() {
        let (grading, known) = (reference.grading, reference.known_from);
        lines.push(format!("{}. {} ({grading}, {known})", at + 1, plain(&reference.label)));
    }
    if let Some(disclaimer) = text.labels.get("disclaimer") {
        lines.extend([String::new(), plain(disclaimer)]);
    }
    lines.join("\n")
}

/// Text that Markdown leaves as it is. MISP makes references of `@[attribute](…)`; no text may do so.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '@') {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

fn comment(watched: &WatchedObservable) -> String {
    let labels: Vec<String> =
        watched.refs.iter().map(|reference| format!("{} ({})", reference.label, reference.grading)).collect();
    labels.join("; ")
}

/// The first and the last day from which a reference of an identifier was known.
fn seen(watched: &WatchedObservable) -> (Date, Date) {
    let first = watched.refs.first().known_from;
    let days = watched.refs.iter().map(|reference| reference.known_from);
    days.fold((first, first), |(first, last), day| (first.min(day), last.max(day)))
}

/// An instant to the second, in UTC, as MISP's `datetime` wants it.
fn rfc3339(at: Timestamp) -> String {
    let of_day = at.as_second().rem_euclid(86_400);
    format!("{}T{:02}:{:02}:{:02}+00:00", day(at), of_day / 3600, of_day / 60 % 60, of_day % 60)
}
