//! The engine from outside: what becomes of each ad, and how well whole sets are grouped.

use forewarn_cluster::synthetic::{Ad, Recipe, Script, ads, agreement, fold};
use forewarn_cluster::{Config, Document, Index, Outcome, cluster};
use forewarn_model::{Campaign, Normalized, ReportId, Role, Segment, SlotKind, Span};
use proptest::prelude::*;

struct Text {
    report: ReportId,
    text: String,
    normalized: Normalized,
    masks: Vec<(Span, SlotKind)>,
}

impl Text {
    fn new(text: &str, masks: &[(Span, SlotKind)]) -> Self {
        let report = ReportId::derive(&[text.as_bytes()]);
        Self { report, text: text.to_owned(), normalized: fold(text), masks: masks.to_vec() }
    }

    fn document(&self) -> Document<'_> {
        let Self { report, text, normalized, masks } = self;
        Document { report: *report, text, normalized, masks, received_at: None }
    }
}

/// Ads as an extractor would hand them over: it finds numbers and handles, not names or places.
fn texts(made: &[Ad]) -> Vec<Text> {
    let found = |kind: SlotKind| {
        matches!(kind, SlotKind::Phone | SlotKind::Handle | SlotKind::Salary | SlotKind::Date)
    };
    made.iter()
        .map(|ad| {
            let masks: Vec<_> = ad.slots.iter().copied().filter(|(_, kind)| found(*kind)).collect();
            Text::new(&ad.text, &masks)
        })
        .collect()
}

fn labels(texts: &[Text], campaigns: &[Campaign]) -> Vec<Option<u32>> {
    let place: std::collections::BTreeMap<ReportId, u32> = campaigns
        .iter()
        .zip(0..)
        .flat_map(|(campaign, number)| campaign.members.iter().map(move |member| (member.report, number)))
        .collect();
    texts.iter().map(|text| place.get(&text.report).copied()).collect()
}

fn group(texts: &[Text]) -> Vec<Campaign> {
    let documents: Vec<Document<'_>> = texts.iter().map(Text::document).collect();
    cluster(&documents, &Config::default())
}

const OFFER: &str = "Customer service staff wanted in our bright new office by the sea. \
    We pay your ticket, your visa and a shared room close to work. Experience is not needed, training is \
    given by kind colleagues. Ask for our leaflet with photographs of the pool, gym and garden. Contracts \
    run twelve months and can be renewed.";
const OTHER: &str = "Night bakery seeks a hand who likes early bread and quiet streets. \
    Bring strong arms, clean shoes and good humour every morning. Wages are paid weekly, leftovers go home \
    with you. The oven is older than the owner and twice as warm. Knock at the green door after midnight, \
    never before.";

#[test]
fn says_what_became_of_each_ad() {
    let mut index = Index::new(Config::default());
    let mut check = |text: &str, expected: &dyn Fn(&Outcome) -> bool| {
        let outcome = index.insert(&Text::new(text, &[]).document());
        assert!(expected(&outcome), "{text}: {outcome:?}");
    };
    let id = |text: &str| Text::new(text, &[]).report;
    let first = Campaign::founded_by(id(OFFER));
    let second = Campaign::founded_by(id(OTHER));
    let changed = OFFER.replace("bright", "modern");
    let again = OFFER.to_uppercase();
    let both = format!("{OFFER} {OTHER}");

    check("", &|outcome| *outcome == Outcome::Alone);
    check(OFFER, &|outcome| *outcome == Outcome::Alone);
    check(OTHER, &|outcome| *outcome == Outcome::Alone);
    check("Something short.", &|outcome| *outcome == Outcome::Alone);
    check(OFFER, &|outcome| *outcome == Outcome::Known { campaign: None });
    check(&changed, &|outcome| *outcome == Outcome::Founded { campaign: first, with: id(OFFER) });
    check(&again, &|outcome| *outcome == Outcome::Joined { campaign: first, like: id(OFFER) });
    check(&again, &|outcome| *outcome == Outcome::Known { campaign: Some(first) });
    check(&OTHER.replace("bread", "rolls"), &|outcome| {
        *outcome == Outcome::Founded { campaign: second, with: id(OTHER) }
    });
    check(&both, &|outcome| *outcome == Outcome::Merged { campaign: first, absorbed: vec![second] });

    assert_eq!(index.campaign_of(id(OTHER)), Some(first));
    assert_eq!(index.campaign_of(id("Something short.")), None);
    assert_eq!(index.campaign_of(id("never seen")), None);
    assert_eq!(index.members(id(OTHER)).len(), 6);
    assert!(index.members(id("Something short.")).is_empty());
    assert_eq!(index.groups().len(), 1);
    assert_eq!(index.groups()[0].members, [1, 2, 4, 5, 6, 7]);
    assert_eq!(index.len(), 8);
}

#[test]
fn a_campaign_shows_its_template() {
    let offer = |phone: &str, town: &str, pay: &str| {
        let text = format!(
            "Hiring now! Chat support in {town}, no experience needed. Salary {pay} a month, free room, \
             free ticket. Write to {phone} on Telegram today."
        );
        let span = |part: &str, kind| {
            let start = text.find(part).map_or(0, |at| text[..at].chars().count() as u32);
            (Span::new(start, start + part.chars().count() as u32), kind)
        };
        let masks = [span(phone, SlotKind::Phone), span(town, SlotKind::Place), span(pay, SlotKind::Salary)];
        Text::new(&text, &masks)
    };
    let texts = [
        offer("+855 96 000 0001", "Sihanoukville", "$1,500"),
        offer("+855 96 000 0002", "Poipet", "$1,200"),
        offer("+855 96 000 0002", "Bavet", "$1,500"),
        offer("+855 96 000 0003", "Phnom Penh", "$900"),
        Text::new("A quiet reading room needs a librarian who knows old maps.", &[]),
    ];
    let campaigns = group(&texts);
    let told: Vec<String> = campaigns
        .iter()
        .flat_map(|campaign| campaign.template.segments.iter())
        .map(|segment| match segment {
            Segment::Fixed(words) => words.clone(),
            Segment::Slot(slot) => format!("{} {:?} {}", slot.kind.as_str(), slot.values, slot.empty),
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    Hiring now! Chat support in
    place [("Bavet", 1), ("Phnom Penh", 1), ("Poipet", 1), ("Sihanoukville", 1)] 0
    no experience needed. Salary
    salary [("$1,500", 2), ("$1,200", 1), ("$900", 1)] 0
    a month, free room, free ticket. Write to
    phone [("+855 96 000 0002", 2), ("+855 96 000 0001", 1), ("+855 96 000 0003", 1)] 0
    on Telegram today
    "#);
    assert_eq!(campaigns.len(), 1);
    let template = &campaigns[0].template;
    assert!(template.relative_length > 1.0 && template.relative_length < 2.0, "{template:?}");
    assert!(template.compression > 0.25 && template.compression < 0.6, "{template:?}");
    let roles: Vec<Role> = campaigns[0].members.iter().map(|member| member.role).collect();
    assert_eq!(roles, [Role::Leader, Role::Member, Role::Member, Role::Member]);
}

#[test]
fn copies_of_one_text_are_the_most_suspicious_template() {
    let texts: Vec<Text> = [OFFER.to_owned(), OFFER.to_uppercase(), OFFER.to_lowercase()]
        .iter()
        .map(|t| Text::new(t, &[]))
        .collect();
    let campaigns = group(&texts);
    assert_eq!(campaigns.len(), 1);
    let Campaign { template, members, .. } = &campaigns[0];
    assert_eq!(template.segments.len(), 1, "{template:?}");
    assert!((template.relative_length - 1.0).abs() < 0.01, "{template:?}");
    let roles: Vec<Role> = members.iter().map(|member| member.role).collect();
    assert_eq!(roles, [Role::Leader, Role::Copy, Role::Copy]);
}

#[test]
fn a_report_that_comes_twice_counts_once() {
    let once =
        [Text::new(OTHER, &[]), Text::new(OFFER, &[]), Text::new(&OFFER.replace("bright", "modern"), &[])];
    let documents: Vec<Document<'_>> = [0, 0, 1, 1, 2, 0].iter().map(|&at| once[at].document()).collect();
    let campaigns = cluster(&documents, &Config::default());
    let reports: Vec<ReportId> = campaigns.iter().flat_map(|c| c.members.iter().map(|m| m.report)).collect();
    assert_eq!(reports, [once[1].report, once[2].report]);
}

#[test]
fn finds_the_templates_of_generated_ads() {
    let check = |name: &str, recipe: Recipe, least: f64| {
        let made = ads(&recipe);
        let texts = texts(&made);
        let truth: Vec<Option<u32>> = made.iter().map(|ad| ad.template).collect();
        let agreement = agreement(&truth, &labels(&texts, &group(&texts)));
        assert!(agreement.rand_index >= least, "{name}: {agreement:?}");
    };
    check("long", Recipe::long(11, 1_200), 0.995);
    check("long, unedited", Recipe { edits: vec![0.0], ..Recipe::long(12, 600) }, 0.998);
    check("short", Recipe::short(13, 2_000), 0.97);
    check("single slot", Recipe::single_slot(14, 2_000), 0.99);
    check("cyrillic, short", Recipe { script: Script::Cyrillic, ..Recipe::short(15, 2_000) }, 0.97);
    check("han, short", Recipe { script: Script::Han, ..Recipe::short(16, 2_000) }, 0.97);
    check("thai, short", Recipe { script: Script::Thai, ..Recipe::short(17, 2_000) }, 0.97);
    check("long, no templates", Recipe { templated: 0.0, ..Recipe::long(18, 500) }, 1.0);
}

#[test]
fn boilerplate_alone_makes_no_campaigns() {
    // Some of these ads are two sentences of boilerplate and a few words; nobody could tell those apart.
    let texts = texts(&ads(&Recipe { templated: 0.0, ..Recipe::short(18, 2_000) }));
    let campaigns = group(&texts);
    let grouped: usize = campaigns.iter().map(|campaign| campaign.members.len()).sum();
    let largest = campaigns.iter().map(|campaign| campaign.members.len()).max().unwrap_or(0);
    assert!(grouped <= 20 && largest <= 4, "{grouped} grouped, {largest} in the largest");
}

#[test]
fn does_not_hang_on_threads() {
    let texts = texts(&ads(&Recipe::short(21, 600)));
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| group(&texts))
    };
    assert_eq!(on(1), on(4));
}

#[test]
fn one_phrase_in_every_ad_costs_little() {
    // Every ad repeats the same words around a few of its own: nothing may grow with the square.
    let texts: Vec<Text> = (0..3_000_u64)
        .map(|n| {
            let own: Vec<String> =
                (0..12).map(|k| format!("w{:x}", (n * 31 + k) * 2_654_435_761 % 1_000_003)).collect();
            Text::new(&format!("apply now by phone or mail {} we look forward to you", own.join(" ")), &[])
        })
        .collect();
    let campaigns = group(&texts);
    let largest = campaigns.iter().map(|campaign| campaign.members.len()).max().unwrap_or(0);
    assert!(largest <= 3, "{largest} unlike ads in one campaign");
}

#[test]
fn takes_what_no_sense_can_be_made_of() {
    for text in ["", " ", "🎉🎉🎉", "a", "1 2 3", "\u{200D}", "ที่", "a\u{301}\u{301}"] {
        let texts =
            [Text::new(text, &[]), Text::new(&format!("{text}!"), &[(Span::new(0, 900), SlotKind::Url)])];
        assert!(group(&texts).len() <= 1);
    }
    assert!(group(&[]).is_empty());
}

/// How well the groups of one order of arrival agree with those of another. An index that is filled one by one
/// has to agree with the batch altogether.
fn agreement_of_orders(seed: u64, order: u64) -> f64 {
    let mut texts = texts(&ads(&Recipe::long(seed, 700)));
    let before = labels(&texts, &group(&texts));
    let mut places: Vec<usize> = (0..texts.len()).collect();
    places.sort_by_key(|&at| (at as u64 + 1).wrapping_mul(2 * order + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let before: Vec<Option<u32>> = places.iter().map(|&at| before[at]).collect();
    let mut rest: Vec<Option<Text>> = texts.drain(..).map(Some).collect();
    let texts: Vec<Text> = places.iter().filter_map(|&at| rest[at].take()).collect();
    let campaigns = group(&texts);

    let mut index = Index::new(Config::default());
    texts.iter().for_each(|text| {
        index.insert(&text.document());
    });
    let told: Vec<_> = index.groups().into_iter().map(|group| (group.id, group.reports.len())).collect();
    let expected: Vec<_> = campaigns.iter().map(|campaign| (campaign.id, campaign.members.len())).collect();
    assert_eq!(told, expected);
    agreement(&before, &labels(&texts, &campaigns)).rand_index
}

#[test]
fn late_ads_find_their_campaigns() {
    // Draws in which a late ad was compared with one member only, from which it happened to differ most.
    for (seed, order) in [(8, 2), (555, 1), (561, 1), (2_042, 2), (2_054, 1), (2_080, 5)] {
        let agreement = agreement_of_orders(seed, order);
        assert!(agreement >= 0.999, "seed {seed}, order {order}: {agreement}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    /// The order of arrival hardly matters for who is together. In 1 of 200 draws one ad is still lost in one
    /// order and found in the other, which moves the index by .001 to .002 (seen: .9983 at least).
    #[test]
    fn order_hardly_matters(seed in 0_u64..1_000, order in 0_u64..1_000_000) {
        let agreement = agreement_of_orders(seed, order);
        prop_assert!(agreement >= 0.995, "{agreement}");
    }
}
