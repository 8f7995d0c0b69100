//! The template of each campaign of a batch, from the texts on disk.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{self, Write};

use forewarn_cluster::{Config, Document, Outline, Tally, voters};
use forewarn_extract::{Extractor, normalize};
use forewarn_model::{Language, Normalized, ReportId, Segment, Slot, SlotKind, Template};
use rayon::prelude::*;
use serde_json::{Value, json};

use super::spill::Spilled;
use super::{Campaign, Compared, Found, Outcome, Request};
use crate::{AppError, Progress};

/// What the members are written from.
pub(super) struct Described {
    pub(super) outcome: Outcome,
    pub(super) columns: Vec<String>,
    pub(super) rows: Spilled,
    /// For each ad the number of its campaign; `NONE` if it is in none.
    pub(super) campaign_of: Vec<u32>,
    pub(super) ids: Vec<String>,
    /// The leader of each campaign.
    pub(super) leaders: Vec<u32>,
    /// Ads that repeat another member letter for letter, sorted.
    pub(super) copies: Vec<u32>,
}

pub(super) const NONE: u32 = u32::MAX;

/// How many members are read from the disk at once, and of how many bytes.
const MEMBERS_AT_ONCE: usize = 4_096;
const BYTES_AT_ONCE: u64 = 64 << 20;
/// How many members are tallied by one thread at a time: fixed, so that no result hangs on the threads.
const TALLIED_AT_ONCE: usize = 64;
/// How many members are read closely, for languages and places.
const READ_CLOSELY: usize = 2;
/// How many words a value has at most to be a place.
const PLACE_WORDS_MAX: usize = 4;

/// A text with its folded form.
struct Text {
    report: ReportId,
    text: String,
    normalized: Normalized,
}

impl Text {
    fn new(record: u32, bytes: Vec<u8>) -> Self {
        let text = String::from_utf8(bytes).unwrap_or_default();
        let normalized = normalize(&text);
        Self { report: ReportId::derive(&[&record.to_le_bytes()]), text, normalized }
    }

    fn document(&self) -> Document<'_> {
        let Self { report, text, normalized } = self;
        Document { report: *report, text, normalized, masks: &[], received_at: None }
    }
}

/// What the texts of a campaign show.
struct Shown {
    template: Template,
    languages: Vec<Language>,
    leader: u32,
    copies: Vec<u32>,
}

pub(super) fn run(
    compared: Compared,
    extractor: &Extractor,
    request: &Request<'_>,
    templates: Option<&mut (dyn Write + Send)>,
    progress: &dyn Progress,
) -> Result<Described, AppError> {
    let Compared { mut outcome, columns, mut texts, mut rows, mut campaigns } = compared;
    // The largest first; the sort is stable, so ties stay in the order of the input.
    campaigns.sort_by_key(|campaign| std::cmp::Reverse(campaign.members.len()));
    progress.begin("describe the campaigns", Some(outcome.members));
    let mut writer = templates.map(|out| Templates { out, any: false });
    let mut campaign_of = vec![NONE; outcome.read as usize];
    let (mut leaders, mut copies) = (Vec::with_capacity(campaigns.len()), Vec::new());
    let (mut done, mut first) = (0, 0);
    while first < campaigns.len() {
        let end = first + block(&campaigns[first..], &texts);
        let read = AppError::file("read a temporary file in", request.spill_folder);
        let shown = show(&campaigns[first..end], &mut texts, extractor).map_err(read)?;
        for (number, (campaign, shown)) in (first..).zip(campaigns[first..end].iter().zip(shown)) {
            campaign.members.iter().for_each(|&member| campaign_of[member as usize] = number as u32);
            leaders.push(shown.leader);
            copies.extend(shown.copies);
            let read = |error| AppError::file("read a temporary file in", request.spill_folder)(error);
            let mut id_of = |record: Option<&u32>| match record {
                Some(record) => rows.read(*record).map(|row| super::write::id(&row)).map_err(read),
                None => Ok(String::new()),
            };
            let found = Found {
                id: campaign.id.clone(),
                size: campaign.members.len() as u64,
                first: id_of(campaign.members.first())?,
                last: id_of(campaign.members.last())?,
                languages: shown.languages,
                template: shown.template,
            };
            if let Some(writer) = &mut writer {
                writer.write(&found).map_err(unwritten)?;
            }
            if outcome.largest.len() < request.limits.shown_max {
                outcome.largest.push(found);
            }
            done += campaign.members.len() as u64;
        }
        first = end;
        progress.at(done);
    }
    if let Some(writer) = writer {
        writer.finish(&outcome).map_err(unwritten)?;
    }
    copies.sort_unstable();
    progress.end(&format!("{} campaigns", campaigns.len()));
    let ids = campaigns.into_iter().map(|campaign| campaign.id).collect();
    Ok(Described { outcome, columns, rows, campaign_of, ids, leaders, copies })
}

fn unwritten(error: io::Error) -> AppError {
    AppError::Refused { operation: "write the templates", why: error.to_string() }
}

/// How many of the next campaigns are read from the disk together; at least one.
fn block(campaigns: &[Campaign], texts: &Spilled) -> usize {
    let (mut members, mut bytes) = (0, 0);
    let fits = campaigns.iter().take_while(|campaign| {
        members += campaign.members.len();
        bytes += campaign.members.iter().map(|&member| texts.len(member)).sum::<u64>();
        members <= MEMBERS_AT_ONCE && bytes <= BYTES_AT_ONCE
    });
    fits.count().max(1)
}

fn show(campaigns: &[Campaign], texts: &mut Spilled, extractor: &Extractor) -> io::Result<Vec<Shown>> {
    let config = Config::default();
    if let [campaign] = campaigns {
        return Ok(show_large(campaign, texts, extractor, &config)?.into_iter().collect());
    }
    let mut loaded: Vec<Vec<(u32, Vec<u8>)>> = Vec::with_capacity(campaigns.len());
    for campaign in campaigns {
        loaded.push(load(&campaign.members, texts)?);
    }
    Ok(loaded
        .into_par_iter()
        .filter_map(|members| {
            let members: Vec<(u32, Text)> =
                members.into_iter().map(|(record, bytes)| (record, Text::new(record, bytes))).collect();
            let documents: Vec<Document<'_>> = members.iter().map(|(_, text)| text.document()).collect();
            let voters: Vec<Document<'_>> =
                voters(documents.len(), config.voters_max).into_iter().map(|at| documents[at]).collect();
            let outline = Outline::learn(&voters, &config)?;
            let mut tally = outline.tally();
            documents.iter().for_each(|document| outline.add(&mut tally, document));
            let mut copies = Copies::new(&outline, &voters);
            members.iter().for_each(|(record, text)| copies.add(*record, text));
            Some(finish(&outline, tally, copies, &voters, extractor))
        })
        .collect())
}

/// A campaign of any size, a few thousand members at a time.
fn show_large(
    campaign: &Campaign,
    texts: &mut Spilled,
    extractor: &Extractor,
    config: &Config,
) -> io::Result<Option<Shown>> {
    let chosen: Vec<u32> = voters(campaign.members.len(), config.voters_max)
        .into_iter()
        .map(|at| campaign.members[at])
        .collect();
    let chosen: Vec<Text> =
        load(&chosen, texts)?.into_iter().map(|(record, bytes)| Text::new(record, bytes)).collect();
    let voters: Vec<Document<'_>> = chosen.iter().map(Text::document).collect();
    let Some(outline) = Outline::learn(&voters, config) else { return Ok(None) };
    let mut tally = outline.tally();
    let mut copies = Copies::new(&outline, &voters);
    let mut rest = campaign.members.as_slice();
    while !rest.is_empty() {
        let mut bytes = 0;
        let fits = rest.iter().take(MEMBERS_AT_ONCE).take_while(|&&member| {
            bytes += texts.len(member);
            bytes <= BYTES_AT_ONCE
        });
        let (now, later) = rest.split_at(fits.count().max(1));
        rest = later;
        let members: Vec<(u32, Text)> = load(now, texts)?
            .into_par_iter()
            .map(|(record, bytes)| (record, Text::new(record, bytes)))
            .collect();
        let tallied: Vec<Tally> = members
            .par_chunks(TALLIED_AT_ONCE)
            .map(|members| {
                let mut tally = outline.tally();
                members.iter().for_each(|(_, text)| outline.add(&mut tally, &text.document()));
                tally
            })
            .collect();
        tally = tallied.iter().fold(tally, |tally, more| tally.with(more, config));
        members.iter().for_each(|(record, text)| copies.add(*record, text));
    }
    Ok(Some(finish(&outline, tally, copies, &voters, extractor)))
}

fn load(members: &[u32], texts: &mut Spilled) -> io::Result<Vec<(u32, Vec<u8>)>> {
    members.iter().map(|&record| Ok((record, texts.read(record)?))).collect()
}

/// Finds the members that repeat another one, letter for letter after folding.
struct Copies {
    leader: ReportId,
    leader_record: u32,
    seen: HashSet<ReportId>,
    copies: Vec<u32>,
}

impl Copies {
    fn new(outline: &Outline<'_>, voters: &[Document<'_>]) -> Self {
        let leader = outline.leader();
        let folded = |document: &Document<'_>| ReportId::derive(&[document.normalized.as_str().as_bytes()]);
        let seen = voters.iter().filter(|voter| voter.report == leader).map(folded).collect();
        Self { leader, leader_record: 0, seen, copies: Vec::new() }
    }

    fn add(&mut self, record: u32, text: &Text) {
        if text.report == self.leader {
            self.leader_record = record;
        } else if !self.seen.insert(ReportId::derive(&[text.normalized.as_str().as_bytes()])) {
            self.copies.push(record);
        }
    }
}

fn finish(
    outline: &Outline<'_>,
    tally: Tally,
    copies: Copies,
    voters: &[Document<'_>],
    extractor: &Extractor,
) -> Shown {
    let mut template = outline.finish(tally);
    let mut counts: BTreeMap<Language, u32> = BTreeMap::new();
    let mut places: BTreeSet<String> = BTreeSet::new();
    for voter in voters.iter().take(READ_CLOSELY) {
        let (facts, _) = extractor.extract_text(voter.text);
        *counts.entry(facts.language).or_default() += 1;
        places.extend(facts.places.iter().map(|place| place.span.slice(voter.text).to_lowercase()));
    }
    type_places(&mut template, &places);
    let mut languages: Vec<(Language, u32)> = counts.into_iter().collect();
    languages.sort_by_key(|(_, count)| Reverse(*count));
    Shown {
        template,
        languages: languages.into_iter().map(|(language, _)| language).collect(),
        leader: copies.leader_record,
        copies: copies.copies,
    }
}

/// Slots of a few words in which a place stands are slots for places.
fn type_places(template: &mut Template, places: &BTreeSet<String>) {
    for segment in template.segments.iter_mut() {
        if let Segment::Slot(slot) = segment
            && matches!(slot.kind, SlotKind::Name | SlotKind::Text)
            && slot.values.iter().all(|(value, _)| value.split_whitespace().count() <= PLACE_WORDS_MAX)
            && slot.values.iter().any(|(value, _)| places.contains(&value.to_lowercase()))
        {
            slot.kind = SlotKind::Place;
        }
    }
}

/// Writes one campaign after the other into a JSON document.
struct Templates<'a> {
    out: &'a mut (dyn Write + Send),
    any: bool,
}

impl Templates<'_> {
    fn write(&mut self, found: &Found) -> io::Result<()> {
        self.out.write_all(if self.any { b",\n" } else { b"{\"campaigns\": [\n" })?;
        self.any = true;
        serde_json::to_writer(&mut self.out, &view(found)).map_err(io::Error::from)
    }

    fn finish(self, outcome: &Outcome) -> io::Result<()> {
        self.out.write_all(if self.any { b"\n]" } else { b"{\"campaigns\": []" })?;
        let Outcome { read, refused, campaigns, members, complete, .. } = outcome;
        writeln!(
            self.out,
            ",\n\"ads\": {read}, \"refused\": {refused}, \"campaign_count\": {campaigns}, \"members\": {members}, \"complete\": {complete}}}"
        )?;
        self.out.flush()
    }
}

/// How many ads have a value that is not among those that were kept.
fn others(slot: &Slot, size: u64) -> u64 {
    let listed: u64 = slot.values.iter().map(|(_, count)| u64::from(*count)).sum();
    size.saturating_sub(u64::from(slot.empty)).saturating_sub(listed)
}

/// A campaign as JSON.
pub(super) fn view(found: &Found) -> Value {
    let part = |segment: &Segment| match segment {
        Segment::Fixed(words) => json!({ "fixed": words }),
        Segment::Slot(slot) => json!({
            "slot": slot.kind.as_str(),
            "values": slot.values.iter().map(|(value, count)| json!({ "value": value, "count": count })).collect::<Vec<_>>(),
            "others": others(slot, found.size),
            "empty": slot.empty,
        }),
    };
    json!({
        "id": found.id,
        "size": found.size,
        "template": found.template.segments.iter().map(part).collect::<Vec<_>>(),
        "relative_length": found.template.relative_length,
        "compression": found.template.compression,
        "first": found.first,
        "last": found.last,
        "languages": found.languages.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}
