//! Replays N synthetic incidents (default 1,000) over seven years; time it from outside:
//! `time cargo run --release -p forewarn-watch --example scale -- 1000000`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "an example prints, and ends where its data is wrong"
)]

use forewarn_model::date::add_days;
use forewarn_model::{
    Country, DateBasis, Grading, Incident, IncidentId, IncidentKind, PartialDate, PersonRole, Publication,
    Variant,
};
use forewarn_watch::{Config, replay};

fn main() {
    let count: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1_000);
    let countries = Country::all();
    let first = "2018-01-01".parse().unwrap();
    let mut seed = 1_u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let incidents: Vec<Incident> = (0..count)
        .map(|n| {
            let known = add_days(first, next(7 * 365) as i32);
            let happened = add_days(known, -(next(60) as i32));
            // Most reports fall on few hubs, as in the public timeline.
            let hub = if next(10) < 8 { next(6) } else { next(250) } as usize;
            let event = next(count * 2 / 3 + 1);
            let mut incident = Incident {
                id: IncidentId::from_bytes([0; 20]),
                event: format!("e{event}"),
                happened: PartialDate::day(happened),
                basis: DateBasis::Event,
                known_from: PartialDate::day(known),
                kind: IncidentKind::ALL[next(IncidentKind::ALL.len() as u64) as usize],
                hub: Some(countries[hub]),
                place: (next(2) == 0).then(|| format!("Town {}", next(400))),
                origin: Some(countries[next(250) as usize]),
                count: Some(next(200) as u32),
                coercion_stated: true,
                variant: Variant::ScamCentre,
                person_role: Some(PersonRole::Victim),
                publication: Publication {
                    publisher: String::new(),
                    url: format!("https://p{}.example/{n}", next(5_000)),
                },
                summary: format!("Report {n} on event {event}"),
                grading: Grading::UNKNOWN,
                retracted_on: (next(100) == 0).then(|| add_days(known, 30)),
            };
            incident.id = incident.derive_id();
            incident
        })
        .collect();
    let until = "2024-12-31".parse().unwrap();
    println!("{} incidents, {} alarms", incidents.len(), replay(&incidents, &Config::default(), until).len());
}
