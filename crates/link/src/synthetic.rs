//! Invented reports for tests and benchmarks: any number, the same for one seed.

use forewarn_model::{
    CampaignId, CryptoChain, HandleService, Observable, ObservableKind, ReportId, ReportKind, Span,
};

use crate::Input;

/// How reports are invented.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recipe {
    /// How many reports.
    pub reports: usize,
    /// About how many reports share an identifier.
    pub reports_per_value: usize,
    /// How many identifiers a report names.
    pub values_per_report: usize,
    /// Out of a hundred reports, how many are in campaigns; a campaign has about fifty.
    pub in_campaigns_percent: u64,
    /// Decides everything else.
    pub seed: u64,
}

impl Default for Recipe {
    fn default() -> Self {
        Self {
            reports: 10_000,
            reports_per_value: 3,
            values_per_report: 3,
            in_campaigns_percent: 30,
            seed: 1,
        }
    }
}

/// The report with a number. One in five names a platform that everybody uses; one in ten is a scam report
/// with a site and a wallet.
pub fn report(recipe: &Recipe, number: usize) -> Input {
    let mut state = recipe.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (number as u64) << 1;
    let mut random = |below: u64| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below.max(1)
    };
    let values = (recipe.reports * recipe.values_per_report / recipe.reports_per_value.max(1)).max(1) as u64;
    let scam = random(10) == 0;
    let in_campaign = !scam && random(100) < recipe.in_campaigns_percent;
    let campaigns = (recipe.reports as u64 * recipe.in_campaigns_percent / 100 / 50).max(1);
    let campaign = in_campaign.then(|| random(campaigns));
    let mut named = Vec::with_capacity(recipe.values_per_report + 1);
    for at in 0..recipe.values_per_report {
        // A campaign uses few numbers of its own; anybody else any.
        let value = match campaign {
            Some(campaign) if at == 0 => campaign * 7_919 % values,
            _ => random(values),
        };
        named.push(match (scam, at) {
            (true, 0) => (ObservableKind::Domain, format!("site-{value}.example")),
            (true, 1) => (ObservableKind::Crypto(CryptoChain::Tron), format!("T{value:033}")),
            (_, at) if at % 2 == 0 => (ObservableKind::Phone, format!("+855{value:09}")),
            _ => (ObservableKind::Handle(HandleService::Telegram), format!("handle_{value}")),
        });
    }
    if random(5) == 0 {
        named.push((ObservableKind::Domain, "facebook.com".to_owned()));
    }
    let observable = |(kind, value)| Observable { kind, value, span: Span::new(0, 1) };
    Input {
        report: ReportId::derive(&[&recipe.seed.to_le_bytes(), &(number as u64).to_le_bytes()]),
        kind: if scam { ReportKind::ScamReport } else { ReportKind::JobAd },
        received_at: None,
        observables: named.into_iter().map(observable).collect(),
        campaign: campaign.map(|number| CampaignId::derive(&[&number.to_le_bytes()])),
    }
}
