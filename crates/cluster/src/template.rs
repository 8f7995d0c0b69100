//! Members of a campaign → what they have in common.
//!
//! The members are aligned to a leader; a token stays in the template when most voters have it, and one
//! that the leader lacks comes in when most voters have it at the same place; then they are aligned again.
//! Between the fixed tokens, a place where members differ more often than the campaign's ordinary edits
//! explain is a slot; the rest are edits of single members and left out.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::{Campaign, CampaignId, Member, ReportId, Role, Segment, Slot, SlotKind, Template, Vec1};

use crate::align::Pattern;
use crate::tokens::{Token, tokenize};
use crate::{Config, Document};

/// A document with its tokens, and where the scalar values of its text start.
struct Text<'a> {
    document: &'a Document<'a>,
    tokens: Vec<Token>,
    starts: Option<Vec<u32>>,
}

/// A fixed token, and the text that shows how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fixed {
    hash: u32,
    text: usize,
    at: u32,
}

/// What a slot costs to state beyond its place: that it is one, its kind, and which members leave it empty.
const STATING_BITS: f64 = 4.0;

/// How often the template is voted on again.
const ROUNDS: usize = 2;

/// The campaign with this id and these members, which must be in the order of their insertion; none if
/// there are fewer than two.
pub fn describe(id: CampaignId, members: &[Document<'_>], config: &Config) -> Option<Campaign> {
    if members.len() < 2 {
        return None;
    }
    let voters: Vec<Document<'_>> =
        voters(members.len(), config.voters_max).into_iter().map(|at| members[at]).collect();
    let outline = Outline::learn(&voters, config)?;
    let mut tally = outline.tally();
    members.iter().for_each(|member| outline.add(&mut tally, member));
    let leader = members.iter().position(|member| member.report == outline.leader()).unwrap_or(0);
    Some(Campaign { id, template: outline.finish(tally), members: roles(members, leader) })
}

/// Which members vote on the words of a template, as places among all: up to `voters_max`, evenly spread.
pub fn voters(members: usize, voters_max: usize) -> Vec<usize> {
    let count = members.min(voters_max.max(2));
    (0..count).map(|n| n * members / count).collect()
}

/// The fixed words of a template, learnt from voters; the members then show what varies between them, one at
/// a time, so that a campaign may be larger than the memory.
pub struct Outline<'a> {
    texts: Vec<Text<'a>>,
    leader: usize,
    fixed: Vec<Fixed>,
    pattern: Pattern,
    config: Config,
}

/// What members have between the fixed words.
#[derive(Debug, Clone)]
pub struct Tally {
    gaps: Vec<Gap>,
    members: u32,
    /// Fixed words that members lack, and what all of them would cost apart, in bits.
    lacking: u64,
    apart_bits: f64,
}

impl<'a> Outline<'a> {
    /// Aligns the voters; none if there are none.
    pub fn learn(voters: &'a [Document<'a>], config: &Config) -> Option<Self> {
        let texts: Vec<Text<'a>> = voters.iter().map(|document| Text::new(document, config)).collect();
        let all: Vec<usize> = (0..texts.len()).collect();
        let leader = leader(&texts, &all)?;
        let mut fixed: Vec<Fixed> = texts[leader]
            .tokens
            .iter()
            .enumerate()
            .map(|(at, token)| Fixed { hash: token.hash, text: leader, at: at as u32 })
            .collect();
        for _ in 0..ROUNDS {
            fixed = vote(&texts, &all, &fixed);
        }
        fixed.retain(|token| !varies(&texts, &all, *token));
        let pattern = Pattern::new(&fixed.iter().map(|token| token.hash).collect::<Vec<u32>>());
        Some(Self { texts, leader, fixed, pattern, config: *config })
    }

    /// The report that the template is aligned to.
    pub fn leader(&self) -> ReportId {
        self.texts[self.leader].document.report
    }

    /// A tally of no members.
    pub fn tally(&self) -> Tally {
        Tally { gaps: vec![Gap::default(); self.fixed.len() + 1], members: 0, lacking: 0, apart_bits: 0.0 }
    }

    /// Adds a member to a tally.
    pub fn add(&self, tally: &mut Tally, member: &Document<'_>) {
        let text = Text::new(member, &self.config);
        let pairs = self.pattern.align(text.hashes());
        tally.members += 1;
        tally.lacking += (self.fixed.len() - pairs.len()) as u64;
        tally.apart_bits += spelled(text.tokens.len() as f64);
        for (gap, first, end) in gap_ranges(&pairs, self.fixed.len(), text.tokens.len()) {
            tally.gaps[gap].add(&text, first as usize, end as usize, &self.config);
        }
    }

    /// The template that the members of a tally show.
    pub fn finish(&self, tally: Tally) -> Template {
        let slots = slots(&tally.gaps, tally.members as usize);
        let costs = Costs::of(&tally, self.fixed.len(), &slots);
        Template {
            segments: segments(&self.texts, &self.fixed, &tally, &slots, &self.config),
            relative_length: costs.relative_length(),
            compression: costs.compression(),
        }
    }
}

impl Tally {
    /// The members of both; add tallies in the order of their members, so that one result comes out.
    pub fn with(mut self, other: &Self, config: &Config) -> Self {
        for (gap, more) in self.gaps.iter_mut().zip(&other.gaps) {
            gap.add_all(more, config);
        }
        self.members += other.members;
        self.lacking += other.lacking;
        self.apart_bits += other.apart_bits;
        self
    }
}

impl<'a> Text<'a> {
    fn new(document: &'a Document<'a>, config: &Config) -> Self {
        let starts = (!document.text.is_ascii())
            .then(|| document.text.char_indices().map(|(at, _)| at as u32).collect::<Vec<u32>>());
        Self { document, tokens: tokenize(document, config.tokens_max), starts }
    }

    /// The original text of a range of tokens, with what stands between them.
    fn quote(&self, first: usize, last: usize) -> &'a str {
        let bytes = self.tokens[first].start as usize..self.tokens[last].end as usize;
        let span = self.document.normalized.original_span(bytes);
        let text = self.document.text;
        let byte = |at: u32| match &self.starts {
            Some(starts) => starts.get(at as usize).map_or(text.len(), |&byte| byte as usize),
            None => (at as usize).min(text.len()),
        };
        &text[byte(span.start)..byte(span.end)]
    }

    fn hashes(&self) -> impl ExactSizeIterator<Item = u32> + '_ {
        self.tokens.iter().map(|token| token.hash)
    }
}

/// The voter that shares most with a few others; of equals the first.
fn leader(texts: &[Text<'_>], voters: &[usize]) -> Option<usize> {
    const TRIED: usize = 5;
    let tried = &voters[..voters.len().min(TRIED)];
    if tried.len() < 3 {
        return voters.first().copied();
    }
    let shares = |&voter: &usize| {
        let pattern = Pattern::new(&texts[voter].hashes().collect::<Vec<u32>>());
        let shared = |&other: &usize| pattern.align(texts[other].hashes()).len();
        tried.iter().map(shared).sum::<usize>()
    };
    tried.iter().copied().rev().max_by_key(shares)
}

/// Keeps the tokens that most voters have, and adds those that most have and the template lacks.
fn vote(texts: &[Text<'_>], voters: &[usize], fixed: &[Fixed]) -> Vec<Fixed> {
    let pattern = Pattern::new(&fixed.iter().map(|token| token.hash).collect::<Vec<u32>>());
    let mut votes = vec![0_usize; fixed.len()];
    let mut gaps: Vec<Vec<(usize, u32, u32)>> = vec![Vec::new(); fixed.len() + 1];
    for &voter in voters {
        let pairs = pattern.align(texts[voter].hashes());
        pairs.iter().for_each(|&(at, _)| votes[at as usize] += 1);
        for (gap, first, end) in gap_ranges(&pairs, fixed.len(), texts[voter].tokens.len()) {
            gaps[gap].push((voter, first, end));
        }
    }
    let most = voters.len() / 2 + 1;
    let mut voted = Vec::with_capacity(fixed.len());
    for (at, gap) in gaps.iter().enumerate() {
        if gap.len() >= most {
            missing(texts, gap, most, &mut voted);
        }
        voted.extend(fixed.get(at).filter(|_| votes[at] >= most));
    }
    voted
}

/// The stretches of a text that lie between its aligned tokens: (gap, first token, end), the empty ones
/// left out. Gap `n` lies before fixed token `n`; between fixed tokens that the text lacks, the stretch
/// belongs to the first of the gaps.
fn gap_ranges(
    pairs: &[(u32, u32)],
    fixed: usize,
    tokens: usize,
) -> impl Iterator<Item = (usize, u32, u32)> + '_ {
    let ends = pairs.iter().copied().chain([(fixed as u32, tokens as u32)]);
    let starts = [(0, 0)].into_iter().chain(pairs.iter().map(|&(at, token)| (at + 1, token + 1)));
    starts
        .zip(ends)
        .filter(|((_, first), (_, end))| first < end)
        .map(|((gap, first), (_, end))| (gap as usize, first, end))
}

/// What most of the voters have in a gap, as the one with the longest text there writes it.
fn missing(texts: &[Text<'_>], gap: &[(usize, u32, u32)], most: usize, voted: &mut Vec<Fixed>) {
    const LONGEST: u32 = 256;
    let Some(&(pivot, first, end)) = gap
        .iter()
        .filter(|(_, first, end)| end - first <= LONGEST)
        .max_by_key(|(voter, first, end)| (end - first, usize::MAX - voter))
    else {
        return;
    };
    let part = |text: usize, first: u32, end: u32| {
        texts[text].tokens[first as usize..end as usize].iter().map(|token| token.hash)
    };
    let pattern = Pattern::new(&part(pivot, first, end).collect::<Vec<u32>>());
    let mut votes = vec![0; (end - first) as usize];
    for &(voter, from, to) in gap {
        let to = to.min(from + LONGEST);
        pattern.align(part(voter, from, to)).iter().for_each(|&(at, _)| votes[at as usize] += 1);
    }
    let kept = (first..end).filter(|at| votes[(at - first) as usize] >= most);
    voted.extend(kept.map(|at| Fixed { hash: texts[pivot].tokens[at as usize].hash, text: pivot, at }));
}

/// Whether a fixed token is a mask that stands for different values.
fn varies(texts: &[Text<'_>], voters: &[usize], token: Fixed) -> bool {
    let shown = &texts[token.text];
    let Some(kind) = shown.tokens[token.at as usize].kind else { return false };
    let value = folded(shown, token.at as usize);
    // Voters whose tokens of this kind all have another value say that it varies.
    voters.iter().any(|&voter| {
        let text = &texts[voter];
        let mut same_kind =
            text.tokens.iter().enumerate().filter(|(_, other)| other.kind == Some(kind)).peekable();
        same_kind.peek().is_some() && same_kind.all(|(at, _)| folded(text, at) != value)
    })
}

fn folded<'a>(text: &Text<'a>, at: usize) -> &'a str {
    let token = &text.tokens[at];
    &text.document.normalized.as_str()[token.start as usize..token.end as usize]
}

/// What the members have in one gap.
#[derive(Debug, Default, Clone)]
struct Gap {
    values: BTreeMap<String, u32>,
    kinds: BTreeMap<Option<SlotKind>, u32>,
    filled: u32,
    tokens: u64,
}

impl Gap {
    fn add(&mut self, text: &Text<'_>, first: usize, end: usize, config: &Config) {
        let value: String = text.quote(first, end - 1).chars().take(config.slot_value_chars_max).collect();
        self.count(value, 1, config);
        for token in &text.tokens[first..end] {
            *self.kinds.entry(token.kind).or_default() += 1;
        }
        self.filled += 1;
        self.tokens += (end - first) as u64;
    }
}

impl Gap {
    fn count(&mut self, value: String, count: u32, config: &Config) {
        if let Some(known) = self.values.get_mut(&value) {
            *known += count;
        } else if self.values.len() < config.slot_values_counted_max {
            self.values.insert(value, count);
        }
    }

    fn add_all(&mut self, other: &Self, config: &Config) {
        for (value, count) in &other.values {
            self.count(value.clone(), *count, config);
        }
        for (kind, count) in &other.kinds {
            *self.kinds.entry(*kind).or_default() += count;
        }
        self.filled += other.filled;
        self.tokens += other.tokens;
    }
}

/// Which gaps are slots: those that are filled so much more often than an ordinary gap that stating the
/// slot costs less than stating each of its values as an edit.
fn slots(gaps: &[Gap], members: usize) -> Vec<bool> {
    let members = members as f64;
    let rates: Vec<f64> = gaps.iter().map(|gap| f64::from(gap.filled) / members).collect();
    // The ordinary rate of edits: that of the gaps which most members leave empty, with one edit more
    // than there were, so that it is never nothing.
    let mostly_empty = rates.iter().filter(|&&rate| rate < 0.5);
    let (count, sum) = mostly_empty.fold((0.0, 0.0), |(count, sum), rate| (count + 1.0, sum + rate));
    let ordinary = (sum + 1.0 / members) / (count + 1.0);
    let stating = (gaps.len() as f64).log2() + STATING_BITS;
    rates.iter().map(|&rate| rate > ordinary && members * divergence(rate, ordinary) > stating).collect()
}

/// The bits by which events at `rate` cost more under a code made for `expected` (Kullback–Leibler).
fn divergence(rate: f64, expected: f64) -> f64 {
    let part = |p: f64, q: f64| if p > 0.0 { p * (p / q).log2() } else { 0.0 };
    part(rate, expected) + part(1.0 - rate, 1.0 - expected)
}

fn segments(
    texts: &[Text<'_>],
    fixed: &[Fixed],
    tally: &Tally,
    slots: &[bool],
    config: &Config,
) -> Vec1<Segment> {
    let mut segments = Vec::new();
    let mut run = 0;
    for (at, gap) in tally.gaps.iter().enumerate() {
        if slots[at] {
            segments.extend(words(texts, &fixed[run..at]));
            segments.push(Segment::Slot(gap.slot(tally.members, config)));
            run = at;
        }
    }
    segments.extend(words(texts, &fixed[run..]));
    Vec1::try_from_vec(segments).unwrap_or_else(|_| {
        let mut all = Gap::default();
        tally.gaps.iter().for_each(|gap| all.add_all(gap, config));
        Vec1::new(Segment::Slot(all.slot(tally.members, config)))
    })
}

impl Gap {
    fn slot(&self, members: u32, config: &Config) -> Slot {
        let mut values: Vec<(String, u32)> = self.values.iter().map(|(v, n)| (v.clone(), *n)).collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let kind = self.kind();
        values.truncate(config.slot_values_max);
        Slot { kind, values, empty: members.saturating_sub(self.filled) }
    }

    /// What most of its tokens are; where no mask tells, names are words that all start with a capital.
    fn kind(&self) -> SlotKind {
        let masked = self.kinds.iter().filter_map(|(kind, &count)| kind.map(|kind| (count, kind)));
        match masked.max_by_key(|&(count, kind)| (count, std::cmp::Reverse(kind))) {
            Some((count, kind)) if 2 * count >= self.filled => kind,
            _ if self.values.keys().all(|value| is_name(value)) => SlotKind::Name,
            _ => SlotKind::Text,
        }
    }
}

fn is_name(value: &str) -> bool {
    let words = value.split_whitespace();
    words.clone().count() <= 4 && words.into_iter().all(|word| word.starts_with(char::is_uppercase))
}

/// Fixed tokens as they are written: what stands side by side in one text is quoted with what lies between.
fn words(texts: &[Text<'_>], fixed: &[Fixed]) -> Option<Segment> {
    let together = |a: &Fixed, b: &Fixed| a.text == b.text && a.at + 1 == b.at;
    let pieces: Vec<&str> = fixed
        .chunk_by(together)
        .map(|run| texts[run[0].text].quote(run[0].at as usize, run[run.len() - 1].at as usize))
        .collect();
    (!pieces.is_empty()).then(|| Segment::Fixed(pieces.join(" ")))
}

fn roles(members: &[Document<'_>], leader: usize) -> Vec1<Member> {
    let mut seen = BTreeSet::from([members[leader].normalized.as_str()]);
    let mut others: Vec<Member> = Vec::with_capacity(members.len() - 1);
    for (_, document) in members.iter().enumerate().filter(|(at, _)| *at != leader) {
        let copy = !seen.insert(document.normalized.as_str());
        others.push(member(document, if copy { Role::Copy } else { Role::Member }));
    }
    others.sort_by_key(|member| member.report);
    let mut all = Vec1::new(member(&members[leader], Role::Leader));
    all.extend(others);
    all
}

fn member(document: &Document<'_>, role: Role) -> Member {
    Member { report: document.report, role, received_at: document.received_at }
}

/// Description lengths in bits, after InfoShield (Lee et al., ICDE 2021, section III): a word costs
/// `WORD_BITS`, a whole number n costs `whole(n)`, an edit its position and which of three kinds it is.
struct Costs {
    apart: f64,
    together: f64,
    bound: f64,
}

/// One word of a vocabulary of 65,536.
const WORD_BITS: f64 = 16.0;

impl Costs {
    fn of(tally: &Tally, fixed: usize, slots: &[bool]) -> Self {
        let members = f64::from(tally.members);
        let position = (fixed.max(2) as f64).log2();
        let slot_count = slots.iter().filter(|&&slot| slot).count() as f64;
        let template = spelled(fixed as f64) + whole(slot_count) + slot_count * position;
        let mut inserted = 0.0;
        let mut filled = 0.0;
        for (gap, &slot) in tally.gaps.iter().zip(slots) {
            let words = gap.tokens as f64;
            if slot {
                filled += members + words * WORD_BITS + words;
            } else {
                inserted += words * (position + 3_f64.log2() + WORD_BITS);
            }
        }
        let dropped = tally.lacking as f64 * (position + 3_f64.log2());
        let each = members * whole(0.0);
        Self {
            apart: tally.apart_bits,
            together: template + each + filled + inserted + dropped,
            bound: spelled(fixed as f64) + each,
        }
    }

    /// The cost of the members with the template over that of as many exact copies of it.
    fn relative_length(&self) -> f64 {
        (self.together / self.bound.max(1.0)).max(1.0)
    }

    fn compression(&self) -> f64 {
        self.together / self.apart.max(1.0)
    }
}

/// The bits of a text of so many words.
fn spelled(words: f64) -> f64 {
    whole(words) + words * WORD_BITS
}

/// The bits of a whole number in a universal code: 2 log2(n + 1) + 1.
fn whole(n: f64) -> f64 {
    2.0 * (n + 1.0).log2() + 1.0
}
