//! Campaigns as lists show them: how large, how they grow, how suspicious, where. Each marking has its own view, made
//! from the members that go by the marking alone and that it lets see; what belongs to an organisation has views of its
//! own, which are put together with those for who may see both. What changes a campaign makes its views stale, and
//! they are made anew.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::date::{add_days, days_between};
use forewarn_model::{CampaignId, Clearance, Country, Date, Language, Tlp};
use rusqlite::types::Value;
use rusqlite::{Row, Transaction, params_from_iter};

use crate::audience::{Audience, STEP};
use crate::row::{damaged, id_bytes};
use crate::{Store, StoreError};

/// The order of campaigns, always the greatest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CampaignSort {
    /// By the number of members.
    #[default]
    Size,
    /// By how many more members came in the last days than in as many before.
    Growth,
    /// By the highest score of a member.
    Suspicion,
    /// By the day of the last member.
    Newest,
}

/// What campaigns are looked for. Of each list one must hold; an empty one asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CampaignFilter {
    /// Countries that a member names.
    pub countries: Vec<Country>,
    /// Languages of a member.
    pub languages: Vec<Language>,
}

/// A campaign in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct CampaignRow {
    /// The campaign.
    pub id: CampaignId,
    /// How many members the reader may see.
    pub members: u64,
    /// How many of them came in the last days.
    pub recent: u64,
    /// How many came in as many days before these.
    pub before: u64,
    /// The day of the first one.
    pub first_day: Date,
    /// The day of the last one.
    pub last_day: Date,
    /// The highest log-odds of one, where one was assessed.
    pub log_odds: Option<f64>,
    /// Their languages.
    pub languages: Vec<Language>,
    /// The countries that they name.
    pub countries: Vec<Country>,
    /// What the order goes by.
    pub key: f64,
}

/// Growth compares so many days with as many before.
pub const GROWTH_DAYS: i32 = 30;

/// The suspicion of a campaign without a score: below every score.
const NO_SCORE: f64 = -1_000_000.0;

/// How many stale campaigns are made anew in one transaction.
const REFRESHED_AT_ONCE: u32 = 200;

impl Store {
    /// Campaigns that a reader with this clearance may see something of, at most `count_max`, after a place in the order
    /// (its key and its campaign). `today` is the day from which growth counts.
    pub fn list_campaigns(
        &self,
        filter: &CampaignFilter,
        sort: CampaignSort,
        after: Option<(f64, CampaignId)>,
        today: Date,
        count_max: u32,
        clearance: &Clearance,
    ) -> Result<Vec<CampaignRow>, StoreError> {
        let audience = self.audience(clearance)?;
        let (sql, parameters) = list_sql(filter, sort, after, today, count_max, &audience);
        self.read("read campaigns from", &sql, params_from_iter(parameters), campaign_row)
    }

    /// One campaign as a list shows it; none if the reader may see nothing of it.
    pub fn campaign_row(
        &self,
        id: CampaignId,
        today: Date,
        clearance: &Clearance,
    ) -> Result<Option<CampaignRow>, StoreError> {
        let audience = self.audience(clearance)?;
        let sql = format!(
            "SELECT v.*, v.members AS key, {} FROM {} v WHERE v.clearance = ? AND v.id = ?",
            grown(&audience),
            views(&audience)
        );
        let parameters = grown_parameters(today, &audience)
            .into_iter()
            .chain([Value::Integer(audience.marking()), Value::Blob(id.as_bytes().to_vec())]);
        Ok(self.read("read campaigns from", &sql, params_from_iter(parameters), campaign_row)?.pop())
    }

    /// On which days how many members came that the reader may see, in order.
    pub fn campaign_days(
        &self,
        id: CampaignId,
        clearance: &Clearance,
    ) -> Result<Vec<(Date, u64)>, StoreError> {
        let audience = self.audience(clearance)?;
        let sql = format!(
            "SELECT day, sum(members) AS members FROM campaign_day WHERE id = ?1 AND {}
             GROUP BY day ORDER BY day",
            audience.seen("tlp", "?2")
        );
        self.read("read campaigns from", &sql, (id.as_bytes(), audience.marking()), |row| {
            Ok((date(row, "day")?, count(row, "members")?))
        })
    }

    /// Makes the views of stale campaigns anew, some at a time, so that others may write in between.
    pub fn refresh_campaigns(&mut self) -> Result<(), StoreError> {
        while self.write("refresh campaigns in", |transaction| refresh(transaction, REFRESHED_AT_ONCE))? > 0 {
        }
        Ok(())
    }
}

/// Makes the views of stale campaigns anew, at most `count_max`: how many were stale.
pub(crate) fn refresh(transaction: &Transaction<'_>, count_max: u32) -> rusqlite::Result<usize> {
    let mut statement = transaction.prepare_cached("SELECT id FROM campaign_stale ORDER BY id LIMIT ?1")?;
    let ids: Vec<[u8; 20]> =
        statement.query_map([count_max], |row| id_bytes(row, "id"))?.collect::<rusqlite::Result<_>>()?;
    let mut whole = transaction.prepare_cached("SELECT whole FROM campaign WHERE id = ?1")?;
    let mut wholes: BTreeSet<[u8; 20]> = ids.iter().copied().collect();
    for id in &ids {
        let found =
            whole.query_map([id], |row| id_bytes(row, "whole"))?.collect::<rusqlite::Result<Vec<_>>>()?;
        wholes.extend(found);
    }
    for id in wholes {
        make(transaction, &id)?;
    }
    let mut done = transaction.prepare_cached("DELETE FROM campaign_stale WHERE id = ?1")?;
    for id in &ids {
        done.execute([id])?;
    }
    Ok(ids.len())
}

/// What the members of one view have in common.
#[derive(Default)]
struct Seen {
    members: u64,
    days: Option<(i32, i32)>,
    log_odds: Option<f64>,
    languages: BTreeMap<String, u64>,
    countries: BTreeMap<String, u64>,
}

fn make(transaction: &Transaction<'_>, id: &[u8; 20]) -> rusqlite::Result<()> {
    for tlp in Tlp::ALL {
        transaction
            .prepare_cached("DELETE FROM campaign_view WHERE clearance = ?1 AND id = ?2")?
            .execute((tlp as i64, id))?;
    }
    // Those of organisations; the sum reaches every code that an organisation has.
    transaction
        .prepare_cached(
            "DELETE FROM campaign_view WHERE id = ?1 AND clearance IN
                 (SELECT o.number * ?2 + t.value FROM organisation o, json_each('[0,1,2,3,4]') t)",
        )?
        .execute((id, STEP))?;
    transaction.prepare_cached("DELETE FROM campaign_day WHERE id = ?1")?.execute([id])?;
    let mut members = transaction.prepare_cached(
        "SELECT r.tlp, f.language, f.countries, f.log_odds,
             (SELECT substr(min(coalesce(s.published_at, s.received_at)), 1, 10) FROM sighting s
              WHERE s.report = m.report) AS day
         FROM campaign c JOIN campaign_member m ON m.home = c.id JOIN report r ON r.id = m.report
             LEFT JOIN finding f ON f.report = m.report
         WHERE c.whole = ?1",
    )?;
    let mut rows = members.query([id])?;
    let mut all = 0;
    let mut seen: BTreeMap<i64, Seen> = BTreeMap::new();
    let mut days: BTreeMap<(i32, i64), u64> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        all += 1;
        let (tlp, language, countries, log_odds): (i64, Option<String>, Option<String>, Option<f64>) =
            (row.get("tlp")?, row.get("language")?, row.get("countries")?, row.get("log_odds")?);
        let text: String = row.get("day")?;
        let day: Date = text.parse().map_err(|error| damaged("received_at", &error))?;
        let day = days_between(EPOCH, day);
        *days.entry((day, tlp)).or_default() += 1;
        // What belongs to an organisation is in the view of its code alone.
        let last = if tlp < STEP { Tlp::Red as i64 } else { tlp };
        for view in tlp..=last {
            let seen = seen.entry(view).or_default();
            seen.members += 1;
            seen.days = Some(seen.days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
            seen.log_odds = [seen.log_odds, log_odds].into_iter().flatten().reduce(f64::max);
            if let Some(language) = &language {
                *seen.languages.entry(language.clone()).or_default() += 1;
            }
            for country in countries.iter().flat_map(|countries| countries.split_whitespace()) {
                *seen.countries.entry(country.to_owned()).or_default() += 1;
            }
        }
    }
    // One report is no campaign.
    if all < 2 {
        return Ok(());
    }
    let mut put = transaction.prepare_cached(
        "INSERT INTO campaign_view (clearance, id, members, first_day, last_day, suspicion, languages, countries)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for (view, seen) in &seen {
        let Some((first, last)) = seen.days else { continue };
        put.execute((
            view,
            id,
            seen.members as i64,
            first,
            last,
            seen.log_odds.unwrap_or(NO_SCORE),
            words(&seen.languages),
            words(&seen.countries),
        ))?;
    }
    let mut put = transaction
        .prepare_cached("INSERT INTO campaign_day (id, day, tlp, members) VALUES (?1, ?2, ?3, ?4)")?;
    for ((day, tlp), members) in days {
        put.execute((id, day, tlp, members as i64))?;
    }
    Ok(())
}

const EPOCH: Date = Date::constant(1970, 1, 1);

/// The most frequent first, with a space before and after each, so that one can be looked for.
fn words(counts: &BTreeMap<String, u64>) -> String {
    let mut all: Vec<(&String, &u64)> = counts.iter().collect();
    // Stable: ties stay in order of word.
    all.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let mut text = " ".to_owned();
    for (word, _) in all {
        text.push_str(word);
        text.push(' ');
    }
    text
}

/// The views of what a reader sees of each campaign: those of the marking, and where something that belongs to an
/// organisation is seen too, both put together under the marking. Without owners it is the table itself, whose
/// indexes then give the order.
fn views(audience: &Audience) -> String {
    let (Some(owned), marking) = (audience.owned("clearance"), audience.marking()) else {
        return "campaign_view".to_owned();
    };
    let both = format!("SELECT id FROM campaign_view WHERE {owned}");
    format!(
        "(SELECT clearance, id, members, first_day, last_day, suspicion, languages, countries
          FROM campaign_view WHERE clearance = {marking} AND id NOT IN ({both})
          UNION ALL
          SELECT {marking}, id, sum(members), min(first_day), max(last_day), max(suspicion),
              group_concat(languages, ''), group_concat(countries, '')
          FROM (SELECT * FROM campaign_view
                WHERE (clearance = {marking} OR {owned}) AND id IN ({both}) ORDER BY id, clearance)
          GROUP BY id)"
    )
}

/// Members in the last days and in as many before, by the index of a campaign's days.
fn grown(audience: &Audience) -> String {
    let members = format!(
        "(SELECT coalesce(sum(d.members), 0) FROM campaign_day d
          WHERE d.id = v.id AND d.day > ? AND d.day <= ? AND {})",
        audience.seen("d.tlp", "?")
    );
    format!("{members} AS recent, {members} AS before")
}

/// The parameters of [`grown`].
fn grown_parameters(today: Date, audience: &Audience) -> Vec<Value> {
    let today = i64::from(days_between(EPOCH, today));
    let (middle, start) = (today - i64::from(GROWTH_DAYS), today - 2 * i64::from(GROWTH_DAYS));
    let marking = audience.marking();
    [middle, today, marking, start, middle, marking].map(Value::Integer).to_vec()
}

fn list_sql(
    filter: &CampaignFilter,
    sort: CampaignSort,
    after: Option<(f64, CampaignId)>,
    today: Date,
    count_max: u32,
    audience: &Audience,
) -> (String, Vec<Value>) {
    let key = match sort {
        CampaignSort::Size => "v.members",
        CampaignSort::Growth => "coalesce(g.growth, 0)",
        CampaignSort::Suspicion => "v.suspicion",
        CampaignSort::Newest => "v.last_day",
    };
    let mut parameters = grown_parameters(today, audience);
    let mut from = format!("{} v", views(audience));
    if sort == CampaignSort::Growth {
        // Only the last days are read, not the whole life of each campaign.
        let seen = audience.seen("tlp", "?");
        from.push_str(&format!(
            " LEFT JOIN (SELECT id, sum(CASE WHEN day > ? THEN members ELSE -members END) AS growth
                  FROM campaign_day WHERE day > ? AND day <= ? AND {seen} GROUP BY id) g ON g.id = v.id"
        ));
        let [middle, today, marking, start, ..] = parameters.as_slice() else {
            return (String::new(), Vec::new());
        };
        let further = [middle, start, today, marking].map(Value::clone);
        parameters.extend(further);
    }
    let mut conditions = vec!["v.clearance = ?".to_owned()];
    parameters.push(Value::Integer(audience.marking()));
    let grown = grown(audience);
    let lists: [(&str, Vec<String>); 2] = [
        ("v.countries", filter.countries.iter().map(Country::to_string).collect()),
        ("v.languages", filter.languages.iter().map(Language::to_string).collect()),
    ];
    for (column, words) in lists {
        if !words.is_empty() {
            let each: Vec<String> = words.iter().map(|_| format!("instr({column}, ?) > 0")).collect();
            conditions.push(format!("({})", each.join(" OR ")));
            parameters.extend(words.into_iter().map(|word| Value::Text(format!(" {word} "))));
        }
    }
    if let Some((last, id)) = after {
        conditions.push(format!("({key} < ? OR ({key} = ? AND v.id > ?))"));
        parameters.extend([Value::Real(last), Value::Real(last), Value::Blob(id.as_bytes().to_vec())]);
        if sort != CampaignSort::Growth {
            // So that the index is entered where the page begins.
            conditions.push(format!("{key} <= ?"));
            parameters.push(Value::Real(last));
        }
    }
    parameters.push(Value::Integer(i64::from(count_max)));
    let conditions = conditions.join(" AND ");
    let sql = format!(
        "SELECT v.*, {key} AS key, {grown} FROM {from} WHERE {conditions} ORDER BY key DESC, v.id LIMIT ?"
    );
    (sql, parameters)
}

fn campaign_row(row: &Row<'_>) -> rusqlite::Result<CampaignRow> {
    let suspicion: f64 = row.get("suspicion")?;
    let (languages, countries): (String, String) = (row.get("languages")?, row.get("countries")?);
    let languages =
        distinct(&languages).into_iter().map(|tag| tag.parse().map_err(|error| damaged("languages", &error)));
    let countries = distinct(&countries)
        .into_iter()
        .map(|code| code.parse().map_err(|error| damaged("countries", &error)));
    Ok(CampaignRow {
        id: CampaignId::from_bytes(id_bytes(row, "id")?),
        members: count(row, "members")?,
        recent: count(row, "recent")?,
        before: count(row, "before")?,
        first_day: date(row, "first_day")?,
        last_day: date(row, "last_day")?,
        log_odds: (suspicion > NO_SCORE).then_some(suspicion),
        languages: languages.collect::<rusqlite::Result<_>>()?,
        countries: countries.collect::<rusqlite::Result<_>>()?,
        key: row.get("key")?,
    })
}

/// The words of a text, each once: where views are put together, one may stand in several.
fn distinct(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

fn count(row: &Row<'_>, column: &str) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(column)?.max(0) as u64)
}

fn date(row: &Row<'_>, column: &str) -> rusqlite::Result<Date> {
    Ok(add_days(EPOCH, row.get(column)?))
}

#[cfg(test)]
mod tests {
    use forewarn_model::{
        Campaign, Facts, Grading, Marking, Normalized, Pap, Report, ReportId, ReportKind, Sighting, Source,
        Timestamp,
    };

    use super::*;
    use crate::{CampaignState, Decision, Finding, Options, Placement};

    /// Members of campaign n come on day 3n, 3n + 1, …; each third is for fewer eyes.
    fn store() -> (tempfile::TempDir, Store, Vec<CampaignId>) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        let start: Timestamp = "2024-01-01T12:00:00Z".parse().unwrap();
        let run = store.begin_ingest("ads", start).unwrap();
        let mut placements = Vec::new();
        let mut homes = Vec::new();
        for campaign in 0..6_u64 {
            let mut reports = Vec::new();
            for member in 0..(campaign + 2) * 3 {
                let day = std::time::Duration::from_secs((campaign * 12 + member * (campaign + 1)) * 86_400);
                let at = start.checked_add(day).unwrap();
                let source = Source { name: "ads".into(), external_id: None, url: None };
                let sighting = Sighting { source, received_at: at, published_at: None };
                let tlp = if member % 3 == 2 { Tlp::Red } else { Tlp::Green };
                let marking = Marking { tlp, pap: Pap::Red };
                let text = format!("{campaign} {member}");
                reports.push(Report::new(
                    ReportKind::JobAd,
                    None,
                    text,
                    None,
                    marking,
                    Grading::UNKNOWN,
                    sighting,
                ));
            }
            store.ingest(run, &reports, 1, 0).unwrap();
            let home = Campaign::founded_by(reports[0].id());
            homes.push(home);
            placements.extend(reports.iter().map(|report| Placement {
                report: report.id(),
                home,
                number: 1,
            }));
        }
        let state = CampaignState { engine: "e".into(), sighting: 1 };
        store.place_in_campaigns(&state, &placements, &[], &[], None).unwrap();
        store.refresh_campaigns().unwrap();
        (folder, store, homes)
    }

    fn today() -> Date {
        "2024-03-31".parse().unwrap()
    }

    #[track_caller]
    fn check(sort: CampaignSort, clearance: Tlp, key: impl Fn(u64, &[(i32, u64)]) -> f64) {
        let (_folder, store, homes) = store();
        let mut expected: Vec<(f64, CampaignId)> = (0..6_u64)
            .map(|campaign| {
                let members =
                    (0..(campaign + 2) * 3).filter(|member| clearance == Tlp::Red || member % 3 != 2);
                let days: Vec<(i32, u64)> =
                    members.map(|member| ((campaign * 12 + member * (campaign + 1)) as i32, 1)).collect();
                (key(days.len() as u64, &days), homes[campaign as usize])
            })
            .collect();
        expected.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut found = Vec::new();
        let mut after = None;
        let cleared = Clearance::up_to(clearance);
        loop {
            let page =
                store.list_campaigns(&CampaignFilter::default(), sort, after, today(), 2, &cleared).unwrap();
            let Some(last) = page.last() else { break };
            after = Some((last.key, last.id));
            found.extend(page.iter().map(|row| (row.key, row.id)));
        }
        assert_eq!(found, expected, "{sort:?} {clearance}");
    }

    #[test]
    fn every_order_pages_through_all_that_may_be_seen() {
        let first = days_between("1970-01-01".parse().unwrap(), "2024-01-01".parse().unwrap());
        let now = days_between("2024-01-01".parse().unwrap(), today());
        for clearance in [Tlp::Red, Tlp::Amber] {
            check(CampaignSort::Size, clearance, |members, _| members as f64);
            check(CampaignSort::Suspicion, clearance, |_, _| NO_SCORE);
            check(CampaignSort::Newest, clearance, |_, days| {
                f64::from(first + days.iter().map(|(day, _)| *day).max().unwrap())
            });
            check(CampaignSort::Growth, clearance, |_, days| {
                let within = |from: i32, to: i32| {
                    days.iter().filter(|(day, _)| *day > from && *day <= to).count() as f64
                };
                within(now - 30, now) - within(now - 60, now - 30)
            });
        }
    }

    #[test]
    fn nothing_is_seen_below_the_marking_and_a_stricter_one_holds_at_once() {
        let (_folder, mut store, homes) = store();
        let all = |store: &Store, clearance| {
            let filter = CampaignFilter::default();
            let cleared = Clearance::up_to(clearance);
            store.list_campaigns(&filter, CampaignSort::Size, None, today(), 99, &cleared).unwrap()
        };
        assert_eq!(all(&store, Tlp::Clear), []);
        assert_eq!(all(&store, Tlp::Green).iter().map(|row| row.members).sum::<u64>(), 54);
        let report = store.campaign_members(homes[0], 1, &Clearance::ALL).unwrap()[0].report;
        let red = Marking { tlp: Tlp::Red, pap: Pap::Red };
        store.mark_report(report, red, Grading::UNKNOWN, "", &[]).unwrap();
        let row = store.campaign_row(homes[0], today(), &Clearance::up_to(Tlp::Green)).unwrap().unwrap();
        assert_eq!((row.members, row.first_day.to_string()), (3, "2024-01-02".to_owned()));
        assert_eq!(store.campaign_days(homes[0], &Clearance::up_to(Tlp::Green)).unwrap().len(), 3);
        assert_eq!(store.campaign_days(homes[0], &Clearance::ALL).unwrap().len(), 6);
    }

    #[test]
    fn members_of_one_campaign_can_be_read_again_together() {
        let (_folder, mut store, homes) = store();
        let members = store.campaign_members(homes[0], 9, &Clearance::ALL).unwrap();
        let finding = |report| Finding {
            report,
            facts: Facts {
                language: "fr".parse().unwrap(),
                other_languages: Vec::new(),
                normalized: Normalized::default(),
                observables: Vec::new(),
                places: Vec::new(),
                money: Vec::new(),
            },
            indicators: Vec::new(),
            assessment: None,
            terms: String::new(),
        };
        let findings: Vec<Finding> = members.iter().map(|member| finding(member.report)).collect();
        for version in ["1", "2"] {
            store.put_findings(version, &findings).unwrap();
        }
        store.refresh_campaigns().unwrap();
        let row = store.campaign_row(homes[0], today(), &Clearance::ALL).unwrap().unwrap();
        assert_eq!((row.members, row.languages), (6, vec!["fr".parse().unwrap()]));
    }

    #[test]
    fn a_merge_and_a_split_show_at_once() {
        let (_folder, mut store, homes) = store();
        let decision = Decision {
            subject: "x".into(),
            verdict: "wrong".into(),
            decided_by: "ana".into(),
            decided_at: "2024-01-01T12:00:00Z".parse().unwrap(),
            reason: "y".into(),
            seen_score: None,
        };
        let row = |store: &Store, id| {
            store.campaign_row(id, today(), &Clearance::ALL).unwrap().map(|row| row.members)
        };
        store.decide_on_campaigns(std::slice::from_ref(&decision), &[], &[(homes[1], homes[0])]).unwrap();
        assert_eq!((row(&store, homes[0]), row(&store, homes[1])), (Some(15), None));
        let report: ReportId = store.campaign_members(homes[0], 1, &Clearance::ALL).unwrap()[0].report;
        store.decide_on_campaigns(&[decision], &[(report, homes[2])], &[]).unwrap();
        assert_eq!((row(&store, homes[0]), row(&store, homes[2])), (Some(14), Some(13)));
    }
}
