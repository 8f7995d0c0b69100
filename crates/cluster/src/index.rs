//! The engine: ads come in one at a time; each stays alone, founds a campaign, joins one, or shows that two
//! are one.
//!
//! Only ads that stand for something new are kept in the inverted index: single ads, and a few different
//! members of each campaign. So the number of texts that have a phrase tells boilerplate, which many
//! campaigns use, from a large campaign, which is one. What one ad costs does not depend on how many ads
//! share its phrases.

use forewarn_model::{CampaignId, ReportId, Timestamp};

use crate::chunks::{Chunks, Place, Texts, coarse};
use crate::copying::{Source, Telling};
use crate::groups::{Groups, Merge};
use crate::postings::{Found, Postings};
use crate::sketch::{CODE_BITS, Code, Phrase, Sketch, phrases, width};
use crate::{Config, Document};

/// What became of an ad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The report is in the index already; nothing changed.
    Known {
        /// The campaign that it belongs to, if any.
        campaign: Option<CampaignId>,
    },
    /// No other ad is written like it so far.
    Alone,
    /// It and an ad that was alone are a campaign now.
    Founded {
        /// The new campaign, named after the earlier of the two.
        campaign: CampaignId,
        /// The earlier ad.
        with: ReportId,
    },
    /// It belongs to a campaign.
    Joined {
        /// The campaign.
        campaign: CampaignId,
        /// The member that it is written like.
        like: ReportId,
    },
    /// It is written like members of several campaigns, which are one from now on.
    Merged {
        /// The oldest of them, whose id the members have now.
        campaign: CampaignId,
        /// The others, oldest first: their ids are used no more.
        absorbed: Vec<CampaignId>,
    },
}

/// The members of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: CampaignId,
    /// The members by the order of their insertion, counted from 0 over all documents that the index did
    /// not know already.
    pub members: Vec<u32>,
    /// Their reports, in the same order.
    pub reports: Vec<ReportId>,
}

/// A text that stands for its group in the inverted index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Representative {
    pub(crate) entry: u32,
    pub(crate) place: Place,
}

/// Ads and the campaigns they form.
#[derive(Debug, Clone)]
pub struct Index {
    pub(crate) config: Config,
    pub(crate) groups: Groups,
    pub(crate) representatives: Chunks<Representative>,
    /// The tokens of the representatives.
    pub(crate) texts: Texts,
    /// How often each token occurs in the representatives, with its logarithm, and how many tokens they
    /// have in all.
    pub(crate) counts: Vec<(u32, f32)>,
    pub(crate) counted: u64,
    pub(crate) by_phrase: Postings,
    pub(crate) by_report: Postings,
    pub(crate) by_copy: Postings,
    scratch: Scratch,
}

/// Buffers that are used again from ad to ad.
#[derive(Debug, Clone, Default)]
struct Scratch {
    phrases: Vec<Phrase>,
    bits: Vec<f32>,
    other: Vec<Code>,
    other_bits: Vec<f32>,
    common: Vec<bool>,
    hits: Vec<(u32, u32, u32)>,
    /// The text that was looked up, as it is and as a text that is kept coarsely has it.
    source: Source,
    coarse: Source,
    coarse_tokens: Vec<Code>,
    /// Whether `coarse` is that text already.
    coarse_loaded: bool,
}

/// A text that belongs together with the one that was looked up.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Match {
    representative: u32,
    /// What they share over what the shorter one says, boilerplate apart.
    shared: f32,
}

/// What came of a comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Compared {
    Together(Match),
    /// They share enough for a common template, but each says too much that the other one lacks.
    Nearly,
    Apart,
}

/// Two texts with fewer bits than this of their own are boilerplate; they belong together if they share
/// nearly all of it.
const FEW_BITS: f32 = 30.0;
const NEARLY_ALL: f32 = 0.8;
/// Whatever the evidence asked for, two texts that share so much of what is their own belong together.
const MOST: f32 = 0.6;
/// Which part of what two texts must share has to stand in pairs of tokens.
const PAIRED_MIN: f32 = 0.6;
/// A member that shares less than this with the one it was found by stands for the campaign, too. It is high,
/// so that an ad that differs much from the first member finds another one that it is like.
const ALIKE: f32 = 0.85;

impl Index {
    /// An empty index.
    pub fn new(config: Config) -> Self {
        Self {
            config,
            groups: Groups::default(),
            representatives: Chunks::default(),
            texts: Texts::default(),
            counts: vec![(0, 0.0); 1 << CODE_BITS],
            counted: 0,
            by_phrase: Postings::default(),
            by_report: Postings::default(),
            by_copy: Postings::default(),
            scratch: Scratch::default(),
        }
    }

    /// Inserts a document.
    pub fn insert(&mut self, document: &Document<'_>) -> Outcome {
        let sketch = Sketch::new(document, &self.config);
        self.insert_sketch(&sketch)
    }

    /// Inserts a document that was sketched before, with the same limits.
    pub fn insert_sketch(&mut self, sketch: &Sketch) -> Outcome {
        if let Some(known) = self.entry(sketch.report) {
            return Outcome::Known { campaign: self.groups.campaign_of(known) };
        }
        let entry = self.push(sketch);
        if sketch.tokens.is_empty() {
            return Outcome::Alone;
        }
        if let Some(original) = self.original(sketch.copy) {
            return self.join(entry, &[original]);
        }
        self.by_copy.add(sketch.copy, entry);

        let mut scratch = std::mem::take(&mut self.scratch);
        self.look_up(&sketch.tokens, &mut scratch);
        let matches = self.compare_with_candidates(&mut scratch);
        let outcome = self.decide(entry, &sketch.tokens, &matches, &scratch);
        self.scratch = scratch;
        outcome
    }

    /// Keeps two reports out of one campaign from now on, whether they are in the index already or not: an
    /// ad that is written like both joins the one that it is more like. False if they are in one campaign
    /// already: then insert its members again, into an index that knew of the pair before
    /// ([`cluster_apart`](crate::cluster_apart) does that for a batch).
    pub fn keep_apart(&mut self, a: ReportId, b: ReportId) -> bool {
        self.groups.keep_apart(a, b);
        if let (Some(a), Some(b)) = (self.entry(a), self.entry(b)) {
            self.groups.apart_entries.push((a, b));
            return a == b || self.groups.root(a) != self.groups.root(b);
        }
        true
    }

    /// The merges so far, in the order in which they happened.
    pub fn merges(&self) -> &[Merge] {
        &self.groups.merges
    }

    /// How many documents it holds.
    pub fn len(&self) -> usize {
        self.groups.entries.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// About how many bytes it holds.
    pub fn bytes(&self) -> usize {
        self.groups.bytes()
            + self.representatives.bytes()
            + self.texts.bytes()
            + self.by_phrase.bytes()
            + self.by_report.bytes()
            + self.by_copy.bytes()
    }

    /// The campaign of a report, if it is in one.
    pub fn campaign_of(&self, report: ReportId) -> Option<CampaignId> {
        self.entry(report).and_then(|entry| self.groups.campaign_of(entry))
    }

    /// Every campaign, in the order of the first members; members in the order of their insertion.
    pub fn groups(&self) -> Vec<Group> {
        let mut place: Vec<u32> = vec![u32::MAX; self.groups.known.len()];
        let mut groups: Vec<Group> = Vec::new();
        for (at, entry) in self.groups.entries.iter().enumerate() {
            let root = self.groups.root(at as u32);
            let Some((number, id)) = self.groups.number(root).zip(self.groups.campaign_of(root)) else {
                continue;
            };
            let place = &mut place[number as usize];
            if *place == u32::MAX {
                *place = groups.len() as u32;
                groups.push(Group { id, members: Vec::new(), reports: Vec::new() });
            }
            let group = &mut groups[*place as usize];
            group.members.push(at as u32);
            group.reports.push(entry.report);
        }
        groups
    }

    /// The members of a report's campaign with the time each was received, in the order of insertion;
    /// empty if the report is in none.
    pub fn members(&self, report: ReportId) -> Vec<(ReportId, Option<Timestamp>)> {
        let in_campaign = |entry: &u32| self.groups.campaign_of(*entry).is_some();
        let Some(first) = self.entry(report).filter(in_campaign) else { return Vec::new() };
        let told = |at: u32| (self.groups.entries[at as usize].report, self.groups.received_at(at));
        self.groups.ring(first).into_iter().map(told).collect()
    }

    fn entry(&self, report: ReportId) -> Option<u32> {
        let is_it = |at: u32| self.groups.entries[at as usize].report == report;
        self.first(&self.by_report, report_hash(report), is_it)
    }

    fn original(&self, copy: u64) -> Option<u32> {
        self.first(&self.by_copy, copy, |at| self.groups.entries[at as usize].copy == copy as u32)
    }

    fn first(&self, postings: &Postings, hash: u64, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        match postings.find(hash, &mut [0]) {
            Found::In(found) => found.iter().copied().find(|&at| is_it(at)),
            Found::Nowhere | Found::Common => None,
        }
    }

    fn push(&mut self, sketch: &Sketch) -> u32 {
        let at = self.groups.push(sketch.report, sketch.copy, sketch.received_at);
        self.by_report.add(report_hash(sketch.report), at);
        let others = self.groups.apart.get(&sketch.report).cloned().unwrap_or_default();
        let others = others.into_iter().filter_map(|other| self.entry(other)).map(|other| (at, other));
        let pairs: Vec<(u32, u32)> = others.collect();
        self.groups.apart_entries.extend(pairs);
        at
    }

    /// Finds what is known of each phrase of a text, and makes the text the one that others are told in
    /// the words of.
    fn look_up(&self, tokens: &[Code], scratch: &mut Scratch) {
        phrases(tokens, self.config.phrases_max, &mut scratch.phrases);
        scratch.hits.clear();
        scratch.common.clear();
        scratch.common.resize(tokens.len(), false);
        // Phrases are a sample: between two neighbours that are boilerplate all is boilerplate.
        let mut common_up_to = None;
        for phrase in &scratch.phrases {
            match self.by_phrase.find(phrase.hash, &mut [0]) {
                Found::Nowhere => common_up_to = None,
                Found::In(found) => {
                    common_up_to = None;
                    let weight = 4 - found.len().ilog2();
                    scratch.hits.extend(found.iter().map(|&representative| {
                        let entry = self.representatives[representative as usize].entry;
                        (self.groups.root(entry), representative, weight)
                    }));
                }
                Found::Common => {
                    let (at, end) = (usize::from(phrase.at), usize::from(phrase.at + phrase.len));
                    scratch.common[common_up_to.unwrap_or(at).min(at)..end].fill(true);
                    common_up_to = Some(end);
                }
            }
        }
        self.spell(tokens, &mut scratch.bits);
        scratch.source.load(tokens, &scratch.bits, &scratch.common);
        scratch.coarse_loaded = false;
    }

    /// What each token of a text costs to spell, in bits: the rarer the more. A new index takes every token
    /// for one of sixteen thousand, and every letter of a script without spaces for one of five hundred.
    fn spell(&self, tokens: &[Code], bits: &mut Vec<f32>) {
        let of = [1.0, 512.0, 16_384.0].map(|prior: f32| (self.counted as f32 + prior).log2());
        bits.clear();
        bits.extend(tokens.iter().map(|&token| of[width(token)] - self.counts[usize::from(token)].1));
    }

    /// Compares the text that was looked up with the groups that share most and rarest phrases with it;
    /// best first.
    fn compare_with_candidates(&self, scratch: &mut Scratch) -> Vec<Match> {
        scratch.hits.sort_unstable();
        let hits = std::mem::take(&mut scratch.hits);
        // Of each group, its total weight and the representatives with theirs, the heaviest first.
        let mut candidates: Vec<(u32, Vec<(u32, u32)>)> = Vec::new();
        for group in hits.chunk_by(|a, b| a.0 == b.0) {
            let weigh = |hits: &[(u32, u32, u32)]| (hits.iter().map(|hit| hit.2).sum::<u32>(), hits[0].1);
            let mut by_weight: Vec<(u32, u32)> = group.chunk_by(|a, b| a.1 == b.1).map(weigh).collect();
            by_weight.sort_unstable_by_key(|&(weight, representative)| (u32::MAX - weight, representative));
            candidates.push((by_weight.iter().map(|(weight, _)| weight).sum(), by_weight));
        }
        candidates.sort_unstable_by_key(|(weight, by_weight)| (u32::MAX - weight, by_weight[0].1));
        candidates.truncate(self.config.candidates_max);
        let compare_with_group = |(_, by_weight): &(u32, Vec<(u32, u32)>)| {
            // Two members of one campaign can differ in more than each differs from the others: whether an
            // ad belongs to it must not hang on the one that it happens to be compared with first.
            for &(_, representative) in by_weight.iter().take(self.config.representatives_max) {
                match self.compare(scratch, representative) {
                    Compared::Together(found) => return Some(found),
                    Compared::Nearly => {}
                    Compared::Apart => return None,
                }
            }
            None
        };
        let mut matches: Vec<Match> = candidates.iter().filter_map(compare_with_group).collect();
        scratch.hits = hits;
        matches.sort_by(|a, b| b.shared.total_cmp(&a.shared).then(a.representative.cmp(&b.representative)));
        matches
    }

    /// Compares the text that was looked up with one representative.
    fn compare(&self, scratch: &mut Scratch, representative: u32) -> Compared {
        let Representative { place, .. } = self.representatives[representative as usize];
        self.texts.read(place, &mut scratch.other);
        if place.coarse && !scratch.coarse_loaded {
            scratch.coarse_tokens.clear();
            scratch.coarse_tokens.extend(scratch.source.tokens().iter().map(|&token| coarse(token)));
            scratch.coarse.load(&scratch.coarse_tokens, &scratch.bits, &scratch.common);
            scratch.coarse_loaded = true;
        }
        let source = if place.coarse { &mut scratch.coarse } else { &mut scratch.source };
        let other = &scratch.other;
        let cost = source.cost();
        let shorter = (other.len() as f32 / source.len().max(1) as f32).min(1.0);
        // Most candidates share a phrase or two and nothing else: those are not worth a close look.
        let needed = |least: f32| (self.evidence_bits() + self.config.shared_min * least).min(MOST * least);
        if source.paired(other) < PAIRED_MIN * needed(cost.own * shorter) {
            return Compared::Apart;
        }
        match place.coarse {
            // Which words they were is not known; on average they say as much as those of the other text.
            true => {
                scratch.other_bits.clear();
                scratch.other_bits.resize(other.len(), cost.all / source.len().max(1) as f32);
            }
            false => self.spell(other, &mut scratch.other_bits),
        }
        let other_all: f32 = scratch.other_bits.iter().sum();
        let Telling { saved, apart_here, apart_there } = source.tell(other, &scratch.other_bits);
        // What is boilerplate in the other text is known where the two share it.
        let other_own = other_all - (saved.all - saved.own);
        let (least, most) = (cost.own.min(other_own).max(1.0), cost.own.max(other_own));
        let together = if most < FEW_BITS {
            saved.all >= NEARLY_ALL * cost.all.max(other_all)
        } else {
            // A sentence that was replaced by another one speaks against a common template, a sentence
            // that only one of them has speaks against it half as much.
            let (added, replaced) = (apart_here.max(apart_there), apart_here.min(apart_there));
            let against = replaced + (added - replaced) / 2.0;
            saved.own >= needed(least) + against && saved.own >= self.config.shared_min / 2.0 * most
        };
        match together {
            true => Compared::Together(Match { representative, shared: saved.own / least }),
            false if most >= FEW_BITS && saved.own >= needed(least) => Compared::Nearly,
            false => Compared::Apart,
        }
    }

    /// How many bits two texts must share beyond a share: more while the index is small and a shared
    /// sentence may yet turn out to be boilerplate.
    fn evidence_bits(&self) -> f32 {
        const GROWN: f32 = 14.0;
        let age = ((self.representatives.len() as f32 + 1.0).log2() / GROWN).min(1.0);
        self.config.evidence_bits_min * (1.0 + 4.0 * (1.0 - age))
    }

    fn decide(&mut self, entry: u32, tokens: &[Code], matches: &[Match], scratch: &Scratch) -> Outcome {
        let entry_of = |found: &Match| self.representatives[found.representative as usize].entry;
        let together: Vec<u32> = matches.iter().map(entry_of).collect();
        let outcome = self.join(entry, &together);
        let root = self.groups.root(entry);
        let alike = matches.first().is_some_and(|best| best.shared >= ALIKE);
        if outcome == Outcome::Alone {
            self.represent(entry, root, tokens, &scratch.phrases);
        } else if !alike && (self.groups.representatives(root) as usize) < self.config.representatives_max {
            self.groups.count_representative(root);
            self.represent(entry, root, tokens, &scratch.phrases);
        }
        outcome
    }

    /// Makes an ad stand for its group in the inverted index.
    fn represent(&mut self, entry: u32, root: u32, tokens: &[Code], phrases: &[Phrase]) {
        let Some(place) = self.texts.push(tokens) else { return };
        let representative = self.representatives.len() as u32;
        self.representatives.push(Representative { entry, place });
        for phrase in phrases {
            let counted = match self.by_phrase.find(phrase.hash, &mut [0]) {
                Found::Nowhere => false,
                Found::In(found) => {
                    let entry_of = |&other: &u32| self.representatives[other as usize].entry;
                    found.iter().any(|other| self.groups.root(entry_of(other)) == root)
                }
                Found::Common => true,
            };
            if !counted {
                self.by_phrase.add(phrase.hash, representative);
            }
        }
        for &token in tokens {
            let (count, log) = &mut self.counts[usize::from(token)];
            *count += 1;
            *log = (*count as f32 + 1.0).log2();
        }
        self.counted += tokens.len() as u64;
    }

    /// Joins an ad with others and says what that made of their campaigns.
    fn join(&mut self, entry: u32, others: &[u32]) -> Outcome {
        let Some(joined) = self.groups.join(entry, others) else { return Outcome::Alone };
        let like = self.groups.entries[others[0] as usize].report;
        match (joined.new, joined.absorbed.is_empty()) {
            (true, _) => Outcome::Founded { campaign: joined.campaign, with: like },
            (false, true) => Outcome::Joined { campaign: joined.campaign, like },
            (false, false) => Outcome::Merged { campaign: joined.campaign, absorbed: joined.absorbed },
        }
    }
}

fn report_hash(report: ReportId) -> u64 {
    let bytes = report.as_bytes();
    u64::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]])
}
