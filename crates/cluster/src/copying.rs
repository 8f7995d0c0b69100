//! How many bits a text saves when it is told in the words of another one (minimum description length).
//!
//! One text is read from left to right and coded as runs copied from the other; what no run covers is
//! spelled out. A run that goes on where the last one ended, or a few tokens further, is cheap to state, a
//! run from elsewhere costs the position. So a changed word, a filled slot and a moved sentence each cost
//! what they are worth, in time linear in the text.

use crate::sketch::{Code, width};

/// A stretch of the second text that the first one repeats.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Run {
    at: usize,
    len: usize,
}

/// What was saved, in bits.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Saved {
    /// By all that is shared.
    pub(crate) all: f32,
    /// By what is shared and is no boilerplate.
    pub(crate) own: f32,
}

/// How one text is told in the words of another, in bits.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Telling {
    /// What is saved.
    pub(crate) saved: Saved,
    /// What each text says in long stretches that the other one lacks; boilerplate left out in the source.
    pub(crate) apart_here: f32,
    pub(crate) apart_there: f32,
}

/// The text that others are told in the words of. Its buffers are used again from text to text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Source {
    tokens: Vec<Code>,
    /// Running sums of the bits of the tokens, and of those that are no boilerplate: one more than tokens.
    all: Vec<f32>,
    own: Vec<f32>,
    /// From a pair of tokens to its last position, and from a position to the one before with that hash.
    heads: Vec<u16>,
    before: Vec<u16>,
    shift: u32,
    /// What it costs to state a run from elsewhere.
    jump_bits: f32,
    /// Which tokens the last text that was told repeats.
    repeated: Vec<bool>,
}

const NONE: u16 = u16::MAX;
/// How many positions of a pair of tokens are tried, and how far from the expected place a run may go on.
const POSITIONS_MAX: usize = 8;
const SKEW_MAX: usize = 6;
/// After how many tokens that nothing covers the expected place is forgotten.
const GAP_MAX: usize = 32;
/// What it costs to say that a run goes on after a gap, per token that it is off the diagonal, and to
/// state a run from elsewhere on top of its position.
const GO_ON_BITS: f32 = 3.0;
const SKEW_BITS: f32 = 1.5;
const JUMP_BITS: f32 = 4.0;
/// A stretch that the other text lacks is long from this width on: six words, or twelve letters of a
/// script without spaces. Slots and edits leave shorter ones, another sentence leaves a longer one.
const LONG_WIDTH: usize = 12;
impl Source {
    /// Takes a text: the bits of each token, and whether it belongs to boilerplate.
    pub(crate) fn load(&mut self, tokens: &[Code], bits: &[f32], common: &[bool]) {
        self.tokens.clear();
        self.tokens.extend_from_slice(tokens);
        for (sums, keep) in [(&mut self.all, true), (&mut self.own, false)] {
            sums.clear();
            sums.push(0.0);
            let mut sum = 0.0;
            sums.extend(bits.iter().zip(common).map(|(bits, common)| {
                sum += if keep || !common { *bits } else { 0.0 };
                sum
            }));
        }
        let size = (2 * tokens.len()).next_power_of_two().max(16);
        self.shift = 32 - size.trailing_zeros();
        self.jump_bits = JUMP_BITS + (tokens.len().max(1) as f32).log2();
        self.heads.clear();
        self.heads.resize(size, NONE);
        self.before.clear();
        for (at, pair) in tokens.windows(2).enumerate() {
            let head = &mut self.heads[slot(pair, self.shift)];
            self.before.push(*head);
            *head = at as u16;
        }
    }

    /// Its tokens.
    pub(crate) fn tokens(&self) -> &[Code] {
        &self.tokens
    }

    /// How many tokens it has.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The bits of the whole text, and of what is no boilerplate in it.
    pub(crate) fn cost(&self) -> Saved {
        let last = |sums: &[f32]| sums.last().copied().unwrap_or(0.0);
        Saved { all: last(&self.all), own: last(&self.own) }
    }

    /// The bits, boilerplate left out, of those tokens of another text that stand in a pair that this text
    /// has, too: a quick estimate of what could be saved.
    pub(crate) fn paired(&self, other: &[Code]) -> f32 {
        let mut paired = 0.0;
        let mut end = 0;
        for (at, pair) in other.windows(2).enumerate() {
            let head = self.heads[slot(pair, self.shift)];
            let here = usize::from(head);
            if head != NONE && self.tokens[here..].starts_with(pair) {
                paired += self.own[here + 2] - self.own[here + usize::from(end > at)];
                end = at + 2;
            }
        }
        paired
    }

    /// Tells another text, whose tokens cost `bits` each, in the words of this one.
    pub(crate) fn tell(&mut self, other: &[Code], bits: &[f32]) -> Telling {
        let mut telling = Telling::default();
        let mut repeated = std::mem::take(&mut self.repeated);
        repeated.clear();
        repeated.resize(self.tokens.len(), false);
        let mut expected = 0;
        let mut gap = 0;
        let mut at = 0;
        let mut stretch = Stretch::default();
        while at < other.len() {
            let Some((run, cost)) = self.best_run(&other[at..], expected, gap) else {
                stretch.add(other[at], bits[at]);
                at += 1;
                gap += 1;
                continue;
            };
            let all = self.sum(&self.all, run);
            let own = self.sum(&self.own, run);
            telling.saved.all += all - cost;
            // A run that is boilerplate in part pays its own part of the cost.
            telling.saved.own += own - cost * own / all.max(1.0);
            repeated[run.at..run.at + run.len].fill(true);
            stretch.meet(all);
            at += run.len;
            expected = run.at + run.len;
            gap = 0;
        }
        stretch.end();
        telling.apart_there = stretch.long;
        // What the other text says twice is no more evidence than what it says once.
        let mut covered = Saved::default();
        let mut stretch = Stretch::default();
        let mut at = 0;
        for same in repeated.chunk_by(|a, b| a == b) {
            let tokens = at..at + same.len();
            at = tokens.end;
            if same[0] {
                let all = self.all[tokens.end] - self.all[tokens.start];
                covered.all += all;
                covered.own += self.own[tokens.end] - self.own[tokens.start];
                stretch.meet(all);
            } else {
                tokens.for_each(|at| stretch.add(self.tokens[at], self.own[at + 1] - self.own[at]));
            }
        }
        stretch.end();
        telling.apart_here = stretch.long;
        telling.saved.all = telling.saved.all.min(covered.all);
        telling.saved.own = telling.saved.own.min(covered.own);
        self.repeated = repeated;
        telling
    }

    /// The run that saves most, with its cost, if any saves something.
    fn best_run(&self, rest: &[Code], expected: usize, gap: usize) -> Option<(Run, f32)> {
        let mut best: Option<(f32, Run, f32)> = None;
        let mut consider = |run: Run, cost: f32| {
            let gain = self.sum(&self.all, run) - cost;
            if run.len > 0 && gain > best.map_or(0.0, |(most, ..)| most) {
                best = Some((gain, run, cost));
            }
        };
        let diagonal = expected + gap;
        let nearby = diagonal.saturating_sub(SKEW_MAX).max(expected)..=diagonal + SKEW_MAX;
        for at in nearby.filter(|&at| gap <= GAP_MAX && self.tokens.get(at) == rest.first()) {
            let run = self.run(rest, at);
            // A single token off the diagonal is more often chance than a copy.
            if run.len > usize::from(at != diagonal) {
                let skew = at.abs_diff(diagonal) as f32;
                let go_on = if gap == 0 && skew == 0.0 { 1.0 } else { GO_ON_BITS };
                consider(run, go_on + skew * SKEW_BITS);
            }
        }
        if let [first, second, ..] = rest {
            let mut at = self.heads[slot(&[*first, *second], self.shift)];
            for _ in 0..POSITIONS_MAX {
                if at == NONE {
                    break;
                }
                consider(self.run(rest, usize::from(at)), self.jump_bits);
                at = self.before[usize::from(at)];
            }
        }
        best.map(|(_, run, cost)| (run, cost))
    }

    fn run(&self, rest: &[Code], at: usize) -> Run {
        let here = self.tokens.get(at..).unwrap_or_default();
        Run { at, len: here.iter().zip(rest).take_while(|(a, b)| a == b).count() }
    }

    fn sum(&self, sums: &[f32], run: Run) -> f32 {
        sums[(run.at + run.len).min(sums.len() - 1)] - sums[run.at.min(sums.len() - 1)]
    }
}

/// Adds up the bits of long stretches. What is repeated counts against a stretch four times and ends
/// it when it outweighs it: common words that both texts happen to have do not.
#[derive(Debug, Default)]
struct Stretch {
    width: usize,
    bits: f32,
    balance: f32,
    long: f32,
}

impl Stretch {
    fn add(&mut self, token: Code, bits: f32) {
        self.width += width(token);
        self.bits += bits;
        self.balance += bits;
    }

    fn meet(&mut self, run_bits: f32) {
        self.balance -= 4.0 * run_bits;
        if self.balance <= 0.0 {
            self.end();
        }
    }

    fn end(&mut self) {
        if self.width >= LONG_WIDTH {
            self.long += self.bits;
        }
        self.width = 0;
        self.bits = 0.0;
        self.balance = 0.0;
    }
}

fn slot(pair: &[Code], shift: u32) -> usize {
    let both = (u32::from(pair[0]) << 16) | u32::from(pair[1]);
    (both.wrapping_mul(0x9E37_79B1) >> shift) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Texts of letters, ten bits each; capitals are boilerplate.
    fn telling(source: &str, other: &str) -> Telling {
        let tokens = |text: &str| text.bytes().map(u16::from).collect::<Vec<u16>>();
        let common: Vec<bool> = source.bytes().map(|b| b.is_ascii_uppercase()).collect();
        let mut loaded = Source::default();
        loaded.load(&tokens(source), &vec![10.0; source.len()], &common);
        loaded.tell(&tokens(other), &vec![10.0; other.len()])
    }

    fn check(source: &str, other: &str, all: f32, own: f32) {
        let saved = telling(source, other).saved;
        assert!((saved.all - all).abs() < 0.01 && (saved.own - own).abs() < 0.01, "{other}: {saved:?}");
    }

    #[test]
    fn charges_for_what_changed() {
        let text = "abcdefghijklmnop";
        check(text, text, 159.0, 159.0);
        check(text, "", 0.0, 0.0);
        check(text, "zyxwvuts", 0.0, 0.0);
        // A changed word, a word more, a word less: the word itself and a small charge.
        check(text, "abcdefgzijklmnop", 150.0 - 4.0, 150.0 - 4.0);
        check(text, "abcdefghzijklmnop", 160.0 - 1.0 - 4.5, 160.0 - 1.0 - 4.5);
        check(text, "abcdefgijklmnop", 150.0 - 1.0 - 4.5, 150.0 - 1.0 - 4.5);
        // Halves that changed places: a jump to the second, a jump back to the first.
        check(text, "ijklmnopabcdefgh", 160.0 - 16.0, 160.0 - 16.0);
        // Said twice it saves no more than the source has to give.
        check("abcdefgh", "abcdefghabcdefgh", 80.0, 80.0);
        // Boilerplate alone saves nothing that counts.
        check("ABCDEFGH", "ABCDEFGH", 79.0, 0.0);
        check("ABCDefgh", "ABCDefgh", 79.0, 39.5);
    }

    #[test]
    fn tells_a_replaced_sentence_from_edits() {
        let check = |source: &str, other: &str, here: f32, there: f32| {
            let told = telling(source, other);
            assert_eq!((told.apart_here, told.apart_there), (here, there), "{other}");
        };
        // Every token here is a word, so that six in a row make a long stretch.
        check("acegikmoqsuwy", "acegikmoqsuwy", 0.0, 0.0);
        check("acegikmoqsuwy", "acegik13579wy", 0.0, 0.0);
        check("acegikmoqsuwy", "a135791acegikm", 60.0, 60.0);
        check("acegikmoqsuwy", "acegi135791357", 80.0, 90.0);
        // One word that both have by chance does not end a stretch, a phrase does.
        check("acegikmoqsuwy", "acegi13579u1357", 70.0, 90.0);
        check("acegikmoqsuwy", "acegi1357suw13", 0.0, 0.0);
        check("acegikmoqsuwy", "", 130.0, 0.0);
    }

    proptest! {
        /// Nothing saves more than the whole text costs, and a text saves nearly all of itself.
        #[test]
        fn stays_within_the_text(source in "[a-zA-Z]{0,80}", other in "[a-zA-Z]{0,80}") {
            let told = telling(&source, &other).saved;
            prop_assert!(told.own >= -0.01 && told.own <= told.all + 0.01);
            prop_assert!(told.all <= 10.0 * other.len() as f32);
            prop_assert!(telling(&source, &source).saved.all >= 10.0 * source.len() as f32 - 1.0);
        }
    }
}
