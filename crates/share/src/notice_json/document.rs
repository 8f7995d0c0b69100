//! The document of a notice: its wire types, and the way from and to the domain types.

use std::collections::BTreeMap;

use forewarn_model::{
    AlarmId, Arg, CampaignId, Country, Date, EvidenceRef, EvidenceTarget, Grading, IncidentId, Language,
    Likelihood, LocalizedNotice, LocalizedSection, LocalizedSentence, Marking, Notice, NoticeId, NoticeKind,
    NoticeState, ObservableKind, Pap, PartialDate, Region, ReportId, Section, Statement, Step, Timestamp,
    Tlp, Vec1, WatchedObservable,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{FORMAT, NoticeJsonError};
use crate::wire::{Integer, Named, Text};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    format: String,
    id: Text<NoticeId>,
    number: String,
    kind: Named<NoticeKind>,
    state: Named<NoticeState>,
    issuer: String,
    author: String,
    created_at: Text<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issued_at: Option<Text<Timestamp>>,
    as_of: Text<Date>,
    review_by: Text<Date>,
    marking: MarkingWire,
    headline: StatementWire,
    statements: Vec<StatementWire>,
    observables: Vec<ObservableWire>,
    references: Vec<ReferenceWire>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    alarm: Option<Text<AlarmId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    supersedes: Option<Text<NoticeId>>,
    history: Vec<StepWire>,
    texts: Vec<TextWire>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkingWire {
    tlp: Text<Tlp>,
    pap: Text<Pap>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StatementWire {
    section: Named<Section>,
    message: String,
    args: BTreeMap<String, ArgWire>,
    refs: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case", deny_unknown_fields)]
enum ArgWire {
    Number(Integer),
    Range(Integer, Integer),
    Date(Text<PartialDate>),
    Countries(Vec<Text<Country>>),
    Region(Text<Region>),
    Route(Text<Country>, Text<Country>),
    Messages(Vec<String>),
    Name(String),
    Likelihood(Named<Likelihood>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ObservableWire {
    r#type: Text<ObservableKind>,
    value: String,
    refs: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReferenceWire {
    id: String,
    grading: Text<Grading>,
    known_from: Text<Date>,
    label: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepWire {
    to: Named<NoticeState>,
    who: String,
    when: Text<Timestamp>,
    why: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TextWire {
    language: Text<Language>,
    headline: SentenceWire,
    sections: Vec<SectionWire>,
    labels: BTreeMap<String, String>,
    values: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionWire {
    section: Named<Section>,
    heading: String,
    sentences: Vec<SentenceWire>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SentenceWire {
    text: String,
    refs: Vec<usize>,
}

impl Document {
    /// The document of a notice.
    pub(super) fn of(notice: &Notice, texts: &[LocalizedNotice]) -> Self {
        let references = Numbered::of(notice);
        Self {
            format: FORMAT.to_owned(),
            id: Text(notice.id),
            number: notice.number.clone(),
            kind: Named(notice.kind),
            state: Named(notice.state()),
            issuer: notice.issuer.clone(),
            author: notice.author.clone(),
            created_at: Text(notice.created_at),
            issued_at: notice.issued_at().map(Text),
            as_of: Text(notice.as_of),
            review_by: Text(notice.review_by),
            marking: MarkingWire { tlp: Text(notice.marking.tlp), pap: Text(notice.marking.pap) },
            headline: statement(&notice.headline, &references),
            statements: notice.statements.iter().map(|said| statement(said, &references)).collect(),
            observables: notice.observables.iter().map(|watched| observable(watched, &references)).collect(),
            references: references.list.iter().map(|reference| reference_wire(reference)).collect(),
            alarm: notice.alarm.map(Text),
            supersedes: notice.supersedes.map(Text),
            history: notice.history.iter().map(step).collect(),
            texts: texts.iter().map(text).collect(),
        }
    }

    /// The notice and the texts of a document, which has to be the very document of the two.
    pub(super) fn read(payload: &Value) -> Result<(Notice, Vec<LocalizedNotice>), NoticeJsonError> {
        let format = payload.get("format").and_then(Value::as_str);
        if let Some(other) = format.filter(|&format| format != FORMAT) {
            return Err(NoticeJsonError::Format(other.to_owned()));
        }
        let document = Self::deserialize(payload)
            .map_err(|error| NoticeJsonError::Form(format!("not a notice document: {error}")))?;
        let notice = document.notice().map_err(NoticeJsonError::Form)?;
        let texts: Vec<LocalizedNotice> = document.texts.iter().map(text_of).collect();
        let again = Self::of(&notice, &texts);
        match document == again {
            true => Ok((notice, texts)),
            false => Err(NoticeJsonError::Inconsistent {
                id: notice.id.to_string(),
                member: first_difference(&crate::wire::value(&document), &crate::wire::value(&again)),
            }),
        }
    }

    fn notice(&self) -> Result<Notice, String> {
        let references =
            self.references.iter().map(reference_of).collect::<Result<Vec<EvidenceRef>, String>>()?;
        let statements = self
            .statements
            .iter()
            .map(|said| statement_of(said, &references))
            .collect::<Result<Vec<Statement>, String>>()?;
        let observables = self
            .observables
            .iter()
            .map(|watched| observable_of(watched, &references))
            .collect::<Result<Vec<WatchedObservable>, String>>()?;
        Ok(Notice {
            id: self.id.0,
            number: self.number.clone(),
            kind: self.kind.0,
            issuer: self.issuer.clone(),
            author: self.author.clone(),
            created_at: self.created_at.0,
            as_of: self.as_of.0,
            marking: Marking { tlp: self.marking.tlp.0, pap: self.marking.pap.0 },
            review_by: self.review_by.0,
            headline: statement_of(&self.headline, &references)?,
            statements: Vec1::try_from_vec(statements).map_err(|_| "it has no statement".to_owned())?,
            observables,
            alarm: self.alarm.map(|id| id.0),
            supersedes: self.supersedes.map(|id| id.0),
            history: self.history.iter().map(step_of).collect(),
        })
    }
}

/// The references of a notice, each with the number under which it is cited.
struct Numbered<'a> {
    list: Vec<&'a EvidenceRef>,
    numbers: BTreeMap<&'a EvidenceRef, usize>,
}

impl<'a> Numbered<'a> {
    /// First those that the texts cite, in their order; then further forms of the same targets.
    fn of(notice: &'a Notice) -> Self {
        let sentences = std::iter::once(&notice.headline).chain(&notice.statements);
        let all = sentences
            .flat_map(|said| said.refs.iter())
            .chain(notice.observables.iter().flat_map(|watched| watched.refs.iter()));
        let mut numbered = Self { list: Vec::new(), numbers: BTreeMap::new() };
        for reference in notice.references().into_iter().chain(all) {
            let next = numbered.list.len() + 1;
            if *numbered.numbers.entry(reference).or_insert(next) == next {
                numbered.list.push(reference);
            }
        }
        numbered
    }

    fn numbers(&self, refs: &[EvidenceRef]) -> Vec<usize> {
        refs.iter().filter_map(|reference| self.numbers.get(reference).copied()).collect()
    }
}

fn statement(statement: &Statement, references: &Numbered<'_>) -> StatementWire {
    StatementWire {
        section: Named(statement.section),
        message: statement.message.clone(),
        args: statement.args.iter().map(|(name, fact)| (name.clone(), arg(fact))).collect(),
        refs: references.numbers(&statement.refs),
    }
}

fn arg(arg: &Arg) -> ArgWire {
    match arg {
        Arg::Number(number) => ArgWire::Number(Integer(*number)),
        Arg::Range(min, max) => ArgWire::Range(Integer(*min), Integer(*max)),
        Arg::Date(date) => ArgWire::Date(Text(*date)),
        Arg::Countries(countries) => ArgWire::Countries(countries.iter().copied().map(Text).collect()),
        Arg::Region(region) => ArgWire::Region(Text(*region)),
        Arg::Route(from, to) => ArgWire::Route(Text(*from), Text(*to)),
        Arg::Messages(messages) => ArgWire::Messages(messages.clone()),
        Arg::Name(name) => ArgWire::Name(name.clone()),
        Arg::Likelihood(likelihood) => ArgWire::Likelihood(Named(*likelihood)),
    }
}

fn observable(watched: &WatchedObservable, references: &Numbered<'_>) -> ObservableWire {
    ObservableWire {
        r#type: Text(watched.kind),
        value: watched.value.clone(),
        refs: references.numbers(&watched.refs),
    }
}

fn reference_wire(reference: &EvidenceRef) -> ReferenceWire {
    ReferenceWire {
        id: reference.target.to_string(),
        grading: Text(reference.grading),
        known_from: Text(reference.known_from),
        label: reference.label.clone(),
    }
}

fn step(step: &Step) -> StepWire {
    StepWire { to: Named(step.to), who: step.who.clone(), when: Text(step.when), why: step.why.clone() }
}

fn text(text: &LocalizedNotice) -> TextWire {
    TextWire {
        language: Text(text.language),
        headline: sentence(&text.headline),
        sections: text
            .sections
            .iter()
            .map(|section| SectionWire {
                section: Named(section.section),
                heading: section.heading.clone(),
                sentences: section.sentences.iter().map(sentence).collect(),
            })
            .collect(),
        labels: text.labels.clone(),
        values: text.values.clone(),
    }
}

fn sentence(sentence: &LocalizedSentence) -> SentenceWire {
    SentenceWire { text: sentence.text.clone(), refs: sentence.refs.clone() }
}

fn statement_of(wire: &StatementWire, references: &[EvidenceRef]) -> Result<Statement, String> {
    let refs =
        refs_of(&wire.refs, references).map_err(|what| format!("statement {:?}: {what}", wire.message))?;
    Ok(Statement {
        section: wire.section.0,
        message: wire.message.clone(),
        args: wire.args.iter().map(|(name, fact)| (name.clone(), arg_of(fact))).collect(),
        refs,
    })
}

fn arg_of(wire: &ArgWire) -> Arg {
    match wire {
        ArgWire::Number(number) => Arg::Number(number.0),
        ArgWire::Range(min, max) => Arg::Range(min.0, max.0),
        ArgWire::Date(date) => Arg::Date(date.0),
        ArgWire::Countries(countries) => Arg::Countries(countries.iter().map(|country| country.0).collect()),
        ArgWire::Region(region) => Arg::Region(region.0),
        ArgWire::Route(from, to) => Arg::Route(from.0, to.0),
        ArgWire::Messages(messages) => Arg::Messages(messages.clone()),
        ArgWire::Name(name) => Arg::Name(name.clone()),
        ArgWire::Likelihood(likelihood) => Arg::Likelihood(likelihood.0),
    }
}

fn observable_of(wire: &ObservableWire, references: &[EvidenceRef]) -> Result<WatchedObservable, String> {
    let refs =
        refs_of(&wire.refs, references).map_err(|what| format!("observable {:?}: {what}", wire.value))?;
    Ok(WatchedObservable { kind: wire.r#type.0, value: wire.value.clone(), refs })
}

fn refs_of(numbers: &[usize], references: &[EvidenceRef]) -> Result<Vec1<EvidenceRef>, String> {
    let find = |&number: &usize| {
        let found = number.checked_sub(1).and_then(|at| references.get(at));
        found.cloned().ok_or_else(|| format!("there is no reference {number}"))
    };
    let refs = numbers.iter().map(find).collect::<Result<Vec<EvidenceRef>, String>>()?;
    Vec1::try_from_vec(refs).map_err(|_| "it has no reference".to_owned())
}

fn reference_of(wire: &ReferenceWire) -> Result<EvidenceRef, String> {
    Ok(EvidenceRef {
        target: target_of(&wire.id)?,
        grading: wire.grading.0,
        known_from: wire.known_from.0,
        label: wire.label.clone(),
    })
}

/// The prefix of an id tells what it points to.
fn target_of(id: &str) -> Result<EvidenceTarget, String> {
    let prefix = id.split('-').next().unwrap_or_default();
    let target = match prefix {
        ReportId::PREFIX => id.parse().map(EvidenceTarget::Report),
        IncidentId::PREFIX => id.parse().map(EvidenceTarget::Incident),
        CampaignId::PREFIX => id.parse().map(EvidenceTarget::Campaign),
        AlarmId::PREFIX => id.parse().map(EvidenceTarget::Alarm),
        _ => {
            return Err(format!(
                "reference {id:?}: expected the id of a report, incident, campaign or alarm"
            ));
        }
    };
    target.map_err(|error| error.to_string())
}

fn step_of(wire: &StepWire) -> Step {
    Step { to: wire.to.0, who: wire.who.clone(), when: wire.when.0, why: wire.why.clone() }
}

fn text_of(wire: &TextWire) -> LocalizedNotice {
    LocalizedNotice {
        language: wire.language.0,
        headline: sentence_of(&wire.headline),
        sections: wire
            .sections
            .iter()
            .map(|section| LocalizedSection {
                section: section.section.0,
                heading: section.heading.clone(),
                sentences: section.sentences.iter().map(sentence_of).collect(),
            })
            .collect(),
        labels: wire.labels.clone(),
        values: wire.values.clone(),
    }
}

fn sentence_of(wire: &SentenceWire) -> LocalizedSentence {
    LocalizedSentence { text: wire.text.clone(), refs: wire.refs.clone() }
}

/// The first member, by name, that two documents do not share.
fn first_difference(left: &Value, right: &Value) -> String {
    let members = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let (left, right) = (members(left), members(right));
    let mut names: Vec<&String> = left.keys().chain(right.keys()).collect();
    names.sort_unstable();
    names.into_iter().find(|name| left.get(*name) != right.get(*name)).cloned().unwrap_or_default()
}
