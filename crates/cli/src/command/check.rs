//! `forewarn check`: one offer, for the person who got it. Nothing is stored and nothing is logged.

use std::cell::OnceCell;
use std::io::{self, IsTerminal};

use anyhow::{Result, bail};
use forewarn_app::advice::{self, Advice, Catalogue, Directory, Entry, HelpGroup, Situation};
use forewarn_app::collect::Format;
use forewarn_app::model::{Assessment, Language, ReasonSource};
use forewarn_app::report::check;

use crate::args::{Check, Global};
use crate::command::check_stream;
use crate::command::read::TEXT_BYTES_MAX;
use crate::exit::Code;
use crate::paragraph::Paragraph;
use crate::{output, setup};

/// First-strong isolation: what stands between keeps its own direction.
const ISOLATE: char = '\u{2068}';
/// Left-to-right isolation, for numbers and addresses.
const ISOLATE_LEFT: char = '\u{2066}';
/// The end of an isolation.
const ISOLATE_END: char = '\u{2069}';

pub(crate) fn run(global: &Global, args: &Check) -> Result<Code> {
    if args.jsonl {
        return check_stream::run(global, args);
    }
    let many = args.file.to_str().and_then(Format::of_name).filter(|format| *format != Format::Text);
    if many.is_some() {
        bail!("check {}: it holds records, not one text: add --jsonl", args.file.display());
    }
    if args.file.as_os_str() == "-" && io::stdin().is_terminal() {
        output::note!(
            "Paste the offer, then press Ctrl-D (on Windows Ctrl-Z and Enter) on a line of its own."
        );
    }
    let text = setup::text(&args.file, TEXT_BYTES_MAX)?;
    let engine = setup::engine(global)?;
    let directory = Directory::builtin()?;
    let (english, wanted) = (Catalogue::english()?, wanted(args.lang)?);
    let offered = OnceCell::new();
    let words = |offer: Language| match &wanted {
        Some(wanted) => wanted,
        None => offered.get_or_init(|| Catalogue::builtin(offer).ok().flatten()).as_ref().unwrap_or(&english),
    };
    let answer = check::advise(&engine, &directory, &text, args.text_lang, args.country, words);
    let Some(answer) = answer else { return Ok(Code::Failed) };
    output::problems(&answer.reading.problems);
    if global.json {
        output::json(&answer.json())?;
        return Ok(Code::Done);
    }
    tell(&answer.advice, answer.catalogue)?;
    if args.reasons {
        reasons(&answer.assessment, answer.reading.facts.language)?;
    }
    Ok(Code::Done)
}

/// The words that were asked for; in English, and said so, where there are none in that language.
fn wanted(language: Option<Language>) -> Result<Option<Catalogue>> {
    let Some(language) = language else { return Ok(None) };
    if let Some(found) = Catalogue::builtin(language)? {
        return Ok(Some(found));
    }
    let known: Vec<String> = advice::catalogue::languages().iter().map(ToString::to_string).collect();
    output::note!(
        "forewarn: there is no answer in {language} yet, so it is in English; there is {}",
        known.join(", ")
    );
    Ok(Some(Catalogue::english()?))
}

fn tell(advice: &Advice, catalogue: &Catalogue) -> Result<()> {
    let page = Page { catalogue, right_to_left: advice.language.is_right_to_left() };
    let width = output::width();
    let out = |paragraph: Paragraph<'_>| output::line(&paragraph.wrapped(width));
    out(Paragraph::new(&advice.sentence).painted(output::orange))?;
    out(Paragraph::new(&advice.what_to_do))?;
    for note in &advice.notes {
        out(Paragraph::new(note).painted(output::dim))?;
    }
    if advice.situation == Situation::Held {
        page.list("heading-there", &advice.there, width)?;
        page.help(advice, width)?;
        page.signs(advice, width)?;
    } else {
        page.signs(advice, width)?;
        if !advice.signs.is_empty() {
            out(Paragraph::new(&catalogue.word("questions-advice")).after("? "))?;
        }
        page.list("heading-advice", &advice.before, width)?;
        page.list("heading-there", &advice.there, width)?;
        page.help(advice, width)?;
    }
    output::line("")?;
    for message in ["machine", "independent"] {
        out(Paragraph::new(&catalogue.word(message)).painted(output::dim))?;
    }
    if advice.language != Language::ENGLISH {
        out(Paragraph::new(&catalogue.word("translation")).painted(output::dim))?;
    }
    Ok(())
}

/// How parts of the answer look.
struct Page<'a> {
    catalogue: &'a Catalogue,
    right_to_left: bool,
}

impl Page<'_> {
    fn heading(&self, message: &str, width: Option<usize>) -> Result<()> {
        output::line("")?;
        output::line(&Paragraph::new(&self.catalogue.word(message)).painted(output::orange).wrapped(width))
    }

    fn list(&self, heading: &str, items: &[String], width: Option<usize>) -> Result<()> {
        self.heading(heading, width)?;
        for item in items {
            output::line(&Paragraph::new(item).after("- ").wrapped(width))?;
        }
        Ok(())
    }

    fn signs(&self, advice: &Advice, width: Option<usize>) -> Result<()> {
        let out = |paragraph: Paragraph<'_>| output::line(&paragraph.wrapped(width));
        // That no words are known says nothing where there are hardly any.
        if advice.signs.is_empty() && advice.situation == Situation::TooShort {
            return Ok(());
        }
        if advice.signs.is_empty() {
            output::line("")?;
            return out(Paragraph::new(&self.catalogue.word("no-signs-to-show")));
        }
        self.heading("heading-signs", width)?;
        for sign in &advice.signs {
            for passage in &sign.passages {
                let quoted = format!("“{}”", self.own(passage));
                out(Paragraph::new(&quoted).after("> ").painted(output::slot))?;
            }
            if sign.passages.is_empty() {
                let whole = self.catalogue.word("note-whole-text");
                out(Paragraph::new(&whole).after("> ").painted(output::dim))?;
            }
            if let Some(more) = &sign.more {
                out(Paragraph::new(more).after("> ").painted(output::dim))?;
            }
            out(Paragraph::new(&sign.means).after("  "))?;
            if let Some(ask) = &sign.ask {
                out(Paragraph::new(ask).after("  ? "))?;
            }
            output::line("")?;
        }
        Ok(())
    }

    fn help(&self, advice: &Advice, width: Option<usize>) -> Result<()> {
        self.heading("heading-help", width)?;
        for group in &advice.help {
            self.offices(group, advice.situation, width)?;
        }
        let changes = self.catalogue.word("help-changes");
        output::line(&Paragraph::new(&changes).painted(output::dim).wrapped(width))
    }

    fn offices(&self, group: &HelpGroup, situation: Situation, width: Option<usize>) -> Result<()> {
        let place = self.catalogue.word(&format!("help-{}", group.place.as_str()));
        let title = match &group.country {
            // Where somebody is held there is no offer that names the country.
            Some((_, name)) if situation == Situation::Held => self.own(name),
            Some((_, name)) => format!("{place}: {}", self.own(name)),
            None => place,
        };
        output::line(&Paragraph::new(&title).wrapped(width))?;
        if let Some(none) = &group.none {
            output::line(&Paragraph::new(none).after("  ").wrapped(width))?;
        }
        for entry in &group.entries {
            let words = format!(
                "{}: {}",
                self.catalogue.word(&format!("help-kind-{}", entry.kind.as_str())),
                self.own(&entry.name)
            );
            output::line(&Paragraph::new(&words).after("- ").wrapped(width))?;
            output::line(&Paragraph::new(&self.reach(entry)).after("    ").wrapped(width))?;
            output::line(
                &Paragraph::new(&self.source(entry)).after("    ").painted(output::dim).wrapped(width),
            )?;
        }
        Ok(())
    }

    fn reach(&self, entry: &Entry) -> String {
        let abroad = entry
            .abroad
            .as_ref()
            .map(|number| format!("{}: {}", self.catalogue.word("help-abroad"), self.left(number)));
        let hours = entry.always.then(|| self.catalogue.word("help-hours-always"));
        let parts = [
            entry.phone.as_ref().map(|number| self.left(number)),
            abroad,
            hours,
            entry.web.as_ref().map(|address| self.left(address)),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn source(&self, entry: &Entry) -> String {
        let said = |message: &str, date: &str| self.catalogue.say(message, &[("date", date)]);
        let mut parts = vec![
            format!("{}: {}", self.catalogue.word("help-source"), self.left(&entry.source)),
            said("help-checked", &entry.checked.to_string()),
        ];
        parts.extend(entry.dated.as_ref().map(|date| said("help-dated", date)));
        parts.join(" · ")
    }

    /// Foreign words, isolated where their direction may differ from that of the line: not all terminals
    /// know the marks, so they stand only where they are needed.
    fn own(&self, words: &str) -> String {
        match self.right_to_left || runs_left(words) {
            true => format!("{ISOLATE}{words}{ISOLATE_END}"),
            false => words.to_owned(),
        }
    }

    /// A number or an address in a line that may run from right to left.
    fn left(&self, words: &str) -> String {
        if self.right_to_left { format!("{ISOLATE_LEFT}{words}{ISOLATE_END}") } else { words.to_owned() }
    }
}

/// Whether words hold letters that run from right to left (Hebrew, Arabic, Syriac, Thaana, N’Ko).
fn runs_left(words: &str) -> bool {
    words.chars().any(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{1e800}'..='\u{1efff}')
    })
}

fn reasons(assessment: &Assessment, language: Language) -> Result<()> {
    output::line("")?;
    output::line(&format!(
        "probability {} ({} in log-odds), language {language}, model {}",
        percent(assessment.probability()),
        signed(assessment.log_odds()),
        assessment.model()
    ))?;
    let rows = assessment.reasons().iter().map(|reason| {
        let source = match &reason.source {
            ReasonSource::Prior => "before reading".to_owned(),
            ReasonSource::Indicator(name) => name.to_string(),
            ReasonSource::Structure(name) => format!("the text as a whole: {name}"),
            ReasonSource::Wording => "the wording".to_owned(),
        };
        vec![signed(reason.log_odds), source]
    });
    output::table(&["log-odds", "reason"], rows.collect())
}

/// A probability in words that are never certain.
fn percent(probability: f64) -> String {
    match 100.0 * probability {
        low if low < 1.0 => "under 1 %".to_owned(),
        high if high > 99.0 => "over 99 %".to_owned(),
        other => format!("{other:.0} %"),
    }
}

fn signed(value: f64) -> String {
    format!("{value:+.2}")
}
